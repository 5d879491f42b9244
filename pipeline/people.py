"""Read people out of the words at one place: a number of them, two in one word, one, or one by name."""

from pipeline.annotate import LONGEST_NUMBER, Notes
from pipeline.lexicon import Match
from pipeline.numbers import NumberMention
from pipeline.records import Count, Mention

_ENDS = frozenset(",;:.()،؛")
_ARTICLE_REACH = 8  # tokens between "a" and who is meant: "a 17-year-old Palestinian boy"
_COUNTED = ("cue:person", "cue:two_people", "cue:other_people")
_POINTING = (("cue:another_one", 1, 1), ("cue:kin_two", 2, 0), ("cue:kin", 1, 0))  # and how far behind the word
_THINGS = ("weapon", "cue:distance", "cue:time_unit", "cue:thing")


def counts_people(notes: Notes, number: NumberMention, stop: int, *, beside: bool = False) -> bool:
    """Say whether a number counts people: a person word follows, or nothing that could be counted.

    Parameters
    ----------
    beside
        Whether the number stands right behind a word of harm: then whatever it counts was harmed, unless a thing.
    """
    index = number.last
    if index >= stop or index >= len(notes.text.tokens):
        return True
    for position in range(index, min(index + (5 if notes.language.capitals else 3), stop)):
        if position > index and notes.text.tokens[position].raw in _ENDS:
            break
        if any(notes.at(category, position) for category in _COUNTED):
            return True
        if any(notes.at(category, position) for category in _THINGS):
            return False
    told = ("actor", "target", "trigger", "cue:preposition", "cue:part_of", "cue:adverb")
    if beside or notes.text.tokens[index].kind == "punct" or any(notes.at(category, index) for category in told):
        return True
    return bool(notes.language.lexicon.morphology.article) and _begins_joined(notes, index)


def _begins_joined(notes: Notes, index: int) -> bool:
    variants = notes.language.lexicon.morphology.variants(notes.text.tokens[index].text)
    return any(variant.prefix for variant in variants)


def joins(notes: Notes, match: Match) -> bool:
    """Say whether "and" is a joined letter of the first word of a match."""
    return bool(match.prefix) and match.prefix[0] in notes.language.coordinators


def number_joins(notes: Notes, number: NumberMention) -> bool:
    """Say whether "and" is a joined letter of a number's first word («وثلاثة»)."""
    return _joined_letter(notes, number) in notes.language.coordinators


def number_is_put_at(notes: Notes, number: NumberMention) -> bool:
    """Say whether "at" is a joined letter of a number's first word («بنحو 12»)."""
    return _joined_letter(notes, number) in notes.language.locative_prefixes


def _joined_letter(notes: Notes, number: NumberMention) -> str:
    text = notes.text.tokens[number.first].text
    prefix, _ = notes.language.number_words.starts.get(text, ("", ""))
    if not prefix and text not in notes.language.number_words.starts:  # a word that bounds it: «وأكثر من ثلاثة»
        prefix = text[:1] if number.first != number.number[0] else ""
    return prefix[:1]


def number_at(notes: Notes, index: int) -> NumberMention | None:
    """The number that counts something and begins at a token."""
    return next((n for n in notes.numbers_in(index, index + 1) if n.kind == "count"), None)


def from_number(notes: Notes, number: NumberMention, word: Match) -> Count | None:
    """Make a count of a number and the people behind it; None where it names no figure ("dozens")."""
    if number.bound == "vague":
        return None
    person = notes.at("cue:person", number.last)
    end = person.last if person is not None else number.last
    return Count(number.best, number.low, number.high, _span(notes, word, number.first, end))


def people_at(notes: Notes, index: int, word: Match) -> Count | None:
    """Read people without a number at a token, harmed according to ``word``: «جنديان», "a man", «القائد فلان»."""
    for category, value in (("cue:two_people", 2), ("cue:one_person", 1)):
        match = notes.at(category, index)
        if match is not None and _stands_for_itself(notes, match, value, word):
            return Count(value, value, value, _span(notes, word, match.first, match.last))
    one = notes.at("cue:one", index)
    found = _one_of(notes, one, word) if one is not None else None
    if found is not None:
        return found
    for category, value, reach in _POINTING:
        match = notes.at(category, index)
        if match is not None and index <= word.last + reach:
            return Count(value, value, value, _span(notes, word, match.first, match.last))
    return _by_name(notes, index, word)


def _stands_for_itself(notes: Notes, match: Match, value: int, word: Match) -> bool:
    """Say whether a word for one or two people is no counted noun, no adjective and nothing told of before."""
    before = notes.numbers_in(match.first - LONGEST_NUMBER, match.first)
    if any(number.last == match.first for number in before):
        return False
    if value == 2:
        return True
    if notes.language.capitals:
        near = range(max(match.first - 3, 0), match.first)
        if any(notes.at("cue:one", i) for i in near):
            return True
        return not match.suffixed and word.last < match.first and any(_points(notes, i) for i in near if i >= word.last)
    if notes.at("cue:describing", match.first) is not None and match.first > word.last:
        return False
    if match.suffixed:
        return False
    return not match.definite or match.last > match.first + 1 or _names_who(notes, match, word)


def _points(notes: Notes, index: int) -> bool:
    return notes.at("cue:the", index) is not None or notes.at("cue:possessive", index) is not None


def _names_who(notes: Notes, match: Match, word: Match) -> bool:
    """«وتوفي الطفل»: one named by what he is right behind a verb or noun that tells of harm."""
    return match.first == word.last and not match.suffixed and not is_person_noun(notes, word)


def is_person_noun(notes: Notes, word: Match) -> bool:
    """Say whether a word of harm itself names those harmed: «قتلى», "casualties"."""
    return notes.at("cue:harmed_people", word.first) is not None


def _one_of(notes: Notes, one: Match, word: Match) -> Count | None:
    """«أحد الجنود», "a young man"."""
    if not notes.language.capitals:
        if notes.at("cue:person", one.last) is None:
            return None
        return Count(1, 1, 1, _span(notes, word, one.first, one.last + 1))
    for position in range(one.last, one.last + _ARTICLE_REACH):
        person = notes.at("cue:one_person", position)
        if notes.at("trigger", position) is not None and person is None:
            break
        if person is not None and (not person.suffixed or notes.at("cue:genitive", one.last) is not None):
            return Count(1, 1, 1, _span(notes, word, one.first, person.last))
        if position < len(notes.text.tokens) and notes.text.tokens[position].raw in _ENDS:
            break
    return None


def _by_name(notes: Notes, index: int, word: Match) -> Count | None:
    if index > word.last + 1 or notes.at("cue:preposition", index) is not None or is_person_noun(notes, word):
        return None
    name = notes.at("cue:given_name", index) or notes.at("cue:title", index)
    return Count(1, 1, 1, _span(notes, word, name.first, name.last)) if name is not None else None


def _span(notes: Notes, word: Match, first: int, last: int) -> Mention:
    return notes.text.mention(min(word.first, first), max(word.last, last))
