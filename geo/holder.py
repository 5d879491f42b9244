"""Names the gazetteer lacks, placed at the town that holds them: a quarter of Homs is in Homs, wherever it may be.

Only towns and what is small beside them hold; a province says too little for a pin.
"""

from collections.abc import Callable
from dataclasses import replace

from geo.admin import Area
from geo.gazetteer import Gazetteer
from geo.kinds import is_inside_towns, kind_of
from geo.phrase import parse_phrase
from geo.place import PLACED, Placement, PlaceQuery

NEAR_TOWN_KM = 8.0  # how far beyond a town a village lies that is told as the town's
SEAT_POPULATION = 100_000  # people: quarters that a report names without their town are the seat's, if it is a city
PlaceOne = Callable[[PlaceQuery], Placement]


def place_at_holder(
    query: PlaceQuery, gazetteer: Gazetteer, areas: list[Area], place_one: PlaceOne
) -> Placement | None:
    """Place a name that is not known at the town said to hold it; None where no such town is known.

    Parameters
    ----------
    query
        The name, with its parents.
    gazetteer
        Where names are looked up.
    areas
        First-level areas the query states.
    place_one
        Places one query by itself.
    """
    if query.distance_km is not None or query.bearing is not None or query.between or query.kind in _WIDE:
        return None
    kind = query.kind or parse_phrase(query.name).kind
    inside = kind is not None and (kind == "quarter" or is_inside_towns(kind))
    told_as_place = kind is not None or query.country or query.admin1  # else it may be no place at all
    if not inside and (not told_as_place or gazetteer.is_known(query.name, query.country)):
        return None
    for name in query.parents:
        holder = place_one(PlaceQuery(name, country=query.country, admin1=query.admin1))
        if holder.status == PLACED and holder.precision == "town" and (inside or not _is_province(name, gazetteer)):
            return _at(query, holder, inside)
    if kind == "quarter" and not query.parents:
        return _at_seat(query, gazetteer, areas, place_one)
    return None


_WIDE = frozenset({"country", "governorate", "countryside", "region", "desert", "river", "sea", "gulf", "strait"})


def _is_province(name: str, gazetteer: Gazetteer) -> bool:
    """Say whether a name may mean a first-level area as well as its seat."""
    return any(item.place.kind in _WIDE for item in gazetteer.lookup(name, fuzzy=False))


def _at_seat(query: PlaceQuery, gazetteer: Gazetteer, areas: list[Area], place_one: PlaceOne) -> Placement | None:
    for area in areas:
        seat = place_one(PlaceQuery(area.name, kind="city", country=area.country))
        found = next((item.place for item in seat.candidates if item.place.place_id == seat.place_id), None)
        if seat.status == PLACED and found is not None and found.population >= SEAT_POPULATION:
            return _at(query, seat, True)
    return None


def _at(query: PlaceQuery, holder: Placement, inside: bool) -> Placement:
    wide = (holder.extent_km or 0.0) + (0.0 if inside else NEAR_TOWN_KM)
    reason = f"{'in' if inside else 'at'} {holder.matched_name}, which is said to hold it; the name itself is not known"
    return replace(
        holder, query=query, extent_km=max(wide, kind_of("town").extent_km),
        precision="town" if inside else "near_town", reasons=(reason,),
    )  # fmt: skip
