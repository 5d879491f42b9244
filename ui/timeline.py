"""Events through time, out of the hot columns: bars of a histogram, counts a day, the next event. No screen here.

Days are whole numbers since 1970-01-01. An event whose days all lie in one bar is *sure* of it; one of a vague date
that spans several bars is spread over them by its days and counted apart: a bar never claims what no report said.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.columns import Columns, Mask, Rows
from ui.split import Parts

UNITS = ("day", "week", "month", "year")
MOST_BARS = 2000

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bar ``i`` covers the days ``edges[i]`` to ``edges[i + 1] - 1``; ``sure`` and ``spread`` are (parts, bars).

    Each bar is stacked of the parts that were asked for, in their order.
    """

    unit: str
    edges: Days
    sure: NDArray[np.int64]
    spread: NDArray[np.float64]


def edges_of(first: int, last: int, unit: str) -> Days:
    """List the first days of the days, weeks (from Monday), months or years that hold a period, and the end.

    Examples
    --------
    >>> edges_of(0, 40, "month").tolist()  # 1970-01-01 to 1970-02-10
    [0, 31, 59]
    """
    if unit == "week":
        monday = first - (first + 3) % 7  # 1970-01-01 was a Thursday
        return np.arange(monday, last + 8, 7, dtype=np.int64)
    if unit == "day":
        return np.arange(first, last + 2, dtype=np.int64)
    code = "M" if unit == "month" else "Y"
    begin, end = (np.datetime64(day, "D").astype(f"datetime64[{code}]") for day in (first, last))
    return np.arange(begin, end + 2).astype("datetime64[D]").astype(np.int64)


def choose_unit(first: int, last: int, wanted: str, room: int) -> str:
    """Answer the unit that is wanted, or the finest with at most ``room`` bars where that is none of ``UNITS``.

    A unit that would make more than ``MOST_BARS`` gives way to the next.
    """
    if wanted in UNITS:
        units, most = UNITS[UNITS.index(wanted) :], MOST_BARS
    else:
        units, most = UNITS, min(room, MOST_BARS)
    return next((unit for unit in units[:-1] if len(edges_of(first, last, unit)) - 1 <= most), UNITS[-1])


def count_bars(columns: Columns, mask: Mask, unit: str, edges: Days, parts: Parts) -> Bars:
    """Count the dated rows of ``mask`` by bar and by part; the parts were chosen among rows of ``mask``."""
    low, high = int(edges[0]), int(edges[-1])
    rows = np.flatnonzero(mask & (columns.end >= low) & (columns.start < high))
    start, end = columns.start[rows].astype(np.int64), columns.end[rows].astype(np.int64)
    part = parts.part_of[getattr(columns, parts.split).codes[rows]]
    bars, number = len(edges) - 1, len(parts.words)
    bar_of = np.repeat(np.arange(bars), np.diff(edges))
    inside = (start >= low) & (end < high)
    first_bar = bar_of[np.clip(start, low, high - 1) - low]
    sure = inside & (first_bar == bar_of[np.clip(end, low, high - 1) - low])
    counts = np.bincount(part[sure] * bars + first_bar[sure], minlength=number * bars).reshape(number, bars)
    vague = ~sure
    return Bars(unit, edges, counts, _spread(start[vague], end[vague], part[vague], number, edges))


def _spread(start: Days, end: Days, part: NDArray[np.int64], parts: int, edges: Days) -> NDArray[np.float64]:
    """Spread events evenly over their days, and sum the days of each bar."""
    low, days = int(edges[0]), int(edges[-1] - edges[0])
    share = 1 / (end - start + 1)
    opens = part * (days + 1) + np.clip(start - low, 0, days)
    closes = part * (days + 1) + np.clip(end + 1 - low, 0, days)
    size = parts * (days + 1)
    steps = np.bincount(opens, share, size) - np.bincount(closes, share, size)
    by_day = np.cumsum(steps.reshape(parts, days + 1), axis=1)[:, :-1]
    if not by_day.size:
        return np.zeros((parts, len(edges) - 1))
    summed: NDArray[np.float64] = np.add.reduceat(by_day, edges[:-1] - low, axis=1)
    return np.maximum(summed, 0)


def count_days(columns: Columns, mask: Mask, first: int, last: int) -> tuple[Days, Days]:
    """Count, for each day of a period, the rows that begin and those that end by then.

    A period of days a..b overlaps ``begun[b] - ended[a - 1]`` rows, whatever their dates: vague ones too.
    """
    days = last - first + 1
    rows = np.flatnonzero(mask & columns.dated)
    begun = np.bincount(np.clip(columns.start[rows].astype(np.int64) - first, 0, days), minlength=days + 1)
    ended = np.bincount(np.clip(columns.end[rows].astype(np.int64) - first, 0, days), minlength=days + 1)
    early = int((columns.end[rows] < first).sum())
    ended[0] -= early  # those that ended before the period are no part of it at all
    begun[0] -= early
    return np.cumsum(begun[:-1]), np.cumsum(ended[:-1])


def overlap(columns: Columns, mask: Mask, first: int, last: int) -> Mask:
    """Mark the rows of ``mask`` whose date, vague or exact, overlaps the days ``first`` to ``last``."""
    marked: Mask = mask & (columns.start <= last) & (columns.end >= first)
    return marked


def next_events(columns: Columns, mask: Mask, day: int, row: int, number: int, back: bool = False) -> Rows:
    """Name the ``number`` dated rows that come after (or before) a row of a day, in the order of (first day, row).

    Parameters
    ----------
    day, row
        Where to go on from; a row of -1 stands before all rows of its day.
    """
    start = columns.start
    if back:
        later = (start < day) | ((start == day) & (np.arange(len(start)) < row))
    else:
        later = (start > day) | ((start == day) & (np.arange(len(start)) > row))
    rows = np.flatnonzero(mask & columns.dated & later)
    days = -start[rows].astype(np.int64) if back else start[rows].astype(np.int64)
    if len(rows) > number:
        kept = days <= np.partition(days, number - 1)[number - 1]
        rows, days = rows[kept], days[kept]
    order = np.lexsort((-rows if back else rows, days))
    chosen: Rows = rows[order[:number]]
    return chosen


def rank_of(columns: Columns, mask: Mask, row: int) -> int:
    """Say the how-manieth a row is among the dated rows of ``mask``, from 1, in the order of ``next_events``."""
    start = columns.start
    before = (start < start[row]) | ((start == start[row]) & (np.arange(len(start)) <= row))
    return int((mask & columns.dated & before).sum())
