"""The line of JSON that ``rasid predict`` writes for one article."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from pipeline.predict import to_prediction
from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]
EVENT = {
    *("date_start", "date_end", "time", "event_type", "actor", "target", "weapon", "killed", "wounded", "place_name"),
    *("lat", "lon", "origin_place", "origin_lat", "origin_lon", "time_status", "evidence"),
}
TEXT = (
    "أطلق حزب الله ثلاثة صواريخ من بلدة الخيام على قاعدة عسكرية في مدينة صفد مساء الخميس، ما أدى إلى مقتل جندي. وزار "
    "الوفد دمشق."
)


def test_the_line_has_exactly_its_keys(read: Read) -> None:
    line = to_prediction(read(TEXT))
    assert line.keys() == {"id", "events", "places"}
    assert [event.keys() for event in line["events"]] == [EVENT]
    assert all(place.keys() == {"name", "start", "end", "lat", "lon", "role"} for place in line["places"])
    assert all(quote.keys() == {"start", "end", "quote"} for quote in line["events"][0]["evidence"].values())


def test_the_line_is_plain_json(read: Read) -> None:
    line = to_prediction(read(TEXT))
    assert json.loads(json.dumps(line, ensure_ascii=False, allow_nan=False)) == line


def test_values(read: Read) -> None:
    event = to_prediction(read(TEXT))["events"][0]
    assert (event["date_start"], event["date_end"], event["time"]) == ("2024-05-02", "2024-05-02", "evening")
    assert (event["event_type"], event["actor"], event["weapon"]) == ("rocket_or_missile", "Hezbollah", "rocket")
    assert (event["killed"], event["wounded"]) == (1, None)
    assert (event["place_name"], event["origin_place"]) == ("صفد", "الخيام")
    assert (event["lat"], event["lon"]) == (pytest.approx(32.96, abs=0.1), pytest.approx(35.5, abs=0.1))
    assert event["origin_lat"] is not None and event["origin_lon"] is not None
    assert event["time_status"] == "actual"


def test_roles_of_places(read: Read) -> None:
    roles = {place["name"]: place["role"] for place in to_prediction(read(TEXT))["places"]}
    assert roles == {"الخيام": "origin", "صفد": "event", "دمشق": "background"}


def test_places_quote_their_words(read: Read) -> None:
    for place in to_prediction(read(TEXT))["places"]:
        assert TEXT[place["start"] : place["end"]] == place["name"]


@pytest.mark.parametrize(
    "text",
    [
        "نفت وزارة الدفاع أن يكون مطار حماة قد تعرض لهجوم بطائرة مسيرة.",
        "Israel will strike Damascus next week, he said.",
        "لا شيء جديد.",
        "",
    ],
)
def test_what_did_not_happen_is_left_out(read: Read, text: str) -> None:
    assert to_prediction(read(text))["events"] == []


def test_without_a_day_the_days_are_null(read: Read) -> None:
    event = to_prediction(read("استهدفت طائرة مسيرة مطار أربيل الدولي أمس.", None))["events"][0]
    assert (event["date_start"], event["date_end"], event["time"]) == (None, None, None)


def test_an_undated_attack_spans_two_days(read: Read) -> None:
    event = to_prediction(read("استهدفت طائرة مسيرة مطار أربيل الدولي.", date(2024, 1, 1)))["events"][0]
    assert (event["date_start"], event["date_end"]) == ("2023-12-31", "2024-01-01")


def test_a_place_nobody_knows_has_null_coordinates(read: Read) -> None:
    line = to_prediction(read("قصف الطيران بلدة زغروطة يوم الخميس."))
    assert [(e["place_name"], e["lat"], e["lon"]) for e in line["events"]] == [("زغروطة", None, None)]
    assert [(p["name"], p["lat"], p["lon"]) for p in line["places"]] == [("زغروطة", None, None)]
