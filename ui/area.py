"""An area that is asked for: a box, a circle or a polygon drawn on the map, or polygons of a file.

An area has a word that says it exactly, for the address of the page and for the files that are exported:
``box:W,S,E,N``, ``circle:LON,LAT,KM``, ``polygon:LON,LAT,LON,LAT,...`` with ``;`` between the rings of one polygon and
``|`` between polygons. Degrees are WGS 84, longitude first. Whatever a word says is checked before it is believed.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.sphere import move

MOST_CORNERS = 120  # of an area that an address can name
LONGEST_WORD = 4000  # characters of an area in an address
_FARTHEST_KM = 5000.0
_DIGITS = 4  # decimals of a degree: about ten metres
_CIRCLE_CORNERS = 96
_DRAWN_CORNERS = 400
_NUMBER = re.compile(r"-?\d{1,4}(\.\d{1,8})?", re.ASCII)
_SHAPES = {"Polygon", "MultiPolygon"}


class AreaError(ValueError):
    """An area that cannot be used: the label of the screen that says why, and what stands in its braces."""

    def __init__(self, label: str, **values: object) -> None:
        super().__init__(label)
        self.label, self.values = label, values


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons on the map (WGS 84, lon/lat); two areas are the same when their words are.

    ``kind`` is box, circle, polygon or file. ``word`` says the area exactly where it is short enough for an address;
    where it is not, it is a hash of it. ``name`` is what a file was called, "" for what was drawn.
    """

    kind: str
    word: str
    name: str = ""
    geometry: BaseGeometry = field(default_factory=shapely.Polygon, compare=False, repr=False)

    @property
    def has_address(self) -> bool:
        """Whether an address can name it."""
        return not self.word.startswith("file:")

    def describe(self) -> dict[str, Any]:
        """Say the area in plain values for the head of a file: its word, its bounds, the name of its file."""
        bounds = [round(edge, _DIGITS) for edge in self.geometry.bounds]
        return {"kind": self.kind, "word": self.word, "bounds": bounds} | ({"name": self.name} if self.name else {})


def read_area(word: str) -> Area:
    """Read an area out of its word.

    Raises
    ------
    AreaError
        Where it is none.

    Examples
    --------
    >>> read_area("box:40,35,41,36").geometry.bounds
    (40.0, 35.0, 41.0, 36.0)
    """
    kind, _, rest = word.partition(":")
    makers = {"box": _box, "circle": _circle, "polygon": _polygons}
    if kind not in makers or len(word) > LONGEST_WORD:
        raise AreaError("area.unknown")
    geometry = makers[kind](rest)
    return Area(kind, word, geometry=check_shape(geometry))


def make_area(geometry: BaseGeometry, name: str) -> Area:
    """Make the area of a file; one with few corners can stand in an address.

    Parameters
    ----------
    geometry
        Polygon or MultiPolygon, WGS 84, lon/lat.
    name
        What the file was called.
    """
    geometry = check_shape(geometry)
    if shapely.get_num_coordinates(geometry) <= MOST_CORNERS:
        word = "polygon:" + "|".join(_say_polygon(part) for part in _parts(geometry))
        try:
            return Area("file", word, name, read_area(word).geometry)
        except AreaError:  # a sliver that rounding made collapse
            pass
    digest = hashlib.sha256(shapely.to_wkb(shapely.normalize(geometry))).hexdigest()[:16]
    return Area("file", f"file:{digest}", name, geometry)


@lru_cache(maxsize=32)
def outline(area: Area) -> list[list[tuple[float, float]]]:
    """Say the rings of an area for drawing, as (lat, lon), with so few corners that they can travel at every change.

    Of an area of very many parts the largest are drawn.
    """
    west, south, east, north = area.geometry.bounds
    simple = area.geometry
    for step in (2**power * max(east - west, north - south) / 4000 for power in range(8)):
        if shapely.get_num_coordinates(simple) <= _DRAWN_CORNERS:
            break
        simple = shapely.simplify(area.geometry, step)
    parts = sorted(_parts(simple), key=lambda part: -part.area)
    rings = [ring.coords for part in parts if not part.is_empty for ring in (part.exterior, *part.interiors)]
    total = accumulate(len(ring) for ring in rings)
    kept = [ring for ring, sofar in zip(rings, total, strict=True) if sofar <= 2 * _DRAWN_CORNERS or ring is rings[0]]
    return [[(round(lat, _DIGITS), round(lon, _DIGITS)) for lon, lat in ring] for ring in kept]


def check_shape(geometry: BaseGeometry) -> BaseGeometry:
    """Answer a valid Polygon or MultiPolygon in degrees.

    Raises
    ------
    AreaError
        Where it encloses nothing or lies outside the world.
    """
    if geometry.geom_type not in _SHAPES or geometry.is_empty:
        raise AreaError("area.no_polygon")
    west, south, east, north = geometry.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise AreaError("area.not_degrees", lon=f"{west:.6g}", lat=f"{south:.6g}")
    if not geometry.is_valid:
        geometry = _only_polygons(shapely.make_valid(geometry))
    if geometry.is_empty or not geometry.area > 0:
        raise AreaError("area.no_polygon")
    return geometry


def _only_polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry, return_index=False) if part.geom_type in _SHAPES]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _parts(geometry: BaseGeometry) -> Sequence[BaseGeometry]:
    return list(shapely.get_parts(geometry))


def _say_polygon(polygon: BaseGeometry) -> str:
    rings = [polygon.exterior, *polygon.interiors]
    return ";".join(",".join(_say(value) for point in ring.coords[:-1] for value in point[:2]) for ring in rings)


def _say(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".") if value else "0"


def _numbers(said: str) -> list[float]:
    words = said.split(",")
    if len(words) > 2 * MOST_CORNERS or not all(_NUMBER.fullmatch(word) for word in words):
        raise AreaError("area.unknown")
    return [float(word) for word in words]


def _box(said: str) -> BaseGeometry:
    numbers = _numbers(said)
    if len(numbers) != 4 or not (numbers[0] < numbers[2] and numbers[1] < numbers[3]):
        raise AreaError("area.unknown")
    return shapely.box(*numbers)


def _circle(said: str) -> BaseGeometry:
    numbers = _numbers(said)
    if len(numbers) != 3 or not 0 < numbers[2] <= _FARTHEST_KM or abs(numbers[0]) > 180 or abs(numbers[1]) > 85:
        raise AreaError("area.unknown")
    lon, lat, km = numbers
    ring = [move(lon, lat, 360 * step / _CIRCLE_CORNERS, km) for step in range(_CIRCLE_CORNERS)]
    circle = shapely.Polygon(ring)
    if circle.bounds[2] - circle.bounds[0] > 180:  # it crosses the date line or holds a pole
        raise AreaError("area.date_line")
    return circle


def _polygons(said: str) -> BaseGeometry:
    polygons = []
    for polygon in said.split("|"):
        rings = [_ring(ring) for ring in polygon.split(";")]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _ring(said: str) -> list[tuple[float, float]]:
    numbers = _numbers(said)
    if len(numbers) < 6 or len(numbers) % 2:
        raise AreaError("area.unknown")
    return list(zip(numbers[::2], numbers[1::2], strict=True))
