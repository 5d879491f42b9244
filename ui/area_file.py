"""A GeoJSON file that somebody uploads as the area to look at: read with distrust, refused with a reason.

Only polygons count, only degrees (WGS 84, longitude first), and only so many corners. Nothing of a file is left out in
silence: one that holds something else beside its polygons is refused.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from ui.area import Area, AreaError, make_area

MOST_BYTES = 4_000_000
MOST_CORNERS = 100_000
_NAME_LENGTH = 60
_DEEPEST = 6  # collections in collections
_DEGREES = ("crs84", "epsg::4326", "epsg:4326", "crs83")
_WORLD = ((-180, 180), (-90, 90))


def read_area_file(name: str, data: bytes) -> Area:
    """Read the polygons of a GeoJSON file as one area.

    Parameters
    ----------
    name
        What the file is called; only its last part is kept, and shown.
    data
        Its bytes: UTF-8, at most ``MOST_BYTES``.

    Raises
    ------
    AreaError
        Where it is too large, no GeoJSON, not in degrees, or holds no polygons or something else beside them.
    """
    if len(data) > MOST_BYTES:
        raise AreaError("area.too_large", size=f"{len(data) / 1e6:.1f}", most=f"{MOST_BYTES / 1e6:.0f}")
    try:
        said = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise AreaError("area.not_json") from error
    if not isinstance(said, dict):
        raise AreaError("area.not_json")
    _check_system(said.get("crs"))
    polygons = [polygon for shape in _geometries(said) for polygon in _polygons(shape)]
    if not polygons:
        raise AreaError("area.no_polygon")
    if sum(len(ring) for rings in polygons for ring in rings) > MOST_CORNERS:
        raise AreaError("area.too_many", most=f"{MOST_CORNERS:,}")
    return make_area(_unite(polygons), name.replace("\\", "/").rpartition("/")[2][:_NAME_LENGTH])


def _check_system(crs: Any) -> None:
    if crs is None:
        return
    said = orjson.dumps(crs).decode().lower()
    if not any(word in said for word in _DEGREES):
        raise AreaError("area.other_system", system=said[:_NAME_LENGTH])


def _geometries(said: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every geometry of a GeoJSON object, without those that are null."""
    kind = said.get("type")
    if depth > _DEEPEST:
        raise AreaError("area.not_json")
    if kind == "FeatureCollection":
        for feature in _list(said.get("features")):
            yield from _geometries(_dict(feature), depth + 1)
    elif kind == "GeometryCollection":
        for geometry in _list(said.get("geometries")):
            yield from _geometries(_dict(geometry), depth + 1)
    elif kind == "Feature":
        if said.get("geometry") is not None:
            yield from _geometries(_dict(said["geometry"]), depth + 1)
    elif kind in {"Polygon", "MultiPolygon"}:
        yield said
    else:
        raise AreaError("area.wrong_type", type=str(kind)[:_NAME_LENGTH])


def _polygons(shape: dict[str, Any]) -> Iterator[list[np.ndarray[Any, Any]]]:
    polygons = [shape.get("coordinates")] if shape["type"] == "Polygon" else _list(shape.get("coordinates"))
    for polygon in polygons:
        rings = [_ring(ring) for ring in _list(polygon)]
        if rings:
            yield rings


def _ring(said: Any) -> np.ndarray[Any, Any]:
    try:
        points = np.array([position[:2] for position in _list(said)], dtype=np.float64)
    except (TypeError, ValueError, KeyError) as error:
        raise AreaError("area.bad_ring") from error
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 4:
        raise AreaError("area.bad_ring")
    for axis, (least, most) in enumerate(_WORLD):
        if not ((points[:, axis] >= least) & (points[:, axis] <= most)).all():
            raise AreaError("area.not_degrees", lon=f"{points[0, 0]:.6g}", lat=f"{points[0, 1]:.6g}")
    return points


def _unite(polygons: list[list[np.ndarray[Any, Any]]]) -> BaseGeometry:
    made = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    if len(made) == 1:
        return made[0]
    return shapely.union_all([shapely.make_valid(polygon) for polygon in made])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise AreaError("area.not_json")
    return value


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AreaError("area.not_json")
    return value
