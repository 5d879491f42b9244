"""Turn a drawing into the JSON that the map's layer reads: numbers, and words that stay data all the way.

The lists are short because they travel at every move: ``clusters`` are ``[lon, lat, count, row, [w, s, e, n], [[type,
count], ...]]``; ``points`` ``[row, lon, lat, type, site, extent_km, status, reviewed, where, when]``; ``areas`` ``[row,
lon, lat, extent_km, count, type, precision, status, where, when]``; ``routes`` ``[row, from_lon, from_lat, to_lon,
to_lat, count, type]``. ``type`` is the number of a colour: a position in ``data/event_types.csv``, or that of a part of
``ui/split.py``; ``status`` is a position in ``TIME_STATUSES``.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pandas as pd
from numpy.typing import NDArray

from pipeline.promises import TIME_STATUSES
from ui.book import Book
from ui.cells import Cluster, Drawing, View, draw
from ui.columns import UNDATED_END, UNDATED_START, Category, Rows, unproject
from ui.shelf import Shown
from ui.split import Parts, all_kinds

_DIGITS = 5  # decimals of a degree: about a metre


def render_cells(shown: Shown, view: View, parts: Parts | None = None) -> bytes:
    """Draw what is shown for a screen, in the colours of kinds of events or of other parts, as JSON bytes (UTF-8)."""
    parts = parts or all_kinds(shown.book.columns)
    drawing = draw(shown.book.columns, shown.mask, view, parts)
    return orjson.dumps(describe_drawing(shown.book, drawing, parts))


def describe_drawing(book: Book, drawing: Drawing, parts: Parts) -> dict[str, Any]:
    """Say a drawing in lists of numbers and words."""
    kinds = _Colours(getattr(book.columns, parts.split), parts.colours())
    areas = np.array([area.row for area in drawing.areas], dtype=np.intp)
    routes = np.array([route.row for route in drawing.routes], dtype=np.intp)
    return {
        "clusters": [_cluster(cluster) for cluster in drawing.clusters],
        "points": _points(book, drawing.points, kinds),
        "areas": _areas(book, areas, [area.count for area in drawing.areas], kinds),
        "routes": _routes(book, routes, [route.count for route in drawing.routes], kinds),
    }


@dataclass(frozen=True, slots=True)
class _Colours:
    """The number of the colour of any rows."""

    category: Category
    by_code: NDArray[np.int64]

    def of(self, rows: Rows) -> NDArray[np.int64]:
        return self.by_code[self.category.codes[rows]]


def _cluster(cluster: Cluster) -> list[Any]:
    bounds = [round(value, _DIGITS) for value in cluster.bounds]
    types = [list(part) for part in cluster.types]
    return [round(cluster.lon, _DIGITS), round(cluster.lat, _DIGITS), cluster.count, cluster.row, bounds, types]


def _points(book: Book, rows: Rows, kinds: _Colours) -> list[list[Any]]:
    columns = book.columns
    reviewed = ~columns.review_status.mask(("machine",))[rows]
    return _zip(
        rows,
        *_degrees(columns.x[rows], columns.y[rows]),
        kinds.of(rows),
        (columns.precision[rows] == 0).astype(int),
        _extents(book, rows),
        _statuses(book, rows),
        reviewed.astype(int),
        *_words(book, rows),
    )


def _areas(book: Book, rows: Rows, counts: list[int], kinds: _Colours) -> list[list[Any]]:
    columns = book.columns
    return _zip(
        rows,
        *_degrees(columns.x[rows], columns.y[rows]),
        _extents(book, rows),
        counts,
        kinds.of(rows),
        columns.precision[rows],
        _statuses(book, rows),
        *_words(book, rows),
    )


def _routes(book: Book, rows: Rows, counts: list[int], kinds: _Colours) -> list[list[Any]]:
    columns = book.columns
    origins = _degrees(columns.origin_x[rows], columns.origin_y[rows])
    targets = _degrees(columns.x[rows], columns.y[rows])
    return _zip(rows, *origins, *targets, counts, kinds.of(rows))


def _zip(*lists: Any) -> list[list[Any]]:
    plain = [part.tolist() if isinstance(part, np.ndarray) else part for part in lists]
    return [list(row) for row in zip(*plain, strict=True)]


def _degrees(x: NDArray[np.int32], y: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lon, lat = unproject(x.astype(np.float64) + 0.5, y.astype(np.float64) + 0.5)
    return lon.round(_DIGITS), lat.round(_DIGITS)


def _extents(book: Book, rows: Rows) -> NDArray[np.float64]:
    return book.columns.extent_km[rows].astype(np.float64).round(2)


def _statuses(book: Book, rows: Rows) -> NDArray[np.int64]:
    category = book.columns.time_status
    numbers = np.array([TIME_STATUSES.index(word) for word in category.values], dtype=np.int64)
    return numbers[category.codes[rows]]


def _words(book: Book, rows: Rows) -> tuple[list[str], list[str]]:
    """Say where and when, for each of some rows."""
    where = [book.columns.place.values[code] for code in book.columns.place.codes[rows]]
    start, end = _iso(book.columns.start[rows]), _iso(book.columns.end[rows])
    when = [first if first == last else f"{first} – {last}" for first, last in zip(start, end, strict=True)]
    return where, when


def _iso(days: NDArray[np.int32]) -> list[str]:
    dated = (days != UNDATED_START) & (days != UNDATED_END)
    written = np.datetime_as_string(np.where(dated, days, 0).astype("datetime64[D]"))
    return [str(day) if known else "" for day, known in zip(written, dated, strict=True)]


def format_days(start: Any, end: Any) -> str:
    """Write a date or an interval in ISO form; "" where it is not known.

    Examples
    --------
    >>> format_days(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-31"))
    '2024-03-01 – 2024-03-31'
    """
    if pd.isna(start):
        return ""
    first, last = f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"
    return first if first == last else f"{first} – {last}"
