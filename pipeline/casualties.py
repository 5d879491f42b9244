"""Read how many were killed and wounded: numbers, duals, a single person, "none" - and silence, which stays None."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.added_people import with_added
from pipeline.annotate import Notes
from pipeline.harm_forms import described, describes, one_by_form, toll_behind, word_counts
from pipeline.lexicon import Match
from pipeline.no_toll import is_shared, read_none
from pipeline.numbers import NumberMention
from pipeline.people import counts_people, from_number, is_person_noun, number_at, number_joins, people_at
from pipeline.records import Count

_NEAR = 9
_DUAL_REACH = 4  # «قتل في الاشتباكات جنديان»: a dual is plain enough to be read further away
_BACK = 14  # tokens before a verb in which those harmed may stand
_SUBJECT = 5  # tokens between a verb that may harm and whom it harmed
_COMMAS = frozenset(",;،؛")
_REPORT_KINDS = ("kill", "wound", "hurt")
_MAYBE = (("cue:maybe_killed", "kill"), ("cue:maybe_wounded", "wound"))
_SAID = (  # whole phrases and the figure they say
    ("cue:nobody_killed", "kill", 0),
    ("cue:nobody_wounded", "wound", 0),
    ("cue:one_died", "kill", 1),
    ("cue:one_hurt", "wound", 1),
)


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
        start = words[number - 1].last if number else first
        stop = words[number + 1].first if number + 1 < len(words) else last
        count = read_none(notes, word, start if number and not _is_list(notes, words, number) else first)
        if count is None and not is_shared(notes, words, number):
            count = _count_at(notes, word, start, stop)
        if count is None:
            continue
        count = with_added(notes, count, word, start, stop)
        kind = "kill" if notes.trigger(word).kills else notes.trigger(word).kind
        for name in ("kill", "wound") if kind == "hurt" else (kind,):
            known = counts.get(name)
            if known is None or (known.best == 0 and count.best):
                counts[name] = count
    _add_maybe(notes, first, last, counts)
    return Casualties(counts.get("kill"), counts.get("wound"))


def _is_list(notes: Notes, words: list[Match], number: int) -> bool:
    """Say whether "or" or "and" alone stands between a word of harm and the one before: "no dead or wounded"."""
    left, right = words[number - 1], words[number]
    joined = left.last == right.first and bool(right.prefix) and right.prefix[0] in notes.language.coordinators
    return joined or (right.first - left.last == 1 and notes.at("cue:and_or", left.last) is not None)


def _add_maybe(notes: Notes, first: int, last: int, counts: dict[str, Count]) -> None:
    """Add what words say that only harm where people stand behind them («أصابت»), and whole phrases for "nobody"."""
    for category, kind in _MAYBE:
        for word in notes.within(category, first, last):
            count = None if kind in counts or word.suffixed else _whom(notes, word, last)
            if count is not None:
                counts[kind] = with_added(notes, count, word, first, last)
    if "wound" not in counts:
        behind = (_before(notes, word, first) for word in notes.within("cue:maybe_hurt_before", first, last))
        hurt = next((count for count in behind if count is not None), None)
        counts |= {"wound": hurt} if hurt is not None else {}
    for category, kind, value in _SAID:
        told = next(notes.within(category, first, last), None)
        if told is not None and kind not in counts:
            counts[kind] = Count(value, value, value, notes.text.mention(told.first, told.last))


def _whom(notes: Notes, word: Match, last: int) -> Count | None:
    """Who was harmed by a verb that may also hit things: people right behind it or behind its short subject."""
    for index in range(word.last, min(last, word.last + _SUBJECT)):
        if notes.text.tokens[index].kind == "punct" or (index > word.last and notes.at("cue:preposition", index)):
            return None
        number = number_at(notes, index)
        if number is not None:
            return from_number(notes, number, word) if counts_people(notes, number, last) else None
        found = people_at(notes, index, word) if index <= word.last + 1 or notes.language.capitals else None
        if found is not None:
            return found
    return None


def _count_at(notes: Notes, word: Match, start: int, stop: int) -> Count | None:
    trigger = notes.trigger(word)
    if trigger.kind == "hurt" or _is_negated(notes, word, start) or notes.ending("cue:before_being", word.first):
        return None
    if trigger.form == "noun" and (not word.prefix or word.prefix[0] not in notes.language.coordinators):
        direct = _number_before(notes, word, start)
        if direct is not None:
            return from_number(notes, direct, word)
    itself = word_counts(notes, word)
    if itself is not None:
        return itself
    if is_person_noun(notes, word):
        return toll_behind(notes, word, stop)
    if notes.language.order == "vso":
        return _beside_verb(notes, word, start, stop)
    beside = _people_before(notes, word, start)
    if beside is not None or describes(notes, word):
        return beside or described(notes, word, start)
    if is_followed_by_object(notes, word, stop):
        return _after(notes, word, stop)
    return _before(notes, word, start) or one_by_form(notes, word, start)


def _beside_verb(notes: Notes, word: Match, start: int, stop: int) -> Count | None:
    """Those harmed where the verb comes first: behind it, but before a relative clause or a verb in the plural."""
    if notes.ending("cue:relative", word.first) is not None:
        return _before(notes, word, start) or _after(notes, word, stop)
    if notes.at("cue:plural_verb", word.first) is not None:
        return _object_at(notes, word, stop) or _before(notes, word, start)
    joined = word.prefix and word.prefix[0] in notes.language.coordinators  # what stands before it is not its own
    noun = notes.trigger(word).form == "noun"
    return _after(notes, word, stop) or (None if joined or noun else _before(notes, word, start))


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
            return from_number(notes, number, word)
    return None


def is_followed_by_object(notes: Notes, word: Match, stop: int) -> bool:
    """Say whether people or a number of them stand behind a word of harm."""
    tokens = notes.text.tokens
    index = word.last
    if notes.at("cue:genitive", index) is not None:
        index += 1  # "the killing of four fighters"
    if notes.at("cue:preposition", index) is None and any(
        notes.at(category, index) for category in ("cue:given_name", "cue:title")
    ):
        return True
    if notes.at("cue:himself", index) is not None:
        return True
    while index < min(stop, word.last + 4):
        if tokens[index].text in notes.language.coordinators:
            return False
        if any(number.kind == "count" for number in notes.numbers_in(index, index + 1)):
            return True
        if notes.at("cue:one", index) or notes.at("cue:person", index):
            return True
        led = notes.at("cue:the", index) or notes.at("cue:possessive", index)
        if (
            tokens[index].kind == "punct"
            or notes.at("cue:by", index)
            or (led is None and notes.at("cue:preposition", index))
        ):
            return False
        index += 1
    return False


def _after(notes: Notes, word: Match, stop: int) -> Count | None:
    begin = _past_doer(notes, word, stop)
    with_others = _besides_himself(notes, word, stop)
    if with_others is not None:
        return with_others
    for index in range(begin, min(stop, begin + _NEAR)):
        if notes.at("cue:part_of", index) and index > begin:
            return None
        number = number_at(notes, index)
        if number is not None and counts_people(notes, number, stop, beside=index == begin):
            return from_number(notes, number, word)
        both = notes.at("cue:both", index)
        if both is not None and notes.has("cue:person", both.last, both.last + 3):
            return Count(2, 2, 2, notes.text.mention(word.first, both.last + 1))
        found = people_at(notes, index, word)
        reach = _DUAL_REACH if found is not None and found.best == 2 else 1
        if found is not None and (index <= begin + reach or notes.language.capitals):
            return found
    return None


def _besides_himself(notes: Notes, word: Match, stop: int) -> Count | None:
    """Those beside the attacker: "killed himself and six others"."""
    himself = notes.at("cue:himself", word.last)
    if himself is None or himself.last + 1 >= stop:
        return None
    number = number_at(notes, himself.last + 1)
    return from_number(notes, number, word) if number is not None else None


def _object_at(notes: Notes, word: Match, stop: int) -> Count | None:
    """Who was hit by those a plural verb speaks of: «قتلوا أحد الموظفين», not «جنود قتلوا في»."""
    number = number_at(notes, word.last) if word.last < stop else None
    one = notes.at("cue:one", word.last) if word.last < stop else None
    if (one is None and number is None) or (number is not None and number_joins(notes, number)):
        return None
    return _after(notes, word, stop)


def _past_doer(notes: Notes, word: Match, stop: int) -> int:
    """Token behind who did it where that stands between the verb and who was hit: «قتل مسلحون مجهولون ضابطا»."""
    index = word.last
    if notes.trigger(word).form != "verb":
        return index
    while index < stop and not notes.numbers_in(index, index + 1):
        doer = notes.at("actor", index) or _armed_one(notes, index)
        if doer is None or notes.at("cue:two_people", index) is not None:
            break
        index = doer.last
    return index


def _armed_one(notes: Notes, index: int) -> Match | None:
    """«أردى قناص إسرائيلي فتى»: a weapon's word for who has it, and of what people he is."""
    weapon = notes.at("weapon", index)
    if weapon is None or weapon.prefix:
        return None
    people = notes.at("cue:one_person", index + 1)
    return people if people is not None and notes.at("actor", index + 1) is not None else weapon


def _before(notes: Notes, word: Match, start: int) -> Count | None:
    noun = word.category == "trigger" and notes.trigger(word).form == "noun"
    many = notes.at("cue:plural_verb", word.first) is not None
    for index in range(word.first - 1, max(start, word.first - _BACK) - 1, -1):
        if noun and notes.text.tokens[index].raw in _COMMAS:
            return None
        number = number_at(notes, index)
        if number is not None and counts_people(notes, number, word.first):
            if notes.ending("cue:part_of", number.first):
                continue
            return from_number(notes, number, word)
        if notes.at("cue:one", index) is not None or (notes.language.order == "vso" and word.first - index <= 3):
            found = people_at(notes, index, word)
            if found is not None and not (many and found.best == 1):
                return found
    return None


def iter_words(notes: Notes, first: int, last: int) -> Iterator[Match]:
    """Casualty words in tokens [first, last)."""
    return (
        m
        for m in notes.within("trigger", first, last)
        if (notes.trigger(m).kind in _REPORT_KINDS or notes.trigger(m).kills)
        and notes.ending("cue:of_wounds", m.last) is None
        and not any(notes.ending("cue:avenged", m.first - gap) for gap in (0, 1))  # "in retaliation for the killing of"
    )
