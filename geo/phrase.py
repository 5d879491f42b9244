"""Read a written place description into a query: kind words, sides, distances, "between", larger places behind commas.

The words are rows of data/gazetteer/phrases.csv (folded on reading); this module knows only their roles. It serves
lists of place names, such as the input of ``rasid geocode``; running text is read by the pipeline.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.fold import fold_name
from geo.phrase_part import AREA_BREADTH, AREAS, Breadth, Known, parse_part, read_known
from geo.phrase_words import Unit, cut, has_role, is_only_phrase_words, is_road, join_words, joined_words
from geo.place import PlaceQuery

_SURE_PARTS = re.compile(r"\s*(?:[,،;:|>]|\.{2,}|…)\s*")
_DASHES = re.compile(r"\s+[-–—_]+\s+|\s*[–—]\s*|(?<=[\u0620-\u064a])-(?=[\u0620-\u064a])")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_ALSO = re.compile(r"\s*[/\\()\[\]]\s*")
_BRACKETS = (("(", ")"), ("[", "]"))
_WIDE = 4  # breadth of first-level areas


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
        narrowest is the place, the others hold it. Of several as narrow the first is, or the last where the parts go
        from the widest down.

    Examples
    --------
    >>> parse_phrase("Deir ez Zor town").name, parse_phrase("Homs governorate").kind
    ('Deir ez Zor', 'governorate')
    >>> query = parse_phrase("10 km north-east of Raqqa")
    >>> query.name, query.bearing, query.distance_km
    ('Raqqa', 45.0, 10.0)
    """
    road = _read_road(text, known)
    if road is not None:
        return road
    parts = _with_their_remarks(split_parts(text, known, breadth), known)
    if not parts:
        return PlaceQuery(text)
    queries = [_parse_names(part, known, breadth) for part in parts]
    wide = [breadth(query.name, query.kind) for query in queries]
    narrowest = [query for query, width in zip(queries, wide, strict=True) if width == min(wide)]
    first = narrowest[-1 if wide[0] > wide[-1] else 0]
    others = [query for query in queries if query is not first]
    return replace(first, parents=(*first.parents, *(query.name for query in others)))


def split_parts(text: str, known: Known, breadth: Breadth) -> list[str]:
    """Parts of a description that commas, colons, dashes and the like stand between.

    A hyphen without spaces parts words only beside an Arabic letter, or beside the name of a first-level area; a whole
    that is itself a name stays one.
    """
    parts: list[str] = []
    for piece in _SURE_PARTS.split(text.strip()):
        whole = known(piece)
        for part in [piece] if whole else _DASHES.split(piece):
            parts += [part] if whole or known(part) else _split_at_hyphen(part, known, breadth)
    return [part for part in map(_without_loose_brackets, parts) if fold_name(part)]


def _split_at_hyphen(part: str, known: Known, breadth: Breadth) -> list[str]:
    for hyphen in _HYPHEN.finditer(part):
        ends = part[: hyphen.start()], part[hyphen.end() :]
        if all(map(known, ends)) and max(breadth(end, None) for end in ends) >= _WIDE:
            return list(ends)
    return [part]


def _without_loose_brackets(part: str) -> str:
    """A part without the bracket whose partner stands in another part."""
    for opening, closing in _BRACKETS:
        if part.count(opening) < part.count(closing):
            part = part.replace(closing, " ")
    return part.strip()


def _with_their_remarks(parts: Sequence[str], known: Known) -> list[str]:
    """Parts with a name; what has none, as in "X, western" or "X: market", is said of the part before it."""
    kept: list[str] = []
    for part in parts:
        if kept and is_only_phrase_words(part) and not known(part):
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return kept


def _read_road(text: str, known: Known) -> PlaceQuery | None:
    """The road from one place to another: "A-B road", "road A - B"."""
    units = cut(_HYPHEN.sub(" ", text)) if not _SURE_PARTS.search(text) else []
    if not any(map(is_road, units)) or any(has_role(unit, "between", "near", "unit") for unit in units) or known(text):
        return None
    words = [unit for unit in units if not has_role(unit, "filler") and fold_name(unit.raw)]
    names = [join_words(unit.raw for unit in words[:cut_at]) for cut_at in range(1, len(words))]
    others = [join_words(unit.raw for unit in words[cut_at:]) for cut_at in range(1, len(words))]
    if known(join_words(unit.raw for unit in words)):
        return None
    return next(
        (
            PlaceQuery(one, between=other)
            for one, other in zip(names, others, strict=True)
            if known(one) and known(other)
        ),
        None,
    )


def _parse_names(text: str, known: Known, breadth: Breadth) -> PlaceQuery:
    """Read one place that may be given several names, or the place that holds it: "A / B", "A (B)", "A in B"."""
    names = [name for name in _ALSO.split(text) if fold_name(name)] if not known(text) else [text]
    apart = None if known(text) else _holders_behind(cut(text), known, breadth, alone=len(names) < 2)
    if apart:
        first, rest = (_parse_names(words, known, breadth) for words in apart)
        return replace(first, parents=(*first.parents, rest.name, *rest.parents))
    names = _with_their_remarks(names, known) or [text]
    read = parse_part if len(names) == 1 else _parse_names
    queries = [read(name, known, breadth) for name in names]
    holders = _holders_among(queries, breadth)
    named = [query for query in queries if query not in holders]
    first = next((query for query in named if known(query.name)), named[0])
    others = [query for query in named if query is not first]
    kind = first.kind or next((query.kind for query in others if query.kind), None)
    also = (*first.also, *(query.name for query in others))
    return replace(first, kind=kind, also=also, parents=(*first.parents, *(query.name for query in holders)))


def _holders_among(queries: Sequence[PlaceQuery], breadth: Breadth) -> list[PlaceQuery]:
    """Those of the names in "A (B)" and "A / B" that hold the others: wider ones, and what is said to be an area."""
    wide = [breadth(query.name, query.kind) for query in queries]
    wider = [query for query, width in zip(queries, wide, strict=True) if width >= max(AREA_BREADTH, min(wide) + 1)]
    areas = [query for query in queries if query in wider or query.kind in AREAS]
    return areas if len(areas) < len(queries) else wider


def _holders_behind(units: Sequence[Unit], known: Known, breadth: Breadth, *, alone: bool) -> tuple[str, str] | None:
    """Words for a place and for what holds it: "A in B"; where ``alone``, without a second name, "A north of B", too,
    "A near B", and "A B" with a joined "in".
    """
    spots = range(1, len(units))
    for number in spots:
        if has_role(units[number], "in") and number < len(units) - 1:
            return _joined(units[:number]), _joined(units[number + 1 :])
    if not alone or any(has_role(unit, "between", "unit") for unit in units):
        return None
    for number in spots:
        before, unit, after = units[:number], units[number], units[number + 1 :]
        if has_role(unit, "bearing", "near") and _has_name(before) and _is_known_place(after, known):
            return _joined(before), _joined(after)
        holder = _joined_to(unit, after, breadth) if unit.word is None and not known(unit.raw) else None
        if holder:
            return _joined(before), holder
    return None


def _joined(units: Sequence[Unit]) -> str:
    return join_words(unit.raw for unit in units)


def _has_name(units: Sequence[Unit]) -> bool:
    return any(unit.word is None for unit in units)


def _is_known_place(units: Sequence[Unit], known: Known) -> bool:
    rest = [unit for unit in units if not has_role(unit, "of", "in")]
    return _has_name(rest) and read_known(rest, known) is not None


def _joined_to(unit: Unit, after: Sequence[Unit], breadth: Breadth) -> str | None:
    """The town or area that a preposition is joined to, with what follows it."""
    folded = fold_name(unit.raw)
    for joined in joined_words():
        rest = join_words((unit.raw[len(joined) :], *(other.raw for other in after)))
        if folded.startswith(joined) and len(folded) > len(joined) + 2 and breadth(rest, None) >= AREA_BREADTH:
            return rest
    return None
