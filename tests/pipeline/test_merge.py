import itertools
import json
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from pipeline.events import make_events
from pipeline.merge import merge_reports

BASE = Point(40.3, 35.3)


def report(number: int, **changes: Any) -> dict[str, Any]:
    """Report ``number`` of a drone attack on one base on one day."""
    whole: dict[str, Any] = {
        "event_id": f"e{number}",
        "article_id": f"a{number}",
        "language": "ar",
        "event_type": "drone",
        "date_start": date(2024, 2, 3),
        "date_end": date(2024, 2, 3),
        "date_precision": "day",
        "time_status": "actual",
        "place_name": "القاعدة",
        "place_status": "placed",
        "place_id": "base",
        "precision": "site",
        "extent_km": 5.0,
        "published_at": date(2024, 2, 3 + number),
        "geometry": BASE,
    }
    return whole | changes


def toll(low: int, best: int, high: int) -> dict[str, int]:
    return {"killed_low": low, "killed": best, "killed_high": high}


def merge(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return merge_reports(make_events(rows))


def test_reports_of_one_attack_become_one_event_that_remembers_them() -> None:
    merged = merge(
        report(2, actor_id="us", actor="واشنطن", actor_basis="stated", **toll(2, 2, 2)),
        report(1, weapon="drone", **toll(1, 1, 1)),
    )
    (event,) = merged.itertuples()
    assert event.Index == "e1"
    assert json.loads(event.members) == ["e1", "e2"]
    assert event.reports == 2
    assert (event.killed_low, event.killed, event.killed_high) == (1, 2, 2)
    assert (event.weapon, event.actor_id, event.actor_basis) == ("drone", "us", "stated")


def test_each_field_keeps_the_quote_of_the_report_it_comes_from() -> None:
    def quote(number: int, said: str) -> dict[str, Any]:
        return {"article_id": f"a{number}", "start": 0, "end": len(said), "quote": said}

    (event,) = merge(
        report(
            1, place_id="town", precision="town", evidence={"place_name": quote(1, "town"), "event_type": quote(1, "x")}
        ),
        report(2, evidence={"place_name": quote(2, "base"), "killed": quote(2, "none")}, **toll(0, 0, 0)),
    ).itertuples()
    evidence = json.loads(event.evidence)
    assert event.place_id == "base"
    assert evidence["place_name"]["article_id"] == "a2"
    assert evidence["killed"]["quote"] == "none"
    assert evidence["event_type"]["article_id"] == "a1"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"place_id": "other", "geometry": Point(40.33, 35.31)},
        {"date_end": date(2024, 2, 4), "date_precision": "range"},
        {"event_type": "airstrike"},
        {"time": "night"},
        {"time": "23:30"},
        {"actor_id": None},
        {"time_status": "historical"},
    ],
)
def test_compatible_reports_merge(changes: dict[str, Any]) -> None:
    first = report(1, time="22:00", actor_id="us", actor="واشنطن", actor_basis="stated")
    assert len(merge(first, report(2, **changes))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"article_id": "a1"},
        {"date_start": date(2024, 2, 4), "date_end": date(2024, 2, 4)},
        {"date_start": None, "date_end": None, "date_precision": None},
        {"date_start": date(2024, 2, 1), "date_end": date(2024, 2, 29), "date_precision": "month"},
        {"place_id": "other", "geometry": Point(40.4, 35.3)},
        {"place_id": "other", "precision": "adm1", "extent_km": 90.0},
        {"event_type": "abduction"},
        {"time": "05:00"},
        {"actor_id": "turkey", "actor": "أنقرة", "actor_basis": "stated"},
        {"time_status": "denied"},
        {"place_status": "unplaced", "geometry": None, "precision": None, "extent_km": None},
    ],
)
def test_reports_that_contradict_each_other_stay_two(changes: dict[str, Any]) -> None:
    first = report(1, time="22:00", actor_id="us", actor="واشنطن", actor_basis="stated")
    assert len(merge(first, report(2, **changes))) == 2


def test_a_whole_governorate_needs_more_than_the_day() -> None:
    area = {"place_id": "governorate", "precision": "adm1", "extent_km": 90.0}
    assert len(merge(report(1, **area), report(2, **area))) == 2
    alike = area | {"weapon": "drone"} | toll(3, 3, 3)
    assert len(merge(report(1, **alike), report(2, **alike))) == 1


def test_a_party_and_a_part_of_it_are_compatible() -> None:
    words = {"actor": "x", "actor_basis": "stated"}
    assert len(merge(report(1, actor_id="afghanistan", **words), report(2, actor_id="afghanistan-army", **words))) == 1


def test_two_attacks_told_by_one_article_stay_two_whatever_others_say() -> None:
    merged = merge(
        report(1, time="05:00"),
        report(2, article_id="a1", time="21:00"),
        report(3, time="21:30"),
        report(4, time="dawn"),
    )
    assert [json.loads(members) for members in merged["members"]] == [["e1", "e4"], ["e2", "e3"]]


def test_order_of_the_rows_does_not_matter() -> None:
    rows = [report(1, time="05:00"), report(2, article_id="a1", time="21:00"), report(3), report(4, time="21:00")]
    tables = [merge(*order).sort_index() for order in itertools.permutations(rows)]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(tables[0]))


def test_nothing_to_merge_changes_nothing_and_the_table_given_is_not_modified() -> None:
    events = make_events([report(1), report(2, event_type="abduction"), report(3)])
    before = events.copy()
    assert len(merge_reports(events)) == 2
    pd.testing.assert_frame_equal(pd.DataFrame(events), pd.DataFrame(before))
    alone = make_events([report(1)])
    pd.testing.assert_frame_equal(pd.DataFrame(merge_reports(alone)), pd.DataFrame(alone))
