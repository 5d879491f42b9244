"""Place the names of one article together: the one step between words and coordinates."""

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer import Gazetteer
from geo.geocoder import place_all
from geo.place import Placement, PlaceQuery
from pipeline.annotate import Notes
from pipeline.toponyms import Toponym

_PARENT_GAP = 5


def locate(notes: Notes, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Placement]:
    """Place every toponym of an article, each helped by the others.

    Returns
    -------
    list of Placement
        One for each toponym, in the same order.
    """
    if not toponyms:
        return []
    queries = [_query(toponyms, number) for number in range(len(toponyms))]
    return place_all(queries, gazetteer)


def _query(toponyms: Sequence[Toponym], number: int) -> PlaceQuery:
    toponym = toponyms[number]
    offset = toponym.place.offset
    return PlaceQuery(
        name=toponym.place.name,
        kind=toponym.place.kind,
        parents=_parents(toponyms, number),
        bearing=offset.bearing if offset else None,
        distance_km=offset.distance_km if offset else None,
        inside=offset.inside if offset else False,
        between=toponym.place.between,
    )


def _parents(toponyms: Sequence[Toponym], number: int) -> tuple[str, ...]:
    """Names that follow at once: «بلدة X بريف Y في Z» says X lies in or at Y, Y in Z."""
    names: list[str] = []
    last = toponyms[number]
    for following in toponyms[number + 1 : number + 4]:
        if following.outer_first - last.outer_last > _PARENT_GAP:
            break
        if following.place.name != toponyms[number].place.name:
            names.append(following.place.name)
        last = following
    return tuple(names)


def with_parents(toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Give each toponym's place the names it is said to lie in."""
    return [
        replace(toponym, place=replace(toponym.place, parents=_parents(toponyms, number)))
        for number, toponym in enumerate(toponyms)
    ]
