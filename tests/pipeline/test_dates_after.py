"""Days counted from an attack told before."""

from collections.abc import Callable
from datetime import date

import pytest

from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]


def days(reading: PlacedReading, place: str) -> list[tuple[date, date]]:
    """First and last day of each attack on a place."""
    told = [event.event for event in reading.events if place in {p.name for p in event.event.places}]
    return [(event.when.start, event.when.end) for event in told if event.when]


@pytest.mark.parametrize(
    ("text", "place", "first", "last"),
    [
        ("قصفت طائرات مدينة إدلب الثلاثاء. وجاء القصف بعد يومين من تفجير قتل خمسة في مدينة الباب.", "الباب", 28, 28),
        ("قصفت طائرات مدينة إدلب الثلاثاء. وجاء القصف بعد أسبوع من تفجير قتل خمسة في مدينة الباب.", "الباب", 22, 24),
        ("قصفت طائرات مدينة إدلب الثلاثاء. وجاء القصف بعد ساعات من تفجير قتل خمسة في مدينة الباب.", "الباب", 29, 30),
        ("Jets struck Idlib on Tuesday. It came two days after a bombing that killed ten in Al-Bab.", "Al-Bab", 28, 28),
    ],
)
def test_an_attack_is_dated_by_how_long_before_another_it_was(
    read: Read, text: str, place: str, first: int, last: int
) -> None:
    assert days(read(text), place) == [(date(2024, 4, first), date(2024, 4, last))]


def test_nothing_is_counted_where_no_day_was_told_before(read: Read) -> None:
    text = "جاء القصف بعد يومين من تفجير قتل خمسة في مدينة الباب."
    assert all(event.event.when is None or event.event.when.precision == "range" for event in read(text).events)
