"""The words around a place name that belong to it: kind, direction, distance, nearness."""

from dataclasses import replace

from pipeline.annotate import LONGEST_NUMBER, Notes
from pipeline.party_signs import name_strength
from pipeline.records import Offset
from pipeline.toponym import Toponym

_UNITS = (("distance", 1.0), ("nautical_miles", 1.852), ("miles", 1.609344))  # cue and km a unit


def with_surroundings(notes: Notes, toponym: Toponym) -> Toponym:
    """Add kind, direction, distance and nearness words that stand directly before or after the name."""
    first, kind, bearing, near, distance = _look_before(notes, toponym.first)
    last = toponym.last
    if (
        notes.text.tokens[last : last + 1]
        and notes.text.tokens[last].raw in '"»”'
        and last + 1 < len(notes.text.tokens)
    ):
        last += 1
    inside = bearing is not None and notes.ending("cue:inside", first) is not None
    after = _look_after(notes, last, kind)
    if after is not None:
        last, kind_after, bearing_after = after
        if kind_after is not None and _says_of(notes, first, toponym.first):
            first, kind = toponym.first, None  # "the Qarmoza area of Idlib province": the area is another place's
        kind = kind or kind_after
        if bearing_after is not None:
            bearing, inside = bearing_after, True
    kind = kind or _inner_kind(notes, toponym)
    offset = _offset(kind, bearing, near, distance, inside)
    place = replace(toponym.place, kind=kind, offset=offset)
    return replace(toponym, place=place, outer_first=first, outer_last=max(last, toponym.last))


def _inner_kind(notes: Notes, toponym: Toponym) -> str | None:
    """Kind word inside a name: "Red Sea", «مطار أبوظبي الدولي»."""
    for index in range(toponym.first, toponym.last):
        kind = notes.at("kind", index)
        if kind is not None and toponym.last - toponym.first > 1:
            return kind.value
    return None


def _look_before(notes: Notes, first: int) -> tuple[int, str | None, float | None, bool, float | None]:
    tokens = notes.text.tokens
    kind: str | None = None
    bearing: float | None = None
    near = False
    distance: float | None = None
    position = first
    while position > 0:
        before = position
        if tokens[before - 1].raw in "\"«“'(" and not (kind or bearing):
            before -= 1
        if notes.language.capitals and before == position:
            before = _skip_articles(notes, before)
        capital = notes.ending("cue:capital", before)
        if capital is not None and not kind and (capital.definite or notes.ending("cue:the", capital.first)):
            before = capital.first  # "north of the capital Baghdad"
        direction = notes.ending("direction", before)
        kind_match = notes.ending("kind", before)
        near_match = notes.ending("cue:near", before)
        if direction is not None and bearing is None:
            if (
                notes.language.capitals
                and kind is not None
                and kind not in ("countryside", "region", "governorate")
                and not _says_of(notes, direction.last, position)
            ):
                break  # "the eastern city of X" says nothing about where in X
            bearing, position = float(direction.value), direction.first
        elif kind_match is not None and bearing is None and kind is None:
            kind, position = kind_match.value, kind_match.first
        elif kind_match is not None and kind is not None and kind_match.value == "countryside":
            kind, position = "countryside", kind_match.first
        elif near_match is not None:
            near, position = True, near_match.first
        elif bearing is not None or near:
            found = _distance_before(notes, before)
            if found is not None:
                distance, position = found
            break
        else:
            break
    return position, kind, bearing, near, distance


def _skip_articles(notes: Notes, before: int) -> int:
    """Step back over "of", "the" and an adjective of a country ("southwest of the Yemeni port of Aden")."""
    while before:
        adjective = notes.ending("actor", before)
        if notes.at("cue:article", before - 1):
            before -= 1
        elif adjective is not None and name_strength(notes, adjective) == "adjective":
            before = adjective.first
        else:
            break
    return before


def _says_of(notes: Notes, first: int, last: int) -> bool:
    """Say whether a linking "of" stands in tokens [first, last): a direction before it is one away from the place."""
    return notes.has("cue:genitive", first, last)


def _distance_before(notes: Notes, position: int) -> tuple[float, int] | None:
    if position and notes.at("cue:distance_link", position - 1) is not None:
        position -= 1
    unit, length = next(
        ((match, km) for name, km in _UNITS if (match := notes.ending(f"cue:{name}", position)) is not None),
        (None, 1.0),
    )
    if unit is None:
        return None
    for number in notes.numbers_in(unit.first - LONGEST_NUMBER, unit.first):
        if number.last == unit.first:
            return number.best * length, number.first
    return None


def _look_after(notes: Notes, last: int, kind: str | None) -> tuple[int, str | None, float | None] | None:
    """Read what follows a name: «ريف إدلب الجنوبي», "X province", "X's northern countryside"."""
    direction = notes.at("direction", last)
    if not notes.language.capitals:
        if (
            direction is not None
            and direction.definite
            and kind in ("countryside", "governorate", "district", "region", "city", "quarter", None)
        ):
            return direction.last, None, float(direction.value)
        return None
    if direction is not None:
        kind_after = notes.at("kind", direction.last)
        if kind_after is not None:
            return kind_after.last, kind_after.value, float(direction.value)
        return None
    kind_after = notes.at("kind", last)
    if kind_after is not None:
        return kind_after.last, kind_after.value, None
    return None


def _offset(kind: str | None, bearing: float | None, near: bool, distance: float | None, inside: bool) -> Offset | None:
    if bearing is None and not near and distance is None:
        return None
    return Offset(
        bearing,
        distance,
        inside
        or (bearing is not None and distance is None and kind in ("countryside", "governorate", "country", "region")),
    )
