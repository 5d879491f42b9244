"""Who a generic name stands for: "the army", "the group", «النظام» - told from the article or from the country."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.records import Actor

_DATA = Path(__file__).resolve().parent.parent / "data"
GENERIC = "generic"
_NAMELESS = frozenset({GENERIC, "unidentified"})


@lru_cache(maxsize=1)
def actor_rows() -> Mapping[str, Mapping[str, str]]:
    """Rows of ``data/actors.csv`` by actor_id."""
    with (_DATA / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {row["actor_id"]: row for row in csv.DictReader(file)}


def actor_kind(actor_id: str | None) -> str:
    """Kind of a party ("militia", "state_forces", ...); empty where it is not known."""
    row = actor_rows().get(actor_id or "")
    return row["kind"] if row else ""


def name_party(notes: Notes, actor: Actor, country: str | None) -> str | None:
    """Canonical id of the party an actor's words mean; None where they name nobody.

    Parameters
    ----------
    country
        ISO 3166 alpha-2 code of the country the event is in, None where not known.
    """
    if actor_kind(actor.actor_id) not in _NAMELESS:
        return _state_of(actor.actor_id)
    resolves = _resolves(notes, actor)
    if resolves == "previous_actor":
        return _previous(notes, actor)
    if not resolves or resolves == "unidentified":
        return None
    return _named_for_role(notes, actor, resolves) or _stands_in(resolves, country)


def _state_of(actor_id: str | None) -> str | None:
    """A ministry acts for its state."""
    parent = actor_rows().get(actor_id or "", {}).get("parent_id")
    return parent if parent and actor_kind(actor_id) == actor_kind(parent) == "government" else actor_id


def _resolves(notes: Notes, actor: Actor) -> str:
    for match in notes.matches.get("actor", ()):
        if notes.text.tokens[match.first].start == actor.mention.start:
            return notes.language.actor_resolves.get(_phrase(notes, match), "")
    return ""


def _phrase(notes: Notes, match: Match) -> str:
    bare = notes.language.lexicon.morphology.bare
    words = [token.text for token in notes.text.tokens[match.first : match.last] if token.kind != "punct"]
    words[0] = words[0][len(match.prefix) :] if words[0].startswith(match.prefix) else words[0]
    return " ".join(bare(word) for word in words)


def _previous(notes: Notes, actor: Actor) -> str | None:
    """The group named last, before others one that is called by the same noun («تنظيم الدولة ... التنظيم»)."""
    last = alike = None
    noun = _nouns(notes, actor.mention.start)
    for match in notes.matches.get("actor", ()):
        if notes.text.tokens[match.first].start >= actor.mention.start:
            break
        if actor_kind(match.value) not in (*_NAMELESS, "government", "state_forces", "police", "coalition"):
            last = match.value
            if noun & _nouns(notes, notes.text.tokens[match.first].start):
                alike = match.value
    return alike or last


def _nouns(notes: Notes, start: int) -> set[str]:
    bare = notes.language.lexicon.morphology.bare
    for match in notes.matches.get("actor", ()):
        if notes.text.tokens[match.first].start == start:
            return {bare(token.text) for token in notes.text.tokens[match.first : match.last]} - {"the"}
    return set()


def _named_for_role(notes: Notes, actor: Actor, role: str) -> str | None:
    last = None
    for match in notes.matches.get("actor", ()):
        if notes.text.tokens[match.first].start >= actor.mention.start:
            break
        row = actor_rows().get(match.value)
        if row and role in row["stands_for"].split("|"):
            last = match.value
    return last


def _stands_in(role: str, country: str | None) -> str | None:
    if country is None:
        return None
    for actor_id, row in actor_rows().items():
        if role in row["stands_for"].split("|") and country in row["stands_in"].split("|"):
            return actor_id
    return None
