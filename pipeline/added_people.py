"""People added to a toll by "and": «قتل رجل وابنه», "a mother and two daughters", "the commander and four guards"."""

from bisect import bisect_left
from dataclasses import dataclass, replace

from pipeline.annotate import LONGEST_NUMBER, Notes
from pipeline.lexicon import Match
from pipeline.people import joins, number_at, number_joins
from pipeline.records import Count

_MOST = 4  # people or groups added at most
_BACK = 5  # tokens before a person in which "a" or a number may stand
_APART = 12  # tokens that may say more of somebody before "and" adds others to them


@dataclass(frozen=True, slots=True)
class _Group:
    """People in tokens [first, last); ``bound``: words such as "his" and "others" tie them to those named before."""

    value: int
    first: int
    last: int
    bound: bool = False


def with_added(notes: Notes, count: Count, word: Match, start: int, stop: int) -> Count:
    """Add to a count who is joined to those counted, behind them or before them.

    Parameters
    ----------
    word
        The word of harm.
    start, stop
        Tokens [start, stop) in which they may stand.
    """
    if count.best == 0 or count.mention is None:
        return count
    tokens = notes.text.tokens
    first = bisect_left(tokens, count.mention.start, key=lambda token: token.start)
    end = bisect_left(tokens, count.mention.end, key=lambda token: token.end) + 1
    if first < word.first and end >= word.last:  # the quote runs from the people to the verb behind them
        stop, end = word.first, _end_of_people(notes, first, word.first)
    for _ in range(_MOST):
        added = _next(notes, end, stop) if end > word.last or stop == word.first else None
        if added is None or (added.last != word.first and _has_own_verb(notes, added.last)):
            break
        count, end = _plus(count, added.value), added.last
    for _ in range(_MOST):
        before = _group_before(notes, first, start) if first < word.first else None
        if before is None:
            break
        count, first = _plus(count, before.value), before.first
    return count


def _end_of_people(notes: Notes, first: int, stop: int) -> int:
    """Token behind the people a quote begins with."""
    number = number_at(notes, first)
    index = number.last if number is not None else first
    persons = list(notes.within("cue:person", index, min(stop, index + _BACK)))
    return persons[0].last if persons else index + (number is None)


def _has_own_verb(notes: Notes, index: int) -> bool:
    """Say whether another verb of harm tells of those before it: "killed two soldiers and a man was wounded"."""
    verb = notes.at("trigger", index)
    if verb is None or notes.trigger(verb).form != "verb" or notes.trigger(verb).kind not in ("kill", "wound"):
        return False
    return not (verb.prefix and verb.prefix[0] in notes.language.coordinators)


def _plus(count: Count, value: int) -> Count:
    return replace(count, best=count.best + value, low=count.low + value, high=count.high + value)


def _next(notes: Notes, index: int, stop: int) -> _Group | None:
    """The people joined next: right behind, or behind words that say more of those before."""
    group = _joined_at(notes, index, stop)
    if group is not None:
        return group
    for position in range(index + 1, min(index + _APART, stop)):
        if _leads_away(notes, position - 1):
            return None
        group = _joined_at(notes, position, stop)
        if group is not None:
            return group if group.bound else None
    return None


def _leads_away(notes: Notes, index: int) -> bool:
    """Say whether a word turns from those harmed to something else."""
    if notes.text.tokens[index].raw in ";:.؛":
        return True
    return any(notes.at(category, index) for category in ("trigger", "cue:part_of", "cue:connector", "weapon"))


def _joined_at(notes: Notes, index: int, stop: int) -> _Group | None:
    """People behind "and", a word such as "with", or a comma of a list."""
    tokens, coordinators = notes.text.tokens, notes.language.coordinators
    if index >= stop:
        return None
    together = notes.at("cue:together", index)
    if tokens[index].text in coordinators or together is not None:
        group = _group_at(notes, together.last if together is not None else index + 1, stop)
        return None if group is None or (together is not None and not group.bound) else group
    if tokens[index].raw in ",،" and index + 1 < stop:
        group = _group_at(notes, index + 1, stop)
        if tokens[index + 1].text in coordinators:
            return _joined_at(notes, index + 1, stop)
        return _group_at(notes, index + 1, stop, joined=True) or (group if group is not None and group.bound else None)
    return _group_at(notes, index, stop, joined=True)


def _group_at(notes: Notes, index: int, stop: int, *, joined: bool = False) -> _Group | None:
    """People that begin at a token, so plain that "and" before them adds them.

    Parameters
    ----------
    joined
        Whether "and" must be a joined letter of their first word.
    """
    family = _family_at(notes, index, stop, joined=joined)
    if family is not None:
        return family
    two = notes.at("cue:two_people", index)
    if two is not None and not two.definite and two.last <= stop and (not joined or joins(notes, two)):
        return _Group(2, index, two.last, notes.at("cue:other_people", two.last) is not None)
    number = number_at(notes, index)
    if number is not None and joined and not number_joins(notes, number):
        return None
    if number is not None and number.bound != "vague" and number.last <= stop:
        return _numbered(notes, number.first, number.last, int(number.best))
    one = notes.at("cue:one_person", index)
    if one is not None and not one.definite and not notes.language.capitals and one.last <= stop:
        return _Group(1, index, one.last, one.suffixed) if not joined or joins(notes, one) else None
    article = notes.at("cue:one", index)
    if article is None or joined or not notes.language.capitals:
        return None
    person = next(notes.within("cue:one_person", article.last, min(stop, article.last + 4)), None)
    return None if person is None else _Group(1, index, person.last)


def _family_at(notes: Notes, index: int, stop: int, *, joined: bool) -> _Group | None:
    """«ابنه», «طفلاها», «أطفالهما الثلاثة», "his wife", "their three children"."""
    for category, value in (("cue:kin_two", 2), ("cue:kin", 1)):
        match = notes.at(category, index)
        if match is not None and match.last <= stop and (not joined or joins(notes, match)):
            return _Group(value, index, match.last, bound=True)
    many = notes.at("cue:kin_many", index)
    number = number_at(notes, many.last) if many is not None else None
    if many is not None and number is not None and number.last <= stop and (not joined or joins(notes, many)):
        return _Group(int(number.best), index, number.last, bound=True)
    if joined or notes.at("cue:possessive", index) is None:
        return None
    number = number_at(notes, index + 1)
    if number is not None and number.bound != "vague":
        group = _numbered(notes, index, number.last, int(number.best))
        return None if group is None else replace(group, bound=True)
    person = next(notes.within("cue:one_person", index + 1, min(stop, index + 4)), None)
    return None if person is None or person.suffixed else _Group(1, index, person.last, bound=True)


def _numbered(notes: Notes, first: int, last: int, value: int) -> _Group | None:
    """A number of people: "two civilians", "three others", «أربعة من مرافقيه»."""
    others = notes.at("cue:other_people", last)
    if others is not None:
        return _Group(value, first, others.last, bound=True)
    out_of = notes.at("cue:from", last) or notes.at("cue:genitive", last)
    if out_of is not None:
        theirs = _is_theirs(notes, out_of.last)
        person = next(notes.within("cue:person", out_of.last, out_of.last + 3), None)
        return _Group(value, first, out_of.last + 1, bound=theirs) if theirs or person is not None else None
    reach = 3 if notes.language.capitals else 1
    person = next(notes.within("cue:person", last, last + reach), None)
    return (
        None if person is None else _Group(value, first, person.last, person.suffixed and not notes.language.capitals)
    )


def _is_theirs(notes: Notes, index: int) -> bool:
    """Say whether a word belongs to those named before: "his", «مرافقيه», «رفاقه»."""
    if notes.at("cue:possessive", index) is not None:
        return True
    person = notes.at("cue:person", index)
    return (person is not None and person.suffixed and not notes.language.capitals) or (
        notes.at("cue:kin_many", index) is not None
    )


def _group_before(notes: Notes, first: int, start: int) -> _Group | None:
    """People that "and" joins before those counted: "a mother and two daughters", "120 soldiers and a general"."""
    tokens = notes.text.tokens
    if not notes.language.capitals:
        return None
    while first > start and notes.at("cue:possessive", first - 1) is not None:
        first -= 1
    if first < start + 2 or tokens[first - 1].text not in notes.language.coordinators:
        return None
    person = notes.ending("cue:person", first - 1) or notes.ending("cue:one_person", first - 1)
    if person is None:
        return None
    window = max(start, person.first - _BACK)
    counted = [n for n in notes.numbers_in(window - LONGEST_NUMBER, person.first) if n.kind == "count"]
    if counted and counted[-1].last >= window and counted[-1].bound != "vague":
        return _Group(int(counted[-1].best), counted[-1].first, person.last)
    one = notes.ending("cue:one_person", first - 1)
    led = any(notes.at(c, i) for i in range(window, person.first) for c in ("cue:one", "cue:the", "cue:possessive"))
    owned = tokens[person.first - 1].text.endswith("s") and person.first > window
    return _Group(1, person.first, person.last) if one is not None and not one.suffixed and (led or owned) else None
