"""How many events overlap any period, without looking at the events again: two sums a day for each part of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.columns import Columns, Mask
from ui.split import Parts

MOST_NUMBERS = 4_000_000  # parts times days that are kept; beyond them the events are counted anew each time

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the screen counts of a period: the events on the map by part, the others that pass, those without a date.

    ``parts`` are in the order of ``Parts.words``; ``undated`` is 0 where no period is asked for.
    """

    total: int
    parts: tuple[int, ...]
    unplaced: int
    undated: int

    @property
    def shown(self) -> int:
        """Events on the map."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class DayTable:
    """Sums a day since ``first``: column ``d`` of ``begun`` and ``ended`` counts what began, or ended, before that day.

    A row is a part of the events on the map, the last row all that have no place; ``undated`` has no day at all.
    """

    first: int
    begun: Counts
    ended: Counts
    undated: Counts
    total: int

    def count(self, first: int | None, last: int | None) -> Tally:
        """Count a period of days, both inclusive; None and None mean all events, undated ones too."""
        if first is None or last is None:
            found, undated = self.begun[:, -1] + self.undated, 0
        else:
            days = self.begun.shape[1] - 1
            begun = self.begun[:, min(max(last + 1 - self.first, 0), days)]
            found, undated = begun - self.ended[:, min(max(first - self.first, 0), days)], int(self.undated.sum())
        numbers = found.tolist()
        return Tally(self.total, tuple(numbers[:-1]), numbers[-1], undated)


def tabulate_days(columns: Columns, mask: Mask, parts: Parts) -> DayTable:
    """Count the rows of ``mask`` by part and by the days on which they begin and end; parts chosen among these rows."""
    rows = np.flatnonzero(mask)
    number = len(parts.words) + 1
    part = np.where(columns.placed[rows], parts.part_of[getattr(columns, parts.split).codes[rows]], number - 1)
    dated = columns.dated[rows]
    undated = np.bincount(part[~dated], minlength=number)
    start, end = columns.start[rows[dated]].astype(np.int64), columns.end[rows[dated]].astype(np.int64)
    if not len(start):
        nothing = np.zeros((number, 1), dtype=np.int64)
        return DayTable(0, nothing, nothing, undated, len(columns))
    first, days = int(start.min()), int(end.max() - start.min()) + 1
    begun, ended = (_sum_up(part[dated], each - first, number, days) for each in (start, end))
    return DayTable(first, begun, ended, undated, len(columns))


def _sum_up(part: Counts, day: Counts, parts: int, days: int) -> Counts:
    """Sum up to each day: column ``d`` holds what fell on the days before ``d``."""
    each = np.bincount(part * (days + 1) + day + 1, minlength=parts * (days + 1)).reshape(parts, days + 1)
    summed: Counts = np.cumsum(each, axis=1)
    return summed


def is_small(columns: Columns, parts: Parts) -> bool:
    """Whether the sums of all days are few enough to be kept."""
    dated = columns.dated
    if not dated.any():
        return True
    days = int(columns.end[dated].max()) - int(columns.start[dated].min()) + 1
    return days * (len(parts.words) + 1) <= MOST_NUMBERS


def count_period(columns: Columns, mask: Mask, parts: Parts, first: int | None, last: int | None) -> Tally:
    """Count a period by looking at every row of ``mask``, which passes all filters but that of days."""
    inside, undated = mask, 0
    if first is not None and last is not None:
        inside = mask & (columns.start <= last) & (columns.end >= first)
        undated = int((mask & ~columns.dated).sum())
    placed = inside & columns.placed
    codes = getattr(columns, parts.split).codes[placed]
    counts = np.bincount(parts.part_of[codes], minlength=len(parts.words))[: len(parts.words)]
    return Tally(len(columns), tuple(counts.tolist()), int(inside.sum()) - int(placed.sum()), undated)
