"""Place the names of one article together: the one step between words and coordinates."""

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer import Gazetteer
from geo.geocoder import place_all
from geo.place import Placement, PlaceQuery
from pipeline.annotate import Notes
from pipeline.sources import home_country
from pipeline.toponym import Toponym

_OPENING_QUOTES = "\"«“‘'("
_PARENT_GAP = 4
_AROUND_KM = 10.0  # least extent of a place known only by the town it lies near
_ROOMY_KINDS = frozenset({"country", "sea", "governorate", "river"})
_COMMAS = frozenset(",،")
_LINKING_MARKS = frozenset(',،()"«»“”-–')


def locate(notes: Notes, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Placement]:
    """Place every toponym of an article, each helped by the others.

    Returns
    -------
    list of Placement
        One for each toponym, in the same order.
    """
    if not toponyms:
        return []
    queries = [_query(toponym) for toponym in toponyms]
    asked = list(dict.fromkeys(queries))  # a name said again in the same way is placed once
    home = home_country(notes.article.source, notes.article.url)
    answers = dict(zip(asked, place_all(asked, gazetteer, home=home), strict=True))
    placements = [answers[query] for query in queries]
    return [_settled(notes, toponyms, placements, number) for number in range(len(placements))]


def _settled(notes: Notes, toponyms: Sequence[Toponym], placements: Sequence[Placement], number: int) -> Placement:
    """Where a name lies; one nobody knows lies somewhere in what the text puts it in."""
    placement, last = placements[number], toponyms[number]
    if placement.lon is not None or last.place.kind in _ROOMY_KINDS:
        return placement
    for other in range(number + 1, min(number + 4, len(toponyms))):
        listed = is_coordinated(notes, toponyms[other]) and toponyms[other].outer_first - last.outer_last <= 1
        if not listed and not lies_in(notes, last, toponyms[other]):
            break
        if placements[other].lon is not None and not listed:
            return somewhere_in(placement, placements[other])
        last = toponyms[other]
    return placement


def somewhere_in(unknown: Placement, area: Placement) -> Placement:
    """A placement for what is not known but said to lie in or near ``area``; it has no ``place_id`` of its own."""
    reason = f"{unknown.query.name} is not known; it is said to lie in or near {area.matched_name}"
    return replace(
        area,
        query=unknown.query,
        place_id=None,
        precision="near_town" if area.precision in ("site", "town") else area.precision,
        extent_km=max(area.extent_km or 0.0, _AROUND_KM),
        reasons=(reason, *area.reasons),
    )


def _query(toponym: Toponym) -> PlaceQuery:
    offset = toponym.place.offset
    return PlaceQuery(
        name=toponym.place.name,
        kind=toponym.place.kind,
        parents=toponym.place.parents,
        bearing=offset.bearing if offset else None,
        distance_km=offset.distance_km if offset else None,
        inside=offset.inside if offset else False,
        near=offset is not None and offset.bearing is None and offset.distance_km is None and not offset.inside,
        between=toponym.place.between,
    )


def with_parents(notes: Notes, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Give each toponym's place the names it is said to lie in or at, nearest first."""
    return [
        replace(
            toponym,
            place=replace(
                toponym.place,
                parents=_parents(notes, toponyms, number),
                between=_other_end(notes, toponyms, number),
            ),
        )
        for number, toponym in enumerate(toponyms)
    ]


def _other_end(notes: Notes, toponyms: Sequence[Toponym], number: int) -> str | None:
    """The name at the other end of "between X and Y"."""
    first = toponyms[number].outer_first
    if notes.ending("cue:between", first) is None or number + 1 == len(toponyms):
        return None
    other = toponyms[number + 1]
    near = other.outer_first - toponyms[number].outer_last <= _PARENT_GAP
    return other.place.name if near and is_coordinated(notes, other) else None


def _parents(notes: Notes, toponyms: Sequence[Toponym], number: int) -> tuple[str, ...]:
    """Names that follow at once: «بلدة X بريف Y في Z» says X lies in or at Y, Y in Z."""
    names: list[str] = []
    last = toponyms[number]
    for following in toponyms[number + 1 : number + 4]:
        if not lies_in(notes, last, following):
            break
        if following.known and following.place.name != toponyms[number].place.name:
            names.append(following.place.name)
        last = following
    return tuple(names)


def lies_in(notes: Notes, left: Toponym, right: Toponym) -> bool:
    """Say whether the words between two names put the left one in or at the right one."""
    if right.outer_first - left.outer_last > _PARENT_GAP or is_coordinated(notes, right):
        return False
    linked = right.outer_first == left.outer_last or not notes.language.capitals
    for index in range(left.outer_last, right.outer_first):
        token = notes.text.tokens[index]
        linked = linked or token.raw in _COMMAS or notes.at("cue:locative", index) is not None
        if token.raw in _LINKING_MARKS or any(notes.at(c, index) for c in ("cue:within", "actor", "kind", "direction")):
            continue
        return False
    if not linked:
        return False
    following = notes.text.tokens[right.outer_last : right.outer_last + 2]
    listed = right.outer_first > left.outer_last and notes.text.tokens[left.outer_last].raw == ","
    return not (
        listed
        and any(t.raw == "," or t.text in notes.language.coordinators for t in following)
        and not right.place.kind
        and right.place.offset is None
        and (not left.place.kind or notes.has("cue:many", left.outer_first, left.first))
    )


def is_coordinated(notes: Notes, toponym: Toponym) -> bool:
    """Say whether "and" joins a name to the one before it."""
    first = toponym.outer_first
    if first and notes.text.tokens[first - 1].raw in _OPENING_QUOTES:
        first -= 1
    coordinators = notes.language.coordinators
    if toponym.prefix and toponym.prefix[0] in coordinators:
        return True
    if first < toponym.first:
        for category in ("kind", "direction", "cue:near"):
            word = notes.at(category, first)
            if word is not None and word.prefix and word.prefix[0] in coordinators:
                return True
    while first and notes.language.capitals and notes.at("cue:article", first - 1):
        first -= 1
    if not first:
        return False
    if notes.text.tokens[first - 1].text in coordinators:
        return True
    before = (notes.ending(category, first) for category in ("cue:within", "kind"))  # «وفي حمص», «وقرى غرب تل تمر»
    return any(word is not None and word.prefix and word.prefix[0] in coordinators for word in before)
