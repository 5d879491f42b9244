import json
from datetime import date
from io import BytesIO

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from pipeline import export
from pipeline.export import read_events_file
from ui import downloads
from ui.book import make_book
from ui.downloads import FORMATS, count_of, describe_filter, is_large, rows_of, stream_file, write_file
from ui.filters import EventFilter, filter_rows

CHOSEN = EventFilter(actor=("united-states-army",))
KINDS = {kind.suffix: kind for kind in FORMATS}


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def write(suffix, book):
    return write_file(KINDS[suffix], book, filter_rows(book.columns, CHOSEN), CHOSEN)


def test_every_format_that_can_be_written_is_offered_geojson_first():
    assert {f".{suffix}" for suffix in KINDS} == set(export._WRITERS)
    assert FORMATS[0].suffix == "geojson"


def test_geojson_holds_exactly_what_is_on_the_map(book):
    said = json.loads(write("geojson", book))
    assert [feature["id"] for feature in said["features"]] == ["e3"]
    assert said["features"][0]["geometry"]["coordinates"] == [40.92, 34.45]
    assert "crs" not in said
    assert said["metadata"]["filter"] == {"actor": ["united-states-army"]}


def test_csv_holds_what_could_not_be_placed_too(book):
    table = pd.read_csv(BytesIO(write("csv", book)))
    assert table["event_id"].tolist() == ["e3", "e4"]


def test_geopackage_holds_what_could_not_be_placed_too_and_says_the_filter(book, tmp_path):
    path = tmp_path / "events.gpkg"
    path.write_bytes(write("gpkg", book))
    table = gpd.read_file(path)
    assert table["event_id"].tolist() == ["e3", "e4"]
    assert table.geometry.isna().tolist() == [False, True]
    assert table.crs.to_epsg() == 4326
    assert "united-states-army" in str(pyogrio.read_info(path)["layer_metadata"])


def test_geoparquet_opens_again_as_it_was(book, tmp_path):
    path = tmp_path / "events.parquet"
    path.write_bytes(write("parquet", book))
    pd.testing.assert_frame_equal(
        pd.DataFrame(read_events_file(path)), pd.DataFrame(book.events.loc[["e3", "e4"]]), check_like=True
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_holds_as_many_events_as_its_button_says(book, kind):
    mask = filter_rows(book.columns, EventFilter())
    assert len(rows_of(kind, book, mask)) == (6 if kind.placed_only else 8)


def test_the_filter_is_said_in_words():
    said = describe_filter(EventFilter(first=date(2023, 4, 1), actor=("united-states-army",)))
    assert said == {"first": "2023-04-01", "actor": ("united-states-army",)}


@pytest.mark.parametrize("chosen", [EventFilter(), CHOSEN, EventFilter(text="no such word")])
def test_a_streamed_file_says_what_the_whole_one_says(book, chosen):
    mask = filter_rows(book.columns, chosen)
    one, whole = (json.loads(said) for said in _both("geojson", book, mask, chosen))
    for said in (one, whole):
        said["metadata"].pop("generated_at")
    assert one == whole
    one, whole = (pd.read_csv(BytesIO(said)) for said in _both("csv", book, mask, chosen))
    pd.testing.assert_frame_equal(one, whole, check_dtype=False)


def _both(suffix, book, mask, chosen):
    kind = KINDS[suffix]
    pieces = list(stream_file(kind, book, mask, chosen))
    count = count_of(kind, book, mask)
    assert count == len(rows_of(kind, book, mask)) == max(done for _, done in pieces)
    return b"".join(piece for piece, _ in pieces), write_file(kind, book, mask, chosen)


def test_only_large_files_that_can_be_streamed_are():
    assert is_large(KINDS["geojson"], 50_001)
    assert not is_large(KINDS["geojson"], 50_000)
    assert not is_large(KINDS["gpkg"], 50_001)


def test_a_globe_s_file_is_written_in_pieces_of_any_size(book, tmp_path, monkeypatch):
    mask = filter_rows(book.columns, EventFilter())
    whole = write_file(KINDS["kml"], book, mask, EventFilter())
    monkeypatch.setattr(downloads, "PART", 3)
    pieces = list(stream_file(KINDS["kml"], book, mask, EventFilter()))
    assert [done for _, done in pieces] == [0, 3, 6, 8, 8]
    head = whole.index(b"<Placemark>")
    assert b"".join(piece for piece, _ in pieces)[head:] == whole[head:]
