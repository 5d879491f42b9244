"""What is shown is a pure function of (columns, filter): masks over the hot columns, and the counts beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from geo.fold import fold
from pipeline.promises import PRECISIONS
from ui.area import Area
from ui.area_mask import rows_within
from ui.columns import UNDATED_START, Columns, Mask

EPOCH = date(1970, 1, 1)
CATEGORIES = ("event_type", "actor", "actor_basis", "weapon", "time_status", "country", "review_status")
CHOSEN_AT_FIRST = {"time_status": ("actual", "historical")}


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; an empty field asks for nothing.

    ``first`` and ``last`` are inclusive days: an event of a vague date is kept when its interval overlaps them, an
    undated one is not. ``coarsest`` is the widest ``precision`` still wanted. In the word fields "" means "not said".
    ``area`` keeps what lies in it and, of what is known only as an area, what touches it.
    """

    first: date | None = None
    last: date | None = None
    event_type: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    actor_basis: tuple[str, ...] = ()
    weapon: tuple[str, ...] = ()
    time_status: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    review_status: tuple[str, ...] = ()
    coarsest: str | None = None
    text: str = ""
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures always in sight; ``unplaced`` includes the ambiguous, ``undated`` is 0 unless days are chosen."""

    total: int
    shown: int
    unplaced: int
    undated: int


def to_day(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def field_masks(columns: Columns, chosen: EventFilter) -> dict[str, Mask]:
    """Mark the rows that pass, field by field; fields that ask for nothing are left out."""
    masks = {name: getattr(columns, name).mask(getattr(chosen, name)) for name in CATEGORIES if getattr(chosen, name)}
    if chosen.first or chosen.last:
        masks["date"] = _date_mask(columns, chosen)
    if chosen.coarsest:
        masks["precision"] = columns.precision <= PRECISIONS.index(chosen.coarsest)
    if chosen.area:
        masks["area"] = rows_within(columns, chosen.area)
    if chosen.text.strip():
        masks["text"] = columns.text.find(fold(chosen.text).split())
    return masks


def filter_rows(columns: Columns, chosen: EventFilter) -> Mask:
    """Mark the rows that pass every field, whether they could be placed or not."""
    return _all_of(columns, field_masks(columns, chosen))


def count_options(columns: Columns, chosen: EventFilter) -> dict[str, Mapping[str, int]]:
    """Count, for each word field, how many events each of its words would show under all *other* fields."""
    masks = field_masks(columns, chosen)
    counts: dict[str, Mapping[str, int]] = {}
    for name in CATEGORIES:
        others = {field: mask for field, mask in masks.items() if field != name}
        counts[name] = getattr(columns, name).count(_all_of(columns, others))
    return counts


def count_events(columns: Columns, chosen: EventFilter) -> Counts:
    """Count what the filter shows on the map, what it cannot show for want of a place, and what for want of a date."""
    passed = filter_rows(columns, chosen)
    undated = int(undated_rows(columns, chosen).sum()) if chosen.first or chosen.last else 0
    shown = int((passed & columns.placed).sum())
    return Counts(len(columns), shown, int(passed.sum()) - shown, undated)


def undated_rows(columns: Columns, chosen: EventFilter) -> Mask:
    """Mark the rows without a date that pass every field but the days, which no such row can pass."""
    marked: Mask = filter_rows(columns, replace(chosen, first=None, last=None)) & ~columns.dated
    return marked


def date_span(columns: Columns) -> tuple[date, date] | None:
    """First and last day of the data, None where nothing is dated."""
    dated = columns.dated
    if not dated.any():
        return None
    first, last = int(columns.start[dated].min()), int(columns.end[dated].max())
    return EPOCH + timedelta(days=first), EPOCH + timedelta(days=last)


def quick_range(name: str, span: tuple[date, date]) -> tuple[date, date]:
    """Days that a quick range means, counted back from the last day of the data.

    Parameters
    ----------
    name
        A number of days such as "7", or "all".

    Examples
    --------
    >>> quick_range("7", (date(2024, 1, 1), date(2024, 3, 31)))
    (datetime.date(2024, 3, 25), datetime.date(2024, 3, 31))
    """
    first, last = span
    if name == "all":
        return span
    return max(last - timedelta(days=int(name) - 1), first), last


def _all_of(columns: Columns, masks: Mapping[str, Mask]) -> Mask:
    passed = np.ones(len(columns), dtype=bool)
    for mask in masks.values():
        passed &= mask
    return passed


def _date_mask(columns: Columns, chosen: EventFilter) -> Mask:
    first = to_day(chosen.first) if chosen.first else np.iinfo(np.int32).min + 1
    last = to_day(chosen.last) if chosen.last else UNDATED_START - 1
    overlaps: Mask = (columns.start <= last) & (columns.end >= first)
    return overlaps
