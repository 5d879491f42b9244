"""What speaks for a word being a place name, and what against it."""

from collections.abc import Sequence

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.lexicon import Variant
from pipeline.ordinary import load_ordinary_words
from pipeline.text import Token
from pipeline.toponym import Toponym

_MAJOR_POPULATION = 30_000
_GREAT_POPULATION = 400_000
_LONGEST_LIST = 40  # names under one kind word
_LONG_PARTICLE = 3  # letters of a word that may stand inside a name without an article


def follows_kind(notes: Notes, first: int) -> bool:
    """Say whether a kind word stands directly before a token, quotation marks aside."""
    return notes.ending("kind", first) is not None or follows_quoted_kind(notes, first)


def follows_quoted_kind(notes: Notes, first: int) -> bool:
    """Say whether a kind word and an opening quotation mark stand before a token."""
    tokens = notes.text.tokens
    return first >= 2 and tokens[first - 1].raw in "\"«“'" and notes.ending("kind", first - 1) is not None


def is_ordinary_word(notes: Notes, name: str) -> bool:
    """Say whether every word of a folded name is an ordinary word of the language."""
    words = load_ordinary_words(notes.language.code)
    bare = notes.language.lexicon.morphology.bare
    return all(word in words or bare(word) in words for word in name.split())


def is_joined_ordinary_word(notes: Notes, token: Token) -> bool:
    """Say whether a token is an ordinary word with something joined before it."""
    words = load_ordinary_words(notes.language.code)
    return any(v.prefix and v.stem in words for v in notes.language.lexicon.morphology.variants(token.text))


def _has_joined_preposition(notes: Notes, token: Token) -> bool:
    """Say whether a word begins with a joined preposition before an article («بالمدينة», «للنفط»)."""
    return any(
        variant.prefix and variant.definite for variant in notes.language.lexicon.morphology.variants(token.text)
    )


def _is_stopped(notes: Notes, token: Token) -> bool:
    """Say whether a word is listed as following a kind word without being a name, with what is joined to it."""
    morphology = notes.language.lexicon.morphology
    if morphology.bare(token.text) in notes.language.place_stop:
        return True
    return any(
        v.prefix and not v.suffixed and v.stem in notes.language.place_stop for v in morphology.variants(token.text)
    )


def may_be_name(notes: Notes, index: int, first: int, blocked: set[int]) -> bool:
    """Say whether a token may belong to a name that begins at ``first`` and no gazetteer knows."""
    token = notes.text.tokens[index]
    if token.kind != "word" or index in blocked or _is_stopped(notes, token):
        return False
    for category in (
        "trigger",
        "weapon",
        "cue:speech",
        "cue:connector",
        "cue:preposition",
        "cue:common",
        "kind",
        "cue:launch",
        "cue:part_of",
        "cue:negation",
        "cue:gunmen",
        "cue:person",
    ):
        if notes.at(category, index) is not None:
            return False
    if index == first and (is_ordinary_word(notes, token.text) or is_joined_ordinary_word(notes, token)):
        return False
    direction = notes.at("direction", index)
    if direction is not None:
        return index > first and direction.definite
    article = notes.language.lexicon.morphology.article
    if index > first and not token.text.startswith(article):
        following = notes.text.tokens[index - 1]
        return len(following.text) <= 3
    return not _has_joined_preposition(notes, token)


def opened_for_several(notes: Notes, found: Sequence[Toponym]) -> bool:
    """Say whether the list of names that ``found`` ends with began with a kind word for several («قرى X وY»)."""
    number = len(found) - 1
    earliest = max(0, len(found) - _LONGEST_LIST)
    while number > earliest:
        last, before = found[number], found[number - 1]
        joined = last.prefix[:1] in notes.language.coordinators and bool(last.prefix)
        if not joined or last.outer_first != before.outer_last:
            break
        number -= 1
    return number >= 0 and notes.has("cue:many", found[number].outer_first, found[number].first)


def is_compound(notes: Notes, last: int) -> bool:
    """Say whether a name only describes something else: "Barbados-flagged", "Iran-backed"."""
    tokens = notes.text.tokens
    return last + 1 < len(tokens) and tokens[last].raw in "-–" and notes.at("cue:compound", last + 1) is not None


def is_grammar(notes: Notes, first: int, last: int) -> bool:
    """Say whether the whole name is a word the language uses to tell things: a kind, a trigger, a direction."""
    for category in (
        "kind",
        "trigger",
        "cue:person",
        "weapon",
        "cue:speech",
        "cue:connector",
        "direction",
        "cue:preposition",
    ):
        match = notes.at(category, first)
        if match is not None and match.last >= last and not match.suffixed:
            return True
    return False


def needs_no_introduction(gazetteer: Gazetteer, name: str) -> bool:
    """Say whether a name belongs to a country, a province or a great city."""
    places = [c.place for c in gazetteer.lookup(name, fuzzy=False) if fold_name(c.matched_name) == name]
    return any(p.population >= _GREAT_POPULATION or p.precision in ("country", "adm1") for p in places)


def is_major(gazetteer: Gazetteer, name: str) -> bool:
    """Say whether a name belongs to a place that needs no introduction: a country, a province, a larger town."""
    places = [c.place for c in gazetteer.lookup(name, fuzzy=False) if fold_name(c.matched_name) == name]
    return any(p.population >= _MAJOR_POPULATION or p.precision in ("country", "adm1") for p in places)


def is_located(notes: Notes, first: int, variant: Variant) -> bool:
    """Say whether "in", "at", "to" or the like stands before a name, joined or not."""
    if variant.prefix and variant.prefix[-1] in notes.language.locative_prefixes:
        return True
    return notes.ending("cue:locative", first) is not None or notes.ending("cue:from", first) is not None


def is_preposition(notes: Notes, index: int) -> bool:
    """Say whether a word is a preposition that only folding makes a given name of: «على» and «علي»."""
    token = notes.text.tokens[index]
    return token.raw != token.text and notes.at("cue:locative", index) is not None


def looks_like_person(notes: Notes, first: int, last: int) -> bool:
    """Say whether a title or a given name stands before a token."""
    stop = first - 1 if notes.text.tokens[first - 1].raw == "." else first  # "Gen. Basra"
    before = notes.ending("cue:title", stop) or notes.ending("cue:given_name", first)
    if before is not None and is_preposition(notes, before.first):
        return False
    return before is not None and notes.text.tokens[first].text[:1] not in notes.language.locative_prefixes


def speaks_for_a_place(notes: Notes, first: int, last: int, variant: Variant) -> bool:
    """Say whether the words beside a name speak for a place: a kind word, a direction, nearness."""
    if notes.ending("kind", first) is not None or follows_quoted_kind(notes, first):
        return True
    if notes.language.capitals:
        if notes.at("kind", last) is not None:
            return True
        return notes.ending("cue:locative", first) is not None or notes.ending("direction", first) is not None
    return bool(notes.ending("direction", first) is not None or notes.ending("cue:near", first) is not None)
