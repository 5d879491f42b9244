"""Find dates and times in a text and settle which days they mean.

`find_dates` reads the longest form at every word that can begin one, then joins what belongs together: a part of day
with its day, a day named twice, the two ends of a range. `resolve_dates` counts from the publication date and from the
last date named.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.date_expression import DateExpression, express
from pipeline.date_patterns import Match
from pipeline.date_resolve import resolve_date, resolve_dates
from pipeline.date_words import DateWords, load_date_words
from pipeline.text import Text, Token

__all__ = [
    "DateExpression",
    "DateMention",
    "DateWords",
    "find_dateline",
    "find_dates",
    "load_date_words",
    "resolve_date",
    "resolve_dates",
]

_LONGEST_GAP = 3
_HEAD = 25  # tokens in which a dateline stands
_DATELINE_MARKS = frozenset("(-–—:|")
_NAMED = frozenset({"month", "weekday"})  # an expression that names one stands whatever follows


@dataclass(frozen=True, slots=True)
class DateMention:
    """Tokens ``first`` up to but not including ``last`` and what they say."""

    first: int
    last: int
    expression: DateExpression


@dataclass(frozen=True, slots=True)
class _Atom:
    first: int
    last: int
    expression: DateExpression
    bound: str = ""  # "next": a part of day that needs a day after it; "either": needs one on some side
    led_by: str = ""  # the prefix written on its first word


def find_dates(text: Text, words: DateWords) -> tuple[DateMention, ...]:
    """Find every date, span of days and time of day, in text order.

    Parameters
    ----------
    text
        Tokens of the article.
    words
        Date grammar of its language.

    Returns
    -------
    tuple[DateMention, ...]
        Mentions do not overlap. A time of day that belongs to no day stands alone (``expression.has_day`` is False).
    """
    found: list[DateMention] = []
    for first, stop in text.sentences:
        atoms = _scan(text.tokens, first, stop, words)
        if atoms:
            found.extend(_join_all(text.tokens, atoms, words))
    return tuple(found)


def find_dateline(text: Text, mentions: Sequence[DateMention]) -> date | None:
    """Day an article gives as its own: a full date at its head, apart from the sentences.

    Parameters
    ----------
    text
        Tokens of the article.
    mentions
        Its dates, in text order.

    Returns
    -------
    date | None
        The day; None where no full date stands in the first words with a mark, a name in capitals or nothing around it.
    """
    for mention in mentions:
        expression = mention.expression
        if mention.first > _HEAD:
            return None
        full = expression.year is not None and expression.month is not None and expression.day is not None
        if full and expression.until is None and not expression.since and _stands_apart(text.tokens, mention):
            span = resolve_date(expression, None, None)
            return span.start if span else None
    return None


def _stands_apart(tokens: tuple[Token, ...], mention: DateMention) -> bool:
    if mention.first == 0:
        return True
    before = tokens[mention.first - 1]
    behind_mark = mention.last < len(tokens) and tokens[mention.last].raw in _DATELINE_MARKS
    return before.kind == "punct" or before.raw.isupper() or behind_mark


def _scan(tokens: tuple[Token, ...], first: int, stop: int, words: DateWords) -> list[_Atom]:
    atoms: list[_Atom] = []
    at = first
    while at < stop:
        match = _match(tokens, at, stop, words)
        if match is None:
            at += 1
            continue
        later = 0 if _NAMED.intersection(dict(match.fields)) else _longer_inside(tokens, at, match.end, stop, words)
        if later:
            at = later
            continue
        atom = _atom(tokens, at, match, words)
        if atom is not None:
            atoms.append(atom)
        at = match.end
    return atoms


def _match(tokens: tuple[Token, ...], at: int, stop: int, words: DateWords) -> Match | None:
    token = tokens[at]
    bare = words.starts.get(token.text)
    if bare is None and token.kind != "number":
        return None
    return words.matcher.match(tokens, at, stop, bare or token.text)


def _longer_inside(tokens: tuple[Token, ...], at: int, end: int, stop: int, words: DateWords) -> int:
    """First token inside a match where another begins that reaches further ("for a day" + "Friday"); 0 = none."""
    for later in range(at + 1, end):
        match = _match(tokens, later, stop, words)
        if match is not None and match.end > end:
            return later
    return 0


def _atom(tokens: tuple[Token, ...], at: int, match: Match, words: DateWords) -> _Atom | None:
    fields = {**words.rules[match.rule], **dict(match.fields)}
    if fields.get("ignore"):
        return None
    expression = express(fields)
    if _stands_behind(tokens, at, words.since, words.since_skip):
        expression = replace(expression, since=True)
    written = tokens[at].text
    bare = words.starts.get(written)
    prefix = written[: len(written) - len(bare)] if bare and written != bare else ""
    return _Atom(at, match.end, expression, str(fields.get("bound", "")), prefix)


def _stands_behind(tokens: tuple[Token, ...], at: int, words: frozenset[str], skip: frozenset[str]) -> bool:
    before = at - 1
    while before >= 0 and tokens[before].text in skip:
        before -= 1
    return before >= 0 and tokens[before].text in words


Join = Callable[[tuple[Token, ...], _Atom, _Atom, DateWords], _Atom | None]


def _join_all(tokens: tuple[Token, ...], atoms: list[_Atom], words: DateWords) -> list[DateMention]:
    if len(atoms) > 1:
        atoms = _join_neighbours(tokens, atoms, words, _join_zones)
        atoms = _join_neighbours(tokens, atoms[::-1], words, _join_time_of_day)[::-1]
        for join in (_join_apposition, _join_day_and_time, _join_range):
            atoms = _join_neighbours(tokens, atoms, words, join)
    return [DateMention(atom.first, atom.last, atom.expression) for atom in atoms if not atom.bound]


def _join_neighbours(tokens: tuple[Token, ...], atoms: list[_Atom], words: DateWords, join: Join) -> list[_Atom]:
    """Join neighbours one after another, in the order given (the times of day from the end)."""
    joined: list[_Atom] = []
    for atom in atoms:
        both = None
        if joined:
            left, right = sorted((joined[-1], atom), key=lambda one: one.first)
            both = join(tokens, left, right, words) if right.first - left.last <= _LONGEST_GAP else None
        if both is None:
            joined.append(atom)
        else:
            joined[-1] = both
    return joined


def _gap(tokens: tuple[Token, ...], left: _Atom, right: _Atom) -> list[str]:
    return [token.text for token in tokens[left.last : right.first]]


def _join_zones(tokens: tuple[Token, ...], left: _Atom, right: _Atom, words: DateWords) -> _Atom | None:
    """Join one time given twice, "7:30 a.m. (0430 GMT)"; the local one counts."""
    a, b = left.expression, right.expression
    gap = _gap(tokens, left, right)
    if a.hour is None or b.hour is None or b.has_day or (a.zone == "gmt") == (b.zone == "gmt"):
        return None
    if not gap or not words.links.apposition.issuperset(gap):
        return None
    local = b if a.zone == "gmt" else a
    kept = replace(a, hour=local.hour, minute=local.minute, part=local.part, zone=local.zone)
    return _merged(left, right, _closed(tokens, gap, right.last, words), kept)


def _join_time_of_day(tokens: tuple[Token, ...], left: _Atom, right: _Atom, words: DateWords) -> _Atom | None:
    """Join a time and the day or second time straight behind it: "the morning of" + "25 March"."""
    a, b = left.expression, right.expression
    links = words.links.of | words.links.comma if left.bound == "next" else words.links.of
    if a.has_day or a.time is None or not links.issuperset(_gap(tokens, left, right)):
        return None
    if not b.has_day and (b.time is None or right.bound == "next" or (a.hour is None) == (b.hour is None)):
        return None
    if a.hour is not None and b.hour is not None:  # "between 6 and 7 p.m. yesterday": the earlier counts
        b = replace(b, hour=a.hour, minute=a.minute)
    return _merged(left, right, right.last, _with_time(b, a))


def _join_day_and_time(tokens: tuple[Token, ...], left: _Atom, right: _Atom, words: DateWords) -> _Atom | None:
    """Join a day and the time behind it: "Tuesday" + "at 3 p.m."."""
    a, b = left.expression, right.expression
    if b.has_day or b.time is None or right.bound == "next" or not (a.has_day or a.time is not None):
        return None
    gap = _gap(tokens, left, right)
    if (a.hour is not None and b.hour is not None) or not words.links.time.issuperset(gap):
        return None
    if a.hour is None and a.part is not None and b.hour is None:
        return None
    return _merged(left, right, _closed(tokens, gap, right.last, words), _with_time(a, b))


def _join_apposition(tokens: tuple[Token, ...], left: _Atom, right: _Atom, words: DateWords) -> _Atom | None:
    """Join a day named twice: "yesterday" + "Thursday", a weekday and its date, a Hijri and a common date."""
    a, b = left.expression, right.expression
    gap = _gap(tokens, left, right)
    if right.led_by or not words.links.apposition.issuperset(gap) or a.until or b.until or (a.time and b.time):
        return None
    kinds = (_naming(a), _naming(b))
    last = _closed(tokens, gap, right.last, words)
    if kinds == ("hijri", "date") or kinds == ("date", "hijri"):
        return _merged(left, right, last, _with_time(b if kinds[0] == "hijri" else a, a, b))
    if None in kinds or kinds[0] == kinds[1]:
        return None
    exact, other = (b, a) if kinds[1] in ("date", "hijri") else (a, b)
    return _merged(left, right, last, _with_time(_named_twice(exact, other), other))


def _naming(expression: DateExpression) -> str | None:
    if expression.day is not None and expression.month is not None:
        return "hijri" if expression.calendar == "hijri" else "date"
    if expression.weekday is not None and expression.shift is None and expression.unit is None:
        return None if expression.night else "weekday"
    near = expression.unit == "day" and expression.weekday is None and expression.anchor == "publication"
    return "near" if near and not (expression.window or expression.night or expression.shift_far) else None


def _named_twice(exact: DateExpression, other: DateExpression) -> DateExpression:
    since = exact.since or other.since
    if exact.day is not None:
        return replace(exact, weekday=other.weekday, since=since)
    near, weekday = (exact, other) if exact.weekday is None else (other, exact)
    return replace(near, weekday=weekday.weekday, since=since, part=exact.part, hour=exact.hour, minute=exact.minute)


def _join_range(tokens: tuple[Token, ...], left: _Atom, right: _Atom, words: DateWords) -> _Atom | None:
    """Join the two ends of a range: "from 3 May" + "to" + "5 June"."""
    a, b = left.expression, right.expression
    if a.until or b.until or not (a.has_day and b.has_day) or left.bound or right.bound:
        return None
    gap = [part for part in (*_gap(tokens, left, right), right.led_by) if part]
    links = words.links
    paired = _stands_behind(tokens, left.first, links.pair_open, links.pair)
    allowed = links.range | links.pair if paired else links.range
    if not gap or not allowed.issuperset(gap):
        return None
    return _merged(left, right, right.last, replace(a, until=b))


def _closed(tokens: tuple[Token, ...], gap: list[str], last: int, words: DateWords) -> int:
    closing = words.links.closing.get(gap[-1]) if gap else None
    return last + 1 if closing is not None and last < len(tokens) and tokens[last].text == closing else last


def _with_time(day: DateExpression, *others: DateExpression) -> DateExpression:
    for other in others:
        if day.hour is None and other.hour is not None:
            day = replace(day, hour=other.hour, minute=other.minute, zone=other.zone)
        if day.part is None and other.part is not None:
            day = replace(day, part=other.part)
        day = replace(day, since=day.since or other.since)
    return day


def _merged(left: _Atom, right: _Atom, last: int, expression: DateExpression) -> _Atom:
    bound = "" if expression.has_day else right.bound
    return _Atom(left.first, last, expression, bound, left.led_by)
