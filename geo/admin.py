"""First-level administrative areas: which one a point lies in, and the circle that stands for each.

Polygons are data/boundaries/admin1.geojson (Natural Earth, simplified, EPSG:4326). Points within SNAP_KM outside every
polygon, at a border or a coast, take the nearest one.
"""

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.sphere import KM_PER_DEGREE, distance_km

DATA = Path(__file__).resolve().parent.parent / "data"
SNAP_KM = 5.0
_CUTS = 20  # steps in which a side is narrowed down
_HALF = 0.5
_HOLDS = 0.9  # share of an area that its circle must hold


@dataclass(frozen=True, slots=True)
class Area:
    """A first-level area, or a whole country (``area_id`` is then its two letters)."""

    area_id: str
    country: str
    name: str
    name_ar: str | None
    names: tuple[str, ...]
    geometry: BaseGeometry


class AdminAreas:
    """First-level areas with a spatial index."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self.areas = tuple(areas)
        self._countries = frozenset(area.country for area in self.areas)
        self._tree = STRtree([area.geometry for area in self.areas])

    def locate(self, lon: float, lat: float, country: str | None = None) -> Area | None:
        """Area that holds a point, or the nearest one within SNAP_KM; None far from all.

        Where ``country`` is known, an area of that country within SNAP_KM is taken before the one that holds the point:
        simplified borders run through border towns.
        """
        return self.locate_all([lon], [lat], [country])[0]

    def locate_all(
        self, lons: Sequence[float], lats: Sequence[float], countries: Sequence[str | None] = ()
    ) -> list[Area | None]:
        """Area of each point, as ``locate``."""
        points = shapely.points(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        found: list[Area | None] = [None] * len(points)
        for point, area in self._tree.query(points, predicate="intersects").T:
            found[int(point)] = self.areas[int(area)]
        for number, (point, country) in enumerate(zip_longest(points, countries)):
            area = found[number]
            if country is not None and country not in self._countries:
                continue
            if area is None or (country is not None and area.country != country):
                found[number] = self._nearest(point, country) or area
        return found

    def _nearest(self, point: shapely.Point, country: str | None) -> Area | None:
        reach = SNAP_KM / KM_PER_DEGREE / max(0.2, math.cos(math.radians(point.y)))
        near = self._tree.query(point, predicate="dwithin", distance=reach)
        fitting = [self.areas[int(number)] for number in near if country in (None, self.areas[int(number)].country)]
        if not fitting:
            return None
        area = min(fitting, key=lambda item: item.geometry.distance(point))
        return area if distance_to(area.geometry, point.x, point.y) <= SNAP_KM else None

    @lru_cache(maxsize=512)  # noqa: B019 - one instance lives as long as the program
    def country(self, code: str) -> Area | None:
        """Whole country of the region by its two letters: the union of its areas; None where it has none."""
        parts = [area.geometry for area in self.areas if area.country == code]
        return Area(code, code, code, None, (), shapely.union_all(parts)) if parts else None

    def named(self, country: str | None, name: str | None) -> Area | None:
        """Area of a country by its display name."""
        return self._by_name().get((country or "", name or ""))

    @lru_cache(maxsize=1)  # noqa: B019
    def _by_name(self) -> dict[tuple[str, str], Area]:
        return {(area.country, area.name): area for area in reversed(self.areas)}


def distance_to(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Distance in km from a point to a polygon; 0 inside."""
    point = shapely.Point(lon, lat)
    if geometry.intersects(point):
        return 0.0
    nearest = shapely.shortest_line(geometry, point).coords[0]
    return distance_km(nearest[0], nearest[1], lon, lat)


def circle(geometry: BaseGeometry) -> tuple[float, float, float]:
    """Point inside an area and the radius in km of a circle around it that holds nine tenths of the area.

    Returns
    -------
    tuple of float
        lon, lat, extent_km
    """
    part = max(getattr(geometry, "geoms", [geometry]), key=lambda item: item.area)
    point = part.centroid if part.contains(part.centroid) else part.representative_point()
    west, south, east, north = geometry.bounds
    xs, ys = np.meshgrid(np.linspace(west, east, 40), np.linspace(south, north, 40))
    inside = shapely.contains_xy(geometry, xs, ys)
    squeeze = math.cos(math.radians(point.y))
    away = np.hypot((xs[inside] - point.x) * squeeze, ys[inside] - point.y) * KM_PER_DEGREE
    reach = float(np.quantile(away, _HOLDS)) if len(away) else 0.0
    return point.x, point.y, max(reach, 3.0)


def side(geometry: BaseGeometry, bearing: float, *, share: float = 0.5) -> tuple[float, float, float]:
    """Circle of the part of an area that lies to one side, as ``circle`` (lon, lat, extent_km).

    Parameters
    ----------
    bearing
        Degrees clockwise from north.
    share
        How much of the area at most is meant: half a governorate, the outermost quarter of a country.
    """
    lon, lat, extent = circle(geometry)
    part = _beyond(geometry, lon, lat, bearing, 0.0)
    step = extent / KM_PER_DEGREE / _CUTS
    for cut in range(1, _CUTS):
        if part.area <= share * geometry.area or share >= _HALF:
            break
        part = _beyond(geometry, lon, lat, bearing, cut * step)
    return circle(part) if part.area > 0 else circle(geometry)


def _beyond(geometry: BaseGeometry, lon: float, lat: float, bearing: float, away: float) -> BaseGeometry:
    """Part of an area further along a bearing than ``away`` degrees of latitude from a point."""
    east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    squeeze = math.cos(math.radians(lat))
    far = 60.0
    corners = [(-far, away), (-far, far), (far, far), (far, away)]
    plane = [
        (lon + (across * north + along * east) / squeeze, lat + along * north - across * east)
        for across, along in corners
    ]
    return geometry.intersection(shapely.Polygon(plane))


@lru_cache(maxsize=1)
def load_areas() -> AdminAreas:
    """Read the areas of data/boundaries with the names and corrections of data/gazetteer/admin1.csv."""
    corrections = _read_corrections()
    rows = json.loads((DATA / "boundaries" / "admin1.geojson").read_text(encoding="utf-8"))["features"]
    return AdminAreas([_area(row, corrections) for row in rows])


def _read_corrections() -> dict[str, dict[str, str]]:
    path = DATA / "gazetteer" / "admin1.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _area(row: dict[str, dict[str, str | None]], corrections: dict[str, dict[str, str]]) -> Area:
    given = row["properties"]
    ours = corrections.get(given["id"] or "", {})
    names = [*ours.get("names", "").split("|"), *(given["names"] or "").split("|")]
    dropped = set(ours.get("not_names", "").split("|"))
    return Area(
        given["id"] or "",
        given["country"] or "",
        ours.get("name") or given["name"] or "",
        ours.get("name_ar") or given["name_ar"],
        tuple(dict.fromkeys(name for name in names if name and name not in dropped)),
        shapely.make_valid(shape(row["geometry"])),
    )
