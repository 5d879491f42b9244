"""A stretch of time as the map plays it: what begins and ends on which day, by cell of the screen, as compact bytes.

The browser adds what begins and takes away what has ended as its window of days moves on, so that each picture costs no
request. A reel holds about ``REEL_EVENTS`` events that begin in it; the next one is asked for while this one plays.

Form (little-endian): length of the header (uint32), header (JSON, padded to a multiple of four bytes), then arrays with
one entry a group of alike events: place (uint32), count (uint32), first and last day as offsets from ``since`` (int16,
int16), look (uint16), and the mean position inside the cell in 256ths, x and y (uint8, uint8). The first
``lengths[0]`` entries are points (place = row of cells * ``columns`` + column), then come areas and routes (place =
a position in the header's list of them), each in the order of their first days. look = colour + 16 * site + 32 * status
+ 256 * reviewed, as ``ui/payload.py`` numbers them.
"""

import struct
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from pipeline.promises import TIME_STATUSES
from ui.cells import MAX_AREAS, MAX_ROUTES, Frame, View, frame_view
from ui.columns import POINT_PRECISIONS, Category, Columns, Mask, Rows, km_to_units, unproject
from ui.split import Parts

REEL_EVENTS = 60_000
_FAR = 32_000  # days: offsets are cut here, far beyond any window that plays
_DIGITS = 5

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days whose beginnings are wanted; ``opening`` (None: a reel that goes on) is the first day of the window.

    With ``opening`` the events come too that began before ``since`` and had not ended by then.
    """

    since: int
    until: int
    opening: int | None = None


@dataclass(frozen=True, slots=True)
class _Groups:
    """Alike events, one entry a group."""

    place: Ints
    count: Ints
    first: Ints
    last: Ints
    look: Ints
    x: Ints
    y: Ints


def cut_reel(columns: Columns, mask: Mask, view: View, stretch: Stretch, parts: Parts) -> bytes:
    """Write a reel of what ``mask`` marks in a view, coloured by ``parts``; its ``until`` says how far it reaches."""
    looks = partial(_looks, columns, parts)
    frame = frame_view(view)
    rows, until = _choose_rows(columns, mask, stretch)
    points, areas, routes = _points(columns, rows, frame), _areas(columns, rows, frame), _routes(columns, rows, frame)
    area_places, area_rows = _most_frequent(columns.spot[areas], areas, MAX_AREAS)
    route_places, route_rows = _most_frequent(columns.route[routes], routes, MAX_ROUTES)
    groups = [
        _group(columns, points, _cells(columns, points, frame), looks(points), stretch, frame),
        *(
            _group(columns, rows[places >= 0], places[places >= 0], looks(rows[places >= 0]), stretch, None)
            for rows, places in ((areas, area_places), (routes, route_places))
        ),
    ]
    header = {
        "since": stretch.since,
        "until": until,
        "shift": frame.shift,
        "left": frame.left,
        "top": frame.top,
        "columns": frame.columns,
        "areas": _say_areas(columns, area_rows),
        "routes": _say_routes(columns, route_rows),
        "lengths": [len(group.place) for group in groups],
    }
    return _pack(header, groups)


def _choose_rows(columns: Columns, mask: Mask, stretch: Stretch) -> tuple[Rows, int]:
    """Say which rows the reel holds and its last day: whole days only, one at least."""
    start = columns.start
    begins = mask & columns.placed & (start >= stretch.since) & (start <= stretch.until)
    days = start[begins].astype(np.int64) - stretch.since
    reach = np.searchsorted(np.cumsum(np.bincount(days)), REEL_EVENTS, side="right") if len(days) else 0
    until = stretch.until if len(days) <= REEL_EVENTS else min(stretch.until, stretch.since + max(int(reach) - 1, 0))
    begins &= start <= until
    if stretch.opening is not None:
        begins |= mask & columns.placed & (start < stretch.since) & (columns.end >= stretch.opening)
    return np.flatnonzero(begins), until


def _points(columns: Columns, rows: Rows, frame: Frame) -> Rows:
    left, top, right, bottom = frame.box
    x, y = columns.x[rows], columns.y[rows]
    inside = (x >= left) & (x < right) & (y >= top) & (y < bottom)
    return rows[inside & (columns.precision[rows] < POINT_PRECISIONS) & (columns.precision[rows] >= 0)]


def _cells(columns: Columns, rows: Rows, frame: Frame) -> Ints:
    across, down = (columns.x[rows] - frame.left) >> frame.shift, (columns.y[rows] - frame.top) >> frame.shift
    return down.astype(np.int64) * frame.columns + across


def _areas(columns: Columns, rows: Rows, frame: Frame) -> Rows:
    left, top, right, bottom = frame.box
    rows = rows[columns.precision[rows] >= POINT_PRECISIONS]
    x, y = columns.x[rows], columns.y[rows]
    reach = km_to_units(columns.extent_km[rows], y)
    return rows[(x + reach >= left) & (x - reach < right) & (y + reach >= top) & (y - reach < bottom)]


def _routes(columns: Columns, rows: Rows, frame: Frame) -> Rows:
    left, top, right, bottom = frame.box
    rows = rows[columns.route[rows] >= 0]
    x, y, from_x, from_y = columns.x[rows], columns.y[rows], columns.origin_x[rows], columns.origin_y[rows]
    crosses = (np.maximum(x, from_x) >= left) & (np.minimum(x, from_x) < right)
    return rows[crosses & (np.maximum(y, from_y) >= top) & (np.minimum(y, from_y) < bottom)]


def _most_frequent(numbers: NDArray[np.int32], rows: Rows, limit: int) -> tuple[Ints, Rows]:
    """Number the ``limit`` most frequent places from 0: the number of each row (-1: left out), a row of each place."""
    _, first, inverse, counts = np.unique(numbers, return_index=True, return_inverse=True, return_counts=True)
    kept = np.argsort(-counts, kind="stable")[:limit]
    place = np.full(len(counts), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return place[inverse], rows[first[kept]]


def _group(columns: Columns, rows: Rows, place: Ints, looks: Ints, stretch: Stretch, frame: Frame | None) -> _Groups:
    """Put events of one place, one look and the same days together."""
    days = columns.start[rows].astype(np.int64), columns.end[rows].astype(np.int64)
    first = np.clip(days[0] - stretch.since, -1, _FAR)  # what began earlier is simply there
    last = np.clip(days[1] - stretch.since, -_FAR, _FAR)
    parts = (first, place, last, looks)  # so that the browser finds them in the order in which they begin
    sizes = [(int(part.min()), int(part.max()) + 1) if len(part) else (0, 1) for part in parts]
    key = np.zeros(len(rows), dtype=np.int64)
    for part, (low, high) in zip(parts, sizes, strict=True):
        key = key * (high - low) + (part - low)
    _, index, inverse, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    x, y = (_mean_inside(part[rows], frame, inverse, counts, side) for part, side in ((columns.x, 0), (columns.y, 1)))
    return _Groups(place[index], counts, first[index], last[index], looks[index], x, y)


def _mean_inside(units: NDArray[np.int32], frame: Frame | None, inverse: Ints, counts: Ints, side: int) -> Ints:
    """Mean position inside the cell in 256ths of its width; 0 for what has no cell."""
    if frame is None:
        return np.zeros(len(counts), dtype=np.int64)
    inside = (units - frame.box[side]) & ((1 << frame.shift) - 1)
    mean = np.bincount(inverse, inside, len(counts)) / counts
    return (mean * 256 / (1 << frame.shift)).astype(np.int64)


def _looks(columns: Columns, parts: Parts, rows: Rows) -> Ints:
    colours = parts.colours()[getattr(columns, parts.split).codes[rows]]
    statuses = _numbers(columns.time_status, TIME_STATUSES)[columns.time_status.codes[rows]]
    reviewed = ~columns.review_status.mask(("machine",))[rows]
    looks: Ints = colours + 16 * (columns.precision[rows] == 0) + 32 * statuses + 256 * reviewed
    return looks


def _numbers(category: Category, order: tuple[str, ...]) -> Ints:
    return np.array([order.index(word) if word in order else len(order) - 1 for word in category.values], np.int64)


def _say_areas(columns: Columns, rows: Rows) -> list[list[Any]]:
    lon, lat = _degrees(columns.x[rows], columns.y[rows])
    extent = columns.extent_km[rows].astype(np.float64).round(2)
    return [list(said) for said in zip(columns.spot[rows].tolist(), lon, lat, extent.tolist(), strict=True)]


def _say_routes(columns: Columns, rows: Rows) -> list[list[Any]]:
    origins = _degrees(columns.origin_x[rows], columns.origin_y[rows])
    targets = _degrees(columns.x[rows], columns.y[rows])
    return [list(said) for said in zip(columns.route[rows].tolist(), *origins, *targets, strict=True)]


def _degrees(x: NDArray[np.int32], y: NDArray[np.int32]) -> tuple[list[float], list[float]]:
    lon, lat = unproject(x.astype(np.float64) + 0.5, y.astype(np.float64) + 0.5)
    return lon.round(_DIGITS).tolist(), lat.round(_DIGITS).tolist()


def _pack(header: dict[str, Any], groups: list[_Groups]) -> bytes:
    said = orjson.dumps(header)
    said += b" " * (-len(said) % 4)
    kinds = {"place": "<u4", "count": "<u4", "first": "<i2", "last": "<i2", "look": "<u2", "x": "u1", "y": "u1"}
    joined = (np.concatenate([getattr(group, name) for group in groups]).astype(kind) for name, kind in kinds.items())
    return b"".join([struct.pack("<I", len(said)), said, *(part.tobytes() for part in joined)])
