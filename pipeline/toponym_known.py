"""Names the gazetteer knows, where the words around do not speak against a place."""

from dataclasses import replace

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.lexicon import Variant
from pipeline.text import Token
from pipeline.toponym import ENDINGS, Toponym, make_toponym
from pipeline.toponym_signs import (
    follows_kind,
    is_compound,
    is_grammar,
    is_joined_ordinary_word,
    is_located,
    is_major,
    is_ordinary_word,
    looks_like_person,
    may_be_name,
    needs_no_introduction,
    opened_for_several,
    speaks_for_a_place,
)

_LONGEST_NAME = 6
_COORDINATION_GAP = 3
_PLAIN_KINDS = frozenset(
    {"governorate", "city", "town", "village", "district", "base", "field", "camp", "countryside", "country"}
)
_GROWING_KINDS = frozenset({"village", "town", "quarter", "city"})


def known_at(notes: Notes, gazetteer: Gazetteer, index: int, blocked: set[int], found: list[Toponym]) -> Toponym | None:
    """Find the longest known name that begins at a token and counts as a place there."""
    tokens = notes.text.tokens
    rest = []
    for token in tokens[index + 1 : index + _LONGEST_NAME]:
        if token.kind == "punct" and token.raw not in "-–":
            break
        if token.kind != "punct":
            rest.append(token.text)
    best: tuple[int, Variant] | None = None
    for variant in notes.language.lexicon.morphology.variants(tokens[index].text):
        if variant.suffixed and (not notes.language.capitals or _is_party(notes, index)):
            continue
        if notes.language.comparing_prefixes.intersection(variant.prefix):
            continue
        for first in _spellings(notes, variant):
            if first != variant.stem and not variant.definite and not follows_kind(notes, index):
                continue  # an article is only supplied after a kind word («حقل عمر» for «حقل العمر»)
            for following in _rests(notes, rest):
                length = gazetteer.longest_name(first, following)
                if length and (best is None or length > best[0]):
                    best = (length, replace(variant, stem=first))
    if best is None or (best[0] == 1 and _is_common(notes, index)):
        return None
    length, variant = best
    last = _end_token(tokens, index, length)
    last = _with_unknown_rest(notes, index, last, blocked)
    if _only_adds_kind(notes, gazetteer, index, last):
        return None
    name = " ".join([variant.stem, *rest[: length - 1]])
    if _is_only_added(notes, variant, index, found) and not needs_no_introduction(gazetteer, name):
        return None
    if not _shares_kind(notes, variant, index, found) and not _counts_as_place(
        notes, gazetteer, index, last, name, variant
    ):
        return None
    return make_toponym(notes, index, last, variant.prefix, known=True, variant=variant)


def _is_party(notes: Notes, index: int) -> bool:
    """Say whether a word as it stands names a party: "Hamas" is no "Hama" with an ending."""
    match = notes.at("actor", index)
    return match is not None and not match.suffixed and match.last == index + 1


def _is_common(notes: Notes, index: int) -> bool:
    """Say whether a word listed as too common to name a place stands without a kind word before it."""
    match = notes.at("cue:common", index)
    return match is not None and match.last == index + 1 and not follows_kind(notes, index)


def _shares_kind(notes: Notes, variant: Variant, first: int, found: list[Toponym]) -> bool:
    """«قاعدتي X وY»: after a kind word for several, the second name is a place by grammar."""
    if not variant.prefix or variant.prefix[0] not in notes.language.coordinators or not found:
        return False
    before = found[-1]
    close = first - before.outer_last <= _COORDINATION_GAP and not is_grammar(notes, first, first + 1)
    return close and opened_for_several(notes, found)


def _with_unknown_rest(notes: Notes, first: int, last: int, blocked: set[int]) -> int:
    """Take in the rest of a longer unknown name that only begins like a known one («قرية الرجمة حذران»)."""
    kind = notes.ending("kind", first)
    if notes.language.capitals:
        return _with_capitalised_rest(notes, first, last, blocked)
    if kind is None or kind.value not in _GROWING_KINDS:
        return last
    if last >= len(notes.text.tokens) or not may_be_name(notes, last, last, blocked):
        return last
    following = notes.text.tokens[last]
    article = notes.language.lexicon.morphology.article
    if kind.value != "village" and article and following.text.startswith(article):
        return last  # «مدينة البوكمال المحاذية ...»: behind a known town that is an adjective
    added = following.text[:1] in notes.language.coordinators or is_joined_ordinary_word(notes, following)
    return last if added or is_ordinary_word(notes, following.text) else last + 1


def _with_capitalised_rest(notes: Notes, first: int, last: int, blocked: set[int]) -> int:
    """Take in the word that a short name only begins: "Tall Rifaat" is no town called Tall."""
    tokens = notes.text.tokens
    if last - first != 1 or notes.at("cue:name_head", first) is None or last >= len(tokens) or last in blocked:
        return last
    following = tokens[last]
    told = ("kind", "actor", "source", "weapon", "trigger", "cue:speech", "cue:title", "cue:organisation")
    grows = following.kind == "word" and following.is_capitalised and not any(notes.at(c, last) for c in told)
    return last + 1 if grows else last


def _rests(notes: Notes, rest: list[str]) -> list[list[str]]:
    """Following words as they stand and, where the language has endings on names, without them ("Deir Ezzor's")."""
    if not notes.language.capitals:
        return [rest]
    bare = [word[:-1] if word.endswith(ending) and len(word) > 3 else word for ending in ENDINGS for word in rest]
    return [rest, bare] if bare != rest else [rest]


def _only_adds_kind(notes: Notes, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """Say whether a known name is a kind word and a known name («محافظة دير الزور»): the kind is no part of it."""
    kind = notes.at("kind", first)
    if kind is None or kind.last >= last or kind.definite or kind.value not in _PLAIN_KINDS:
        return False
    words = [token.text for token in notes.text.tokens[kind.last : last] if token.kind != "punct"]
    return gazetteer.longest_name(words[0], words[1:]) == len(words)


def _spellings(notes: Notes, variant: Variant) -> tuple[str, ...]:
    article = notes.language.lexicon.morphology.article
    return (article + variant.stem,) if variant.definite or not article else (variant.stem, article + variant.stem)


def _end_token(tokens: tuple[Token, ...], index: int, length: int) -> int:
    """Token after the ``length``-th word from ``index``, hyphens between the words not counted."""
    last = index
    while length:
        if tokens[last].kind != "punct":
            length -= 1
        last += 1
    return last


def _counts_as_place(notes: Notes, gazetteer: Gazetteer, first: int, last: int, name: str, variant: Variant) -> bool:
    tokens = notes.text.tokens
    if notes.language.capitals and not _begins_like_name(notes, first, last):
        return False
    strength = gazetteer.strength(fold_name(name))
    if strength is None:
        return False
    if looks_like_person(notes, first, last):
        return False
    if is_grammar(notes, first, last) or is_compound(notes, last):
        return False
    if last - first == 1 and notes.language.lexicon.morphology.bare(tokens[first].text) in notes.language.place_stop:
        return False
    if any(notes.at("cue:preposition", index) for index in range(first, last)) and not notes.language.capitals:
        return False
    if last - first > 1 and notes.at("kind", first) is not None:
        return True  # a name that says what it is («جبل الزاوية»)
    if variant.prefix and _is_described(notes, tokens[first].text):
        return False
    ordinary = is_ordinary_word(notes, name)
    if strength == "strong" and (not ordinary or needs_no_introduction(gazetteer, name)):
        return True
    if not (ordinary and strength == "weak") and is_located(notes, first, variant) and is_major(gazetteer, name):
        return True
    return speaks_for_a_place(notes, first, last, variant)


def _is_described(notes: Notes, word: str) -> bool:
    """Say whether a word with a joined letter is an ordinary one as an object («كبيرا» holds no place «بيرا»)."""
    ending = notes.language.indefinite_ending
    return bool(ending) and word.endswith(ending) and is_ordinary_word(notes, word.removesuffix(ending))


def _begins_like_name(notes: Notes, first: int, last: int) -> bool:
    """Say whether a name begins with a capital, or with a small kind word that is a part of it ("mer Rouge")."""
    tokens = notes.text.tokens
    if tokens[first].is_capitalised:
        return True
    particle = notes.at("cue:name_particle", first) is not None and notes.at("cue:genitive", first) is None
    if last - first > 1 and particle and tokens[last - 1].is_capitalised:
        return True  # "near al-Bab", but no "de Deraa"
    return notes.at("kind", first) is not None and tokens[last - 1].is_capitalised


def _is_only_added(notes: Notes, variant: Variant, first: int, found: list[Toponym]) -> bool:
    """Say whether a name is read out of «و» + word with no place before it to add to («وأديا» is a verb)."""
    if not variant.prefix or any(letter not in notes.language.coordinators for letter in variant.prefix):
        return False
    if is_ordinary_word(notes, notes.text.tokens[first].text.removesuffix(notes.language.indefinite_ending)):
        return True
    return not found or first - found[-1].outer_last > _COORDINATION_GAP
