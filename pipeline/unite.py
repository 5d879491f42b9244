"""Bring together what an article says of one attack in several places: claims become attacks.

Claims are read in order. Each either adds to an attack already told or begins another. Another begins where a different
place is named, a different day, another kind of attack, or words that turn to something else.
"""

from collections.abc import Sequence
from dataclasses import replace

from geo.place import Placement
from geo.sphere import distance_km
from pipeline.attack import BOMBARDMENT, WIDE_KM, Attack, length
from pipeline.fit import fit
from pipeline.judge import weigh
from pipeline.records import Claim, Count, DateSpan
from pipeline.toponym import Toponym

_HOPELESS = -2.0
_KILLING = "ambush_or_assassination"  # people killed, no word of how
_PER_SENTENCE = 0.1  # fit lost with every sentence between two claims
_MEMORY = 40  # attacks back that a claim may still belong to: more than an ordinary article tells
_SAME_RUN = 2  # sentences over which an undated attack is told of the day of the one before


def unite(claims: Sequence[Claim], toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> list[Attack]:
    """Unite the claims of one article into attacks, in order of first telling; light attacks are left out."""
    attacks: list[Attack] = []
    for claim in _spread(claims, placements):
        if claim.time_status in ("future", "hypothetical"):
            continue
        home = _home(attacks, claim, toponyms, placements)
        if home is not None:
            _add(home, claim, toponyms, placements)
        elif claim.event_type is not None and weigh(claim.signs) < _HOPELESS:
            continue  # too little to be told of by itself, and nothing for others to add to
        elif claim.event_type is not None or _stands_alone(attacks, claim):
            attacks.append(_begin(attacks, claim))
    return _worth_telling(attacks)


def _worth_telling(attacks: list[Attack]) -> list[Attack]:
    """Leave out what too little speaks for; once one attack is told, a further one must say more for itself."""
    kept: list[Attack] = []
    for attack in attacks:
        attack.order = len(kept)
        if weigh(attack.signs) >= 0 or any(_told_beside(other, attack) for other in kept[-_MEMORY:]):
            kept.append(attack)
    return kept


def _told_beside(kept: Attack, attack: Attack) -> bool:
    """Say whether one claim names both places hit: what tells the one tells the other."""
    first = attack.claims[0]
    return bool(first.beside) and any(c.trigger == first.trigger and c.targets != first.targets for c in kept.claims)


def _spread(claims: Sequence[Claim], placements: Sequence[Placement]) -> list[Claim]:
    """Split a claim that names several places hit, unless one toll covers them all."""
    spread: list[Claim] = []
    for claim in claims:
        far = [t for t in claim.targets[1:] if _is_narrow(placements[t]) and not _near(placements, claim.targets[0], t)]
        if far and not _is_narrow(placements[claim.targets[0]]):
            far = []
        if not far or _has_toll(claim) or claim.event_type in (None, "armed_clash"):
            spread.append(claim)
            continue
        told = (claim.targets[0], *far)
        spread.extend(replace(claim, targets=(t,), beside=tuple(o for o in told if o != t)) for t in told)
    return spread


def _has_toll(claim: Claim) -> bool:
    return bool((claim.killed and claim.killed.best) or (claim.wounded and claim.wounded.best))


def _is_narrow(placement: Placement) -> bool:
    return placement.extent_km is None or placement.place_id is None or placement.extent_km <= WIDE_KM


def _near(placements: Sequence[Placement], left: int, right: int) -> bool:
    a, b = placements[left], placements[right]
    if a.place_id is None or b.place_id is None:
        return False  # both only known to lie somewhere in an area
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return False
    return distance_km(a.lon, a.lat, b.lon, b.lat) < 3


def _home(
    attacks: list[Attack], claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> Attack | None:
    best: tuple[float, Attack] | None = None
    oldest = max(0, len(attacks) - _MEMORY)
    for order, attack in enumerate(attacks[oldest:], start=oldest):
        value = fit(attack, claim, toponyms, placements)
        distance = max(0, claim.sentence - attack.sentence)
        if value is None or value - _PER_SENTENCE * distance < 0:
            continue
        score = value + 0.01 * order - 2 * _PER_SENTENCE * distance
        if best is None or score > best[0]:
            best = (score, attack)
    return best[1] if best is not None else None


def _stands_alone(attacks: list[Attack], claim: Claim) -> bool:
    """Casualties at a place of their own beside an attack just told are another attack of that kind."""
    if not claim.targets:
        return False
    beside = bool(attacks) and attacks[-1].sentence >= claim.sentence - 1 and not claim.background
    return beside or _tells_killing(claim)


def _tells_killing(claim: Claim) -> bool:
    """Say whether a toll alone tells an attack: fighters killed, or people killed by somebody, on a day."""
    harmed = claim.hit is not None or (claim.initiator is not None and claim.initiator_basis != "near")
    return harmed and claim.when is not None and bool(claim.killed and claim.killed.best)


def _day_of_run(last: Attack, claim: Claim) -> DateSpan | None:
    """Day of the attack told before: a list goes on with its day; an earlier attack lends its day only at once."""
    if not last.claims[0].background or claim.sentence - last.sentence <= _SAME_RUN:
        return last.when
    return None


def _begin(attacks: list[Attack], claim: Claim) -> Attack:
    attack = Attack([claim], claim.event_type, claim.targets[0] if claim.targets else None, claim.when, claim.when_said)
    if claim.when is None and not claim.background and attacks:
        _lend_day(attacks[-1], attack, _day_of_run(attacks[-1], claim))
    if claim.event_type is None and _tells_killing(claim):
        attack.event_type = _KILLING
    elif claim.event_type is None:
        attack.event_type = attacks[-1].event_type
        if claim.when is None:
            _lend_day(attacks[-1], attack, attacks[-1].when)
    return attack


def _lend_day(last: Attack, attack: Attack, when: DateSpan | None) -> None:
    attack.when = when
    if when is not None:
        told = (claim.when_mention for claim in last.claims if claim.when == when and claim.when_mention)
        attack.dated_by = next(told, last.dated_by)


def _add(attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> None:
    attack.claims.append(claim)
    if not attack.event_type or attack.event_type in ("weak", BOMBARDMENT):
        attack.event_type = claim.event_type or attack.event_type
    if claim.when is not None and _dates_better(attack, claim, claim.when):
        attack.when, attack.when_said = claim.when, claim.when_said
    if claim.targets and (attack.target is None or _better(claim.targets[0], attack.target, toponyms, placements)):
        attack.target = claim.targets[0]


def _dates_better(attack: Attack, claim: Claim, when: DateSpan) -> bool:
    if attack.when is None or attack.when_said != claim.when_said:
        return attack.when is None or attack.when_said
    return length(when) < length(attack.when)


def _better(mine: int, theirs: int, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> bool:
    """Say whether another place tells better where: a narrower one; of one name, the one said to be an area."""
    a, b = toponyms[mine].place, toponyms[theirs].place
    if a.name == b.name and a.kind != b.kind:
        return a.kind == "governorate" and b.kind is None
    offset = b.offset
    by_side = offset is not None and offset.bearing is not None and offset.distance_km is None
    if by_side and a.offset is None and placements[mine].lon is not None:
        return (placements[mine].extent_km or WIDE_KM) < WIDE_KM and placements[mine].place_id is not None
    return _narrower(mine, theirs, placements)


def _narrower(mine: int, theirs: int, placements: Sequence[Placement]) -> bool:
    a, b = placements[mine], placements[theirs]
    if a.extent_km is None:
        return b.extent_km is not None and b.extent_km > WIDE_KM
    return b.extent_km is None or a.extent_km < b.extent_km * 0.5


def settle_count(counts: Sequence[Count | None]) -> Count | None:
    """One figure from several: the first told is best, the others widen low and high."""
    known = [count for count in counts if count is not None]
    if not known:
        return None
    best = known[0]
    return Count(best.best, min(c.low for c in known), max(c.high for c in known), best.mention)
