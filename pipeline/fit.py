"""How well a claim fits an attack already told: by kind, place, day and toll."""

from collections.abc import Sequence
from datetime import timedelta

from geo.place import Placement
from geo.sphere import distance_km, move
from pipeline.attack import BOMBARDMENT, WIDE_KM, Attack, length
from pipeline.records import Claim
from pipeline.stand_in import GENERIC
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
_BOMBARDS = frozenset({"artillery_shelling", "rocket_or_missile", "airstrike", "drone"})
_ELSEWHERE = -0.6
_TOLD_WITHIN = 2  # days from an attack to a statement about it
_WIDE_SPAN = timedelta(days=7)
_THAT_WAY_KM = 20.0  # how far "north of the city" mostly reaches beyond its edge
_NEIGHBOURHOOD_KM = 20.0  # further away, a place named later is another place, whatever is said of it


def fit(attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]) -> float | None:
    """How well a claim fits an attack; None where they cannot be the same."""
    if attack.target in claim.beside:
        return None
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
    if _has_other_doer(attack, claim) and attack.event_type in (None, "") and claim.event_type:
        fit -= 1.0  # one army's offensive, and another's aircraft
    if claim.background != attack.claims[0].background and (claim.when is not None or claim.targets):
        fit -= 0.6
    return fit


def _fit_type(attack: Attack, claim: Claim) -> float | None:
    if not claim.event_type or claim.event_type == "weak" or not attack.event_type or attack.event_type == "weak":
        return 0.3
    if claim.event_type == attack.event_type:
        return 1.0
    if BOMBARDMENT in (claim.event_type, attack.event_type) and {claim.event_type, attack.event_type} & _BOMBARDS:
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
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None or not (a.place_id and b.place_id):
        return _fit_unknown(attack, claim, toponyms, placements)
    gap = distance_km(a.lon, a.lat, b.lon, b.lat)
    if _describes(claim, attack, toponyms):
        return 0.8
    if _lies_that_way(toponyms[mine], a, b) or _lies_that_way(toponyms[theirs], b, a):
        return 0.4
    wide, narrow = max(a.extent_km or 0, b.extent_km or 0), min(a.extent_km or 0, b.extent_km or 0)
    if a.place_id == b.place_id and a.place_id is not None:
        return 1.5
    if wide > WIDE_KM or wide > 3 * narrow:
        return 0.8 if gap <= wide * 1.15 + narrow else None
    if gap <= max(wide, 3):
        return None if _side_by_side(attack, claim) else 0.5
    return -0.3 if _adds_only_words(attack, claim) and gap <= _NEIGHBOURHOOD_KM else None


def _fit_unknown(
    attack: Attack, claim: Claim, toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> float | None:
    """Fit of two differently named places of which one is not known: it may be a part of the other, no more."""
    mine, theirs = placements[claim.targets[0]], placements[attack.target or 0]
    if not _adds_only_words(attack, claim):
        return None
    if theirs.place_id is None and mine.extent_km is not None and mine.extent_km <= WIDE_KM:
        return None  # a town that is known does not lie in a spot that is not
    return 0.3 if _shares_region(claim, attack, toponyms) else -0.2


def _describes(claim: Claim, attack: Attack, toponyms: Sequence[Toponym]) -> bool:
    """Say whether one tells as its place what the other has around its own: "north of Raqqa", "in X north of Raqqa"."""
    mine, theirs = toponyms[claim.targets[0]].place, toponyms[attack.target or 0].place
    around = {toponyms[i].place.name for i in claim.region}
    told = {toponyms[i].place.name for other in attack.claims for i in other.region}
    return (theirs.name in around and theirs.offset is not None) or (mine.name in told and mine.offset is not None)


def _lies_that_way(toponym: Toponym, side: Placement, other: Placement) -> bool:
    """Say whether a place may be what another claim only tells by its side: "north of Baghdad", and a town there."""
    offset = toponym.place.offset
    if offset is None or offset.bearing is None or offset.inside or offset.distance_km is not None:
        return False
    if side.lon is None or side.lat is None or other.lon is None or other.lat is None:
        return False
    lon, lat = move(side.lon, side.lat, offset.bearing, _THAT_WAY_KM)
    return distance_km(lon, lat, other.lon, other.lat) <= _THAT_WAY_KM * 1.2


def _has_other_doer(attack: Attack, claim: Claim) -> bool:
    """Say whether a claim names who did it, and nobody said the same of the attack."""
    if claim.initiator is None or claim.initiator_basis in (None, "near", "origin", "own"):
        return False
    if (claim.initiator.actor_id or GENERIC).startswith(GENERIC):
        return False  # "a terrorist attack" names nobody
    known = {c.initiator.actor_id for c in attack.claims if c.initiator is not None}
    return claim.initiator.actor_id not in known


def _adds_only_words(attack: Attack, claim: Claim) -> bool:
    """Say whether a claim brings nothing that would make it an attack of its own: no day, no toll, no turn."""
    if claim.anew or _side_by_side(attack, claim) or _has_other_doer(attack, claim):
        return False
    if claim.event_type is None and claim.wounded is not None and claim.killed is None:
        return False  # "a civilian was wounded in X, too"
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
    if gap <= _TOLD_WITHIN and _is_told_later(attack, claim):
        return 0.2
    named = attack.when.precision == claim.when.precision == "day" and "definite" not in claim.signs
    return -2.0 if gap == 1 and not named else None


def _is_told_later(attack: Attack, claim: Claim) -> bool:
    """Say whether one day is only that of a statement and the other comes before it."""
    if claim.when is None or attack.when is None or claim.when_said == attack.when_said:
        return False
    said, done = (claim.when, attack.when) if claim.when_said else (attack.when, claim.when)
    return done.end < said.start


def _dates_something_else(attack: Attack, claim: Claim) -> bool:
    """Say whether a wide date of attacks not pointed to comes too late to date the news an article began with."""
    if claim.when is None or attack.when is not None or attack.claims[0].sentence or attack.claims[0].background:
        return False
    looked_back = {"court", "anniversary", "talks"} & set(attack.claims[0].signs)
    return not looked_back and length(claim.when) >= _WIDE_SPAN


def _fit_toll(attack: Attack, claim: Claim) -> float:
    known = next((c.killed for c in attack.claims if c.killed is not None), None)
    if claim.killed is None or known is None:
        return 0.0
    return 0.4 if claim.killed.best == known.best else -0.4
