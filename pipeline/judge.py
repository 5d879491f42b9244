"""Is it an attack at all, and did it happen: time status of what a clause says, and the signs for and against it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import fsum
from pathlib import Path

from geo.place import Placement
from pipeline.annotate import Notes
from pipeline.attack_type import AttackType, is_purpose
from pipeline.clauses import Clause
from pipeline.records import Claim

_DOUBTS = (
    "habitual",
    "total",
    "accident",
    "exercise",
    "space",
    "sport",
    "cyber",
    "court",
    "crime",
    "figurative",
    "arms_find",
    "business",
    "culture",
    "talks",
    "anniversary",
)
_TOPICS = (
    "exercise",
    "space",
    "sport",
    "cyber",
    "figurative",
    "court",
    "crime",
    "business",
    "culture",
    "accident",
    "arms_find",
    "talks",
)
_PLANNED = frozenset(
    {"ied_or_mine", "suicide_bombing", "abduction", "ambush_or_assassination"}
)  # foiled, none happened
_DID_IT = frozenset({"subject", "by", "adjective"})
NO_PLACE = "no_place"
_SEVERAL = 3  # different words on one subject that make it a subject of the article
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
    if notes.has("cue:hypothetical", start, last) and not _gives_day_and_toll(notes, clause):
        return "hypothetical"
    if notes.has("cue:threat", notes.text.sentences[clause.sentence][0], first) and not _is_told_as_done(notes, clause):
        return "hypothetical"
    if is_purpose(notes, first) and not _names_casualties(notes, clause):
        return "hypothetical"
    undone = next(notes.within("cue:not_done", max(clause.first, first - 4), first), None)
    if undone is not None and not notes.has("cue:claim", undone.last, first):
        return "denied"
    if notes.has("cue:denial", clause.first, first):
        return "denied"
    return "actual"


def _is_told_as_done(notes: Notes, clause: Clause) -> bool:
    """Say whether a clause gives a day or a toll: then a threat before it does not make it one."""
    hurt = any(notes.trigger(m).kind in ("kill", "wound") for m in notes.within("trigger", clause.first, clause.last))
    return hurt or any(clause.first <= d.first < clause.last for d in notes.dates)


def _gives_day_and_toll(notes: Notes, clause: Clause) -> bool:
    """Say whether a clause dates what it tells and counts who was hurt: a mere possibility has no figures."""
    if not any(d.expression.has_day and not d.expression.since for d in notes.dates_in(clause.first, clause.last)):
        return False
    hurt = [m for m in notes.within("trigger", clause.first, clause.last) if notes.trigger(m).kind in ("kill", "wound")]
    return any(n.kind == "count" for m in hurt for n in notes.numbers_in(m.last, min(m.last + 3, clause.last)))


def weigh(signs: Iterable[str]) -> float:
    """Sum what the signs are worth; an attack of at least 0 is told (``data/weights.toml``).

    The sum is exact to the millionth, so that the order of the signs never decides what stands at 0.
    """
    weights = load_weights()
    return round(fsum([weights["bias"], *(weights.get(sign, 0.0) for sign in set(signs))]), 6)


def find_signs(
    notes: Notes,
    clause: Clause,
    claim: Claim,
    attack: AttackType | None,
    placements: Sequence[Placement],
    subjects: Sequence[str],
) -> tuple[str, ...]:
    """Name the signs that a clause reports an attack, and those against it; ``subjects`` are the article's topics."""
    signs = _trigger_signs(notes, claim, attack)
    signs += _filled(notes, clause, claim)
    if not claim.killed and not claim.wounded and _names_casualties(notes, clause):
        signs.append("casualty_word")
    signs.extend(place_signs(claim, placements))
    if _is_open_ended(notes, clause):
        signs.append("open_ended")
    if clause.sentence and not claim.now and _is_in_the_present(notes, clause):
        signs.append("present_tense")
    if claim.event_type in _PLANNED and notes.has("cue:foiled", clause.first, clause.last):
        signs.append("foiled")
    if _is_mere_blast(claim, signs) and notes.has("cue:industrial", clause.first, clause.last):
        signs.append("industrial_blast")
    sentence = notes.text.sentences[clause.sentence]
    for cue in _DOUBTS:
        if notes.has(f"cue:{cue}", clause.first, clause.last):
            signs.append(cue)
        elif notes.has(f"cue:{cue}", *sentence):
            signs.append(f"{cue}_in_sentence")
    signs.extend(f"{topic}_in_article" for topic in subjects)
    return tuple(signs)


def _is_mere_blast(claim: Claim, signs: Sequence[str]) -> bool:
    """Say whether a blast is all that is told: no bomb, and nobody who set it off ("militants blew up a pipeline")."""
    no_bomb = claim.weapon_mention in (None, claim.trigger) and "weak_trigger" in signs
    return no_bomb and claim.event_type == "ied_or_mine" and claim.initiator_basis not in _DID_IT


def _is_in_the_present(notes: Notes, clause: Clause) -> bool:
    """Say whether a verb tells what goes on, not what went on («كانت تستهدف», "was shelling")."""
    now = notes.within("cue:present", clause.first, clause.last)
    return any(notes.ending("cue:was", match.first) is None for match in now)


def topics(notes: Notes) -> list[str]:
    """What else an article is about: a subject named at its head, or named by several words."""
    found = []
    head = notes.text.sentences[min(1, len(notes.text.sentences) - 1)][1] if notes.text.sentences else 0
    for topic in _TOPICS:
        matches = notes.matches.get(f"cue:{topic}", ())
        if (
            any(match.first < head for match in matches)
            or len({notes.text.tokens[m.first].text for m in matches}) >= _SEVERAL
        ):
            found.append(topic)
    return found


def _trigger_signs(notes: Notes, claim: Claim, attack: AttackType | None) -> list[str]:
    if attack is None:
        return ["toll_alone"]
    trigger = notes.trigger(attack.trigger)
    weak = trigger.weak or attack.event_type == "weak"
    signs = [
        "weak_trigger" if weak else "typed_trigger" if trigger.event_type else "trigger",
        f"is_{claim.event_type or 'untyped'}",
    ]
    if trigger.form == "verb":
        signs.append("verb")
    whole = claim.initiator is not None and claim.target is not None  # "they had struck its positions"
    if weak and attack.weapon is None and not whole:
        signs.append("bare_weak_trigger")
    if attack.trigger.definite:
        signs.append("definite")
    return signs


def _filled(notes: Notes, clause: Clause, claim: Claim) -> list[str]:
    """Name the parts a claim fills in."""
    hurt = (claim.killed and claim.killed.best) or (claim.wounded and claim.wounded.best)
    parts = {
        "weapon": claim.weapon_mention is not None and claim.weapon_mention != claim.trigger,
        "weapon_count": claim.weapon_count is not None,
        "casualties": bool(hurt),
        "no_casualties": not hurt and (claim.killed is not None or claim.wounded is not None),
        "day": _names_day(notes, clause) if claim.when is None else claim.when.precision in ("day", "range"),
        "vague_date": claim.when is not None and claim.when.precision not in ("day", "range"),
        "actor": claim.initiator is not None,
        "target": claim.target is not None,
        "attribution": claim.attribution is not None,
        "anew": claim.anew,
        "carried_out": "carry" in {notes.trigger(m).kind for m in notes.within("trigger", clause.first, clause.last)},
        "background": claim.background,
    }
    return [name for name, filled in parts.items() if filled]


def _names_day(notes: Notes, clause: Clause) -> bool:
    """Say whether a day is named that cannot be counted to: "on Sunday", and nobody knows when that was written."""
    named = (d.expression for d in notes.dates_in(clause.first, clause.last))
    unknown = notes.article.published_at is None
    return unknown and any(expression.has_day and not expression.since for expression in named)


def _is_open_ended(notes: Notes, clause: Clause) -> bool:
    """Say whether the clause speaks of a stretch of time ("for months", "since March"), not of a day."""
    return any(date.expression.since for date in notes.dates_in(clause.first, clause.last))


def _names_casualties(notes: Notes, clause: Clause) -> bool:
    return any(notes.trigger(m).kind in ("kill", "wound") for m in notes.within("trigger", clause.first, clause.last))


def place_signs(claim: Claim, placements: Sequence[Placement]) -> list[str]:
    """Name how well the place of a claim is known."""
    if not claim.targets:
        return [NO_PLACE]
    placement = placements[claim.targets[0]]
    extent = placement.extent_km
    if extent is None:
        return ["unknown_place"]
    if extent <= 40:
        return ["narrow_place"]
    return ["country"] if placement.precision == "country" else ["area"]
