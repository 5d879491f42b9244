import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import Point

from pipeline.errors import EventsError, UsageError
from pipeline.events import EVENT_COLUMNS, conform_events, empty_events, make_events
from pipeline.export import Provenance, add_codes, read_events_file, to_csv, to_geojson, write_events

PROVENANCE = Provenance(datetime(2024, 3, 1, 12, tzinfo=UTC), "0.1.0", {"actors": ["a"], "from": "2024-02-01"})
HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    common = {"event_type": "drone", "time_status": "actual", "language": "ar", "article_id": "a1"}
    placed: dict[str, Any] = {
        "event_id": "placed",
        "date_start": date(2024, 2, 3),
        "date_end": date(2024, 2, 3),
        "date_precision": "day",
        "time": "05:51",
        "actor": "فصيل مسلح",
        "killed_low": 0,
        "killed": 0,
        "killed_high": 0,
        "place_name": "مطار",
        "place_status": "placed",
        "precision": "adm1",
        "extent_km": 60.5,
        "country": "SY",
        "origin_name": "بلدة",
        "origin_lon": 40.9,
        "origin_lat": 34.4,
        "origin_extent_km": 4.0,
        "evidence": {"killed": {"article_id": "a1", "start": 2, "end": 5, "quote": "دون"}},
        "published_at": date(2024, 2, 4),
        "geometry": Point(-1.25, 35.5),
    }
    unplaced = {"event_id": "unplaced", "place_status": "unplaced", "title": HOSTILE, "place_name": "-2"}
    return make_events([common | placed, common | unplaced])


def test_geojson_is_as_rfc_7946_says(events: gpd.GeoDataFrame) -> None:
    said = json.loads(to_geojson(events, PROVENANCE), parse_constant=pytest.fail)
    assert said["type"] == "FeatureCollection"
    assert "crs" not in said
    assert said["bbox"] == [-1.25, 35.5, -1.25, 35.5]
    placed, unplaced = said["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [-1.25, 35.5]}
    assert placed["id"] == "placed"
    assert unplaced["geometry"] is None
    assert placed["properties"]["date_start"] == "2024-02-03"
    assert placed["properties"]["killed"] == 0
    assert placed["properties"]["wounded"] is None
    assert placed["properties"]["evidence"]["killed"]["quote"] == "دون"
    assert unplaced["properties"]["date_start"] is None
    assert unplaced["properties"]["extent_km"] is None


def test_geojson_says_how_it_was_made(events: gpd.GeoDataFrame) -> None:
    metadata = json.loads(to_geojson(events, PROVENANCE))["metadata"]
    assert metadata["filter"] == {"actors": ["a"], "from": "2024-02-01"}
    assert metadata["version"] == "0.1.0"
    assert metadata["generated_at"] == "2024-03-01T12:00:00+00:00"
    assert "GeoNames" in metadata["licence"]
    assert metadata["citation"]


def test_every_event_carries_the_codes_of_other_codebooks(events: gpd.GeoDataFrame) -> None:
    placed, unplaced = (feature["properties"] for feature in json.loads(to_geojson(events, PROVENANCE))["features"])
    assert placed["acled_sub_event_type"] == "Air/drone strike"
    assert placed["plover_mode"] == "aerial"
    assert (placed["geo_precision"], placed["time_precision"]) == (3, 1)
    assert (placed["where_prec"], placed["date_prec"]) == (4, 1)
    assert unplaced["geo_precision"] is None


@pytest.mark.parametrize(
    ("precision", "geo_precision", "where_prec"),
    [
        ("site", 1, 1),
        ("town", 1, 1),
        ("near_town", 2, 2),
        ("adm2", 2, 3),
        ("adm1", 3, 4),
        ("country", 3, 6),
        ("water", 3, 7),
    ],
)
def test_precision_codes_follow_the_design(precision: str, geo_precision: int, where_prec: int) -> None:
    table = pd.DataFrame({"event_type": ["other"], "precision": [precision], "date_precision": ["month"]})
    coded = add_codes(table.assign(date_start=pd.Timestamp("2024-02-01"), date_end=pd.Timestamp("2024-02-29")))
    assert (coded.at[0, "geo_precision"], coded.at[0, "where_prec"]) == (geo_precision, where_prec)
    assert (coded.at[0, "time_precision"], coded.at[0, "date_prec"]) == (3, 4)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet"])
def test_geopandas_reads_back_the_same_events(events: gpd.GeoDataFrame, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"events{suffix}"
    write_events(events, path, PROVENANCE)
    back = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path).set_index("event_id")
    assert back.crs.to_epsg() == 4326
    for name in ("candidates", "members", "evidence"):
        back[name] = [
            json.dumps(value.tolist() if hasattr(value, "tolist") else _parsed(value)) for value in back[name]
        ]
        events[name] = [json.dumps(json.loads(value)) for value in events[name]]
    pd.testing.assert_frame_equal(pd.DataFrame(conform_events(back)), pd.DataFrame(events))
    assert list(tmp_path.iterdir()) == [path]


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def test_parquet_comes_back_with_every_dtype(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    write_events(events, path, PROVENANCE)
    pd.testing.assert_frame_equal(pd.DataFrame(read_events_file(path)), pd.DataFrame(events))


def test_geopackage_says_how_it_was_made(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    write_events(events, path, PROVENANCE)
    described = pyogrio.read_info(path, layer="events")["layer_metadata"]
    assert described["VERSION"] == "0.1.0"
    assert "2024-02-01" in described["FILTER"]


def test_csv_defuses_formulas_in_texts_and_leaves_numbers_alone(events: gpd.GeoDataFrame) -> None:
    data = to_csv(events)
    assert data.startswith(b"\xef\xbb\xbf")
    placed, unplaced = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert unplaced["title"] == f"'{HOSTILE}"
    assert unplaced["place_name"] == "'-2"
    assert placed["lon"] == "-1.25"
    assert placed["killed"] == "0"
    assert placed["wounded"] == ""
    assert placed["date_start"] == "2024-02-03"
    assert set(EVENT_COLUMNS) - {"geometry"} <= placed.keys()


def test_csv_read_back_equals_the_table(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(events.loc[["placed"]], path, PROVENANCE)
    read = pd.read_csv(path, index_col="event_id", dtype=dict.fromkeys(("time", "admin1", "actor_id"), "str"))
    back = gpd.GeoDataFrame(read, geometry=gpd.points_from_xy(read["lon"], read["lat"]), crs="EPSG:4326")
    pd.testing.assert_frame_equal(pd.DataFrame(conform_events(back)), pd.DataFrame(events.loc[["placed"]]))


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".csv"])
def test_no_events_still_make_a_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"none{suffix}"
    write_events(empty_events(), path, PROVENANCE)
    assert path.stat().st_size > 0
    if suffix != ".csv":
        assert len(gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)) == 0


def test_a_failed_write_leaves_the_old_file_whole(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    write_events(events, path, PROVENANCE)
    before = path.read_bytes()
    with pytest.raises(EventsError):
        write_events(events.assign(event_type="war"), path, PROVENANCE)
    with pytest.raises(TypeError):
        write_events(events, path, Provenance(PROVENANCE.generated_at, "0.1.0", {"broken": object()}))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["events.xlsx", "events", "nowhere/events.csv"])
def test_a_path_that_cannot_be_written_is_refused(events: gpd.GeoDataFrame, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_events(events, tmp_path / name, PROVENANCE)
