"""Where "north of X", "eastern X", "10 km from X" and "between X and Y" lie: a point, its extent and its precision."""

import math
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.admin import circle, load_areas, side
from geo.kinds import is_inside_towns, kind_of
from geo.place import Place, Placement, PlaceQuery
from geo.sphere import distance_km, midpoint, move

SIDE_OF_TOWN_KM = 5.0  # how far "east of X" goes when nobody says
DIRECTION_ERROR = 0.35  # radians: a compass point told by a reporter
_DISTRICT_KM = 20.0
_AROUND_KM = 12.0
_OFF_SHORE_KM = 15.0
_NEAR_KM = 5.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with the radius that should hold the true one."""

    lon: float
    lat: float
    extent_km: float
    precision: str
    reasons: tuple[str, ...] = ()


def spot_of(place: Place, query: PlaceQuery) -> Spot:
    """Spot that a query means, given the place its name means."""
    if query.distance_km is not None:
        return _at_distance(place, query)
    if query.bearing is not None:
        return _on_side(place, query.bearing, query.inside, query.kind)
    if query.kind == "countryside":
        return _countryside(place)
    if query.near and kind_of(place.kind).precision in ("town", "site"):
        return Spot(place.lon, place.lat, place.extent_km + _NEAR_KM, "near_town", (f"near {place.name}",))
    if query.kind and kind_of(place.kind).family == "settlement" and kind_of(query.kind).family != "settlement":
        return _at_town(place, query.kind)
    return Spot(place.lon, place.lat, place.extent_km, place.precision)


def _at_town(place: Place, kind: str) -> Spot:
    """Something that the gazetteer lacks, named after a town it has."""
    if is_inside_towns(kind):
        return Spot(place.lon, place.lat, place.extent_km, "town", (f"a {kind} in {place.name}",))
    if kind == "region":
        reason = f"the region around {place.name}"
        if place.admin1 is None:  # outside the areas we know: a region may be as large as one of them
            return Spot(place.lon, place.lat, max(place.extent_km, kind_of(kind).extent_km), "adm1", (reason,))
        return Spot(place.lon, place.lat, max(place.extent_km, _DISTRICT_KM), "adm2", (reason,))
    if kind_of(kind).family == "water":
        return Spot(place.lon, place.lat, place.extent_km + _OFF_SHORE_KM, "near_town", (f"the sea off {place.name}",))
    if kind_of(kind).family == "area":
        extent = max(place.extent_km, _DISTRICT_KM if kind == "district" else _AROUND_KM)
        return Spot(place.lon, place.lat, extent, "adm2", (f"the {kind} around {place.name}",))
    return Spot(place.lon, place.lat, max(place.extent_km, _AROUND_KM), "near_town", (f"a {kind} at {place.name}",))


def _at_distance(place: Place, query: PlaceQuery) -> Spot:
    away = query.distance_km or 0.0
    if query.bearing is None:
        return Spot(place.lon, place.lat, away + place.extent_km, "near_town", (f"{away:g} km from {place.name}",))
    lon, lat = move(place.lon, place.lat, query.bearing, away)
    extent = max(3.0, place.extent_km / 2 + away * DIRECTION_ERROR)
    reason = f"{away:g} km from {place.name} at {query.bearing:.0f} degrees"
    return Spot(lon, lat, extent, "near_town", (reason,))


def _on_side(place: Place, bearing: float, inside: bool, kind: str | None) -> Spot:
    area = _polygon(place, kind)
    if area is not None:
        lon, lat, extent = side(area, bearing, share=1 / 4 if place.kind == "country" else 1 / 2)
        precision = "adm1" if place.kind == "country" else "adm2"
        return Spot(lon, lat, extent, precision, (f"the side of {place.name} at {bearing:.0f} degrees",))
    if place.kind == "country":  # its area is not known: a quarter of the way keeps inside the border
        lon, lat = move(place.lon, place.lat, bearing, place.extent_km / 4)
        return Spot(lon, lat, place.extent_km / 2, "adm1", (f"the side of {place.name} at {bearing:.0f} degrees",))
    step = place.extent_km / 2 if inside else max(SIDE_OF_TOWN_KM, place.extent_km)
    lon, lat = move(place.lon, place.lat, bearing, step)
    extent = max(place.extent_km * 0.75, 3.0) if inside else step + place.extent_km / 2
    precision = place.precision if inside and place.precision != "town" else "near_town"
    return Spot(lon, lat, extent, precision, (f"the side of {place.name} at {bearing:.0f} degrees",))


def _polygon(place: Place, kind: str | None) -> BaseGeometry | None:
    """Area that a side or the countryside of a place belongs to: its own, or the one a seat gives its name to."""
    area = None
    if place.kind == "country":
        area = load_areas().country(place.country or "")
    elif place.kind == "governorate" or (kind == "countryside" and place.kind == "city"):
        area = load_areas().named(place.country, place.admin1)
    return area.geometry if area else None


def _countryside(place: Place) -> Spot:
    area = _polygon(place, "countryside")
    if area is None:
        return Spot(place.lon, place.lat, max(15.0, place.extent_km), "adm2", (f"the countryside of {place.name}",))
    return Spot(*circle(area), "adm1", (f"the countryside of {place.name}",))


def spot_between(place: Place, other: Placement) -> Spot:
    """Spot half-way between two places, with half their distance as its extent."""
    if other.lon is None or other.lat is None:
        raise ValueError(f"the other end, {other.query.name!r}, has no position")
    if other.precision in ("country", "adm1"):
        return Spot(place.lon, place.lat, max(20.0, place.extent_km), "near_town", (f"towards {other.matched_name}",))
    lon, lat = midpoint(place.lon, place.lat, other.lon, other.lat)
    half = distance_km(place.lon, place.lat, other.lon, other.lat) / 2
    extent = max(3.0, math.hypot(half, min(place.extent_km, other.extent_km or 0.0)))
    return Spot(lon, lat, extent, "near_town", (f"between {place.name} and {other.matched_name}",))
