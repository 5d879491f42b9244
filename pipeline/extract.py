"""Read claims out of clauses: what one clause says about one attack, with the words behind every part of it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from geo.fold import fold
from geo.place import Placement
from pipeline.annotate import Notes
from pipeline.attack_type import AttackType, decide_type
from pipeline.casualties import Casualties, count_casualties
from pipeline.claim_dates import Dated, dated_in, tell_day
from pipeline.clauses import Clause, cut_clauses
from pipeline.dates_after import dated_from_before
from pipeline.judge import NO_PLACE, find_signs, judge_status, place_signs, topics
from pipeline.lexicon import Match
from pipeline.means import with_target, with_weapon
from pipeline.parties import Parties, find_parties
from pipeline.party_signs import ARMED_GROUPS
from pipeline.records import Claim, Mention
from pipeline.roles import give_roles
from pipeline.stand_in import actor_kind
from pipeline.toponym import Toponym

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d$")
_REMEMBERED = 60  # claims, or names, back to which "the same base" may point
_KILLED_BY = frozenset({"by", "killer", "blamed", "claimed"})
_KILLING = "ambush_or_assassination"  # people killed by somebody, no word of how
_DID_IT = frozenset({"subject", "by", "killer", "claimed", "blamed"})
_OPENING = 4  # tokens
_POINTING_KINDS = frozenset(
    {"city", "town", "village", "camp", "base", "airport", "field", "port", "crossing", "region"}
)


def read_claims(
    notes: Notes, toponyms: Sequence[Toponym], placements: Sequence[Placement], dates: Sequence[Dated]
) -> list[Claim]:
    """Claims of an article in text order.

    Parameters
    ----------
    notes
        The article with everything marked in it.
    toponyms, placements
        Place names of the article and where each was placed; same length and order.
    dates
        Date mentions with the days they mean.
    """
    claims: list[Claim] = []
    subjects = topics(notes)
    for clause in cut_clauses(notes, list(toponyms)):
        claim = _read(notes, clause, toponyms, placements, dates, subjects)
        if claim is not None:
            claims.append(_from_context(notes, clause, claim, claims, toponyms, placements))
    return claims


def _from_context(
    notes: Notes,
    clause: Clause,
    claim: Claim,
    earlier: Sequence[Claim],
    toponyms: Sequence[Toponym],
    placements: Sequence[Placement],
) -> Claim:
    """Add what a clause says only by pointing back: "a day after ...", "at the same base"."""
    if claim.when is None:
        claim = dated_from_before(notes, clause.first, clause.last, claim, earlier)
    if not claim.targets and (
        notes.has("cue:same_place", clause.first, clause.last)
        or _names_kind_again(notes, clause)
        or _names_same_kind(notes, clause)
    ):
        claim = replace(claim, targets=_same_place(notes, clause, earlier, toponyms))
        if claim.targets:
            signs = (sign for sign in claim.signs if sign != NO_PLACE)
            claim = replace(claim, signs=(*signs, *place_signs(claim, placements)))
    elif claim.targets and placements[claim.targets[0]].lon is None and _names_kind_again(notes, clause):
        claim = replace(claim, region=(*claim.region, *_same_place(notes, clause, earlier, toponyms)))
    return claim


def _names_kind_again(notes: Notes, clause: Clause) -> bool:
    """Say whether a kind word alone points back to a place: «المخيم», "the base"."""
    for kind in notes.within("kind", clause.first, clause.last):
        if kind.value in _POINTING_KINDS and (kind.definite or notes.ending("cue:the", kind.first) is not None):
            return True
    return False


def _names_same_kind(notes: Notes, clause: Clause) -> bool:
    """Say whether a kind word is called the same as before: «المديرية ذاتها», «نفس الحي»."""
    kinds = notes.within("kind", clause.first, clause.last)
    return any(notes.at("cue:same", k.last) or notes.ending("cue:same", k.first) for k in kinds)


def _same_place(notes: Notes, clause: Clause, earlier: Sequence[Claim], toponyms: Sequence[Toponym]) -> tuple[int, ...]:
    """The place "the same base" points back to: the last one hit of that kind, else the last one hit."""
    recent = earlier[-_REMEMBERED:]
    targets = [other.targets[0] for other in reversed(recent) if other.targets]
    kinds = {match.value for match in notes.within("kind", clause.first, clause.last)}
    alike = [target for target in targets if toponyms[target].place.kind in kinds]
    here = bisect_left(toponyms, clause.first, key=lambda toponym: toponym.first)
    named = [i for i in reversed(range(max(0, here - _REMEMBERED), here)) if toponyms[i].place.kind in kinds]
    return tuple((alike or named or targets)[:1])


def _read(
    notes: Notes,
    clause: Clause,
    toponyms: Sequence[Toponym],
    placements: Sequence[Placement],
    dates: Sequence[Dated],
    subjects: Sequence[str],
) -> Claim | None:
    attack = decide_type(notes, clause.first, clause.last)
    casualties = _count(notes, clause, attack)
    if attack is None and casualties.killed is None and casualties.wounded is None:
        return _responsibility(notes, clause)
    trigger = _trigger_mention(notes, clause, attack)
    if trigger is None:
        return None
    parties = find_parties(notes, clause.first, clause.last)
    attack = _by_doer(notes, clause, attack, casualties, parties)
    doer = parties.initiator.mention if parties.initiator and parties.basis in _DID_IT else None
    roles = give_roles(notes, clause, toponyms, placements, trigger[0], doer)
    when = tell_day(notes, clause, dates, trigger[0])
    time, time_mention = _time_alone(notes, clause, dates)
    claim = Claim(
        sentence=clause.sentence,
        trigger=notes.text.mention(*trigger),
        event_type=None if attack is None else attack.event_type,
        targets=roles.targets,
        region=roles.region,
        origin=roles.origin,
        initiator=parties.initiator,
        initiator_basis=parties.basis,
        hit=parties.target,
        killed=casualties.killed,
        wounded=casualties.wounded,
        when=when.span,
        when_mention=when.mention,
        when_said=when.said,
        toll_risen=notes.has("cue:rises", clause.first, clause.last),
        time=time,
        time_mention=time_mention,
        attribution=_attribution(notes, clause),
        anew=_turns_to_another(notes, clause, trigger),
        now=_is_live(notes, clause),
        again=notes.has("cue:same_event", clause.first, clause.last),
        background=_is_background(notes, clause),
    )
    claim = with_weapon(notes, clause, claim, attack)
    claim = with_target(notes, clause, claim, trigger[0])
    claim = replace(claim, time_status=judge_status(notes, clause, trigger[0], trigger[1]))
    return replace(claim, signs=find_signs(notes, clause, claim, attack, placements, subjects))


def _count(notes: Notes, clause: Clause, attack: AttackType | None) -> Casualties:
    """Casualties of a clause; a sum over many attacks is the toll of none."""
    if attack is None and notes.has("cue:sum_of_many", clause.first, clause.last):
        return Casualties()
    return count_casualties(notes, clause.first, clause.last)


def _by_doer(
    notes: Notes, clause: Clause, attack: AttackType | None, casualties: Casualties, parties: Parties
) -> AttackType | None:
    """The kind of attack, seen by who did it: a killing where only a toll is told, no air strike by rebels."""
    if attack is None:
        killed_by = casualties.killed is not None and parties.basis in _KILLED_BY
        return _killing(notes, clause) if killed_by else None
    return _without_aircraft(notes, clause, attack, parties)


def _time_alone(notes: Notes, clause: Clause, dates: Sequence[Dated]) -> tuple[str | None, Mention | None]:
    """A time of day told without a day, or the clock that heads a line."""
    timed = next((d for d in dated_in(dates, clause) if d.span is None and d.time), None)
    if timed is not None:
        return timed.time, notes.text.mention(timed.first, timed.last)
    clock = _clock_at_head(notes, clause)
    return (None, None) if clock is None else (_hour(clock.text), clock)


def _without_aircraft(notes: Notes, clause: Clause, attack: AttackType, parties: Parties) -> AttackType:
    """What "rebels bombed" was blown up: they have no aircraft."""
    if attack.event_type != "airstrike" or attack.weapon is not None or parties.basis not in _DID_IT:
        return attack
    groups = parties.initiator is not None and actor_kind(parties.initiator.actor_id) in ARMED_GROUPS
    by_hand = groups and notes.trigger(attack.trigger).form == "verb"
    flown = notes.has("cue:aircraft", clause.first, clause.last)
    return replace(attack, event_type="ied_or_mine") if by_hand and not flown else attack


def _killing(notes: Notes, clause: Clause) -> AttackType | None:
    """People killed by somebody, told by the toll alone."""
    toll = _trigger_match(notes, clause)
    return None if toll is None else AttackType(_KILLING, toll, None)


def _turns_to_another(notes: Notes, clause: Clause, trigger: tuple[int, int]) -> bool:
    """Say whether words before the one that tells the attack turn to another attack."""
    if _clock_at_head(notes, clause) is not None:
        return True  # a line of a live report
    turned = notes.has("cue:new_event", clause.first, min(clause.last, trigger[1] + 3))
    return turned or notes.has("cue:response", clause.first, trigger[0] + 1)


def _is_live(notes: Notes, clause: Clause) -> bool:
    """Say whether a sentence is told as it happens: it says so, or a clock time heads it."""
    first, last = notes.text.sentences[clause.sentence]
    clocked = any(
        not d.expression.has_day and d.expression.hour is not None for d in notes.dates_in(first, min(first + 2, last))
    )
    return clocked or _clock_at_head(notes, clause) is not None or notes.has("cue:now", first, last)


def _clock_at_head(notes: Notes, clause: Clause) -> Mention | None:
    """The bare hour a line of a live report begins with: "14:30 ..."."""
    first, _ = notes.text.sentences[clause.sentence]
    return notes.text.mention(first, first + 1) if _CLOCK.match(notes.text.tokens[first].text) else None


def _hour(clock: str) -> str:
    hour, minute = fold(clock).split(":")
    return f"{int(hour):02}:{minute}"


def _is_background(notes: Notes, clause: Clause) -> bool:
    """Say whether the clause looks back: words such as "earlier", or a past perfect at its beginning."""
    opening = min(clause.last, clause.first + _OPENING)
    if notes.has("cue:background", clause.first, clause.last):
        return True
    reported = notes.language.order == "svo" and notes.has("cue:speech", clause.first, opening)
    return notes.has("cue:was", clause.first, opening) and not reported  # "said it had" is no earlier past


def _responsibility(notes: Notes, clause: Clause) -> Claim | None:
    """A clause that only says who claims the attack just told, or is blamed for it."""
    said = (next(notes.within(cue, clause.first, clause.last), None) for cue in ("cue:claim", "cue:blame"))
    claimed = next((match for match in said if match is not None), None)
    parties = find_parties(notes, clause.first, clause.last)
    if claimed is None or parties.initiator is None:
        return None
    mention = notes.text.mention(claimed.first, claimed.last)
    return Claim(clause.sentence, mention, None, initiator=parties.initiator, initiator_basis=parties.basis, again=True)


def _trigger_mention(notes: Notes, clause: Clause, attack: AttackType | None) -> tuple[int, int] | None:
    if attack is not None:
        return attack.trigger.first, attack.trigger.last
    match = _trigger_match(notes, clause)
    return None if match is None else (match.first, match.last)


def _trigger_match(notes: Notes, clause: Clause) -> Match | None:
    """The first word of a clause that tells of casualties."""
    told = notes.within("trigger", clause.first, clause.last)
    return next((match for match in told if notes.trigger(match).kind in ("kill", "wound", "hurt")), None)


def _attribution(notes: Notes, clause: Clause) -> Mention | None:
    for source in notes.within("source", clause.first, clause.last):
        return notes.text.mention(source.first, source.last)
    return None
