"""Find place names in an article: known names, and unknown ones that the words around give away.

A known name counts when it is strong, or when the words around it speak for a place (a kind word, a preposition, a
direction). Names of persons, parties, media and organisations that contain a place are no places.
"""

from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.party_signs import name_strength
from pipeline.text import Token
from pipeline.toponym import Toponym
from pipeline.toponym_described import seat_at, territory_at, with_homeland
from pipeline.toponym_guess import named_by_kind, named_by_list, named_by_position
from pipeline.toponym_known import known_at
from pipeline.toponym_signs import is_preposition
from pipeline.toponym_words import with_surroundings


def find_toponyms(notes: Notes, gazetteer: Gazetteer) -> list[Toponym]:
    """All place names of an article in text order, roles not yet decided (role ``mention``)."""
    blocked = _blocked_tokens(notes)
    found: list[Toponym] = []
    index = 0
    while index < len(notes.text.tokens):
        toponym = _toponym_at(notes, gazetteer, index, blocked, found)
        if toponym is None:
            index += 1
            continue
        found.append(toponym if toponym.place.kind == "country" else with_surroundings(notes, toponym))
        index = max(toponym.last, index + 1)
    return with_homeland(notes, gazetteer, found)


def _blocked_tokens(notes: Notes) -> set[int]:
    """Tokens that belong to a party's or a speaker's name, a person's name or a date and so name no place."""
    blocked: set[int] = set()
    for match in notes.matches.get("actor", ()):
        if name_strength(notes, match) not in ("metonym", "weak") and (
            match.last - match.first > 1 or name_strength(notes, match) == "adjective"
        ):
            blocked.update(range(match.first, match.last))
    for category in ("source", "cue:organisation"):
        for match in notes.matches.get(category, ()):
            blocked.update(range(match.first, match.last))
    for mention in notes.dates:
        blocked.update(range(mention.first, mention.last))
    for match in notes.matches.get("cue:given_name", ()):
        if not match.prefix and notes.ending("kind", match.first) is None and not is_preposition(notes, match.first):
            blocked.update(range(match.first, _name_end(notes, match.last)))
    return blocked


def _name_end(notes: Notes, index: int) -> int:
    """End of a person's name that begins with a given name before ``index``."""
    tokens = notes.text.tokens
    end = index
    while end < min(index + 3, len(tokens)):
        token = tokens[end]
        if (
            token.kind != "word"
            or notes.at("cue:preposition", end)
            or notes.at("trigger", end)
            or notes.at("cue:speech", end)
            or notes.at("kind", end)
            or notes.at("direction", end)
        ):
            break
        if not _may_continue_name(notes, token, end):
            break
        end += 1
    return end


def _may_continue_name(notes: Notes, token: Token, index: int) -> bool:
    if notes.language.capitals:
        return token.is_capitalised
    variants = notes.language.lexicon.morphology.variants(token.text)
    return not any(v.prefix for v in variants if v.prefix and notes.language.lexicon.morphology.article and v.definite)


def _toponym_at(
    notes: Notes, gazetteer: Gazetteer, index: int, blocked: set[int], found: list[Toponym]
) -> Toponym | None:
    token = notes.text.tokens[index]
    described = territory_at(notes, gazetteer, index) or seat_at(notes, gazetteer, index)
    if described is not None:
        return described
    if token.kind != "word" or index in blocked:
        return None
    return (
        known_at(notes, gazetteer, index, blocked, found)
        or named_by_kind(notes, index, blocked)
        or named_by_list(notes, index, blocked, found)
        or named_by_position(notes, index, blocked)
    )
