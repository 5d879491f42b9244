"""Where "north of X", "eastern X", "10 km from X" and "between X and Y" lie: a point, its extent and its precision."""

import math
from dataclasses import dataclass

from geo.admin import circle, load_areas, side
from geo.kinds import kind_of
from geo.place import Place, Placement, PlaceQuery
from geo.sphere import distance_km, midpoint, move

SIDE_OF_TOWN_KM = 5.0  # how far "east of X" goes when nobody says
DIRECTION_ERROR = 0.35  # radians: a compass point told by a reporter
_DISTRICT_KM = 20.0


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
        return _on_side(place, query.bearing, query.inside)
    if query.kind == "countryside":
        return _countryside(place)
    if query.kind in ("district", "area") and kind_of(place.kind).family == "settlement":
        extent = max(place.extent_km, _DISTRICT_KM if query.kind == "district" else 10.0)
        return Spot(place.lon, place.lat, extent, "adm2", (f"the {query.kind} around {place.name}",))
    return Spot(place.lon, place.lat, place.extent_km, place.precision)


def _at_distance(place: Place, query: PlaceQuery) -> Spot:
    away = query.distance_km or 0.0
    if query.bearing is None:
        return Spot(place.lon, place.lat, away + place.extent_km, "near_town", (f"{away:g} km from {place.name}",))
    lon, lat = move(place.lon, place.lat, query.bearing, away)
    extent = max(3.0, place.extent_km / 2 + away * DIRECTION_ERROR)
    reason = f"{away:g} km from {place.name} at {query.bearing:.0f} degrees"
    return Spot(lon, lat, extent, "near_town", (reason,))


def _on_side(place: Place, bearing: float, inside: bool) -> Spot:
    area = _polygon(place)
    if area is not None:
        lon, lat, extent = side(area, bearing)
        precision = "adm2" if place.kind == "governorate" else "adm1"
        return Spot(lon, lat, extent, precision, (f"the side of {place.name} at {bearing:.0f} degrees",))
    step = place.extent_km / 2 if inside else max(SIDE_OF_TOWN_KM, place.extent_km)
    lon, lat = move(place.lon, place.lat, bearing, step)
    extent = max(place.extent_km * 0.75, 3.0) if inside else step + place.extent_km / 2
    precision = place.precision if inside and place.precision != "town" else "near_town"
    return Spot(lon, lat, extent, precision, (f"the side of {place.name} at {bearing:.0f} degrees",))


def _polygon(place: Place):  # type: ignore[no-untyped-def]
    if place.kind == "country":
        area = load_areas().country(place.country or "")
    elif place.kind == "governorate":
        area = load_areas().named(place.country, place.name)
    else:
        area = None
    return area.geometry if area else None


def _countryside(place: Place) -> Spot:
    area = load_areas().named(place.country, place.admin1) if place.admin1 else None
    if area is None or kind_of(place.kind).family != "settlement":
        return Spot(place.lon, place.lat, place.extent_km, "adm1" if place.kind == "governorate" else "adm2")
    lon, lat, extent = circle(area.geometry)
    if place.kind == "city":
        return Spot(lon, lat, extent, "adm1", (f"the countryside of {place.name}",))
    return Spot(place.lon, place.lat, max(15.0, place.extent_km), "adm2", (f"the countryside of {place.name}",))


def spot_between(place: Place, other: Placement) -> Spot:
    """Spot half-way between two places, with half their distance as its extent."""
    if other.lon is None or other.lat is None:
        raise ValueError(f"the other end, {other.query.name!r}, has no position")
    lon, lat = midpoint(place.lon, place.lat, other.lon, other.lat)
    half = distance_km(place.lon, place.lat, other.lon, other.lat) / 2
    extent = max(3.0, math.hypot(half, min(place.extent_km, other.extent_km or 0.0)))
    return Spot(lon, lat, extent, "near_town", (f"between {place.name} and {other.matched_name}",))
