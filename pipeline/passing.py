"""Places a clause only names: where somebody flees, comes from or speaks, and capitals that stand for who acts."""

from collections.abc import Sequence

from pipeline.annotate import Notes
from pipeline.clauses import Clause
from pipeline.lexicon import Match
from pipeline.locate import lies_in
from pipeline.party_signs import name_strength
from pipeline.toponym import Toponym

_TAKING = frozenset({"arrest_raid", "abduction"})


def named_in_passing(notes: Notes, clause: Clause, toponyms: Sequence[Toponym], inside: Sequence[int]) -> set[int]:
    """Numbers of the toponyms only named, and of what they are said to lie in: who fled «من مدينة دوما في الغوطة».

    Parameters
    ----------
    inside
        Numbers of the toponyms that stand in the clause, in text order.
    """
    passed: set[int] = set()
    for number in inside:
        of_passed = number - 1 in passed and lies_in(notes, toponyms[number - 1], toponyms[number])
        if of_passed or _is_passed(notes, clause, toponyms[number]):
            passed.add(number)
    return passed


def _is_passed(notes: Notes, clause: Clause, toponym: Toponym) -> bool:
    """Say whether a place is only named: a street, a place somebody comes from, the place of a statement."""
    if toponym.place.kind == "street" or notes.has(
        "cue:seat", max(clause.first, toponym.outer_first - 3), toponym.first
    ):
        return True
    if notes.language.order == "svo" and _speaks(notes, toponym):
        return True
    if notes.language.order == "vso" and _acts(notes, toponym):
        return True
    if _is_headed_for(notes, clause, toponym):
        return True
    if notes.ending("cue:from", toponym.outer_first) is not None and toponym.place.offset is None:
        return not _takes_people(notes, clause)
    for first, last in clause.pieces:
        if first <= toponym.first < last:
            speech = notes.has("cue:speech", first, toponym.first)
            attack = notes.has("trigger", first, last)
            return speech and not attack
    return False


def _is_headed_for(notes: Notes, clause: Clause, toponym: Toponym) -> bool:
    """Say whether somebody goes, flees or is brought there; «نازحين في حي» are there already."""
    there = notes.language.order == "vso" and notes.ending("cue:within", toponym.outer_first) is not None
    return not there and notes.has("cue:heading", max(clause.first, toponym.outer_first - 3), toponym.outer_first)


def _speaks(notes: Notes, toponym: Toponym) -> bool:
    """Say whether a capital stands for those who speak: "Washington condemned the strikes"."""
    located = notes.ending("cue:locative", toponym.outer_first) or notes.ending("cue:preposition", toponym.outer_first)
    return located is None and any(notes.at(cue, toponym.last) for cue in ("cue:speech", "cue:reaction"))


def _acts(notes: Notes, toponym: Toponym) -> bool:
    """Say whether a state or its capital stands for those who act: «تتولى روسيا التفاوض», «قالت دمشق وموسكو»."""
    party = notes.at("actor", toponym.first)
    if toponym.outer_first != toponym.first or party is None or party.last != toponym.last:
        return False
    while party.prefix and party.prefix[-1] in notes.language.coordinators:
        before = notes.ending("actor", party.first)
        if before is None or name_strength(notes, before) != "metonym":
            break
        party = before
    return _is_acting(notes, party)


def _is_acting(notes: Notes, party: Match) -> bool:
    first = party.first
    if party.prefix.strip("".join(notes.language.coordinators)) or name_strength(notes, party) != "metonym":
        return False
    if notes.ending("trigger", first) is not None:
        return False
    if notes.ending("cue:relative", first - 1) is not None:
        return True  # «الهدنة التي رعتها موسكو»
    told = any(notes.ending(category, first) is not None for category in ("cue:speech", "cue:denial", "cue:announce"))
    opening, _ = notes.text.sentences[notes.text.sentence_of(first)]
    return told or (
        first == opening + 1 and notes.ending("cue:preposition", first) is None and not _is_led(notes, first)
    )


def _is_led(notes: Notes, index: int) -> bool:
    led = ("cue:locative", "cue:from", "cue:against", "cue:near", "kind", "direction", "weapon")
    return any(notes.ending(category, index) is not None for category in led)


def _takes_people(notes: Notes, clause: Clause) -> bool:
    """Say whether the clause tells of arrests or abductions: "from" then says where they were."""
    told = (notes.trigger(match).event_type for match in notes.within("trigger", clause.first, clause.last))
    return any(event_type in _TAKING for event_type in told)
