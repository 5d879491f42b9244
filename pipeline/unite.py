"""Bring together what an article says of one attack in several places: claims become attacks.

Claims are read in order. Each either adds to an attack already told or begins another. Another begins where a different
place is named, a different day, another kind of attack, or words that turn to something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from geo.place import Placement
from geo.sphere import distance_km
from pipeline.judge import weigh
from pipeline.records import Claim, Count, DateSpan
from pipeline.toponym import Toponym

_FAMILIES = (
    frozenset({"rocket_or_missile", "artillery_shelling"}),
    frozenset({"ied_or_mine", "suicide_bombing"}),
    frozenset({"drone", "interception"}),
    frozenset({"rocket_or_missile", "interception"}),
    frozenset({"armed_clash", "ambush_or_assassination"}),
    frozenset({"arrest_raid", "armed_clash"}),
    frozenset({"arrest_raid", "ambush_or_assassination"}),
)
_BOMBARDMENT = "bombardment"  # «قصف» alone: guns, rockets or aircraft
_BOMBARDS = frozenset({"artillery_shelling", "rocket_or_missile", "airstrike", "drone"})
_GAINED = frozenset({"day", "casualties", "narrow_place", "actor", "weapon", "attribution"})
_LATE = 5  # sentences
_HOPELESS = -2.0
_ELSEWHERE = -0.6
_PER_SENTENCE = 0.1  # fit lost with every sentence between two claims
_WIDE_KM = 40.0
_MEMORY = 40  # attacks back that a claim may still belong to: more than an ordinary article tells
_WIDE_SPAN = timedelta(days=7)
_SAME_RUN = 2  # sentences over which an undated attack is told of the day of the one before
_NEIGHBOURHOOD_KM = 20.0  # further away, a place named later is another place, whatever is said of it


@dataclass(slots=True)
class Attack:
    """An attack under construction: the claims that tell it, best first."""

    claims: list[Claim] = field(default_factory=list)
    event_type: str | None = None
    target: int | None = None
    when: DateSpan | None = None
    order: int = 0  # how many attacks the article told before it

    @property
    def head(self) -> Claim:
        """The claim that says most for it."""
        return max(self.claims, key=lambda claim: weigh(claim.signs))

    @property
    def signs(self) -> frozenset[str]:
        """Signs of its best claim, and what the whole article's telling of it adds."""
        signs = set(self.head.signs)
        for claim in self.claims:
            signs.update(_GAINED & set(claim.signs))
        told = {"told_again": len(self.claims) > 1, "further": self.order > 0, "late": self.claims[0].sentence >= _LATE}
        told |= {"undated": self.when is None, "dated_from_before": self.when is not None and "day" not in signs}
        told |= {"no_place": self.target is None}
        return frozenset(signs | {name for name, holds in told.items() if holds})

    @property
    def sentence(self) -> int:
        """Last sentence that told of it."""
        return self.claims[-1].sentence


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
        if weigh(attack.signs) >= 0:
            kept.append(attack)
    return kept


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
        for target in (claim.targets[0], *far):
            spread.append(replace(claim, targets=(target,)))
    return spread


def _has_toll(claim: Claim) -> bool:
    return bool((claim.killed and claim.killed.best) or (claim.wounded and claim.wounded.best))


def _is_narrow(placement: Placement) -> bool:
    return placement.extent_km is None or placement.extent_km <= _WIDE_KM


def _near(placements: Sequence[Placement], left: int, right: int) -> bool:
    a, b = placements[left], placements[right]
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return False
    return distance_km(a.lon, a.lat, b.lon, b.lat) < 3


def _home(
    attacks: list[Attack], claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> Attack | None:
    best: tuple[float, Attack] | None = None
    oldest = max(0, len(attacks) - _MEMORY)
    for order, attack in enumerate(attacks[oldest:], start=oldest):
        fit = _fit(attack, claim, toponyms, placements)
        distance = max(0, claim.sentence - attack.sentence)
        if fit is None or fit - _PER_SENTENCE * distance < 0:
            continue
        score = fit + 0.01 * order - 2 * _PER_SENTENCE * distance
        if best is None or score > best[0]:
            best = (score, attack)
    return best[1] if best is not None else None


def _fit(attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> float | None:
    """How well a claim fits an attack; None where they cannot be the same."""
    parts = (
        _fit_type(attack, claim),
        _fit_place(attack, claim, toponyms, placements),
        _fit_day(attack, claim),
        _fit_toll(attack, claim),
    )
    if any(part is None for part in parts):
        return None
    fit = sum(part for part in parts if part is not None)
    if claim.anew and claim.event_type is not None:
        fit -= 2.5
    if claim.again:
        fit += 1.0
    if claim.background != attack.claims[0].background:
        fit -= 0.6
    return fit


def _fit_type(attack: Attack, claim: Claim) -> float | None:
    if not claim.event_type or claim.event_type == "weak" or not attack.event_type or attack.event_type == "weak":
        return 0.3
    if claim.event_type == attack.event_type:
        return 1.0
    if _BOMBARDMENT in (claim.event_type, attack.event_type) and {claim.event_type, attack.event_type} & _BOMBARDS:
        return 0.4
    if any(claim.event_type in family and attack.event_type in family for family in _FAMILIES):
        return 0.0
    if {claim.event_type, attack.event_type} == {"airstrike", "drone"}:
        return -1.5
    return None


def _fit_place(
    attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> float | None:
    """Fit of the places; one that only points back ("the attack") may name another place and still be the same."""
    fit = _fit_places(attack, claim, toponyms, placements)
    if fit is None and _points_back(attack, claim):
        return _ELSEWHERE
    return fit


def _points_back(attack: Attack, claim: Claim) -> bool:
    new_toll = claim.killed is not None and claim.killed.best not in {c.killed.best for c in attack.claims if c.killed}
    dated = claim.when is not None and attack.when is not None
    return "definite" in claim.signs and not dated and not claim.anew and not new_toll


def _fit_places(
    attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> float | None:
    if not claim.targets or attack.target is None:
        return 0.2
    mine, theirs = claim.targets[0], attack.target
    if toponyms[mine].place.name == toponyms[theirs].place.name:
        return 1.5
    a, b = placements[mine], placements[theirs]
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return _fit_unknown(attack, claim, toponyms, placements)
    gap = distance_km(a.lon, a.lat, b.lon, b.lat)
    wide, narrow = max(a.extent_km or 0, b.extent_km or 0), min(a.extent_km or 0, b.extent_km or 0)
    if a.place_id == b.place_id and a.place_id is not None:
        return 1.5
    if wide > _WIDE_KM or wide > 3 * narrow:
        return 0.8 if gap <= wide * 1.15 + narrow else None
    if gap <= max(wide, 3):
        return 0.5
    return -0.3 if _adds_only_words(attack, claim) and gap <= _NEIGHBOURHOOD_KM else None


def _fit_unknown(
    attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> float | None:
    """Fit of two differently named places of which one is not known: it may be a part of the other, no more."""
    mine, theirs = placements[claim.targets[0]], placements[attack.target or 0]
    if not _adds_only_words(attack, claim):
        return None
    if theirs.lon is None and mine.extent_km is not None and mine.extent_km <= _WIDE_KM:
        return None  # a town that is known does not lie in a spot that is not
    return 0.3 if _shares_region(claim, attack, toponyms) else -0.2


def _has_other_doer(attack: Attack, claim: Claim) -> bool:
    """Say whether a claim names who did it, and nobody said the same of the attack."""
    if claim.initiator is None or claim.initiator_basis in (None, "near", "origin", "own"):
        return False
    known = {c.initiator.actor_id for c in attack.claims if c.initiator is not None}
    return claim.initiator.actor_id not in known


def _adds_only_words(attack: Attack, claim: Claim) -> bool:
    """Say whether a claim brings nothing that would make it an attack of its own: no day, no toll, no turn."""
    if claim.anew or _side_by_side(attack, claim) or _has_other_doer(attack, claim):
        return False
    if claim.when is not None and attack.when is not None and claim.when.start != attack.when.start:
        return False
    known = {c.killed.best for c in attack.claims if c.killed is not None}
    return claim.killed is None or not known or claim.killed.best in known


def _side_by_side(attack: Attack, claim: Claim) -> bool:
    """Say whether one sentence tells both in clauses of their own: then two places are two attacks."""
    return claim.event_type is not None and claim.sentence == attack.sentence


def _shares_region(claim: Claim, attack: Attack, toponyms: Sequence[Toponym]) -> bool:
    mine = {toponyms[i].place.name for i in (*claim.region, *claim.targets)}
    return any(mine & {toponyms[i].place.name for i in (*other.region, *other.targets)} for other in attack.claims)


def _fit_day(attack: Attack, claim: Claim) -> float | None:
    if claim.when is None or attack.when is None:
        return -1.5 if _dates_something_else(attack, claim) else 0.2
    gap = max((claim.when.start - attack.when.end).days, (attack.when.start - claim.when.end).days, 0)
    if gap == 0:
        return 0.8
    named = attack.when.precision == claim.when.precision == "day" and "definite" not in claim.signs
    return -2.0 if gap == 1 and not named else None


def _dates_something_else(attack: Attack, claim: Claim) -> bool:
    """Say whether a wide date of attacks not pointed to comes too late to date the news an article began with."""
    if claim.when is None or attack.claims[0].sentence or "definite" in claim.signs:
        return False
    return attack.when is None and _days(claim.when) >= _WIDE_SPAN


def _fit_toll(attack: Attack, claim: Claim) -> float:
    known = next((c.killed for c in attack.claims if c.killed is not None), None)
    if claim.killed is None or known is None:
        return 0.0
    return 0.4 if claim.killed.best == known.best else -0.4


def _stands_alone(attacks: list[Attack], claim: Claim) -> bool:
    """Casualties at a place of their own beside an attack just told are another attack of that kind."""
    return bool(claim.targets) and bool(attacks) and attacks[-1].sentence >= claim.sentence - 1 and not claim.background


def _day_of_run(last: Attack, claim: Claim) -> DateSpan | None:
    """Day of the attack told before: a list goes on with its day; an earlier attack lends its day only at once."""
    if not last.claims[0].background or claim.sentence - last.sentence <= _SAME_RUN:
        return last.when
    return None


def _begin(attacks: list[Attack], claim: Claim) -> Attack:
    attack = Attack([claim], claim.event_type, claim.targets[0] if claim.targets else None, claim.when)
    if claim.when is None and not claim.background and attacks:
        attack.when = _day_of_run(attacks[-1], claim)
    if claim.event_type is None:
        attack.event_type = attacks[-1].event_type
        attack.when = claim.when or attacks[-1].when
    return attack


def _add(attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> None:
    attack.claims.append(claim)
    if not attack.event_type or attack.event_type in ("weak", _BOMBARDMENT):
        attack.event_type = claim.event_type or attack.event_type
    if attack.when is None or (claim.when is not None and _days(claim.when) < _days(attack.when)):
        attack.when = claim.when or attack.when
    if claim.targets and (attack.target is None or _better(claim.targets[0], attack.target, toponyms, placements)):
        attack.target = claim.targets[0]


def _days(span: DateSpan) -> timedelta:
    return span.end - span.start


def _better(mine: int, theirs: int, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> bool:
    """Say whether another place tells better where: a narrower one; of one name, the one said to be an area."""
    a, b = toponyms[mine].place, toponyms[theirs].place
    if a.name == b.name and a.kind != b.kind:
        return a.kind == "governorate" and b.kind is None
    return _narrower(mine, theirs, placements)


def _narrower(mine: int, theirs: int, placements: Sequence[Placement]) -> bool:
    a, b = placements[mine], placements[theirs]
    if a.extent_km is None:
        return b.extent_km is not None and b.extent_km > _WIDE_KM
    return b.extent_km is None or a.extent_km < b.extent_km * 0.5


def settle_count(counts: Sequence[Count | None]) -> Count | None:
    """One figure from several: the first told is best, the others widen low and high."""
    known = [count for count in counts if count is not None]
    if not known:
        return None
    best = known[0]
    return Count(best.best, min(c.low for c in known), max(c.high for c in known), best.mention)
