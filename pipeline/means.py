"""With what an attack was carried out and what it hit."""

from dataclasses import replace

from pipeline.annotate import LONGEST_NUMBER, Notes
from pipeline.attack_type import AttackType, weapon_types
from pipeline.clauses import Clause
from pipeline.lexicon import Match
from pipeline.numbers import NumberMention
from pipeline.records import Claim, Count, Mention

_SOURCE_REACH = 3  # tokens between a word of speech and who speaks
_IMPLIED_WEAPONS = {  # the word that tells such an attack names its weapon
    "airstrike": "airstrike",
    "artillery_shelling": "artillery",
    "rocket_or_missile": "rocket",
    "drone": "drone",
    "ied_or_mine": "ied",
}


def with_weapon(notes: Notes, clause: Clause, claim: Claim, attack: AttackType | None) -> Claim:
    """Add the weapon and how many of it."""
    weapon = attack.weapon if attack is not None else None
    if weapon is None and attack is None:
        weapon = next(notes.within("weapon", clause.first, clause.last), None)
    if weapon is None:
        implied = _IMPLIED_WEAPONS.get(claim.event_type or "")
        return claim if implied is None else replace(claim, weapon=implied, weapon_mention=claim.trigger)
    return replace(
        claim,
        weapon=weapon.value,
        weapon_mention=notes.text.mention(weapon.first, weapon.last),
        weapon_count=_weapon_count(notes, weapon.first, weapon.last) or _count_elsewhere(notes, clause, weapon),
    )


def _count_elsewhere(notes: Notes, clause: Clause, weapon: Match) -> Count | None:
    """Count told with another mention of a weapon of that kind in the clause («هجوما بعشرة صواريخ»)."""
    kind = weapon_types().get(weapon.value)
    for other in notes.within("weapon", clause.first, clause.last):
        if weapon_types().get(other.value) == kind and (count := _weapon_count(notes, other.first, other.last)):
            return count
    return None


def _weapon_count(notes: Notes, first: int, last: int) -> Count | None:
    for number in notes.numbers_in(first - LONGEST_NUMBER, last + 1):
        if number.kind == "count" and 0 <= first - number.last <= 1 and not _is_year(notes, number):
            return Count(number.best, number.low, number.high, notes.text.mention(number.first, last))
        if number.kind == "count" and number.first == last and number.best <= 2:
            return Count(number.best, number.low, number.high, notes.text.mention(first, number.last))
    return None


def _is_year(notes: Notes, number: NumberMention) -> bool:
    """Say whether a number dates what follows ("a 2016 truck bombing"); "2,000 rockets" and "2000 rockets" count it."""
    written = notes.text.mention(number.first, number.last).text
    return written.isdigit() and 1900 <= number.best <= 2100 and number.best % 100 != 0


def with_target(notes: Notes, clause: Clause, claim: Claim, trigger: int) -> Claim:
    """Add what was hit, best behind the word at token ``trigger`` that tells the attack."""
    doer = claim.initiator.mention if claim.initiator is not None else None
    taken = (doer, claim.weapon_mention)  # neither "gunmen" nor the car of a car bomb is what was hit
    named = [
        match
        for match in notes.within("target", clause.first, clause.last)
        if not any(_overlaps(notes, match, mention) for mention in taken)
        and not _is_subject(notes, match)
        and not _is_source(notes, match)
    ]
    after = [m for m in named if m.first > trigger]
    match = next(iter(after or named), None)
    if match is None:
        return replace(claim, target=claim.hit.mention if claim.hit else None)
    return replace(claim, target=notes.text.mention(match.first, match.last), target_id=match.value)


def _is_source(notes: Notes, match: Match) -> bool:
    """Say whether somebody named speaks: «وفق ما قاله متطوعون», «بحسب مصدر في مشفى», "a medic said"."""
    before = max(0, match.first - _SOURCE_REACH)
    if notes.has("source", before, match.first) or notes.has("cue:speech", before, match.first):
        return not notes.has("trigger", before, match.first)
    return notes.language.order == "svo" and notes.at("cue:speech", match.last) is not None


def _is_subject(notes: Notes, match: Match) -> bool:
    """Say whether armed men directly behind a verb are its subject: «قتل مسلحون مجهولون ضابطا»."""
    verb = notes.ending("trigger", match.first)
    if verb is None or notes.trigger(verb).form != "verb" or notes.language.order != "vso":
        return False
    return notes.at("cue:gunmen", match.first) is not None


def _overlaps(notes: Notes, match: Match, mention: Mention | None) -> bool:
    words = notes.text.mention(match.first, match.last)
    return mention is not None and words.start < mention.end and mention.start < words.end
