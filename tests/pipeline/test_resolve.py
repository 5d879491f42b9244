"""Attacks become events: ids, days, statuses, and the words behind every field."""

from collections.abc import Callable
from datetime import date

import pytest

from pipeline.reading import PlacedReading
from pipeline.records import DateSpan, Event

Read = Callable[..., PlacedReading]


def only(reading: PlacedReading) -> Event:
    assert len(reading.events) == 1
    return reading.events[0].event


def test_an_undated_lead_is_of_the_day_of_publication_or_the_day_before(read: Read) -> None:
    for text in ("استهدفت طائرة مسيرة مطار أربيل الدولي.", "قال مصدر إن طائرة مسيرة استهدفت مطار أربيل الدولي."):
        event = only(read(text))
        assert event.when == DateSpan(date(2024, 5, 2), date(2024, 5, 3), "range")
        assert "date_start" not in event.evidence
        assert event.time_status == "actual"


@pytest.mark.parametrize(
    "text",
    [
        "استهدفت طائرة مسيرة مطار أربيل الدولي.",
        "استهدفت طائرة مسيرة مطار أربيل الدولي أمس.",
        "A drone hit Masyaf yesterday.",
    ],
)
def test_without_a_publication_day_nothing_relative_has_a_day(read: Read, text: str) -> None:
    event = only(read(text, None))
    assert event.when is None
    assert "date_start" not in event.evidence


def test_what_is_told_as_it_happens_is_of_the_day_of_publication(read: Read) -> None:
    event = only(read("قبل قليل، استهدفت طائرة مسيرة مطار أربيل الدولي."))
    assert event.when == DateSpan(date(2024, 5, 3), date(2024, 5, 3), "day")


def test_a_line_of_a_live_report_has_its_hour(read: Read) -> None:
    event = only(read("14:30 بتوقيت بغداد: استهدفت طائرة مسيرة مطار أربيل الدولي."))
    assert event.when == DateSpan(date(2024, 5, 3), date(2024, 5, 3), "day", "14:30")


def test_without_a_publication_day_a_full_date_stands(read: Read) -> None:
    event = only(read("استهدفت طائرة مسيرة مطار أربيل الدولي في 5 مارس 2024.", None))
    assert event.when == DateSpan(date(2024, 3, 5), date(2024, 3, 5), "day")


@pytest.mark.parametrize(
    ("words", "day", "time"),
    [
        ("مساء أمس الخميس", date(2024, 5, 2), "evening"),
        ("فجر اليوم الجمعة", date(2024, 5, 3), "dawn"),
        ("يوم الأربعاء", date(2024, 5, 1), None),
        ("في 20 أبريل/نيسان", date(2024, 4, 20), None),
    ],
)
def test_days_are_told_from_the_day_of_publication(read: Read, words: str, day: date, time: str | None) -> None:
    event = only(read(f"استهدفت طائرة مسيرة مطار أربيل الدولي {words}."))
    assert event.when == DateSpan(day, day, "day", time)
    assert event.evidence["date_start"].text in words


def test_what_is_long_past_is_historical(read: Read) -> None:
    assert only(read("قصف الطيران مدينة درعا في 20 مارس 2024.")).time_status == "historical"
    assert only(read("قصف الطيران مدينة درعا يوم الأربعاء.")).time_status == "actual"


def test_ids_are_stable_and_differ(read: Read) -> None:
    text = "قصف الطيران مدينة درعا يوم الخميس. وانفجرت عبوة ناسفة في مدينة تدمر يوم الخميس."
    first, second = (tuple(p.event.event_id for p in read(text).events) for _ in range(2))
    assert first == second
    assert len(set(first)) == 2
    assert all(len(event_id) == 16 and int(event_id, 16) >= 0 for event_id in first)
    assert not set(first) & {p.event.event_id for p in read(text, article_id="another").events}


def test_every_field_has_its_words(read: Read) -> None:
    text = (
        "قالت وكالة الأنباء إن حزب الله أطلق ثلاثة صواريخ من بلدة الخيام على قاعدة عسكرية في مدينة صفد يوم الخميس، "
        "ما أدى إلى مقتل جندي وإصابة أربعة آخرين."
    )
    event = only(read(text))
    assert (event.actor_id, event.weapon) == ("hezbollah", "rocket")
    assert event.evidence.keys() >= {
        *("event_type", "actor", "place_name", "origin_name", "date_start"),
        *("weapon", "weapon_count", "killed", "wounded"),
    }
    for mention in event.evidence.values():
        assert text[mention.start : mention.end] == mention.text
    assert event.evidence["place_name"].text == "صفد"
    assert event.evidence["weapon_count"].text == "ثلاثة صواريخ"


def test_what_is_not_said_is_not_there(read: Read) -> None:
    event = only(read("انفجرت عبوة ناسفة في مدينة تدمر يوم الخميس."))
    assert (event.actor_id, event.actor, event.actor_basis) == (None, None, None)
    assert (event.killed, event.wounded, event.weapon_count, event.attribution) == (None, None, None, None)
    assert event.evidence.keys() <= {"event_type", "place_name", "date_start", "weapon"}


def test_the_first_place_is_the_target(read: Read) -> None:
    event = only(read("أُطلقت صواريخ من بلدة تادف على مدينة الباب يوم الخميس."))
    assert [(place.name, place.role) for place in event.places] == [("الباب", "target"), ("تادف", "origin")]


def test_the_speaker_is_told(read: Read) -> None:
    event = only(read("قال مسؤول أمني إن طائرة مسيرة استهدفت قاعدة حرير يوم الخميس."))
    assert event.attribution is not None and event.attribution in "مسؤول أمني"
    assert event.evidence["attribution"].text == event.attribution
