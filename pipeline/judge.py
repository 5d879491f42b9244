"""Is it an attack at all, and did it happen: time status and weight of what a clause says."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from geo.place import Placement
from pipeline.annotate import Notes
from pipeline.attack_type import AttackType
from pipeline.clauses import Clause
from pipeline.records import Claim

_WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "weights.toml"


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """What each sign is worth, from ``data/weights.toml``."""
    with _WEIGHTS.open("rb") as file:
        return {key: float(value) for key, value in tomllib.load(file)["weights"].items()}


def judge_status(notes: Notes, clause: Clause, first: int, last: int) -> str:
    """Time status of the attack told at tokens [first, last): actual, future, hypothetical or denied."""
    start = max(clause.first, first - 6)
    if notes.has("cue:future", start, last):
        return "future"
    if notes.has("cue:hypothetical", start, last):
        return "hypothetical"
    if notes.has("cue:not_done", max(clause.first, first - 4), first):
        return "denied"
    if notes.has("cue:denial", clause.first, first):
        return "denied"
    return "actual"


def weigh(
    notes: Notes, clause: Clause, claim: Claim, attack: AttackType | None, placements: Sequence[Placement]
) -> float:
    """Sum of the signs that a clause reports an attack; compare with ``threshold`` of ``data/weights.toml``."""
    signs = _signs(notes, clause, claim, attack, placements)
    weights = load_weights()
    return sum(weights[sign] for sign in signs)


def _signs(
    notes: Notes, clause: Clause, claim: Claim, attack: AttackType | None, placements: Sequence[Placement]
) -> list[str]:
    signs = []
    if attack is not None:
        trigger = notes.trigger(attack.trigger)
        weak = trigger.weak or attack.event_type == "weak"
        signs.append("weak_trigger" if weak else "typed_trigger" if trigger.event_type else "trigger")
        if weak and claim.weapon is None:
            signs.append("bare_weak_trigger")
        if trigger.form == "verb":
            signs.append("verb")
    if claim.weapon is not None:
        signs.append("weapon")
    if claim.weapon_count is not None:
        signs.append("weapon_count")
    if (claim.killed and claim.killed.best) or (claim.wounded and claim.wounded.best):
        signs.append("casualties")
    elif claim.killed or claim.wounded or notes.has("trigger", clause.first, clause.last) and _names_casualties(notes, clause):
        signs.append("casualty_word")
    signs.extend(_place_signs(claim, placements))
    if claim.when is not None:
        signs.append("day" if claim.when.precision in ("day", "range") else "vague_date")
    if claim.initiator is not None:
        signs.append("actor")
    if claim.target is not None:
        signs.append("target")
    if claim.anew and not claim.background:
        signs.append("anew")
    if claim.when is None and _is_open_ended(notes, clause):
        signs.append("open_ended")
    if clause.sentence and notes.has("cue:present", clause.first, clause.last):
        signs.append("present_tense")
    if claim.weapon is None and claim.event_type == "ied_or_mine" and notes.has("cue:industrial", clause.first, clause.last):
        signs.append("industrial_blast")
    sentence = notes.text.sentences[clause.sentence]
    for cue in ("habitual", "total", "accident", "exercise", "space", "sport", "cyber", "court", "figurative", "arms_find"):
        if notes.has(f"cue:{cue}", clause.first, clause.last):
            signs.append(cue)
        elif notes.has(f"cue:{cue}", *sentence):
            signs.append(f"{cue}_in_sentence")
    return signs


def _is_open_ended(notes: Notes, clause: Clause) -> bool:
    """Say whether the clause speaks of a stretch of time ("for months", "since March"), not of a day."""
    return any(clause.first <= d.first < clause.last and d.expression.since for d in notes.dates)


def _names_casualties(notes: Notes, clause: Clause) -> bool:
    return any(notes.trigger(m).kind in ("kill", "wound") for m in notes.within("trigger", clause.first, clause.last))


def _place_signs(claim: Claim, placements: Sequence[Placement]) -> list[str]:
    if not claim.targets:
        return []
    extent = placements[claim.targets[0]].extent_km
    if extent is None or extent <= 40:
        return ["narrow_place"]
    return ["area"] if extent < 200 else ["country"]
