from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pipeline.events import empty_events
from ui.columns import build_columns
from ui.filters import EventFilter, count_events, count_options, date_span, filter_rows, quick_range, undated_rows


@pytest.fixture
def columns(events):
    return build_columns(events)


def shown(events, columns, **chosen):
    return set(events.index[filter_rows(columns, EventFilter(**chosen))])


def test_no_filter_shows_everything(events, columns):
    assert shown(events, columns) == set(events.index)


def test_a_vague_date_is_matched_by_overlap(events, columns):
    assert "e3" in shown(events, columns, first=date(2023, 3, 31), last=date(2023, 4, 1))
    assert "e3" not in shown(events, columns, first=date(2023, 4, 1), last=date(2023, 4, 30))


def test_both_ends_of_a_range_belong_to_it(events, columns):
    assert shown(events, columns, first=date(2023, 3, 24), last=date(2023, 3, 24)) == {"e1", "e3"}


def test_an_undated_event_is_in_no_range(events, columns):
    everything = shown(events, columns, first=date(1900, 1, 1), last=date(2100, 1, 1))
    assert everything == set(events.index) - {"e5", "e6"}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"actor": ("united-states-army",)}, {"e3", "e4"}),
        ({"actor": ("united-states-army", "iran-backed-militias")}, {"e1", "e3", "e4", "e7"}),
        ({"event_type": ("drone",)}, {"e2", "e4"}),
        ({"weapon": ("rocket",)}, {"e1"}),
        ({"country": ("YE",)}, {"e6"}),
        ({"time_status": ("historical", "denied")}, {"e3", "e8"}),
        ({"review_status": ("reviewed",)}, {"e7"}),
        ({"coarsest": "town"}, {"e1", "e3", "e4", "e5", "e6", "e7"}),
        ({"event_type": ("drone",), "country": ("YE",)}, set()),
    ],
)
def test_every_field_filters(events, columns, chosen, expected):
    assert shown(events, columns, **chosen) == expected


@pytest.mark.parametrize("text", ["كونوكو", "كُونُوكو", "كونوكـو", "CONOCO", "conoco gas"])
def test_search_folds_both_sides(events, columns, text):
    assert "e1" in shown(events, columns, text=text)
    assert "e6" not in shown(events, columns, text=text)


def test_search_wants_every_word_and_takes_no_pattern(events, columns):
    assert shown(events, columns, text="drone hasakah") == shown(events, columns, text="hasakah drone")
    assert shown(events, columns, text=".*") == set()


def test_search_reads_the_quotes(events, columns):
    assert shown(events, columns, text="killing one") == {"e2"}


def test_counts_say_what_is_not_on_the_map(columns):
    counts = count_events(columns, EventFilter())
    assert (counts.total, counts.shown, counts.unplaced, counts.undated) == (8, 6, 2, 0)
    narrow = count_events(columns, EventFilter(first=date(2023, 4, 1), last=date(2023, 4, 30)))
    assert (narrow.shown, narrow.unplaced, narrow.undated) == (2, 1, 2)


def test_options_are_counted_under_the_other_fields(columns):
    counts = count_options(columns, EventFilter(event_type=("drone",), actor=("united-states-army",)))
    assert counts["actor"] == {"": 1, "iran-backed-militias": 0, "united-states-army": 1}
    assert counts["event_type"]["airstrike"] == 1
    assert sum(counts["country"].values()) == 1


def test_what_has_no_date_passes_the_other_filters_whatever_the_days(columns):
    chosen = EventFilter(first=date(2023, 3, 24), last=date(2023, 3, 24))
    assert np.flatnonzero(undated_rows(columns, chosen)).tolist() == [4, 5]
    assert np.flatnonzero(undated_rows(columns, replace(chosen, country=("YE",)))).tolist() == [5]


def test_quick_ranges_count_from_the_last_day_of_the_data(columns):
    span = date_span(columns)
    assert span == (date(2023, 3, 1), date(2023, 4, 11))
    assert quick_range("all", span) == span
    assert quick_range("7", span) == (date(2023, 4, 5), date(2023, 4, 11))
    assert quick_range("30", span) == (date(2023, 3, 13), date(2023, 4, 11))
    assert quick_range("365", span) == span
    assert quick_range("30", (date(2023, 4, 10), date(2023, 4, 11)))[0] == date(2023, 4, 10)


def test_nothing_dated_has_no_span():
    assert date_span(build_columns(empty_events())) is None
