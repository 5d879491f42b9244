from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.events import make_events
from ui.book import make_book
from ui.columns import build_columns
from ui.filters import to_day
from ui.split import OTHERS, choose_parts
from ui.timeline import (
    MOST_BARS,
    choose_unit,
    count_bars,
    count_days,
    edges_of,
    next_events,
    overlap,
    rank_of,
)

FIRST, LAST = to_day(date(2023, 3, 1)), to_day(date(2023, 4, 11))


@pytest.fixture
def columns(events, articles):
    return make_book(events, articles).columns


def everything(columns):
    return np.ones(len(columns), dtype=bool)


def bars_of(columns, unit, stack="event_type", mask=None):
    chosen = everything(columns) if mask is None else mask
    parts = choose_parts(columns, chosen, stack)
    return parts.words, count_bars(columns, chosen, unit, edges_of(FIRST, LAST, unit), parts)


def test_weeks_begin_on_monday_and_months_on_the_first():
    edges = edges_of(FIRST, LAST, "week").astype("datetime64[D]").astype(object)
    assert {edge.weekday() for edge in edges} == {0}
    assert edges[0] <= date(2023, 3, 1) < edges[1]
    assert edges[-2] <= date(2023, 4, 11) < edges[-1]
    months = edges_of(FIRST, LAST, "month").astype("datetime64[D]").astype(object)
    assert list(months) == [date(2023, 3, 1), date(2023, 4, 1), date(2023, 5, 1)]
    years = edges_of(FIRST, LAST, "year").astype("datetime64[D]").astype(object)
    assert list(years) == [date(2023, 1, 1), date(2024, 1, 1)]


@pytest.mark.parametrize(
    ("wanted", "room", "unit"),
    [("auto", 100, "day"), ("auto", 20, "week"), ("auto", 4, "month"), ("auto", 1, "year"), ("week", 1, "week")],
)
def test_the_finest_unit_that_fits_is_chosen(wanted, room, unit):
    assert choose_unit(FIRST, LAST, wanted, room) == unit


def test_a_unit_too_fine_for_the_span_gives_way():
    assert choose_unit(0, MOST_BARS, "day", 100) == "week"


def test_sure_events_stand_in_their_day_and_a_month_is_spread(columns):
    words, bars = bars_of(columns, "day")
    day = to_day(date(2023, 3, 24)) - FIRST
    rocket = words.index("rocket_or_missile")
    assert bars.sure[rocket, day] == 1
    assert bars.sure.sum() == 5
    month = bars.spread[words.index("airstrike")]
    assert month[:31] == pytest.approx([1 / 31] * 31)
    assert month[31:].sum() == pytest.approx(0)


def test_an_event_of_a_month_is_sure_of_its_month(columns):
    _, bars = bars_of(columns, "month")
    assert bars.spread.sum() == pytest.approx(0)
    assert bars.sure.sum(axis=0).tolist() == [3, 3]


def test_bars_follow_the_mask(columns):
    mask = columns.event_type.mask(("drone",))
    words, bars = bars_of(columns, "month", mask=mask)
    assert words == ("drone",)
    assert bars.sure.tolist() == [[1, 1]]


def test_nothing_makes_no_bar_and_no_fault(columns):
    words, bars = bars_of(columns, "week", mask=~everything(columns))
    assert (words, bars.sure.shape, bars.spread.shape) == ((), (0, 7), (0, 7))


def test_rare_actors_share_a_part():
    rows = [
        {
            "event_id": f"e{number}",
            "event_type": "drone",
            "date_start": "2023-03-05",
            "date_end": "2023-03-05",
            "date_precision": "day",
            "time_status": "actual",
            "actor": f"Actor {min(number, 11)}",
            "place_status": "unplaced",
            "article_id": "a",
            "language": "en",
        }
        for number in range(14)
    ]
    words, bars = bars_of(build_columns(make_events(rows)), "month", "actor")
    assert words[0] == "Actor 11"
    assert words[-1] == OTHERS
    assert bars.sure[:, 0].tolist() == [3, 1, 1, 1, 1, 1, 1, 5]


def make_columns(spans):
    rows = [
        {
            "event_id": f"e{number}",
            "event_type": ("drone", "airstrike")[number % 2],
            "date_start": str(np.datetime64(begin, "D")),
            "date_end": str(np.datetime64(begin + length, "D")),
            "date_precision": "range" if length else "day",
            "time_status": "actual",
            "place_status": "unplaced",
            "article_id": "a",
            "language": "en",
        }
        for number, (begin, length) in enumerate(spans)
    ]
    return build_columns(make_events(rows))


SPANS = st.lists(st.tuples(st.integers(19_000, 19_400), st.integers(0, 70)), min_size=1, max_size=25)


@settings(max_examples=40, deadline=None)
@given(SPANS, st.sampled_from(["day", "week", "month", "year"]))
def test_every_dated_event_is_counted_once_over_all_bars(spans, unit):
    columns = make_columns(spans)
    edges = edges_of(int(columns.start.min()), int(columns.end.max()), unit)
    bars = count_bars(
        columns, everything(columns), unit, edges, choose_parts(columns, everything(columns), "event_type")
    )
    assert bars.sure.sum() + bars.spread.sum() == pytest.approx(len(spans))


@settings(max_examples=40, deadline=None)
@given(SPANS, st.integers(18_950, 19_500), st.integers(0, 60))
def test_days_count_what_overlaps_a_period(spans, first, length):
    columns = make_columns(spans)
    last = first + length
    low, high = first - 1, last + 5
    begun, ended = count_days(columns, everything(columns), low, high)
    expected = sum(begin <= last and begin + more >= first for begin, more in spans)
    assert begun[last - low] - ended[first - 1 - low] == expected
    assert overlap(columns, everything(columns), first, last).sum() == expected


@settings(max_examples=40, deadline=None)
@given(SPANS, st.integers(1, 9))
def test_one_step_after_another_meets_every_event_in_order(spans, number):
    columns, seen = make_columns(spans), []
    day, row = 0, -1
    while len(rows := next_events(columns, everything(columns), day, row, number)):
        seen += rows.tolist()
        day, row = int(columns.start[seen[-1]]), seen[-1]
    assert seen == sorted(range(len(spans)), key=lambda index: (spans[index][0], index))
    assert [rank_of(columns, everything(columns), index) for index in seen] == list(range(1, len(seen) + 1))
    back = next_events(columns, everything(columns), day, row, len(spans), back=True)
    assert back.tolist() == seen[-2::-1]
