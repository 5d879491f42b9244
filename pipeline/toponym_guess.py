"""Names no gazetteer knows, given away by a kind word, a preposition or what they are said to lie in."""

from collections.abc import Sequence

from pipeline.annotate import LONGEST_DATE, Notes
from pipeline.lexicon import Variant
from pipeline.toponym import Toponym, make_toponym
from pipeline.toponym_signs import is_ordinary_word, may_be_name, opened_for_several

_UNNAMED_KINDS = frozenset({"countryside", "country", "region", "sea", "desert", "street"})


def named_by_kind(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown name after a kind word («بلدة X», "village of X") or, in English, before one ("X district")."""
    tokens = notes.text.tokens
    before = index
    if before and tokens[before - 1].raw in '"«“':
        before -= 1
    if notes.language.capitals and before and notes.at("cue:genitive", before - 1):
        before -= 1
    kind = notes.ending("kind", before)
    if notes.language.capitals:
        linked = notes.at("cue:genitive", index - 1) is not None or _elided(notes, index) is not None
        return _latin_named_by_kind(notes, index, kind is not None and linked)
    if kind is None or kind.value in _UNNAMED_KINDS or _is_described(notes, kind.last - 1, index):
        return None
    last = index
    while last < len(tokens) and last - index < 3 and may_be_name(notes, last, index, blocked):
        last += 1
    return make_toponym(notes, index, last, "", known=False) if last > index else None


def _is_described(notes: Notes, kind: int, index: int) -> bool:
    """«معسكرا تدريبيا»: both are indefinite, so the second describes the first and does not name it."""
    ending, tokens = notes.language.indefinite_ending, notes.text.tokens
    return bool(ending) and tokens[kind].text.endswith(ending) and tokens[index].text.endswith(ending)


def _latin_named_by_kind(notes: Notes, index: int, after_kind: bool) -> Toponym | None:
    tokens = notes.text.tokens
    if not tokens[index].is_capitalised:
        return None
    last = _capitalised_end(notes, index)
    if last == index:
        return None
    kind = notes.at("kind", last)
    if after_kind or (
        kind is not None and not tokens[kind.first].is_capitalised and kind.value not in ("base", "country")
    ):
        return _make_unknown(notes, index, last)
    return None


def _elided(notes: Notes, index: int) -> Variant | None:
    """Reading of a word behind a small one that lost its vowel ("d'Inates")."""
    token = notes.text.tokens[index]
    if token.raw[:1].isupper() or not token.is_capitalised:
        return None
    variants = notes.language.lexicon.morphology.variants(token.text)
    return next((variant for variant in variants if variant.prefix), None)


def _make_unknown(notes: Notes, first: int, last: int) -> Toponym:
    variant = _elided(notes, first)
    return make_toponym(notes, first, last, variant.prefix if variant else "", known=False, variant=variant)


def named_by_list(notes: Notes, index: int, blocked: set[int], found: Sequence[Toponym]) -> Toponym | None:
    """Read an unknown name that "and" adds to names under one kind word for several («قرى X وY»)."""
    if notes.language.capitals or not found or found[-1].outer_last != index or index in blocked:
        return None
    if not opened_for_several(notes, found):
        return None
    token = notes.text.tokens[index]
    for variant in notes.language.lexicon.morphology.variants(token.text):
        joined = len(variant.prefix) == 1 and variant.prefix in notes.language.coordinators and not variant.suffixed
        if not joined or _is_known_word(notes, index):
            continue
        last = index + 1
        while last < len(notes.text.tokens) and last - index < 3 and may_be_name(notes, last, index, blocked):
            last += 1
        if last == index + 1 and (is_ordinary_word(notes, variant.stem) or notes.at("cue:common", index)):
            continue
        return make_toponym(notes, index, last, variant.prefix, known=False, variant=variant)
    return None


def _is_known_word(notes: Notes, index: int) -> bool:
    """Say whether a word tells something else: an attack, a speaker, a party, a weapon."""
    categories = ("trigger", "weapon", "actor", "source", "kind", "cue:speech", "cue:connector", "cue:preposition")
    return any(notes.at(category, index) is not None for category in (*categories, "cue:person"))


def named_by_position(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown capitalised name after "in", "near", "at" as a place, where scripts have capitals."""
    if not notes.language.capitals and notes.ending("cue:near", index) is not None:
        return _named_by_nearness(notes, index, blocked)
    if notes.ending("cue:locative", index) is None:
        return None
    if not notes.language.capitals:
        return _named_by_region(notes, index, blocked)
    if not notes.text.tokens[index].is_capitalised:
        return None
    last = _capitalised_end(notes, index)
    if last == index or any(notes.at(c, index) for c in ("source", "cue:title", "cue:organisation")):
        return None
    return _make_unknown(notes, index, last)


def _named_by_nearness(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown word after "near" as a place («قرب X»)."""
    if not may_be_name(notes, index, index, blocked) or is_ordinary_word(notes, notes.text.tokens[index].text):
        return None
    return make_toponym(notes, index, index + 1, "", known=False)


def _named_by_region(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown word after «في» as a place where the next words say what it lies in («في X بمحافظة Y»)."""
    if not may_be_name(notes, index, index, blocked):
        return None
    for last in (index + 1, index + 2):
        if last >= len(notes.text.tokens):
            return None
        kind = notes.at("kind", last)
        if kind is not None and kind.prefix[-1:] in notes.language.locative_prefixes and kind.prefix:
            return make_toponym(notes, index, last, "", known=False)
        if not may_be_name(notes, last, index, blocked):
            return None
    return None


def _capitalised_end(notes: Notes, index: int) -> int:
    tokens = notes.text.tokens
    last = index
    covered = {i for m in notes.dates_in(index - LONGEST_DATE, index + 6) for i in range(m.first, m.last)}
    while last < len(tokens) and last - index < 5:
        token = tokens[last]
        if token.raw in "-–" and last > index and last + 1 < len(tokens) and tokens[last + 1].kind == "word":
            last += 1
            continue
        joins = last > index and notes.at("cue:name_particle", last) is not None and last + 1 < len(tokens)
        if token.kind != "word" or last in covered or not (token.is_capitalised or joins):
            break
        if any(notes.at(category, last) for category in ("actor", "source", "weapon")) or (
            notes.at("kind", last) and last > index and not token.is_capitalised
        ):
            break
        last += 1
    return last
