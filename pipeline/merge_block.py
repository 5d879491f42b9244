"""Which pairs of reports are worth comparing: those that share a day and a neighbourhood.

Keys are made of a day and a place; only reports under one key are compared, so that the work grows with the number of
reports and not with its square. Under a crowded key a report meets only the ``MOST`` nearest in the order of place and
kind.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.merge_columns import NO_DAY, Flags, Numbers, ReportColumns
from pipeline.merge_score import Pairs

CELL = 0.3  # degrees: more than two precise reports that may be one attack can lie apart, up to 60 degrees north
LONGEST = 12  # days; a vaguer report is looked for under these first days and last days only
MOST = 150  # reports met under one key
_AROUND = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
_CHUNK = 200_000
_COLUMNS = 1300  # cells around the earth, with some to spare
_ORDER_BITS, _PLACES = 24, 0xFFFFF  # of a key: day and neighbourhood, then 20 bits of the place and 4 of the kind


def find_pairs(columns: ReportColumns, wanted: Flags | None = None) -> Pairs:
    """Find every pair worth comparing, once, the smaller position first.

    Parameters
    ----------
    wanted
        Only pairs with at least one of these reports; all where None.
    """
    found = [
        _join(columns, _days(columns, rows, 0), _days(columns, probes, 1), kind)
        for kind, rows, probes in _neighbourhoods(columns, wanted)
    ]
    codes = np.unique(np.concatenate([*found, np.empty(0, dtype=np.int64)]))
    count = max(len(columns), 1)
    return Pairs(codes // count, codes % count)


def _neighbourhoods(columns: ReportColumns, wanted: Flags | None) -> Iterator[tuple[str, Numbers, Numbers]]:
    """Name, reports and reports that ask, for each way of being near."""
    asks = np.ones(len(columns), dtype=bool) if wanted is None else wanted
    has_day = columns.first != NO_DAY
    precise = has_day & columns.is_precise
    wide = has_day & (columns.precision >= 0) & ~columns.is_precise
    named = has_day & (columns.name >= 0)
    unplaced = named & (columns.precision < 0)
    for kind, rows, probes in (
        ("cell", precise, precise),
        ("area", wide, wide),
        ("area", precise, wide),
        ("name", named, unplaced),
    ):
        yield kind, np.flatnonzero(rows), np.flatnonzero(probes & asks)
        if wanted is not None:  # a wanted report must also be found by the others
            yield kind, np.flatnonzero(rows & asks), np.flatnonzero(probes & ~asks)


def _days(columns: ReportColumns, rows: Numbers, around: int) -> tuple[Numbers, Numbers]:
    """Report and day, once for every day of its span and ``around`` days beside."""
    first, last = columns.first[rows] - around, columns.last[rows] + around
    last = np.minimum(last, first + LONGEST)
    count = last - first + 1
    position = np.repeat(rows, count)
    step = np.arange(len(position)) - np.repeat(np.cumsum(count) - count, count)
    return position, np.repeat(first, count) + step


def _join(columns: ReportColumns, owned: tuple[Numbers, Numbers], asked: tuple[Numbers, Numbers], kind: str) -> Numbers:
    """Pairs of a report that asks and one that owns the same key, as smaller * n + larger."""
    rows, days = owned
    keys = _key(columns, rows, days, kind)
    order = np.argsort(keys << _ORDER_BITS | _order(columns, rows), kind="stable")
    rows, sorted_keys = rows[order], (keys << _ORDER_BITS | _order(columns, rows))[order]
    found = [
        _match(columns, sorted_keys, rows, asked[0][part], _key(columns, asked[0][part], asked[1][part], kind, dx, dy))
        for part in _parts(len(asked[0]))
        for dx, dy in (_AROUND if kind == "cell" else [(0, 0)])
    ]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _order(columns: ReportColumns, rows: Numbers) -> Numbers:
    """Order within a key: by place, then by kind of attack."""
    order: Numbers = (columns.place[rows] & _PLACES) << 4 | (columns.kind[rows] & 15)
    return order


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + _CHUNK) for start in range(0, count, _CHUNK))


def _key(columns: ReportColumns, rows: Numbers, days: Numbers, kind: str, dx: int = 0, dy: int = 0) -> Numbers:
    if kind == "cell":
        x = np.floor(columns.lon[rows] / CELL).astype(np.int64) + dx + _COLUMNS // 2
        y = np.floor(columns.lat[rows] / CELL).astype(np.int64) + dy + _COLUMNS // 2
        place = x * _COLUMNS + y
    elif kind == "area":
        place = np.where(columns.admin1[rows] >= 0, columns.admin1[rows] + 1000, columns.country[rows])
    else:
        place = columns.name[rows]
    key: Numbers = days * (_COLUMNS * _COLUMNS) + place
    return key


def _match(columns: ReportColumns, keys: Numbers, rows: Numbers, askers: Numbers, asked: Numbers) -> Numbers:
    start, end = np.searchsorted(keys, asked << _ORDER_BITS), np.searchsorted(keys, asked + 1 << _ORDER_BITS)
    crowded = end - start > MOST
    if crowded.any():
        own = np.searchsorted(keys, asked << _ORDER_BITS | _order(columns, askers))
        start = np.where(crowded, np.clip(own - MOST // 2, start, end - MOST), start)
        end = np.where(crowded, start + MOST, end)
    size = end - start
    left = np.repeat(askers, size)
    step = np.arange(len(left)) - np.repeat(np.cumsum(size) - size, size)
    right = rows[np.repeat(start, size) + step]
    is_pair = left != right
    low, high = np.minimum(left, right)[is_pair], np.maximum(left, right)[is_pair]
    codes: Numbers = pd.unique(low * len(columns) + high)
    return codes
