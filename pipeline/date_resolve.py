"""Which days a date expression means: counting from the publication date and from the last date named.

Written rules:

- a weekday without more is the last such day up to and including the publication date; "last Friday" lies before it;
- a day and month without a year is the latest such day not after publication; with a weekday, the latest that falls
  on that weekday; within 40 words of a date more than a year back it continues that date's year;
- "yesterday, Thursday" follows the weekday where the two disagree by up to three days;
- vague words stay intervals, and a span that would reach beyond the publication date ends there;
- what must be counted from a date that nobody named stays None.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from pipeline.date_calendar import common_span, day_span, hijri_span, make_day, whole_month, whole_year
from pipeline.date_expression import DateExpression
from pipeline.records import DateSpan

_EARLIEST = 1900
_WEEKDAY_SLACK = 3
_NEXT_WORDS = 3
_SAME_STORY = 40  # tokens within which a month without a year continues the date before it


class DatedWords(Protocol):
    """A date expression and the tokens it stands in."""

    @property
    def first(self) -> int:
        """First token."""

    @property
    def last(self) -> int:
        """Token behind the last."""

    @property
    def expression(self) -> DateExpression:
        """What they say."""


def resolve_dates(mentions: Sequence[DatedWords], published: date | None) -> tuple[DateSpan | None, ...]:
    """Resolve mentions in text order, carrying the last date named.

    Parameters
    ----------
    mentions
        What `pipeline.dates.find_dates` found.
    published
        Publication date, None where not known.

    Returns
    -------
    tuple[DateSpan | None, ...]
        One answer a mention; None where it names no day or the day cannot be told.
    """
    spans: list[DateSpan | None] = []
    last: dict[str, DateSpan] = {}
    reached = 0  # token behind the last date named
    for mention in mentions:
        expression = mention.expression
        previous = last.get(_scale(expression))
        if expression.month is not None and published is not None and mention.first - reached > _SAME_STORY:
            previous = None
        span = resolve_date(expression, published, previous)
        following = mentions[len(spans) + 1] if len(spans) + 1 < len(mentions) else None
        if following is not None and _is_day_of(mention, following):
            span = resolve_date(following.expression, published, previous)  # "on a Sunday in April 2017"
        spans.append(span)
        if span is not None and not expression.since:
            reached = mention.last
            last["year"] = span
            if span.precision != "year":
                last["month"] = span
            if (span.end - span.start).days <= _WEEKDAY_SLACK:
                last["day"] = span
    return tuple(spans)


def _is_day_of(mention: DatedWords, following: DatedWords) -> bool:
    """Say whether a bare weekday lies in the month and year named right after it."""
    bare, wider = mention.expression, following.expression
    if bare.weekday is None or bare.day is not None or bare.month is not None or bare.shift is not None:
        return False
    named = wider.month is not None and wider.year is not None and wider.day is None
    return named and 0 <= following.first - mention.last <= _NEXT_WORDS


def _scale(expression: DateExpression) -> str:
    if expression.unit in ("month", "year"):
        return expression.unit
    return "month" if expression.month is not None else "day"


def resolve_date(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    """Settle the days an expression means.

    Parameters
    ----------
    expression
        What the words say.
    published
        Publication date, None where not known: then whatever is counted from it stays None.
    previous
        The last date named before it, for "the same day" and "a day earlier".

    Returns
    -------
    DateSpan | None
        None for a time without a day, an impossible day, a day outside 1900 to two years past publication, or one
        counted from an unknown date.
    """
    if not expression.has_day:
        return None
    span = _span(expression, published, previous)
    span = None if span is None else _closed(expression, span, published, previous)
    if span is None or not _plausible(span, published):
        return None
    if published and expression.anchor == "previous" and span.start > published:  # a story told so far
        return None
    return replace(span, time=expression.time)


def _plausible(span: DateSpan, published: date | None) -> bool:
    latest = published.year + 2 if published else 2100
    return span.start <= span.end and span.start.year >= _EARLIEST and span.end.year <= latest


def _closed(
    expression: DateExpression, span: DateSpan, published: date | None, previous: DateSpan | None
) -> DateSpan | None:
    if expression.third:
        span = _third(span, expression.third)
    if expression.until is not None:
        end = resolve_date(expression.until, published, span)
        start = _start_before(expression, span, end, published)
        return DateSpan(start.start, end.end, "range") if end and start else None
    if published is None or span.end <= published or span.start > published:
        return span if not expression.since or published is None else _since(span, published)
    clipped = replace(span, end=published) if _is_past(expression) else span
    return _since(clipped, published) if expression.since else clipped


def _since(span: DateSpan, published: date) -> DateSpan:
    return DateSpan(span.start, published, "range") if span.start < published else span


def _is_past(expression: DateExpression) -> bool:
    return expression.shift is None or expression.shift <= 0


def _start_before(
    expression: DateExpression, start: DateSpan, end: DateSpan | None, published: date | None
) -> DateSpan | None:
    """Move the first end of a range back where its open year or weekday was read after the second end."""
    if end is None or start.start <= end.end:
        return start
    open_end = replace(expression, until=None, since=False)
    return _span(open_end, end.end, None) if published else None


def _third(span: DateSpan, third: str) -> DateSpan:
    """Cut a third out of a span: ten days of a month, four months of a year."""
    position = ("early", "mid", "late").index(third)
    if span.precision == "year":
        first, last = whole_month(span.start.year, 4 * position + 1), whole_month(span.start.year, 4 * position + 4)
        return DateSpan(first.start, last.end, "range")
    days = (span.end - span.start).days + 1
    low, high = position * (days // 3), days if third == "late" else (position + 1) * (days // 3)
    start, end = span.start + timedelta(low), span.start + timedelta(max(high, low + 1) - 1)
    return DateSpan(start, end, "range" if end > start else "day")


def _span(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    if expression.calendar == "hijri" and expression.month is not None:
        return hijri_span(expression, published)
    if expression.month is not None:
        return common_span(expression, published, previous)
    if expression.day is not None:
        return _day_of_month(expression, published, previous)
    if expression.weekday is not None:
        return _weekday(expression, published, previous)
    if expression.year is not None:
        return whole_year(expression.year)
    return _shifted(expression, published, previous)


def _anchor(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    if expression.anchor == "previous" and previous is not None:
        return previous
    if published is None:
        return None
    if expression.anchor == "previous":  # nobody named a day: the report's own day is the publication day or the eve
        return DateSpan(published - timedelta(1), published, "range")
    return DateSpan(published, published, "day")


def _add_months(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _day_of_month(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    anchor = _anchor(expression, published, previous)
    if anchor is None:
        return None
    if expression.unit is None:  # "on the 24th": the latest such day
        return _latest_day_of_month(expression, anchor.end)
    year, month = _add_months(anchor.start, expression.shift or 0)
    day = make_day(year, month, expression.day or 1)
    if day and published and anchor is not previous and expression.anchor == "previous" and day > published:
        return _latest_day_of_month(expression, published)
    return day_span(day, expression.night)


def _latest_day_of_month(expression: DateExpression, latest: date) -> DateSpan | None:
    for back in range(3):
        day = make_day(*_add_months(latest, -back), expression.day or 1)
        if day is not None and day <= latest:
            return day_span(day, expression.night)
    return None


def _weekday(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    anchor = _anchor(expression, published, previous)
    if anchor is None or expression.weekday is None:
        return None
    base, wanted = anchor.end, expression.weekday
    if expression.unit == "week":
        start = _weeks(base, expression.shift or 0, expression.week_starts).start
        return day_span(start + timedelta((wanted - start.weekday()) % 7), expression.night)
    if expression.unit == "day" and expression.shift is not None:
        return day_span(_nearest(base + timedelta(expression.shift), wanted, base, expression.shift), expression.night)
    if (expression.shift or 0) > 0:
        return day_span(base + timedelta((wanted - base.weekday() - 1) % 7 + 1), expression.night)
    if expression.shift == -1:
        base -= timedelta(1)
    return day_span(base - timedelta((base.weekday() - wanted) % 7), expression.night)


def _nearest(day: date, weekday: int, base: date, shift: int) -> date:
    """Day of the given weekday nearest to ``day``.

    It lies after the anchor only where it should, or by one day for "today", where a report written past midnight
    carries the date of the day before.
    """
    ahead = (weekday - day.weekday()) % 7
    near = day + timedelta(ahead if ahead <= _WEEKDAY_SLACK else ahead - 7)
    latest = base + timedelta(1) if shift == 0 else base
    return near - timedelta(7) if near > latest and shift <= 0 else near


def _shifted(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    anchor = _anchor(expression, published, previous)
    if anchor is None or expression.shift is None:
        return None
    near = _moved(anchor, expression.unit or "day", expression.shift, expression)
    far = near
    if expression.shift_far is not None:
        far = _moved(anchor, expression.unit or "day", expression.shift_far, expression)
    if near is None or far is None:
        return None
    if expression.window:
        edge = DateSpan(min(near.start, anchor.start), max(near.end, anchor.end), "range")
        return DateSpan(min(edge.start, far.start), edge.end, "range")
    if far is not near:
        return DateSpan(min(near.start, far.start), max(near.end, far.end), "range")
    return near


def _moved(anchor: DateSpan, unit: str, shift: int, expression: DateExpression) -> DateSpan | None:
    if unit == "hour":
        return _hours(anchor, shift)
    if unit == "day":
        return _days(anchor, shift, expression.night)
    if unit == "week":
        return _weeks(anchor.start, shift, expression.week_starts)
    if unit == "month":
        return whole_month(*_add_months(anchor.start, shift))
    year = anchor.start.year + shift
    return whole_year(year) if 1 <= year <= 9998 else None


def _days(anchor: DateSpan, shift: int, night: bool) -> DateSpan:
    start, end = anchor.start + timedelta(shift - night), anchor.end + timedelta(shift)
    return DateSpan(start, end, "day" if start == end else "range")


def _hours(anchor: DateSpan, shift: int) -> DateSpan:
    days = abs(shift) // 24 * (1 if shift > 0 else -1)
    low, high = (days, days) if days else (-1, 0) if shift < 0 else (0, 1)
    start, end = anchor.start + timedelta(low), anchor.end + timedelta(high)
    return DateSpan(start, end, "day" if start == end else "range")


def _weeks(day: date, shift: int, week_starts: int) -> DateSpan:
    start = day - timedelta((day.weekday() - week_starts) % 7) + timedelta(7 * shift)
    return DateSpan(start, start + timedelta(6), "week")
