"""Decide what kind of attack a clause reports from its triggers and weapons."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.annotate import Notes
from pipeline.lexicon import Match

_DATA = Path(__file__).resolve().parent.parent / "data"
_ON_THE_GROUND = frozenset({"armed_clash", "arrest_raid"})
_SPECIFIC = ("suicide_bombing", "interception", "abduction")
_SUBJECT_REACH = 2  # tokens between what was fired and the verb
_OBJECT_REACH = 5  # tokens between "destroyed" and what was
_FIRED_FROM_AFAR = frozenset({"rocket_or_missile", "artillery_shelling", "airstrike", "drone"})
_SUFFERED = 12  # tokens from "came under" to what somebody came under
_HEADS = frozenset({"attack", "projectile", "carry", "suffer"})


@dataclass(frozen=True, slots=True)
class AttackType:
    """The kind of attack, the word it rests on and the weapon used."""

    event_type: str
    trigger: Match
    weapon: Match | None


@lru_cache(maxsize=1)
def weapon_types() -> Mapping[str, str]:
    """Event type each weapon of ``data/weapons.csv`` implies."""
    with (_DATA / "weapons.csv").open(encoding="utf-8", newline="") as file:
        return {row["weapon_id"]: row["event_type"] for row in csv.DictReader(file)}


def decide_type(notes: Notes, first: int, last: int) -> AttackType | None:
    """Kind of the attack told in tokens [first, last); None when no attack is told there."""
    heads = [m for m in notes.within("trigger", first, last) if notes.trigger(m).kind in _HEADS]
    heads = [m for m in heads if not _only_referred_to(notes, m) and not is_purpose(notes, m.first)] or heads
    weapons = [m for m in notes.within("weapon", first, last) if not is_only_hit(notes, m, heads, first)]
    weapon = _main_weapon(notes, weapons, heads, first)
    typed = [(notes.trigger(m).event_type, m) for m in heads if notes.trigger(m).kind == "attack"]
    for wanted in _SPECIFIC:
        for event_type, match in typed:
            if event_type == wanted and (not notes.trigger(match).weak or _shoots_down(weapon)):
                if wanted == "interception" and _is_told_before(notes, heads, match):
                    continue
                return AttackType(wanted, match, weapon)
    for event_type, match in typed:
        if (
            event_type
            and event_type != "bombardment"
            and event_type != "interception"
            and not notes.trigger(match).weak
        ):
            refined = _refine(
                event_type, weapon, strike=match.value == "strike", fired=_is_what_was_fired(weapon, match)
            )
            return AttackType(refined, match, weapon)
    for event_type, match in typed:
        if event_type == "bombardment":
            airborne = weapon is None and notes.has("cue:aircraft", first, last)
            return AttackType("airstrike" if airborne else _bombardment(weapon), match, weapon)
    by_weapon = _by_weapon(notes, heads, typed, weapon) or harmed_by(notes, first, last)
    struck = by_weapon is not None and weapon is None and by_weapon.event_type not in _ON_THE_GROUND
    if by_weapon is not None and struck and notes.has("cue:aircraft", first, last):
        return AttackType("airstrike", by_weapon.trigger, None)
    return by_weapon


def harmed_by(notes: Notes, first: int, last: int) -> AttackType | None:
    """«قتلت قذيفة طفلا», "a mine wounded three": the weapon is the doer of a verb of harm."""
    for harm in notes.within("trigger", first, last):
        if notes.trigger(harm).kind not in ("kill", "wound") or notes.trigger(harm).form != "verb":
            continue
        svo = notes.language.order == "svo"
        subject = harm.first - 1 if notes.ending("cue:was", harm.first) else harm.first  # "a mine had killed"
        weapon = notes.ending("weapon", subject) if svo else notes.at("weapon", harm.last)
        implied = weapon_types().get(weapon.value, "") if weapon is not None else ""
        if weapon is not None and implied and not weapon.prefix:
            return AttackType(implied, harm, weapon)
    return None


def _only_referred_to(notes: Notes, head: Match) -> bool:
    """«وسبق ذلك الهجوم ...»: the attack that another one came before is not the one told."""
    return head.definite and notes.has("cue:precede", max(0, head.first - 3), head.first)


def is_purpose(notes: Notes, first: int) -> bool:
    """Say whether an attack is only what something is for: «منصات لإطلاق صواريخ»; who comes under it suffers it."""
    opening = notes.text.sentences[notes.text.sentence_of(first)][0]
    before = (notes.trigger(m).kind for m in notes.within("trigger", max(opening, first - _SUFFERED), first))
    return notes.has("cue:purpose", max(opening, first - 2), first + 1) and "suffer" not in before


def _is_told_before(notes: Notes, heads: list[Match], match: Match) -> bool:
    """Say whether an attack or a launch was told before its interception: then the attack is the event."""
    before = [notes.trigger(head) for head in heads if head.first < match.first]
    return any(
        trigger.kind in ("attack", "projectile") and trigger.event_type != "interception" and not trigger.weak
        for trigger in before
    )


def _is_what_was_fired(weapon: Match | None, head: Match) -> bool:
    """Say whether a weapon stands as the subject of a verb of firing ("three rockets were fired at")."""
    return weapon is not None and 0 <= head.first - weapon.last <= _SUBJECT_REACH


def is_only_hit(notes: Notes, weapon: Match, heads: list[Match], first: int) -> bool:
    """Say whether a weapon is what an attack hit ("destroyed a car bomb"), not what it was carried out with."""
    if any(head.first <= weapon.first < head.last for head in heads) or _is_instrument(notes, weapon, first):
        return False
    before = [head for head in heads if head.last <= weapon.first]
    if not before:
        return False
    head = before[-1]
    trigger = notes.trigger(head)
    destroyed = notes.has("cue:destroy", max(first, weapon.first - _OBJECT_REACH), weapon.first)
    if trigger.kind == "suffer" and notes.language.order == "svo":
        return False  # "came under attack from drones"
    if trigger.event_type == "interception" or (trigger.kind == "projectile" and not destroyed):
        return False  # what was shot down is the weapon of the attack that failed
    aimed = destroyed or notes.has("cue:against", head.last, weapon.first)
    if trigger.form == "noun":
        return aimed
    beside = weapon.first - head.last <= 1 and notes.language.order == "vso" and not destroyed
    return not beside  # after the verb stands its subject in one order of words, its object in the other


def _is_instrument(notes: Notes, weapon: Match, first: int) -> bool:
    joined = weapon.prefix[-1:] in notes.language.locative_prefixes and bool(weapon.prefix)
    return joined or notes.has("cue:with", max(first, weapon.first - 3), weapon.first)


def _main_weapon(notes: Notes, weapons: list[Match], heads: list[Match], first: int) -> Match | None:
    """The weapon nearest to the word that tells the attack; a general word gives way to a specific one."""
    if not weapons:
        return None
    if not heads:
        return weapons[0]
    head = next((h for h in heads if notes.trigger(h).kind == "attack"), heads[0])
    fired = [w for w in weapons if w.last <= head.first and _is_what_was_fired(w, head)]
    if fired and notes.trigger(head).event_type == "ambush_or_assassination":
        return fired[0]  # «دبابة فتحت النار»
    if notes.trigger(head).event_type == "airstrike":  # «غارة جوية بطائرة مسيرة»: what it was carried out with
        means = [w for w in weapons if w.first >= head.last and _is_instrument(notes, w, first)]
        weapons = means or weapons
    return min(weapons, key=lambda weapon: (_distance(weapon, head), weapon.first))


def _distance(weapon: Match, head: Match) -> int:
    if weapon.first >= head.first:
        return max(0, weapon.first - head.last)
    return head.first - weapon.last + 1


def _shoots_down(weapon: Match | None) -> bool:
    return weapon is not None and weapon_types().get(weapon.value) in ("drone", "rocket_or_missile")


def _refine(event_type: str, weapon: Match | None, *, strike: bool, fired: bool) -> str:
    implied = weapon_types().get(weapon.value, "") if weapon is not None else ""
    if event_type == "ambush_or_assassination" and fired and implied in _FIRED_FROM_AFAR:
        return implied
    if event_type == "airstrike" and implied == "drone":
        return "drone"
    if event_type == "airstrike" and strike and implied in ("rocket_or_missile", "artillery_shelling"):
        return implied
    if event_type == "ied_or_mine" and implied in ("suicide_bombing",):
        return implied
    return event_type


def _bombardment(weapon: Match | None) -> str:
    implied = weapon_types().get(weapon.value, "") if weapon is not None else ""
    return implied if implied in ("drone", "airstrike", "rocket_or_missile", "artillery_shelling") else "bombardment"


def _by_weapon(
    notes: Notes, heads: list[Match], typed: list[tuple[str, Match]], weapon: Match | None
) -> AttackType | None:
    implied = weapon_types().get(weapon.value, "") if weapon is not None else ""
    weak = next(((kind, match) for kind, match in typed if kind and kind != "interception"), None)
    generic = next((match for kind, match in typed if not kind), None)
    suffers = next((m for m in heads if notes.trigger(m).kind == "suffer"), None)
    projectile = next((m for m in heads if notes.trigger(m).kind == "projectile"), None)
    if implied:
        head = generic or (weak[1] if weak else None) or suffers or projectile
        return AttackType(implied, head, weapon) if head is not None else None
    if weak is not None:
        return AttackType(weak[0], weak[1], weapon)
    if generic is not None and not notes.trigger(generic).weak:
        armed = notes.has("cue:gunmen", heads[0].first - 6, heads[-1].last + 6)
        return AttackType("ambush_or_assassination" if armed else "", generic, weapon)
    if generic is not None or suffers is not None:
        return AttackType("weak", generic or suffers or heads[0], weapon)
    return None
