"""The ground of maps that carry their own background: land, first-level areas, and their outlines, simplified.

Both come from data/boundaries (Natural Earth, public domain, WGS 84). A background to see where one is, never a border
to measure by.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from geo.admin import load_areas
from geo.sphere import KM_PER_DEGREE

_HOME = Path(__file__).resolve().parent.parent / "data"
_DATA = _HOME / "boundaries"
_TOLERANCE = 0.02  # degrees

Ring = NDArray[np.float64]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Polygons as rings of (lon, lat), the outer one first: land around the region, its areas, its countries."""

    land: Sequence[Polygon]
    areas: Sequence[Polygon]
    countries: Sequence[Polygon]


@dataclass(frozen=True, slots=True)
class Name:
    """A name to write on the ground, by language; ``km`` is how far its country or area reaches."""

    lon: float
    lat: float
    km: float
    country: bool
    words: Mapping[str, str]


@lru_cache(maxsize=1)
def load_names() -> tuple[Name, ...]:
    """Read the names of countries, the widest first, and those of first-level areas behind them."""
    with (_HOME / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: -float(row["extent_km"]))
    countries = [
        Name(
            float(row["lon"]),
            float(row["lat"]),
            float(row["extent_km"]),
            True,
            _words(row["names_en"], row["names_ar"]),
        )
        for row in rows
    ]
    areas = [
        Name(*_middle(area.geometry), False, _words(area.name, area.name_ar or ""))
        for area in sorted(load_areas().areas, key=lambda area: -float(area.geometry.area))
    ]
    return (*countries, *areas)


def _words(english: str, arabic: str) -> dict[str, str]:
    first = english.partition("|")[0]
    return {"en": first, "ar": arabic.partition("|")[0] or first}


def _middle(geometry: shapely.Geometry) -> tuple[float, float, float]:
    part = max(shapely.get_parts(geometry), key=lambda item: float(item.area))
    point = part.centroid if part.contains(part.centroid) else part.representative_point()
    return round(point.x, 3), round(point.y, 3), round(KM_PER_DEGREE * float(geometry.area) ** 0.5 / 2, 1)


@lru_cache(maxsize=1)
def load_ground() -> Ground:
    """Read and simplify the ground, once."""
    rows = json.loads((_DATA / "admin1.geojson").read_text(encoding="utf-8"))["features"]
    exact = [_polygons_of(shapely.make_valid(shape(row["geometry"]))) for row in rows]
    areas = shapely.coverage_simplify(exact, _TOLERANCE)
    names = np.array([row["properties"]["country"] for row in rows])
    countries = [shapely.coverage_union_all(areas[names == name]) for name in np.unique(names)]
    around = json.loads((_DATA / "land.geojson").read_text(encoding="utf-8"))["features"]
    return Ground(_rings([shape(row["geometry"]) for row in around]), _rings(list(areas)), _rings(countries))


def _polygons_of(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def _rings(geometries: Sequence[shapely.Geometry]) -> list[Polygon]:
    parts = [part for geometry in geometries for part in shapely.get_parts(geometry) if not part.is_empty]
    return [tuple(shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)) for part in parts]
