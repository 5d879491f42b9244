"""Cut sentences into clauses that each speak of one attack at most.

A sentence is first cut into pieces at commas, connecting words and joined «و» before a verb. Pieces are then joined
again until something says that another attack is meant: a place of its own, a day of its own, another kind of attack,
or words such as "separately", "in response to".
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.annotate import Notes
from pipeline.attack_type import harmed_by
from pipeline.dates_after import AFTER_CUES
from pipeline.lexicon import Match
from pipeline.toponym import Toponym

_BREAKS = frozenset("،,;؛:—–()")
_CORE_KINDS = frozenset({"attack", "projectile", "carry", "suffer"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last) of sentence number ``sentence``; ``pieces`` are its parts in order."""

    sentence: int
    first: int
    last: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    has_attack: bool
    has_casualty: bool
    has_speech: bool
    turns: bool  # begins with words that turn to another attack
    toponyms: tuple[Toponym, ...]
    has_date: bool
    types: frozenset[str]
    contrasts: bool  # begins with words that set something else beside what was told
    refers: bool  # tells of an attack only by pointing back, without a place


@dataclass(slots=True)
class _Group:
    """Pieces joined so far, and what is in them: running, as a sentence may have very many pieces."""

    turns: bool
    edges: list[tuple[int, int]] = field(default_factory=list)
    attacked: bool = False
    hurt: bool = False
    dated: bool = False
    places: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)

    def add(self, piece: _Piece) -> None:
        """Take a piece in, and what it tells."""
        self.edges.append((piece.first, piece.last))
        self.attacked |= piece.has_attack
        self.hurt |= piece.has_casualty
        self.dated |= piece.has_date
        self.places |= {toponym.place.name for toponym in piece.toponyms}
        self.types |= piece.types


def cut_clauses(notes: Notes, toponyms: list[Toponym]) -> list[Clause]:
    """Clauses of an article in text order; every token of every sentence is in exactly one."""
    clauses: list[Clause] = []
    for number, (first, last) in enumerate(notes.text.sentences):
        if notes.has("cue:teaser", first, min(first + 3, last)):
            continue
        pieces = [_describe(notes, toponyms, a, b) for a, b in _cut(notes, first, last)]
        clauses.extend(_join(number, pieces))
    return clauses


def _cut(notes: Notes, first: int, last: int) -> list[tuple[int, int]]:
    pieces = []
    start = first
    covered = {i for m in notes.dates_in(first, last) for i in range(m.first, m.last)}
    covered |= {i for cue in AFTER_CUES for m in notes.within(cue, first, last) for i in range(m.first, m.last)}
    for index in range(first + 1, last):
        if index in covered and index - 1 in covered:
            continue
        if _begins_piece(notes, index) and index > start:
            pieces.append((start, index))
            start = index
    pieces.append((start, last))
    return pieces


def _begins_piece(notes: Notes, index: int) -> bool:
    before = notes.text.tokens[index - 1]
    if before.kind == "punct" and before.raw in _BREAKS:
        return True
    for category in ("cue:connector", "cue:response", "cue:new_clause", *AFTER_CUES):
        match = notes.at(category, index)
        if match is not None:
            return True
    for category in ("trigger", "cue:speech"):
        match = notes.at(category, index)
        if (
            match is not None
            and match.prefix
            and match.prefix[0] in notes.language.coordinators
            and _is_verb(notes, match)
        ):
            return True
    return notes.text.tokens[index].text in notes.language.coordinators and _verb_follows(notes, index)


def _is_verb(notes: Notes, match: Match) -> bool:
    return match.category != "trigger" or notes.trigger(match).form == "verb"


def _verb_follows(notes: Notes, index: int) -> bool:
    """Say whether a coordinated clause ("and wounded three", "and a drone hit ...") begins at ``index``."""
    return any(notes.trigger(match).form == "verb" for match in notes.within("trigger", index + 1, index + 5))


def _describe(notes: Notes, toponyms: list[Toponym], first: int, last: int) -> _Piece:
    triggers = [notes.trigger(match) for match in notes.within("trigger", first, last)]
    kinds = {trigger.kind for trigger in triggers}
    has_weapon = notes.has("weapon", first, last)
    has_attack = "attack" in kinds or ("projectile" in kinds and has_weapon) or "suffer" in kinds
    has_attack = has_attack or harmed_by(notes, first, last) is not None
    heads = [m for m in notes.within("trigger", first, last) if notes.trigger(m).kind == "attack"]
    named = toponyms[_start(toponyms, first) : _start(toponyms, last)]
    inside = tuple(toponym for toponym in named if not _says_whose_clock(notes, toponym))
    turn_end = min(last, first + 4)
    turns = any(notes.has(cue, first, turn_end) for cue in ("cue:response", "cue:new_event"))
    turns = turns or any(notes.at(cue, first) for cue in AFTER_CUES)
    return _Piece(
        first=first,
        last=last,
        has_attack=has_attack,
        has_casualty=bool(kinds & {"kill", "wound"}),
        has_speech=notes.has("cue:speech", first, last),
        turns=turns,
        toponyms=inside,
        has_date=bool(notes.dates_in(first, last)),
        contrasts=notes.has("cue:contrast", first, min(last, first + 2)),
        refers=has_attack and not inside and all(match.definite for match in heads),
        types=frozenset(trigger.event_type for trigger in triggers if trigger.event_type and not trigger.weak),
    )


def _says_whose_clock(notes: Notes, toponym: Toponym) -> bool:
    """«عند الساعة 5:51 بالتوقيت المحلي في سوريا», "at 5:51 local time in Syria"."""
    return toponym.place.kind is None and any(
        date.expression.time and date.last >= toponym.first - 1
        for date in notes.dates_in(toponym.first - 8, toponym.first)
    )


def _start(toponyms: list[Toponym], index: int) -> int:
    return bisect_left(toponyms, index, key=lambda toponym: toponym.first)


def _join(sentence: int, pieces: list[_Piece]) -> list[Clause]:
    groups: list[_Group] = []
    for piece in pieces:
        if not groups or not _belongs(groups[-1], piece):
            groups.append(_Group(turns=piece.turns))
        groups[-1].add(piece)
    return [Clause(sentence, group.edges[0][0], group.edges[-1][1], tuple(group.edges)) for group in groups]


def _belongs(group: _Group, piece: _Piece) -> bool:
    if not group.attacked and not group.hurt:
        return True
    if piece.turns and piece.has_attack:
        return False
    if piece.refers and group.turns:
        return False  # after a turn to another attack, "the attack" is the first one again
    own = [t for t in piece.toponyms if t.place.name not in group.places]
    if piece.has_attack and group.attacked:
        if own and group.places:
            return False
        other_kind = piece.types and group.types and not piece.types & group.types
        if piece.contrasts and (own or other_kind):
            return False
        if own and piece.has_date and not group.places and not group.dated:
            return False  # first something general, then one attack with its day and place
        return not (other_kind and (own or piece.has_date))
    return not (piece.has_casualty and group.hurt and group.attacked and own and group.places)
