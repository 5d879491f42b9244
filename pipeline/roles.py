"""Which place was hit, where it was launched from, and which is only named in passing - within one clause."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from geo.place import Placement
from pipeline.annotate import Notes
from pipeline.clauses import Clause
from pipeline.dateline import dateline_end
from pipeline.locate import is_coordinated, lies_in
from pipeline.passing import named_in_passing
from pipeline.records import Mention
from pipeline.toponym import Toponym

_WIDE_KM = 40.0
_CHAIN_GAP = 4
_COMMAS = frozenset(",،")
_BESIDE = 12  # characters between who attacked and the word that says where they are


@dataclass(frozen=True, slots=True)
class Roles:
    """Numbers of toponyms: ``targets`` best first, ``region`` around the first target, ``origin``."""

    targets: tuple[int, ...] = ()
    region: tuple[int, ...] = ()
    origin: int | None = None


def give_roles(
    notes: Notes,
    clause: Clause,
    toponyms: Sequence[Toponym],
    placements: Sequence[Placement],
    trigger: int,
    doer: Mention | None = None,
) -> Roles:
    """Give the place names of one clause their roles.

    Parameters
    ----------
    trigger
        Token number of the word that tells the attack.
    doer
        Who did it: a state named as the doer ("Israel struck ...") is not where it was done.
    """
    dateline = dateline_end(notes)
    begin, end = (bisect_left(toponyms, edge, key=lambda t: t.first) for edge in (clause.first, clause.last))
    inside = [i for i in range(begin, end) if toponyms[i].first >= dateline]
    origin = next((i for i in inside if is_origin(notes, clause, toponyms[i])), None)
    if origin is None and notes.has("weapon", clause.first, clause.last):  # fired by those "stationed in X"
        origin = next((i for i in inside if _is_station(notes, clause, toponyms[i], doer)), None)
    passed = named_in_passing(notes, clause, toponyms, inside)
    candidates = [
        i
        for i in inside
        if i != origin
        and i not in passed
        and not _is_doer(toponyms[i], doer)
        and not _is_station(notes, clause, toponyms[i], doer)
    ]
    ends = [toponyms[i].place.between for i in candidates if toponyms[i].place.between is not None]
    candidates = [i for i in candidates if toponyms[i].place.name not in ends]  # "between X and Y" is one place
    chains = _chains(notes, toponyms, candidates)
    if not chains:
        return Roles(origin=origin)
    ranked = sorted(chains, key=lambda chain: -_fitness(notes, clause, toponyms, placements, chain, trigger))
    best = ranked[0]
    head = _head(toponyms, placements, best)
    heads = [head] + [_head(toponyms, placements, chain) for chain in _joined_with(notes, toponyms, chains, best)]
    if toponyms[head].place.between is not None:
        heads = [head]
    others = [i for chain in chains if chain is not best for i in chain if i not in heads]
    around = [i for i in best if i != head] + [i for i in others if _same_piece(clause, toponyms[i], toponyms[head])]
    return Roles(tuple(heads), tuple(around), origin)


def _same_piece(clause: Clause, left: Toponym, right: Toponym) -> bool:
    return any(first <= left.first < last and first <= right.first < last for first, last in clause.pieces)


def is_origin(notes: Notes, clause: Clause, toponym: Toponym) -> bool:
    """Say whether an attack was launched from there: "from" before it and a launch word before that."""
    marked = any(
        match.last in (toponym.outer_first, toponym.first)
        for match in notes.within("cue:from", max(clause.first, toponym.outer_first - 3), toponym.first)
    )
    if not marked and notes.ending("cue:from_inside", toponym.outer_first) is None:
        return _holds_attackers(notes, clause, toponym)
    return notes.has("cue:launch", clause.first, toponym.first) or any(
        notes.trigger(match).kind == "projectile" for match in notes.within("trigger", clause.first, toponym.first)
    )


def _holds_attackers(notes: Notes, clause: Clause, toponym: Toponym) -> bool:
    """«المسلحين في X استهدفوا»: a place right after who attacks and before the verb is where they are."""
    before = toponym.outer_first
    if not toponym.prefix or toponym.prefix[-1] not in notes.language.locative_prefixes:
        preposition = notes.ending("cue:within", before)
        if preposition is None:
            return False
        before = preposition.first
    who = notes.ending("actor", before) or notes.ending("cue:gunmen", before)
    if who is None:
        return False
    kinds = ("attack", "projectile") if notes.language.order == "vso" else ("projectile",)  # "militants in X fired"
    verbs = notes.within("trigger", toponym.last, min(clause.last, toponym.last + 3))
    return any(notes.trigger(m).form == "verb" and notes.trigger(m).kind in kinds for m in verbs)


def _is_doer(toponym: Toponym, doer: Mention | None) -> bool:
    named = toponym.place.mention
    return doer is not None and toponym.place.kind is None and doer.start <= named.start and named.end <= doer.end


def _is_station(notes: Notes, clause: Clause, toponym: Toponym, doer: Mention | None) -> bool:
    """Say whether a place is where those who attacked are based: «من قبل قوات X المتمركزة في Y»."""
    for station in notes.within("cue:stationed", max(clause.first, toponym.outer_first - 3), toponym.outer_first):
        if doer is not None and 0 <= notes.text.tokens[station.first].start - doer.end <= _BESIDE:
            return True
        if notes.has("cue:by", max(clause.first, station.first - _CHAIN_GAP - 2), station.first):
            return True
    return False


def _chains(notes: Notes, toponyms: Sequence[Toponym], candidates: list[int]) -> list[list[int]]:
    """Group names that describe one place: «بلدة الصبحة بريف دير الزور الشرقي», "Daatur district of Latakia"."""
    chains: list[list[int]] = []
    for number in candidates:
        if chains and _continues(notes, toponyms[chains[-1][-1]], toponyms[number]):
            chains[-1].append(number)
        else:
            chains.append([number])
    return chains


def _continues(notes: Notes, left: Toponym, right: Toponym) -> bool:
    return lies_in(notes, left, right)


def _joined_with(
    notes: Notes, toponyms: Sequence[Toponym], chains: list[list[int]], best: list[int]
) -> list[list[int]]:
    """The chains that "and" joins to the best one, before and after it."""
    here = chains.index(best)
    first = last = here
    links = _links(notes, toponyms, chains)
    while first and links[first - 1]:
        first -= 1
    while last < len(links) and links[last]:
        last += 1
    return chains[first:here] + chains[here + 1 : last + 1]


def _links(notes: Notes, toponyms: Sequence[Toponym], chains: list[list[int]]) -> list[bool]:
    """Whether one list names each chain and the next: "A and B", or the "A, B" of "A, B and C"; read from behind."""
    links = [False] * max(0, len(chains) - 1)
    for number in reversed(range(len(links))):
        left, right = chains[number], chains[number + 1]
        follows = number + 1 < len(links) and links[number + 1]
        links[number] = _coordinated(notes, toponyms, left, right) or (
            follows and _listed(notes, toponyms, left, right)
        )
    return links


def _listed(notes: Notes, toponyms: Sequence[Toponym], left: list[int], right: list[int]) -> bool:
    between = notes.text.tokens[toponyms[left[-1]].outer_last : toponyms[right[0]].outer_first]
    return len(between) == 1 and between[0].raw in _COMMAS


def _coordinated(notes: Notes, toponyms: Sequence[Toponym], left: list[int], right: list[int]) -> bool:
    before, after = toponyms[left[-1]], toponyms[right[0]]
    return after.outer_first - before.outer_last <= _CHAIN_GAP + 2 and is_coordinated(notes, after)


def _head(toponyms: Sequence[Toponym], placements: Sequence[Placement], chain: list[int]) -> int:
    """The place itself among the names that describe it: the narrowest, the first of equals."""

    def width(number: int) -> float:
        placement = placements[number]
        if placement.extent_km is None:
            return 1.0 if not toponyms[number].known else 15.0
        return placement.extent_km

    first = chain[0]
    aside = [i for i in chain[1:] if _is_aside(toponyms[i])]  # "in X, south of Y": that is where X lies
    narrow = min((i for i in chain if i not in aside or placements[first].lon is None), key=width)
    return first if width(first) <= _WIDE_KM or width(narrow) > width(first) * 0.6 else narrow


def _is_aside(toponym: Toponym) -> bool:
    offset = toponym.place.offset
    return offset is not None and offset.bearing is not None and offset.distance_km is None and not offset.inside


def _guess_extent(toponym: Toponym) -> float:
    """Extent in km of a place that is not known: its kind word tells a town from a region."""
    return 30.0 if toponym.place.kind in (None, "governorate", "district", "countryside", "region") else 8.0


def _fitness(
    notes: Notes,
    clause: Clause,
    toponyms: Sequence[Toponym],
    placements: Sequence[Placement],
    chain: list[int],
    trigger: int,
) -> float:
    toponym = toponyms[chain[0]]
    score = 0.0
    distance = toponym.first - trigger
    score += 1.5 if distance > 0 else 0.5
    score -= min(abs(distance), 30) / 20
    extent = min(placements[i].extent_km or _guess_extent(toponyms[i]) for i in chain)
    score += 2.0 if extent <= 15 else 1.2 if extent <= _WIDE_KM else 0.3 if extent < 150 else -0.6
    if any(first <= toponym.first < last and first <= trigger < last for first, last in clause.pieces):
        score += 1.5
    if (
        notes.ending("cue:locative", toponym.outer_first) is not None
        or toponym.prefix[-1:] in notes.language.locative_prefixes
    ):
        score += 0.6
    if notes.ending("cue:against", toponym.outer_first) is not None:
        score += 0.6
    if notes.ending("cue:aimed_at", toponym.outer_first) is not None:
        score += 1.5
    if notes.has("cue:precisely", max(0, toponym.outer_first - 2), toponym.outer_first):
        score += 2.5
    return score
