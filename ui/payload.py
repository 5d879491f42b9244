"""Turn a drawing into the JSON that the map's layer reads: numbers, and words that stay data all the way.

The lists are short because they travel at every move: ``clusters`` are ``[lon, lat, count, row, [w, s, e, n], [[type,
count], ...]]``; ``points`` ``[row, lon, lat, type, site, extent_km, status, reviewed, where, when]``; ``areas`` ``[row,
lon, lat, extent_km, count, type, precision, status, where, when]``; ``routes`` ``[row, from_lon, from_lat, to_lon,
to_lat, count, type]``. ``type`` is a position in ``data/event_types.csv``, ``status`` one in ``TIME_STATUSES``.
"""

from typing import Any

import numpy as np
import orjson
import pandas as pd

from pipeline.codes import event_types
from pipeline.promises import TIME_STATUSES
from ui.book import Book
from ui.cells import Area, Cluster, Drawing, Route, View, draw
from ui.columns import unproject
from ui.shelf import Shown

_DIGITS = 5  # decimals of a degree: about a metre


def render_cells(shown: Shown, view: View) -> bytes:
    """Draw what is shown for a screen, as JSON bytes (UTF-8)."""
    drawing = draw(shown.book.columns, shown.mask, view)
    return orjson.dumps(describe_drawing(shown.book, drawing))


def describe_drawing(book: Book, drawing: Drawing) -> dict[str, Any]:
    """Say a drawing in lists of numbers and words."""
    kinds = _type_numbers(book)
    words = _words(book, [*drawing.points.tolist(), *(area.row for area in drawing.areas)])
    return {
        "clusters": [_cluster(cluster, kinds) for cluster in drawing.clusters],
        "points": [[*_point(book, row, kinds), *words[row]] for row in drawing.points.tolist()],
        "areas": [[*_area(book, area, kinds), *words[area.row]] for area in drawing.areas],
        "routes": [_route(book, route, kinds) for route in drawing.routes],
    }


def _type_numbers(book: Book) -> list[int]:
    order = {name: number for number, name in enumerate(event_types())}
    return [order.get(name, len(order) - 1) for name in book.columns.event_type.values]


def _cluster(cluster: Cluster, kinds: list[int]) -> list[Any]:
    bounds = [round(value, _DIGITS) for value in cluster.bounds]
    types = [[kinds[code], count] for code, count in cluster.types]
    return [round(cluster.lon, _DIGITS), round(cluster.lat, _DIGITS), cluster.count, cluster.row, bounds, types]


def _point(book: Book, row: int, kinds: list[int]) -> list[Any]:
    columns = book.columns
    lon, lat = _degrees(columns.x[row], columns.y[row])
    reviewed = columns.review_status.values[columns.review_status.codes[row]] != "machine"
    site = int(columns.precision[row] == 0)
    kind = kinds[columns.event_type.codes[row]]
    extent = round(float(columns.extent_km[row]), 2)
    return [row, lon, lat, kind, site, extent, _status(book, row), int(reviewed)]


def _area(book: Book, area: Area, kinds: list[int]) -> list[Any]:
    columns, row = book.columns, area.row
    lon, lat = _degrees(columns.x[row], columns.y[row])
    extent = round(float(columns.extent_km[row]), 2)
    kind = kinds[columns.event_type.codes[row]]
    return [
        row,
        lon,
        lat,
        extent,
        area.count,
        kind,
        int(columns.precision[row]),
        _status(book, row),
    ]


def _route(book: Book, route: Route, kinds: list[int]) -> list[Any]:
    columns, row = book.columns, route.row
    origin = _degrees(columns.origin_x[row], columns.origin_y[row])
    target = _degrees(columns.x[row], columns.y[row])
    return [row, *origin, *target, route.count, kinds[columns.event_type.codes[row]]]


def _degrees(x: np.int32, y: np.int32) -> tuple[float, float]:
    lon, lat = unproject(np.array([x + 0.5]), np.array([y + 0.5]))
    return round(float(lon[0]), _DIGITS), round(float(lat[0]), _DIGITS)


def _status(book: Book, row: int) -> int:
    category = book.columns.time_status
    return TIME_STATUSES.index(category.values[category.codes[row]])


def _words(book: Book, rows: list[int]) -> dict[int, tuple[str, str]]:
    """Say where and when, for each of some rows."""
    events = book.take(np.array(rows, dtype=np.intp))
    where = events["matched_name"].fillna(events["place_name"]).fillna("").tolist()
    when = [format_days(start, end) for start, end in zip(events["date_start"], events["date_end"], strict=True)]
    return dict(zip(rows, zip(where, when, strict=True), strict=True))


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
