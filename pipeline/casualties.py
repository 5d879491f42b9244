"""Read how many were killed and wounded: numbers, duals, a single person, "none" - and silence, which stays None."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.added_people import with_added
from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.numbers import NumberMention
from pipeline.records import Count, Mention

_NEAR = 9
_DUAL_REACH = 4  # «قتل في الاشتباكات جنديان»: a dual is plain enough to be read further away
_ENDS = frozenset(",;:.()،؛")
_REPORT_KINDS = ("kill", "wound", "hurt")


@dataclass(frozen=True, slots=True)
class Casualties:
    """Killed and wounded of one clause; None = the clause says nothing."""

    killed: Count | None = None
    wounded: Count | None = None


def count_casualties(notes: Notes, first: int, last: int) -> Casualties:
    """Read the casualties reported in tokens [first, last)."""
    words = list(iter_words(notes, first, last))
    counts: dict[str, Count] = {}
    for number, word in enumerate(words):
        kind = "kill" if notes.trigger(word).kills else notes.trigger(word).kind
        start = words[number - 1].last if number else first
        stop = words[number + 1].first if number + 1 < len(words) else last
        count = _count_at(notes, word, start, stop)
        if count is None:
            continue
        count = with_added(notes, count, word, stop)
        for name in ("kill", "wound") if kind == "hurt" else (kind,):
            known = counts.get(name)
            if known is None or (known.best == 0 and count.best):
                counts[name] = count
    return Casualties(counts.get("kill"), counts.get("wound"))


def _count_at(notes: Notes, word: Match, start: int, stop: int) -> Count | None:
    none = _none_reported(notes, word, start)
    if none is not None:
        return none
    trigger = notes.trigger(word)
    if trigger.kind == "hurt" or _is_negated(notes, word, start):
        return None
    if trigger.form == "noun" and (not word.prefix or word.prefix[0] not in notes.language.coordinators):
        direct = _number_before(notes, word, start)
        if direct is not None:
            return _from_number(notes, direct, word)
    itself = _word_counts(notes, word)
    if itself is not None:
        return itself
    if notes.language.order == "vso":
        if notes.ending("cue:relative", word.first) is not None:
            return _before(notes, word, start)
        if notes.at("cue:plural_verb", word.first) is not None:
            return _object_at(notes, word, stop) or _before(notes, word, start)
        joined = word.prefix and word.prefix[0] in notes.language.coordinators  # what stands before it is not its own
        return _after(notes, word, stop) or (None if joined else _before(notes, word, start))
    beside = _people_before(notes, word, start)
    if beside is not None:
        return beside
    if is_followed_by_object(notes, word, stop):
        return _after(notes, word, stop)
    return _before(notes, word, start) or _one_by_form(notes, word, start)


def _one_by_form(notes: Notes, word: Match, start: int) -> Count | None:
    """Read one person out of the verb: "was killed", "was abducted and killed"."""
    first = word.first
    if notes.text.tokens[first - 1].text in notes.language.coordinators and first > start:
        before = notes.ending("trigger", first - 1)
        first = before.first if before is not None else first
    told = notes.at("cue:was_one", first) or notes.ending("cue:was_one", first)
    if told is None or notes.has("cue:several", start, first) or notes.numbers_in(max(start, first - 6), first):
        return None
    return Count(1, 1, 1, notes.text.mention(told.first, word.last))


def _word_counts(notes: Notes, word: Match) -> Count | None:
    """Read the figure in the word itself: «قتيل» is one, «قتيلان» are two."""
    for category, value in (("cue:two_casualties", 2), ("cue:one_casualty", 1)):
        match = notes.at(category, word.first)
        if match is not None and not match.definite:
            return Count(value, value, value, notes.text.mention(word.first, word.last))
    return None


def _none_reported(notes: Notes, word: Match, start: int) -> Count | None:
    """Read "none": a negation shortly before a casualty noun, unless it is news of casualties that is missing."""
    trigger = notes.trigger(word)
    if trigger.form != "noun":
        return None
    window = max(start, word.first - 7, 0)
    negation = next(notes.within("cue:negation", window, word.first), None)
    if negation is None or notes.has("cue:no_word", window, word.first):
        return None
    between = range(negation.last, word.first)
    if any(notes.text.tokens[i].kind != "word" or notes.at("cue:person", i) for i in between):
        return None
    return Count(0, 0, 0, notes.text.mention(negation.first, word.last))


def _is_negated(notes: Notes, word: Match, start: int) -> bool:
    return any(
        match.last == word.first for match in notes.within("cue:negation", max(start, word.first - 2), word.first)
    )


def _number_before(notes: Notes, word: Match, start: int) -> NumberMention | None:
    for number in notes.numbers_in(start, word.first):
        if number.kind != "count" or not 0 <= word.first - number.last <= 1:
            continue
        if number.last == word.first or notes.at("cue:person", number.last) or notes.at("cue:adverb", number.last):
            return number
    return None


def _people_before(notes: Notes, word: Match, start: int) -> Count | None:
    """Read "20 civilians killed": number and people stand directly before the word."""
    for number in notes.numbers_in(start, word.first):
        person = notes.at("cue:person", number.last)
        if number.kind == "count" and person is not None and person.last == word.first:
            return _from_number(notes, number, word)
    return None


def is_followed_by_object(notes: Notes, word: Match, stop: int) -> bool:
    """Say whether people or a number of them stand behind a word of harm."""
    tokens = notes.text.tokens
    index = word.last
    if notes.at("cue:genitive", index) is not None:
        index += 1  # "the killing of four fighters"
    while index < min(stop, word.last + 4):
        if any(number.kind == "count" for number in notes.numbers_in(index, index + 1)):
            return True
        if notes.at("cue:one", index) or notes.at("cue:person", index):
            return True
        if tokens[index].kind == "punct" or notes.at("cue:preposition", index) or notes.at("cue:by", index):
            return False
        index += 1
    return False


def _after(notes: Notes, word: Match, stop: int) -> Count | None:
    begin = _past_doer(notes, word, stop)
    for index in range(begin, min(stop, begin + _NEAR)):
        if notes.at("cue:part_of", index):
            return None
        number = next((n for n in notes.numbers_in(index, index + 1) if n.kind == "count"), None)
        if number is not None and _counts_people(notes, number, stop):
            return _from_number(notes, number, word)
        found = _person_count(notes, index, word)
        reach = _DUAL_REACH if found is not None and found.best == 2 else 1
        if found is not None and (index <= begin + reach or notes.language.capitals):
            return found
    return None


def _object_at(notes: Notes, word: Match, stop: int) -> Count | None:
    """Who was hit by those a plural verb speaks of: «قتلوا أحد الموظفين», not «جنود قتلوا في»."""
    if word.last >= stop or not (notes.at("cue:one", word.last) or notes.numbers_in(word.last, word.last + 1)):
        return None
    return _after(notes, word, stop)


def _past_doer(notes: Notes, word: Match, stop: int) -> int:
    """Token behind who did it where that stands between the verb and who was hit: «قتل مسلحون مجهولون ضابطا»."""
    index = word.last
    if notes.trigger(word).form != "verb":
        return index
    while index < stop and (doer := notes.at("actor", index)) is not None and not notes.numbers_in(index, index + 1):
        index = doer.last
    return index


def _before(notes: Notes, word: Match, start: int) -> Count | None:
    for index in range(word.first - 1, max(start, word.first - 14) - 1, -1):
        number = next((n for n in notes.numbers_in(index, index + 1) if n.kind == "count"), None)
        if number is not None and _counts_people(notes, number, word.first):
            if notes.ending("cue:part_of", number.first):
                continue
            return _from_number(notes, number, word)
        if notes.at("cue:one", index) is not None or (notes.language.order == "vso" and word.first - index <= 3):
            found = _person_count(notes, index, word)
            if found is not None:
                return found
    return None


def _counts_people(notes: Notes, number: NumberMention, stop: int) -> bool:
    """Say whether a number counts people: a person word follows, or nothing that could be counted."""
    index = number.last
    if index >= stop or index >= len(notes.text.tokens):
        return True
    for position in range(index, min(index + (5 if notes.language.capitals else 3), stop)):
        if position > index and notes.text.tokens[position].raw in _ENDS:
            break
        if any(notes.at(category, position) for category in ("cue:person", "cue:two_people", "cue:other_people")):
            return True
        if (
            notes.at("weapon", position)
            or notes.at("cue:distance", position)
            or notes.at("cue:time_unit", position)
            or notes.at("cue:thing", position)
        ):
            return False
    token = notes.text.tokens[index]
    if token.kind == "punct" or notes.at("actor", index) or notes.at("target", index):
        return True
    if (
        notes.at("trigger", index)
        or notes.at("cue:preposition", index)
        or notes.at("cue:part_of", index)
        or notes.at("cue:adverb", index)
    ):
        return True
    return bool(notes.language.lexicon.morphology.article) and _begins_joined(notes, index)


def _begins_joined(notes: Notes, index: int) -> bool:
    variants = notes.language.lexicon.morphology.variants(notes.text.tokens[index].text)
    return any(variant.prefix for variant in variants)


def _person_count(notes: Notes, index: int, word: Match) -> Count | None:
    for category, value in (("cue:two_people", 2), ("cue:one_person", 1)):
        match = notes.at(category, index)
        if match is None:
            continue
        if category == "cue:one_person" and notes.language.capitals:
            article = (
                notes.ending("cue:one", match.first)
                or notes.at("cue:one", max(index - 2, 0))
                or notes.at("cue:one", max(index - 3, 0))
            )
            if article is None:
                continue
        if any(number.last == index for number in notes.numbers_in(index - 4, index)):
            continue  # a counted noun is no single person
        if category == "cue:one_person" and match.definite and not match.last > match.first + 1:
            continue
        return Count(value, value, value, _span(notes, word, match.first, match.last))
    match = notes.at("cue:one", index)
    if match is not None and not notes.language.capitals and notes.at("cue:person", match.last) is not None:
        return Count(1, 1, 1, _span(notes, word, match.first, match.last + 1))
    if match is not None and notes.language.capitals:
        for position in range(match.last, match.last + 5):
            person = notes.at("cue:one_person", position)
            if person is not None:
                return Count(1, 1, 1, _span(notes, word, match.first, person.last))
            if position < len(notes.text.tokens) and notes.text.tokens[position].raw in _ENDS:
                break
    name = notes.at("cue:given_name", index) or notes.at("cue:title", index)
    if name is not None and index <= word.last + 1:
        return Count(1, 1, 1, _span(notes, word, name.first, name.last))
    return None


def _from_number(notes: Notes, number: NumberMention, word: Match) -> Count | None:
    if number.bound == "vague":
        return None  # "dozens" names no figure, and none is invented
    end = number.last
    person = notes.at("cue:person", end)
    if person is not None:
        end = person.last
    return Count(number.best, number.low, number.high, _span(notes, word, number.first, end))


def _span(notes: Notes, word: Match, first: int, last: int) -> Mention:
    return notes.text.mention(min(word.first, first), max(word.last, last))


def iter_words(notes: Notes, first: int, last: int) -> Iterator[Match]:
    """Casualty words in tokens [first, last)."""
    return (
        m
        for m in notes.within("trigger", first, last)
        if (notes.trigger(m).kind in _REPORT_KINDS or notes.trigger(m).kills)
        and notes.ending("cue:of_wounds", m.last) is None
    )
