"""Read a written place description into a query: kind words, sides, distances, "between", larger places behind commas.

The words are rows of data/gazetteer/phrases.csv (folded on reading); this module knows only their roles. It serves
lists of place names, such as the input of ``rasid geocode``; running text is read by the pipeline.
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from geo.fold import fold_name
from geo.place import PlaceQuery

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "phrases.csv"
_PARTS = re.compile(r"\s*(?:[,،;:|]|\s[-–—]+\s|(?<=[\u0620-\u064a])[-–](?=[\u0620-\u064a]))\s*")
_ALSO = re.compile(r"\s*[/()\[\]]\s*")
_AREA_BREADTH = 3  # a second name at least so wide holds the first, instead of being another name for it
_AREAS = frozenset({"governorate", "countryside", "region", "district", "area"})
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\s]+")
Known = Callable[[str], bool]
Breadth = Callable[[str, str | None], int]


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """One row of the word list: what a word or a word group does in a place description."""

    role: str  # kind, bearing, between, near, unit, and, of, in, filler
    value: str


@lru_cache(maxsize=1)
def phrase_words() -> dict[tuple[str, ...], PhraseWord]:
    """Word list by folded words."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            tuple(fold_name(row["word"]).split()): PhraseWord(row["role"], row["value"]) for row in csv.DictReader(file)
        }


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, phrase_words()))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(word for words in phrase_words() for word in words)


@dataclass(frozen=True, slots=True)
class _Unit:
    raw: str
    word: PhraseWord | None  # None: a word of a name
    number: float | None = None


def _cut(text: str) -> list[_Unit]:
    words = _WORD.findall(text)
    folded = [fold_name(word) for word in words]
    units: list[_Unit] = []
    position = 0
    while position < len(words):
        joined = _joined_in(folded[position])
        if joined:
            units.append(_Unit("", PhraseWord("in", "")))
            words[position], folded[position] = words[position][joined:], folded[position][joined:]
        for length in range(min(_longest(), len(words) - position), 0, -1):
            known = phrase_words().get(tuple(" ".join(folded[position : position + length]).split()))
            if known:
                units.append(_Unit(" ".join(words[position : position + length]), known))
                break
        else:
            length = 1
            digits = folded[position].replace(" ", ".")
            units.append(_Unit(words[position], None, float(digits) if _NUMBER.match(digits) else None))
        position += length
    return units


def _joined_in(folded: str) -> int:
    """Length of a preposition joined to a kind word, a side or the like; 0 where there is none."""
    for joined in _joined_words():
        rest = folded[len(joined) :]
        if folded.startswith(joined) and len(rest) > 1 and (rest,) in phrase_words():
            return len(joined)
    return 0


@lru_cache(maxsize=1)
def _joined_words() -> tuple[str, ...]:
    return tuple(words[0] for words, row in phrase_words().items() if row.role == "joined_in")


def bare_name(text: str) -> str:
    """Name without the kind words at either end; a name of kind words only stays as it is.

    Examples
    --------
    >>> bare_name("Homs governorate"), bare_name("Muhafazat Halab"), bare_name("Northern")
    ('Homs', 'Halab', 'Northern')
    """
    units = _cut(text)
    start, end = 0, len(units)
    while start < end and _is(units[start], "kind"):
        start += 1
    while end > start and _is(units[end - 1], "kind"):
        end -= 1
    return _join(unit.raw for unit in units[start:end]) or text


def is_only_phrase_words(text: str) -> bool:
    """Say whether nothing of ``text`` is a name: kind words, sides and the like only."""
    known = _vocabulary()
    if any(word not in known and word[1:] not in known for word in fold_name(text).split()):
        return False
    return all(unit.word is not None for unit in _cut(text))


def _join(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word)


def _is(unit: _Unit, *roles: str) -> bool:
    return unit.word is not None and unit.word.role in roles


def parse_phrase(text: str, known: Known = lambda name: False, breadth: Breadth = lambda name, kind: 0) -> PlaceQuery:
    """Read a place description.

    Parameters
    ----------
    text
        Such as "Homs town", "10 km north of X", "between A and B", "X, Y governorate".
    known
        Says whether a whole string is itself a name of the gazetteer; then its kind words are kept as part of the name
        ("Kafr Village" may be what a place is called).
    breadth
        How wide a place of this name and kind is (0 = a site, 5 = a country): of the parts of "X, Y" or "Y: X" the
        narrowest is the place, the others hold it.

    Examples
    --------
    >>> parse_phrase("Deir ez Zor town").name, parse_phrase("Homs governorate").kind
    ('Deir ez Zor', 'governorate')
    >>> query = parse_phrase("10 km north-east of Raqqa")
    >>> query.name, query.bearing, query.distance_km
    ('Raqqa', 45.0, 10.0)
    """
    parts = [part for part in _PARTS.split(text.strip()) if fold_name(part)]
    if not parts:
        return PlaceQuery(text)
    queries = [_parse_names(part, known, breadth) for part in parts]
    first = min(queries, key=lambda query: breadth(query.name, query.kind))
    others = [query for query in queries if query is not first]
    return replace(first, parents=(*first.parents, *(query.name for query in others)))


def _parse_names(text: str, known: Known, breadth: Breadth) -> PlaceQuery:
    """Read one place that may be given several names, or the place that holds it: "A / B", "A (B)", "A in B"."""
    units = _cut(text)
    inner = next((number for number, unit in enumerate(units) if _is(unit, "in") and number), None)
    if inner and inner < len(units) - 1 and not known(text):
        first = _parse_names(_join(unit.raw for unit in units[:inner]), known, breadth)
        rest = _parse_names(_join(unit.raw for unit in units[inner + 1 :]), known, breadth)
        return replace(first, parents=(*first.parents, rest.name, *rest.parents))
    names = [name for name in _ALSO.split(text) if fold_name(name)] if not known(text) else [text]
    queries = [_parse_part(name, known, breadth) for name in names or [text]]
    wide = [breadth(query.name, query.kind) for query in queries]
    holders = [query for query, width in zip(queries, wide, strict=True) if width >= max(_AREA_BREADTH, min(wide) + 1)]
    named = [query for query in queries if query not in holders]
    first = next((query for query in named if known(query.name)), named[0])
    others = [query for query in named if query is not first]
    kind = first.kind or next((query.kind for query in others if query.kind), None)
    also = (*first.also, *(query.name for query in others))
    return replace(first, kind=kind, also=also, parents=(*first.parents, *(query.name for query in holders)))


def _parse_part(text: str, known: Known, breadth: Breadth) -> PlaceQuery:
    units = _cut(text)
    between = _read_between(units, known)
    if between:
        return between
    distance, units = _read_distance(units)
    whole = _read_known(units, known)
    if whole is not None and whole[0] == len(units):
        return PlaceQuery(whole[2], whole[1])
    last = units[-1:]
    bearing, relation, units = _read_side(units)
    kind, name = _read_name(units, known)
    if not name:
        return PlaceQuery(text.strip())
    if bearing is not None and last and _is(last[0], "bearing") and not _has_sides(kind, breadth(name, kind)):
        return PlaceQuery(f"{name} {last[0].raw}", kind)
    inside = bearing is not None and distance is None and relation != "of"
    near = any(_is(unit, "near") for unit in units)
    return PlaceQuery(
        name, kind, bearing=bearing, distance_km=distance, inside=inside, near=near,
        also=_whole_name(units, name, kind),
    )  # fmt: skip


def _has_sides(kind: str | None, width: int) -> bool:
    """Say whether a side that follows a name is one of its sides: of villages it is a part of the name."""
    return kind in _AREAS or width == 0 or width >= _AREA_BREADTH


def _whole_name(units: Sequence[_Unit], name: str, kind: str | None) -> tuple[str, ...]:
    """The name with its kind words, which may be part of it."""
    whole = _join(unit.raw for unit in units if not _is(unit, "of", "near", "in", "unit", "filler"))
    return (whole,) if kind and fold_name(whole) != fold_name(name) else ()


def _read_known(units: Sequence[_Unit], known: Known) -> tuple[int, str | None, str] | None:
    """Longest known name that only kind words and fillers stand around: words covered, kind, name."""
    for length in range(len(units), 0, -1):
        for start in range(len(units) - length + 1):
            inner, outer = units[start : start + length], [*units[:start], *units[start + length :]]
            if not all(_is(unit, "kind", "filler") for unit in outer) or all(unit.word for unit in inner) > (not outer):
                continue
            name = _join(unit.raw for unit in inner)
            if known(name):
                kinds = [unit.word.value for unit in outer if _is(unit, "kind") and unit.word]
                return len(units), kinds[-1] if kinds else None, name
    return None


def _read_between(units: Sequence[_Unit], known: Known) -> PlaceQuery | None:
    places = [number for number, unit in enumerate(units) if _is(unit, "between")]
    if not places:
        return None
    after = units[places[0] + 1 :]
    for number, unit in enumerate(after):
        if _is(unit, "and") and 0 < number < len(after) - 1:
            kind, name = _read_name(after[:number], known)
            _, other = _read_name(after[number + 1 :], known)
            return PlaceQuery(name, kind, between=other) if name and other else None
    return _read_joined_and(after, known)


def _read_joined_and(after: Sequence[_Unit], known: Known) -> PlaceQuery | None:
    joined = tuple(word[0] for word, row in phrase_words().items() if row.role == "and" and len(word[0]) == 1)
    for number, unit in enumerate(after[1:], start=1):
        folded = fold_name(unit.raw)
        if folded[:1] in joined and len(folded) > 3:
            _, name = _read_name(after[:number], known)
            _, other = _read_name([_without_and(unit), *after[number + 1 :]], known)
            return PlaceQuery(name, between=other) if name and other else None
    return None


def _without_and(unit: _Unit) -> _Unit:
    """Take a joined "and" off a word."""
    return _Unit(unit.raw[1:], phrase_words().get((fold_name(unit.raw[1:]),)), None)


def _read_distance(units: list[_Unit]) -> tuple[float | None, list[_Unit]]:
    for number in range(len(units) - 1):
        amount, following = units[number].number, units[number + 1]
        if amount is not None and following.word is not None and following.word.role == "unit":
            return amount * float(following.word.value), units[:number] + units[number + 2 :]
    return None, units


def _read_side(units: list[_Unit]) -> tuple[float | None, str | None, list[_Unit]]:
    for number, unit in enumerate(units):
        at_edge = number == 0 or number == len(units) - 1 or all(item.word for item in units[:number])
        if _is(unit, "bearing") and at_edge and unit.word:
            following = units[number + 1] if number + 1 < len(units) else None
            relation = following.word.role if following and following.word else None
            return float(unit.word.value), relation, units[:number] + units[number + 1 :]
    return None, None, units


def _read_name(units: Sequence[_Unit], known: Known) -> tuple[str | None, str]:
    found = _read_known([unit for unit in units if not _is(unit, "of", "near", "unit")], known)
    if found is not None:
        return found[1], found[2]
    kinds = [unit.word.value for unit in units if _is(unit, "kind") and unit.word]
    kind = kinds[-1] if kinds else None
    names = [unit for unit in units if unit.word is None or _is(unit, "and")]
    return kind, _join(unit.raw for unit in names)
