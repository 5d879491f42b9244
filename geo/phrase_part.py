"""Read one part of a place description: its name, kind, side and distance, or the two ends of "between"."""

from collections.abc import Callable, Sequence

from geo.fold import fold_name
from geo.phrase_words import Unit, cut, has_role, join_words, phrase_words
from geo.place import PlaceQuery

AREA_BREADTH = 3  # a second name at least so wide holds the first, instead of being another name for it
AREAS = frozenset({"governorate", "countryside", "region", "district", "area"})
Known = Callable[[str], bool]
Breadth = Callable[[str, str | None], int]


def parse_part(text: str, known: Known, breadth: Breadth) -> PlaceQuery:
    """Read a description of one place with at most one other beside it ("between A and B").

    Parameters
    ----------
    text
        Such as "Homs town", "10 km north of X"; nothing that holds the place.
    known, breadth
        As for ``parse_phrase``.
    """
    units = cut(text)
    between = _read_between(units, known)
    if between:
        return between
    distance, units = _read_distance(units)
    whole = read_known(units, known)
    if whole is not None and whole[0] == len(units):
        return PlaceQuery(whole[2], whole[1])
    last = units[-1:]
    bearing, relation, units = _read_side(units)
    kind, name = _read_name(units, known)
    if not name:
        return PlaceQuery(text.strip())
    if bearing is not None and last and has_role(last[0], "bearing") and not _has_sides(kind, breadth(name, kind)):
        return PlaceQuery(f"{name} {last[0].raw}", kind)
    inside = bearing is not None and distance is None and relation != "of"
    near = any(has_role(unit, "near") for unit in units)
    return PlaceQuery(
        name, kind, bearing=bearing, distance_km=distance, inside=inside, near=near,
        also=_whole_name(units, name, kind),
    )  # fmt: skip


def _has_sides(kind: str | None, width: int) -> bool:
    """Say whether a side that follows a name is one of its sides: of villages it is a part of the name."""
    return kind in AREAS or width == 0 or width >= AREA_BREADTH


def _whole_name(units: Sequence[Unit], name: str, kind: str | None) -> tuple[str, ...]:
    """The name with its kind words, which may be part of it."""
    whole = join_words(unit.raw for unit in units if not has_role(unit, "of", "near", "in", "unit", "filler"))
    return (whole,) if kind and fold_name(whole) != fold_name(name) else ()


def read_known(units: Sequence[Unit], known: Known) -> tuple[int, str | None, str] | None:
    """Longest known name that only kind words and fillers stand around: words covered, kind, name."""
    for length in range(len(units), 0, -1):
        for start in range(len(units) - length + 1):
            inner, outer = units[start : start + length], [*units[:start], *units[start + length :]]
            if not all(has_role(unit, "kind", "filler") for unit in outer) or all(unit.word for unit in inner) > (
                not outer
            ):
                continue
            name = join_words(unit.raw for unit in inner)
            if known(name):
                kinds = [unit.word.value for unit in outer if has_role(unit, "kind") and unit.word]
                return len(units), kinds[-1] if kinds else None, name
    return None


def _read_between(units: Sequence[Unit], known: Known) -> PlaceQuery | None:
    places = [number for number, unit in enumerate(units) if has_role(unit, "between")]
    if not places:
        return None
    after = units[places[0] + 1 :]
    for number, unit in enumerate(after):
        if has_role(unit, "and") and 0 < number < len(after) - 1:
            kind, name = _read_name(after[:number], known)
            _, other = _read_name(after[number + 1 :], known)
            return PlaceQuery(name, kind, between=other) if name and other else None
    return _read_joined_and(after, known)


def _read_joined_and(after: Sequence[Unit], known: Known) -> PlaceQuery | None:
    joined = tuple(word[0] for word, row in phrase_words().items() if row.role == "and" and len(word[0]) == 1)
    for number, unit in enumerate(after[1:], start=1):
        folded = fold_name(unit.raw)
        if folded[:1] in joined and len(folded) > 3:
            _, name = _read_name(after[:number], known)
            _, other = _read_name([_without_and(unit), *after[number + 1 :]], known)
            return PlaceQuery(name, between=other) if name and other else None
    return None


def _without_and(unit: Unit) -> Unit:
    """Take a joined "and" off a word."""
    return Unit(unit.raw[1:], phrase_words().get((fold_name(unit.raw[1:]),)), None)


def _read_distance(units: list[Unit]) -> tuple[float | None, list[Unit]]:
    for number in range(len(units) - 1):
        amount, following = units[number].number, units[number + 1]
        if amount is not None and following.word is not None and following.word.role == "unit":
            return amount * float(following.word.value), units[:number] + units[number + 2 :]
    return None, units


def _read_side(units: list[Unit]) -> tuple[float | None, str | None, list[Unit]]:
    for number, unit in enumerate(units):
        at_edge = number == 0 or number == len(units) - 1 or all(item.word for item in units[:number])
        if has_role(unit, "bearing") and at_edge and unit.word:
            following = units[number + 1] if number + 1 < len(units) else None
            relation = following.word.role if following and following.word else None
            return float(unit.word.value), relation, units[:number] + units[number + 1 :]
    return None, None, units


def _read_name(units: Sequence[Unit], known: Known) -> tuple[str | None, str]:
    found = read_known([unit for unit in units if not has_role(unit, "of", "near", "unit")], known)
    if found is not None:
        return found[1], found[2]
    kinds = [unit.word.value for unit in units if has_role(unit, "kind") and unit.word]
    kind = kinds[-1] if kinds else None
    names = [unit for unit in units if unit.word is None or has_role(unit, "and")]
    return kind, join_words(unit.raw for unit in names)
