import numpy as np
import pytest

from ui.columns import build_columns
from ui.day_table import count_period, is_small, tabulate_days
from ui.split import SPLITS, choose_parts


@pytest.fixture
def columns(events):
    return build_columns(events)


@pytest.mark.parametrize("by", SPLITS)
@pytest.mark.parametrize("left_out", [None, 0, 4])
def test_sums_of_days_count_every_period_as_looking_at_each_row_does(columns, by, left_out):
    mask = np.arange(len(columns)) != (-1 if left_out is None else left_out)
    parts = choose_parts(columns, mask, by)
    table = tabulate_days(columns, mask, parts)
    low, high = int(columns.start[columns.dated].min()), int(columns.end[columns.dated].max())
    days = sorted(
        {low - 3, low, *columns.start[columns.dated].tolist(), *columns.end[columns.dated].tolist(), high + 2}
    )
    for first in days:
        for last in (day for day in days if day >= first):
            assert table.count(first, last) == count_period(columns, mask, parts, first, last), (first, last)
    assert table.count(None, None) == count_period(columns, mask, parts, None, None)


def test_a_vague_event_counts_in_every_period_it_overlaps(columns):
    whole = np.ones(len(columns), dtype=bool)
    parts = choose_parts(columns, whole, "event_type")
    vague = int(np.flatnonzero(columns.dated & (columns.end > columns.start))[0])
    middle = int(columns.start[vague]) + 1
    alone = np.arange(len(columns)) == vague
    table = tabulate_days(columns, alone, choose_parts(columns, alone, "event_type"))
    assert table.count(middle, middle).shown + table.count(middle, middle).unplaced == 1
    assert tabulate_days(columns, whole, parts).count(None, None).undated == 0


def test_a_table_without_dates_is_counted_too(columns):
    undated = ~columns.dated
    parts = choose_parts(columns, undated, "event_type")
    tally = tabulate_days(columns, undated, parts).count(19_000, 19_001)
    assert (tally.shown, tally.unplaced, tally.undated) == (0, 0, int(undated.sum()))


def test_the_days_of_a_thousand_years_are_not_kept(columns, events):
    parts = choose_parts(columns, np.ones(len(columns), dtype=bool), "event_type")
    assert is_small(columns, parts)
    far = build_columns(events)
    far.end[far.dated] += 4_000_000
    assert not is_small(far, parts)
