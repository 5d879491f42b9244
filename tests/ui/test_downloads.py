import json
from datetime import date
from io import BytesIO

import pandas as pd
import pytest

from ui.book import make_book
from ui.downloads import describe_filter, write_csv, write_geojson
from ui.filters import EventFilter, filter_rows


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def test_geojson_holds_exactly_what_is_on_the_map(book):
    chosen = EventFilter(actor=("united-states-army",))
    said = json.loads(write_geojson(book, filter_rows(book.columns, chosen), chosen))
    assert [feature["id"] for feature in said["features"]] == ["e3"]
    assert said["features"][0]["geometry"]["coordinates"] == [40.92, 34.45]
    assert "crs" not in said
    assert "united-states-army" in json.dumps(said)


def test_csv_holds_what_could_not_be_placed_too(book):
    chosen = EventFilter(actor=("united-states-army",))
    table = pd.read_csv(BytesIO(write_csv(book, filter_rows(book.columns, chosen), chosen)))
    assert table["event_id"].tolist() == ["e3", "e4"]


def test_the_filter_is_said_in_words():
    said = describe_filter(EventFilter(first=date(2023, 4, 1), actor=("united-states-army",)))
    assert said == {"first": "2023-04-01", "actor": ("united-states-army",)}
