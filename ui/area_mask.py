"""Which events an area keeps, out of the hot columns.

A site or a town is in an area when its point is. What is known only as an area itself (near a town, a district, a
governorate, a country) is kept when its extent touches the area: it may have happened inside. All of it is reckoned on
the map's own plane, where a line that was drawn straight is straight.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ui.area import Area
from ui.columns import POINT_PRECISIONS, WORLD, Columns, Mask, Rows, km_to_units

_SQUARES = 64  # a grid of so many by so many tells most points at a glance
_OUT, _EDGE, _IN = 0, 1, 2
_LONGEST_EDGE = 0.5  # degrees: a longer edge of a file bends on the map's plane
_MAX_LATITUDE = 85.0511


@dataclass(frozen=True, slots=True)
class Grid:
    """An area on the plane, in Web-Mercator units, cut into squares that lie inside, outside or on its edge."""

    geometry: BaseGeometry
    left: float
    top: float
    width: float
    height: float
    squares: NDArray[np.int8]

    def look_up(self, x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.int8]:
        """Say of each point whether its square is inside, outside or on the edge."""
        column = ((x - self.left) * (_SQUARES / self.width)).astype(np.int32)
        row = ((y - self.top) * (_SQUARES / self.height)).astype(np.int32)
        found: NDArray[np.int8] = self.squares[np.clip(row, 0, _SQUARES - 1), np.clip(column, 0, _SQUARES - 1)]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Columns that are the same only where they are the very same object."""

    columns: Columns

    def __hash__(self) -> int:
        return id(self.columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.columns is self.columns


def rows_within(columns: Columns, area: Area) -> Mask:
    """Mark the rows that an area keeps; what could not be placed is in no area. Not to be written to."""
    return _rows_within(_Same(columns), area)


@lru_cache(maxsize=4)  # one run of the page asks several times
def _rows_within(same: _Same, area: Area) -> Mask:
    columns, grid = same.columns, _cut(area)
    kept = np.zeros(len(columns), dtype=bool)
    exact = (columns.precision >= 0) & (columns.precision < POINT_PRECISIONS)
    points = np.flatnonzero(columns.placed & exact & _in_box(columns, grid))
    kept[points] = _contains(grid, columns.x[points], columns.y[points])
    vague = np.flatnonzero(columns.placed & ~exact)
    kept[vague] = _touches(grid, columns, vague)
    kept.flags.writeable = False
    return kept


def count_vague(columns: Columns, mask: Mask) -> int:
    """Count the rows of ``mask`` that are known only as an area."""
    return int((mask & columns.placed & (columns.precision >= POINT_PRECISIONS)).sum())


def project_area(geometry: BaseGeometry) -> BaseGeometry:
    """Put an area (WGS 84, lon/lat) on the map's plane, in Web-Mercator units."""

    def to_units(points: NDArray[np.float64]) -> NDArray[np.float64]:
        sine = np.sin(np.radians(np.clip(points[:, 1], -_MAX_LATITUDE, _MAX_LATITUDE)))
        y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
        return np.column_stack([(points[:, 0] / 360 + 0.5) * WORLD, y * WORLD])

    return shapely.make_valid(shapely.transform(geometry, to_units))


@lru_cache(maxsize=32)
def _cut(area: Area) -> Grid:
    straight = area.geometry if area.kind != "file" else shapely.segmentize(area.geometry, _LONGEST_EDGE)
    geometry = project_area(straight)
    shapely.prepare(geometry)
    left, top, right, bottom = geometry.bounds
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    columns, rows = np.meshgrid(np.arange(_SQUARES), np.arange(_SQUARES))
    x, y = left + columns * (width / _SQUARES), top + rows * (height / _SQUARES)
    boxes = shapely.box(x, y, x + width / _SQUARES, y + height / _SQUARES)
    squares = shapely.intersects(geometry, boxes).astype(np.int8) + shapely.contains_properly(geometry, boxes)
    return Grid(geometry, left, top, width, height, squares.astype(np.int8))


def _in_box(columns: Columns, grid: Grid) -> Mask:
    return _in_box_of(grid, columns.x, columns.y)


def _in_box_of(grid: Grid, x: NDArray[np.int32], y: NDArray[np.int32]) -> Mask:
    inside: Mask = (x >= grid.left) & (x <= grid.left + grid.width)
    inside &= (y >= grid.top) & (y <= grid.top + grid.height)
    return inside


def _contains(grid: Grid, x: NDArray[np.int32], y: NDArray[np.int32]) -> Mask:
    square = grid.look_up(x, y)
    inside: Mask = square == _IN
    edge = np.flatnonzero(square == _EDGE)
    inside[edge] = shapely.intersects_xy(grid.geometry, x[edge], y[edge])
    return inside


def _touches(grid: Grid, columns: Columns, rows: Rows) -> Mask:
    """Say of rows known only as an area whether their extent touches; each place is reckoned once."""
    x, y = columns.x[rows], columns.y[rows]
    reach = km_to_units(columns.extent_km[rows], y)
    near = (x + reach >= grid.left) & (x - reach <= grid.left + grid.width)
    near &= (y + reach >= grid.top) & (y - reach <= grid.top + grid.height)
    touched: Mask = near & _in_box_of(grid, x, y) & (grid.look_up(x, y) == _IN)
    at = np.flatnonzero(near & ~touched)
    _, first, back = np.unique(columns.spot[rows[at]], return_index=True, return_inverse=True)
    place = at[first]
    found: Mask = shapely.dwithin(grid.geometry, shapely.points(x[place], y[place]), reach[place])
    touched[at] = found[back]
    return touched
