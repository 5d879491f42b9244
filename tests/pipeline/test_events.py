from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

from pipeline.errors import EventsError
from pipeline.events import EVENT_COLUMNS, conform_events, empty_events, make_events, validate_events


def row(**changes: Any) -> dict[str, Any]:
    """A row that keeps every promise, but for ``changes``."""
    whole = {
        "event_id": "e1",
        "event_type": "drone",
        "date_start": date(2024, 2, 3),
        "date_end": date(2024, 2, 3),
        "date_precision": "day",
        "time_status": "actual",
        "killed_low": 1,
        "killed": 1,
        "killed_high": 2,
        "place_name": "a town",
        "place_status": "placed",
        "precision": "town",
        "extent_km": 3.0,
        "article_id": "a1",
        "language": "en",
        "evidence": {"killed": {"article_id": "a1", "start": 4, "end": 7, "quote": "one"}},
        "geometry": Point(40.5, 35.5),
    }
    return whole | changes


UNPLACED = {"place_status": "unplaced", "precision": None, "extent_km": None, "geometry": None}


def test_made_events_have_the_promised_columns_and_dtypes() -> None:
    events = make_events([row(), row(event_id="e2", **UNPLACED)])
    assert {name: str(dtype) for name, dtype in events.dtypes.items()} == EVENT_COLUMNS
    assert list(events.columns) == list(EVENT_COLUMNS)
    assert events.index.name == "event_id"
    assert events.crs == "EPSG:4326"
    assert events.loc["e1", "members"] == '["e1"]'
    assert pd.isna(events.loc["e1", "wounded"])
    assert events.loc["e2"].geometry is None


def test_an_empty_table_keeps_the_same_promises() -> None:
    assert validate_events(empty_events()).dtypes.equals(make_events([row()]).dtypes)


def test_columns_equal_those_the_architecture_page_promises() -> None:
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")
    table = page.partition("## The events table")[2].partition("## ")[0]
    names = [
        name.strip(" `") for line in table.splitlines() if line.startswith("| `") for name in _first(line).split(",")
    ]
    assert names == list(EVENT_COLUMNS)


def _first(line: str) -> str:
    return line.split("|")[1]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"event_type": "war"}, "event_type is 'war', not one of"),
        ({"event_type": None}, "event_type is null"),
        ({"time_status": "past"}, "time_status is 'past'"),
        ({"date_start": date(2024, 2, 4)}, "date_start is after date_end"),
        ({"date_end": None}, "only one of date_start and date_end"),
        ({"date_end": date(2024, 2, 5)}, "date_precision is day over several days"),
        ({"date_precision": None}, "date_precision must be known exactly where dates are"),
        ({"date_start": "2024-02-03T05:00"}, "date_start has a time of day"),
        ({"time": "25:00"}, "time is '25:00'"),
        ({"killed_high": 0}, "killed_low <= killed <= killed_high"),
        ({"killed": -1, "killed_low": -1}, "killed is negative"),
        ({"killed": None}, "killed_low, killed, killed_high are not known together"),
        ({"geometry": None}, "placed, but without a point"),
        ({"place_status": "ambiguous"}, "not placed, but with a point"),
        ({"extent_km": 0}, "extent_km is not greater than 0"),
        ({"extent_km": float("inf")}, "extent_km is not finite"),
        ({"precision": None}, "precision must be known exactly where placed"),
        ({"geometry": Point(35.5, 140.5)}, "the point (lon, lat) is not on the earth"),
        ({"geometry": LineString([(0, 0), (1, 1)])}, "geometry is not a point"),
        ({"origin_lon": 40.0}, "only one of origin_lon and origin_lat"),
        ({"origin_lon": 40.0, "origin_lat": 99.0, "origin_extent_km": 5}, "the origin (lon, lat) is not on the earth"),
        ({"country": "Syria"}, "country is 'Syria'"),
        ({"reports": 0}, "reports is less than 1"),
        ({"evidence": "not json"}, "evidence is not a JSON object"),
        ({"evidence": {"killed": {"start": 1}}}, "evidence holds an entry without"),
        (
            {"evidence": {"killed": {"article_id": "a", "start": 1, "end": 9, "quote": "one"}}},
            "evidence holds an entry",
        ),
        ({"members": "{}"}, "members is not a JSON list"),
    ],
)
def test_every_promise_is_checked(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(EventsError) as caught:
        make_events([row(**changes)])
    assert fault in str(caught.value)
    assert "(e1)" in str(caught.value)


def test_all_faults_come_in_one_message() -> None:
    with pytest.raises(EventsError) as caught:
        make_events([row(event_type="war"), row(extent_km=-1, review_status="seen")])
    message = str(caught.value)
    assert "breaks 4 of its promises" in message
    for fault in ("event_id is not unique", "'war'", "extent_km", "'seen'"):
        assert fault in message


def test_a_table_of_another_shape_is_told_so() -> None:
    events = make_events([row()])
    with pytest.raises(EventsError, match="columns are missing: killed"):
        validate_events(events.drop(columns="killed"))
    with pytest.raises(EventsError, match="columns are unknown: mood"):
        validate_events(events.assign(mood="calm"))
    with pytest.raises(EventsError, match="killed is float64, not Int64"):
        validate_events(events.assign(killed=1.0))
    with pytest.raises(EventsError, match="Pseudo-Mercator"):
        validate_events(events.to_crs(3857))
    with pytest.raises(EventsError, match="DataFrame, not a GeoDataFrame"):
        validate_events(pd.DataFrame(events))


def test_rows_with_unknown_columns_or_wrong_values_are_refused() -> None:
    with pytest.raises(EventsError, match="does not know: kiled"):
        make_events([row(kiled=3)])
    with pytest.raises(EventsError, match="Column killed holds a value that is no Int64"):
        make_events([row(killed="many")])
    with pytest.raises(EventsError, match="no event_id"):
        make_events([row(event_id=None)])


def test_conforming_mends_dtypes_and_order_but_not_the_table_it_was_given() -> None:
    events = make_events([row(), row(event_id="e2", **UNPLACED)])
    loose = gpd.GeoDataFrame(events[list(reversed(EVENT_COLUMNS))].astype({"killed": "float64", "actor": "object"}))
    before = loose.dtypes.copy()
    pd.testing.assert_frame_equal(pd.DataFrame(conform_events(loose)), pd.DataFrame(events))
    assert loose.dtypes.equals(before)
