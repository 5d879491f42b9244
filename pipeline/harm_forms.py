"""Figures told by the form of a word of harm: «قتيلان», "was killed", "a wounded man", "the death toll rose to 12"."""

from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.people import counts_people, from_number, number_at, number_is_put_at
from pipeline.records import Count

_TOLD_BEFORE = 6  # tokens before "was killed" in which several may be told of
_TOLL_REACH = 14  # tokens between "the death toll" and "rose to 12"


def toll_behind(notes: Notes, word: Match, stop: int) -> Count | None:
    """The figure a word for the dead has behind it: «القتلى الخمسة», "the death toll rose to 12"."""
    number = number_at(notes, word.last)
    if number is not None and word.definite and notes.language.order == "vso":
        return from_number(notes, number, word)
    behind = notes.numbers_in(word.last, min(stop, word.last + _TOLL_REACH))
    put_at = next((n for n in behind if n.kind == "count" and number_is_put_at(notes, n)), None)
    if put_at is not None and counts_people(notes, put_at, stop):
        return from_number(notes, put_at, word)
    for reached in notes.within("cue:reaches", word.last, min(stop, word.last + _TOLL_REACH)):
        number = number_at(notes, reached.last)
        if number is not None and counts_people(notes, number, stop):
            return from_number(notes, number, word)
    return None


def one_by_form(notes: Notes, word: Match, start: int) -> Count | None:
    """Read one person out of the verb: "was killed", "was abducted and killed"."""
    first = word.first
    if notes.text.tokens[first - 1].text in notes.language.coordinators and first > start:
        before = notes.ending("trigger", first - 1)
        first = before.first if before is not None else first
    told = notes.at("cue:was_one", first) or notes.ending("cue:was_one", first)
    counted = [n for n in notes.numbers_in(max(start, first - _TOLD_BEFORE), first) if n.kind == "count"]
    if told is None or counted or notes.has("cue:several", start, first):
        return None
    return Count(1, 1, 1, notes.text.mention(told.first, word.last))


def word_counts(notes: Notes, word: Match) -> Count | None:
    """Read the figure in the word itself: «قتيل» is one, «قتيلان» are two."""
    for category, value in (("cue:two_casualties", 2), ("cue:one_casualty", 1)):
        match = notes.at(category, word.first)
        if match is not None and not match.definite:
            return Count(value, value, value, notes.text.mention(word.first, word.last))
    return None


def describes(notes: Notes, word: Match) -> bool:
    """Say whether a participle is an adjective: "the dead commander", "one wounded man"."""
    return notes.at("cue:adjective", word.first) is not None and notes.at("cue:person", word.last) is not None


def described(notes: Notes, word: Match, start: int) -> Count | None:
    """Those such an adjective describes: "a wounded man", "five wounded soldiers"; "the dead commander" is no news."""
    number = next(
        (n for n in notes.numbers_in(start, word.first) if n.kind == "count" and n.last >= word.first - 1), None
    )
    if number is not None:
        return from_number(notes, number, word)
    one = next(notes.within("cue:one", max(start, word.first - 2), word.first), None)
    person = notes.at("cue:one_person", word.last)
    if one is None or person is None or person.suffixed:
        return None
    return Count(1, 1, 1, notes.text.mention(one.first, person.last))
