"""People added to a toll by "and": «قتل رجل وابنه», "a mother and two daughters killed"."""

from bisect import bisect_left
from dataclasses import replace

from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.records import Count

_MOST = 3  # people or groups added at most
_BACK = 4  # tokens before "and" in which one person may stand


def with_added(notes: Notes, count: Count, word: Match, stop: int) -> Count:
    """Add to a count who is joined to those counted, behind them or, where the verb ends the list, before them."""
    if count.best == 0 or count.mention is None:
        return count
    tokens = notes.text.tokens
    end = bisect_left(tokens, count.mention.end, key=lambda token: token.end) + 1
    for _ in range(_MOST):
        added = _behind(notes, end, stop) if end > word.last else None
        if added is None:
            break
        value, end = added
        if _has_own_verb(notes, end):
            break
        count = _plus(count, value)
    first = bisect_left(tokens, count.mention.start, key=lambda token: token.start)
    if first < word.first and _one_before(notes, first):
        count = _plus(count, 1)
    return count


def _has_own_verb(notes: Notes, index: int) -> bool:
    """Say whether another verb of harm tells of those before it: "killed two soldiers and a man was wounded"."""
    verb = notes.at("trigger", index)
    if verb is None or notes.trigger(verb).form != "verb" or notes.trigger(verb).kind not in ("kill", "wound"):
        return False
    return not (verb.prefix and verb.prefix[0] in notes.language.coordinators)


def _plus(count: Count, value: int) -> Count:
    return replace(count, best=count.best + value, low=count.low + value, high=count.high + value)


def _behind(notes: Notes, index: int, stop: int) -> tuple[int, int] | None:
    """How many are added at a token, and the token behind them."""
    tokens, coordinators = notes.text.tokens, notes.language.coordinators
    if index >= stop:
        return None
    joined = tokens[index].text in coordinators
    start = index + 1 if joined else index
    for category, value in (("cue:kin_two", 2), ("cue:two_people", 2), ("cue:kin", 1), ("cue:one_person", 1)):
        match = notes.at(category, start)
        if match is None or match.last > stop:
            continue
        if joined and notes.language.capitals and category == "cue:one_person":
            continue  # "and a man": read with its article below
        if joined or (match.prefix and match.prefix[0] in coordinators and not match.definite):
            return value, match.last
    if not joined:
        return None
    number = next((n for n in notes.numbers_in(start, start + 1) if n.kind == "count" and n.first == start), None)
    if number is not None and number.bound != "vague" and notes.at("cue:person", number.last) is not None:
        return int(number.best), number.last + 1
    article = notes.at("cue:one", start)
    one = notes.at("cue:one_person", article.last) if article is not None else None
    return (1, one.last) if one is not None else None


def _one_before(notes: Notes, first: int) -> bool:
    """Say whether "a mother and" stands before a number of people."""
    tokens, coordinators = notes.text.tokens, notes.language.coordinators
    if first < 2 or tokens[first - 1].text not in coordinators or not notes.language.capitals:
        return False
    person = notes.ending("cue:one_person", first - 1)
    return person is not None and any(notes.at("cue:one", i) for i in range(max(0, person.first - _BACK), person.first))
