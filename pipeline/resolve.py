"""Turn attacks into events: ids, days, canonical parties, and the words behind every field."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.place import Placement
from pipeline.annotate import Notes
from pipeline.attack import Attack
from pipeline.records import Actor, Claim, Count, DateSpan, Event, Mention, PlaceMention
from pipeline.stand_in import actor_kind, actor_rows, name_party
from pipeline.toponym import Toponym
from pipeline.unite import settle_count

_RECENT = timedelta(days=2)
_ONE_BREATH = 3  # sentences
_BASES = {"claimed": "claimed", "blamed": "blamed", "origin": "blamed", "near": "suspected"}
_STATES = frozenset({"state_forces", "government", "coalition"})
_ARREST = "arrest_raid"
_UNTYPED = frozenset({"weak", "bombardment"})


def resolve_attack(
    notes: Notes, attack: Attack, toponyms: Sequence[Toponym], placements: Sequence[Placement], *, is_lead: bool
) -> Event:
    """Make the event of one attack.

    Parameters
    ----------
    is_lead
        Whether the article is about this attack: then a missing day is that of the publication or the one before.
    """
    claims = _by_weight(attack)
    when = _day(notes, attack, is_lead=is_lead)
    actor, basis = _initiator(claims, attack.event_type)
    country = placements[attack.target].country if attack.target is not None else None
    named = _named(notes, actor, country)
    if (
        named is not None
        and actor is not None
        and named.actor_id != actor.actor_id
        and attack.event_type == "interception"
    ):
        named = None  # "air defences": who shot it down is not who fired
    places = _places(attack, claims, toponyms)
    tolls = [*reversed([c for c in claims if c.toll_risen]), *(c for c in claims if not c.toll_risen)]
    killed, wounded = settle_count([c.killed for c in tolls]), settle_count([c.wounded for c in tolls])
    weapon = next((c for c in claims if c.weapon), None)
    target = next((c for c in claims if c.target), None)
    return Event(
        event_id=_event_id(notes, attack),
        article_id=notes.article.article_id,
        language=notes.language.code,
        event_type=_event_type(attack, claims, country),
        time_status=_status(notes, attack, when),
        when=when,
        places=places,
        actor_id=named.actor_id if named else None,
        actor=named.mention.text if named else None,
        actor_basis=basis if named else None,
        target=target.target.text if target and target.target else None,
        target_id=target.target_id if target else None,
        weapon=weapon.weapon if weapon else None,
        weapon_count=next((c.weapon_count for c in claims if c.weapon_count), None),
        killed=killed,
        wounded=wounded,
        attribution=next((c.attribution.text for c in claims if c.attribution), None),
        evidence=_evidence(attack, claims, named, places, killed, wounded),
    )


def share_doers(events: Sequence[Event], attacks: Sequence[Attack]) -> list[Event]:
    """Give an attack told in one breath with another of its kind the same doer, where none is named for it.

    "Near X, two strikes ...; near Y, one strike ...": the party named once is suspected of all.
    """
    shared: list[Event] = []
    for number, event in enumerate(events):
        if event.actor_id is None and number and _told_together(attacks[number - 1], attacks[number]):
            before = shared[-1]
            if before.actor_id is not None and before.event_type == event.event_type:
                evidence = event.evidence | {"actor": before.evidence["actor"]}
                event = replace(
                    event, actor_id=before.actor_id, actor=before.actor, actor_basis="suspected", evidence=evidence
                )
        shared.append(event)
    return shared


def _told_together(before: Attack, after: Attack) -> bool:
    first = after.claims[0]
    if first.sentence - before.sentence > _ONE_BREATH or first.initiator is not None:
        return False
    if before.when is None or after.when is None:
        return before.when == after.when
    return abs((before.when.start - after.when.start).days) <= 1


def _by_weight(attack: Attack) -> list[Claim]:
    head = attack.head
    return [head, *(claim for claim in attack.claims if claim is not head)]


def _event_id(notes: Notes, attack: Attack) -> str:
    first = attack.claims[0]
    target = first.targets[0] if first.targets else -1
    key = f"{notes.article.article_id}|{first.trigger.start}|{target}|{attack.event_type}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _event_type(attack: Attack, claims: Sequence[Claim], country: str | None) -> str:
    types = [claim.event_type for claim in claims if claim.event_type and claim.event_type not in _UNTYPED]
    actor, _ = _initiator(claims, attack.event_type)
    by_state = actor is not None and actor_kind(actor.actor_id) in _STATES
    if types:
        if "suicide_bombing" in types and "ied_or_mine" in types:
            return "suicide_bombing"
        dropped = (
            types[0] == "ied_or_mine"
            and claims[0].weapon == "ied"
            and (claims[0].weapon_mention != claims[0].trigger or _names_bombs(claims[0]))
        )
        return "airstrike" if dropped and by_state else types[0]  # the bombs of an army fall from the air
    if any(claim.event_type == "bombardment" for claim in claims):
        return "artillery_shelling"
    if by_state:
        return "armed_clash" if country is not None and _country(actor) == country else "airstrike"  # an army at home
    return "ambush_or_assassination" if actor is not None or any(c.killed or c.wounded for c in claims) else "other"


def _country(actor: Actor | None) -> str | None:
    row = actor_rows().get(actor.actor_id or "") if actor is not None else None
    return row["country"] or None if row is not None else None


def _names_bombs(claim: Claim) -> bool:
    """Say whether whose bombs they were stands right beside the word: "Israeli bombs hit the road"."""
    doer = claim.initiator.mention if claim.initiator is not None and claim.initiator_basis == "adjective" else None
    return doer is not None and 0 < max(claim.trigger.start - doer.end, doer.start - claim.trigger.end) <= 1


def _day(notes: Notes, attack: Attack, *, is_lead: bool) -> DateSpan | None:
    if attack.when is not None:
        return replace(attack.when, time=_time(attack))
    published = notes.article.published_at
    if published is None or not is_lead or all(claim.background for claim in attack.claims):
        return None
    if any(claim.now for claim in attack.claims):
        return DateSpan(published, published, "day", _time(attack))
    return DateSpan(published - timedelta(days=1), published, "range")


def _time(attack: Attack) -> str | None:
    """The time of day told; a clock time says more than a part of the day."""
    times = [attack.when.time if attack.when else None]
    times += [claim.when.time for claim in attack.claims if claim.when is not None]
    times += [claim.time for claim in attack.claims]
    told = [time for time in times if time]
    return next((time for time in told if time[0].isdigit()), told[0] if told else None)


def _status(notes: Notes, attack: Attack, when: DateSpan | None) -> str:
    if all(claim.time_status == "denied" for claim in attack.claims):
        return "denied"
    published: date | None = notes.article.published_at
    if when is not None and published is not None:
        return "historical" if when.end < published - _RECENT else "actual"
    return "historical" if when is None and any(claim.background for claim in attack.claims) else "actual"


def _initiator(claims: Sequence[Claim], event_type: str | None) -> tuple[Actor | None, str | None]:
    ranks = {
        "claimed": 0,
        "by": 1,
        "subject": 2,
        "adjective": 2,
        "blamed": 3,
        "own": 3,
        "origin": 4,
        "near": 5,
        "object": 6,
    }
    named = [c for c in claims if c.initiator is not None]
    if event_type != _ARREST:
        named = [c for c in named if c.event_type != _ARREST]  # who arrests afterwards is not who attacked
    if not named:
        return None, None
    best = min(named, key=lambda c: ranks.get(c.initiator_basis or "near", 4))
    basis = _BASES.get(best.initiator_basis or "", "stated")
    return best.initiator, basis


def _named(notes: Notes, actor: Actor | None, country: str | None) -> Actor | None:
    if actor is None:
        return None
    actor_id = name_party(notes, actor, country)
    return replace(actor, actor_id=actor_id) if actor_id is not None else None


def _places(attack: Attack, claims: Sequence[Claim], toponyms: Sequence[Toponym]) -> tuple[PlaceMention, ...]:
    places = []
    if attack.target is not None:
        places.append(replace(toponyms[attack.target].place, role="target"))
    origin = next((c.origin for c in claims if c.origin is not None), None)
    if origin is not None:
        places.append(replace(toponyms[origin].place, role="origin"))
    return tuple(places)


def _evidence(
    attack: Attack,
    claims: Sequence[Claim],
    actor: Actor | None,
    places: Sequence[PlaceMention],
    killed: Count | None,
    wounded: Count | None,
) -> dict[str, Mention]:
    head = claims[0]
    evidence: dict[str, Mention] = {"event_type": head.trigger}
    if actor is not None:
        evidence["actor"] = actor.mention
    for place in places:
        evidence["place_name" if place.role == "target" else "origin_name"] = place.mention
    when = next((c.when_mention for c in claims if c.when == attack.when and c.when_mention), attack.dated_by)
    for name, mention in (
        ("date_start", when),
        ("time", next((c.time_mention for c in claims if c.time is not None and c.time == _time(attack)), None)),
        ("weapon", next((c.weapon_mention for c in claims if c.weapon_mention), None)),
        ("weapon_count", next((c.weapon_count.mention for c in claims if c.weapon_count), None)),
        ("killed", killed.mention if killed else None),
        ("wounded", wounded.mention if wounded else None),
        ("target", next((c.target for c in claims if c.target), None)),
        ("attribution", next((c.attribution for c in claims if c.attribution), None)),
    ):
        if mention is not None:
            evidence[name] = mention
    return evidence
