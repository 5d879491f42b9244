import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import geopandas as gpd
import pytest

from pipeline.events import empty_events
from pipeline.export_kml import stream_kml, write_kml
from pipeline.provenance import Provenance

PROVENANCE = Provenance(datetime(2024, 3, 1, 12, tzinfo=UTC), "0.1.0", {"actor": ["<script>alert(1)</script>"]})
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = [
    "<script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "\x00\x0b\ufffe\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "$[description]",
]


def parse(events):
    said = b"".join(stream_kml([events], PROVENANCE))
    return ElementTree.fromstring(said)


def test_it_reads_back_with_every_event_once(events, tmp_path):
    write_kml(events, tmp_path / "events.kml", PROVENANCE)
    table = gpd.read_file(tmp_path / "events.kml")
    assert table["event_id"].tolist() == events.index.tolist()
    assert table.crs.to_epsg() == 4326
    assert table["killed"].fillna(-1).astype(int).tolist() == events["killed"].fillna(-1).astype(int).tolist()
    assert table["actor"].fillna("").tolist() == events["actor"].fillna("").tolist()
    assert table.geometry.isna().tolist() == events.geometry.isna().tolist()


def test_a_site_is_a_point_and_a_governorate_its_extent(events, tmp_path):
    write_kml(events, tmp_path / "events.kml", PROVENANCE)
    shapes = gpd.read_file(tmp_path / "events.kml").set_index("event_id").geometry
    assert (shapes["e1"].x, shapes["e1"].y) == (40.33, 35.35)
    assert shapes["e2"].geom_type == "Polygon"
    south, north = shapes["e2"].bounds[1], shapes["e2"].bounds[3]
    assert (north - south) / 2 * 111.2 == pytest.approx(90, rel=0.01)


def test_it_says_how_it_was_made(events):
    said = parse(events).find(f"{KML}Document/{KML}description").text
    assert "version: 0.1.0" in said
    assert "citation" in said and "licence" in said and "2024-03-01" in said
    assert "<script" not in said


def test_days_are_for_the_time_slider(events):
    marks = {
        mark.find(f".//{KML}SimpleData[@name='event_id']").text: mark for mark in parse(events).iter(f"{KML}Placemark")
    }
    assert marks["e1"].find(f"{KML}TimeStamp/{KML}when").text == "2023-03-24"
    assert marks["e3"].find(f"{KML}TimeSpan/{KML}end").text == "2023-03-31"
    assert marks["e6"].find(f"{KML}TimeStamp") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(events, text):
    changed = events.assign(place_name=text, matched_name=text, actor=text, title=text, source=text, url=text)
    for mark in parse(changed).iter(f"{KML}Placemark"):
        balloon = mark.find(f"{KML}description").text
        assert "<script" not in balloon and "<img" not in balloon
        assert len(list(mark.find(f"{KML}name"))) == 0


def test_no_event_is_a_whole_file_too(tmp_path):
    write_kml(empty_events(), tmp_path / "events.kml", PROVENANCE)
    assert ElementTree.parse(tmp_path / "events.kml").getroot().tag == f"{KML}kml"
