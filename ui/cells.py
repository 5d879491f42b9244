"""What the map draws at one zoom level: clusters, single points, areas and routes, out of the hot columns.

Points that fall into one cell of the screen become a cluster at their centre of mass, split by event type. Areas
(places coarser than a town) are never clustered with points: one ring a place, with its count. Pure numpy, no screen.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.columns import POINT_PRECISIONS, WORLD_BITS, Columns, Mask, Rows, km_to_units, unproject
from ui.split import Parts, all_kinds

CELL_BITS = 2  # a tile of 256 pixels holds 4 x 4 cells of 64 pixels
TOO_CLOSE = 0.6  # of the width of a cell
MAX_AREAS, MAX_ROUTES, MAX_CELLS = 300, 200, 2000
_SPOT_LIMIT = 200_000  # above so many points in view nobody is close enough to care whether a cell is one spot
DEEPEST_ZOOM = 20

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What a screen shows: zoom level and bounds in degrees."""

    zoom: int
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A view in Web-Mercator units, grown to whole cells so that cells stay put while the map is panned."""

    shift: int
    left: int
    top: int
    columns: int
    rows: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in units; right and bottom lie outside."""
        size = 1 << self.shift
        return self.left, self.top, self.left + self.columns * size, self.top + self.rows * size


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several points of one cell; ``bounds`` are W, S, E, N degrees.

    ``row`` is one of them where all lie at one position, so that no zoom will part them; else -1.
    """

    lon: float
    lat: float
    count: int
    row: int
    bounds: tuple[float, float, float, float]
    types: tuple[tuple[int, int], ...]  # (number of the part's colour, count), most frequent first


@dataclass(frozen=True, slots=True)
class Area:
    """Events of one coarse place; ``row`` is one of them."""

    row: int
    count: int


@dataclass(frozen=True, slots=True)
class Route:
    """Events launched from one place at another; ``row`` is one of them."""

    row: int
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn: ``points`` are row numbers of single events."""

    clusters: tuple[Cluster, ...]
    points: Rows
    areas: tuple[Area, ...]
    routes: tuple[Route, ...]


def frame_view(view: View) -> Frame:
    """Grow a view by a quarter on each side and to whole cells; at most ``MAX_CELLS`` of them."""
    zoom = min(max(view.zoom, 0), DEEPEST_ZOOM)
    shift = WORLD_BITS - zoom - CELL_BITS
    corners = np.array([[view.west, view.north], [view.east, view.south]], dtype=np.float64)
    left, right = (np.clip(corners[:, 0], -180, 180) / 360 + 0.5) * (1 << WORLD_BITS)
    sine = np.sin(np.radians(np.clip(corners[:, 1], -85, 85)))
    top, bottom = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * (1 << WORLD_BITS)
    margin_x, margin_y = (right - left) / 4, (bottom - top) / 4
    first_x, last_x = int(left - margin_x) >> shift, int(right + margin_x) >> shift
    first_y, last_y = int(top - margin_y) >> shift, int(bottom + margin_y) >> shift
    columns, rows = max(last_x - first_x, 0) + 1, max(last_y - first_y, 0) + 1
    if columns * rows > MAX_CELLS:
        return frame_view(View(zoom - 1, view.west, view.south, view.east, view.north))
    return Frame(shift, first_x << shift, first_y << shift, columns, rows)


def draw(columns: Columns, mask: Mask, view: View, parts: Parts | None = None) -> Drawing:
    """Aggregate the rows of ``mask`` for a screen, clusters split by kind of event or into the parts that are given."""
    frame = frame_view(view)
    clusters, points = _cluster(columns, mask, frame, parts or all_kinds(columns))
    return Drawing(clusters, points, _areas(columns, mask, frame), _routes(columns, mask, frame))


def cluster_rows(columns: Columns, mask: Mask, view: View, number: int) -> Rows:
    """Name the rows of one cluster of what ``draw`` draws of the same view; none where there is no such cluster."""
    rows, cell, counts = _gather(columns, mask, frame_view(view))
    many = np.flatnonzero(counts > 1)
    return rows[cell == many[number]] if 0 <= number < len(many) else rows[:0]


def _gather(columns: Columns, mask: Mask, frame: Frame) -> tuple[Rows, Rows, Rows]:
    """Say which sites and towns lie in the frame, in which cell each is drawn, and how many each cell draws."""
    left, top, right, bottom = frame.box
    x, y = columns.x, columns.y
    precise = (columns.precision >= 0) & (columns.precision < POINT_PRECISIONS)
    rows = np.flatnonzero(mask & precise & (x >= left) & (x < right) & (y >= top) & (y < bottom))
    dx, dy = x[rows] - left, y[rows] - top
    cell = (dy >> frame.shift) * frame.columns + (dx >> frame.shift)
    cell = _join_close(frame, cell, dx, dy)[cell]
    return rows, cell, np.bincount(cell, minlength=frame.columns * frame.rows)


def _cluster(columns: Columns, mask: Mask, frame: Frame, parts: Parts) -> tuple[tuple[Cluster, ...], Rows]:
    rows, cell, counts = _gather(columns, mask, frame)
    alone = counts[cell] == 1
    many = np.flatnonzero(counts > 1)
    if not len(many):
        return (), rows[alone]
    place = np.full(len(counts), -1)
    place[many] = np.arange(len(many))
    grouped = ~alone
    group = place[cell[grouped]]
    colours = parts.colours()[getattr(columns, parts.split).codes[rows[grouped]]]
    return _describe_clusters(columns, rows[grouped], group, counts[many], colours), rows[alone]


def _join_close(frame: Frame, cell: Rows, dx: NDArray[np.int32], dy: NDArray[np.int32]) -> Rows:
    """Say which cell each one joins: a fuller neighbour whose centre of mass is too close to draw both, or itself."""
    number = frame.columns * frame.rows
    counts = np.bincount(cell, minlength=number)
    filled = np.flatnonzero(counts)
    scale = counts[filled].astype(np.float64) * (1 << frame.shift)
    x = (np.bincount(cell, dx, number)[filled] / scale).tolist()
    y = (np.bincount(cell, dy, number)[filled] / scale).tolist()
    centre = {index: (x[place], y[place]) for place, index in enumerate(filled.tolist())}
    joins = np.arange(number)
    taken: set[int] = set()
    for index in filled[np.argsort(-counts[filled], kind="stable")].tolist():
        if index in taken:
            continue
        taken.add(index)
        for other in _neighbours(frame, index):
            if other in centre and other not in taken and math.dist(centre[index], centre[other]) < TOO_CLOSE:
                joins[other] = index
                taken.add(other)
    return joins


def _neighbours(frame: Frame, index: int) -> list[int]:
    row, column = divmod(index, frame.columns)
    rows = range(max(row - 1, 0), min(row + 2, frame.rows))
    columns = range(max(column - 1, 0), min(column + 2, frame.columns))
    return [r * frame.columns + c for r in rows for c in columns if (r, c) != (row, column)]


def _describe_clusters(
    columns: Columns, rows: Rows, group: Rows, counts: Rows, colours: NDArray[np.int64]
) -> tuple[Cluster, ...]:
    number = len(counts)
    x, y = columns.x[rows].astype(np.float64), columns.y[rows].astype(np.float64)
    lon, lat = unproject(np.bincount(group, x, number) / counts, np.bincount(group, y, number) / counts)
    bounds = _bounds(x, y, group, number)
    kinds = int(colours.max()) + 1
    split = np.bincount(group * kinds + colours, minlength=number * kinds).reshape(number, kinds)
    member = np.zeros(number, dtype=np.intp)
    member[group] = rows
    small = len(rows) <= _SPOT_LIMIT
    clusters = []
    for index in range(number):
        west, south, east, north = (float(value) for value in bounds[index])
        row = int(member[index]) if small and west == east and south == north else -1
        order = np.argsort(-split[index], kind="stable")
        types = tuple((int(part), int(split[index, part])) for part in order if split[index, part])
        box = (west, south, east, north)
        clusters.append(Cluster(float(lon[index]), float(lat[index]), int(counts[index]), row, box, types))
    return tuple(clusters)


def _bounds(x: Numbers, y: Numbers, group: Rows, number: int) -> Numbers:
    west, east = np.full(number, np.inf), np.full(number, -np.inf)
    top, bottom = np.full(number, np.inf), np.full(number, -np.inf)
    np.minimum.at(west, group, x)
    np.maximum.at(east, group, x)
    np.minimum.at(top, group, y)
    np.maximum.at(bottom, group, y)
    west, north = unproject(west, top)
    east, south = unproject(east, bottom)
    return np.column_stack([west, south, east, north])


def _areas(columns: Columns, mask: Mask, frame: Frame) -> tuple[Area, ...]:
    left, top, right, bottom = frame.box
    rows = np.flatnonzero(mask & (columns.precision >= POINT_PRECISIONS) & columns.placed)
    x, y = columns.x[rows], columns.y[rows]
    reach = km_to_units(columns.extent_km[rows], y)
    near = (x + reach >= left) & (x - reach < right) & (y + reach >= top) & (y - reach < bottom)
    return tuple(Area(row, count) for row, count in _most_frequent(columns.spot[rows[near]], rows[near], MAX_AREAS))


def _routes(columns: Columns, mask: Mask, frame: Frame) -> tuple[Route, ...]:
    left, top, right, bottom = frame.box
    rows = np.flatnonzero(mask & (columns.route >= 0))
    x, y, from_x, from_y = columns.x[rows], columns.y[rows], columns.origin_x[rows], columns.origin_y[rows]
    crosses = (np.maximum(x, from_x) >= left) & (np.minimum(x, from_x) < right)
    crosses &= (np.maximum(y, from_y) >= top) & (np.minimum(y, from_y) < bottom)
    kept = rows[crosses]
    return tuple(Route(row, count) for row, count in _most_frequent(columns.route[kept], kept, MAX_ROUTES))


def _most_frequent(numbers: NDArray[np.int32], rows: Rows, limit: int) -> list[tuple[int, int]]:
    """Count rows by number; the first row and the count of the ``limit`` most frequent, in order of number."""
    if not len(numbers):
        return []
    counts = np.bincount(numbers)
    found = np.flatnonzero(counts)
    if len(found) > limit:  # sort no more than may be drawn
        least = np.partition(counts[found], len(found) - limit)[len(found) - limit]
        found = found[counts[found] >= least]
    kept = np.sort(found[np.argsort(-counts[found], kind="stable")[:limit]])
    first = np.zeros(len(counts), dtype=np.intp)
    first[numbers[::-1]] = rows[::-1]  # of several rows the one written last stays: the first
    return [(int(first[number]), int(counts[number])) for number in kept]
