"""Days of a month said by name, in the common and in the Hijri calendar."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from pipeline.date_expression import DateExpression
from pipeline.records import DateSpan

_WEEKDAY_YEARS = 11  # a weekday and date meet again within eleven years, leap day aside
_HIJRI_YEARS = range(1343, 1501)  # what the conversion tables cover


def whole_year(year: int) -> DateSpan:
    """Span of a year."""
    return DateSpan(date(year, 1, 1), date(year, 12, 31), "year")


def whole_month(year: int, month: int) -> DateSpan:
    """Span of a month."""
    return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def make_day(year: int, month: int, day: int) -> date | None:
    """Make a date; None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_span(day: date | None, night: bool = False) -> DateSpan | None:
    """Span of one day, or of the night that ends on it; None stays None."""
    if day is None:
        return None
    return DateSpan(day - timedelta(1), day, "range") if night else DateSpan(day, day, "day")


def common_span(expression: DateExpression, published: date | None, previous: DateSpan | None) -> DateSpan | None:
    """Settle a day, month or season of the common calendar; None where its year cannot be told."""
    year = expression.year
    if year is None and expression.unit == "year":
        anchor = published if expression.anchor == "publication" else previous.end if previous else None
        year = anchor.year + (expression.shift or 0) if anchor else None
    elif year is None:
        year = _open_year(expression, published, previous)
    return _in_year(_right_way_round(expression, year, published), year) if year is not None else None


def _right_way_round(expression: DateExpression, year: int | None, published: date | None) -> DateExpression:
    """Turn a month and day round where the other reading alone is possible or lies right before publication."""
    if not expression.swappable or year is None or published is None or expression.day is None or expression.day > 12:
        return expression
    turned = replace(expression, day=expression.month, month=expression.day)
    ages = [_age(reading, year, published) for reading in (expression, turned)]
    return turned if (ages[0] < 0 <= ages[1]) or (0 <= ages[1] <= 7 < ages[0]) else expression


def _age(expression: DateExpression, year: int, published: date) -> int:
    span = _in_year(expression, year)
    return (published - span.start).days if span else -1


def _in_year(expression: DateExpression, year: int) -> DateSpan | None:
    month = expression.month or 1
    if not 1 <= year <= 9998:
        return None
    if expression.day is not None:
        return day_span(make_day(year, month, expression.day), expression.night)
    span = whole_month(year, month)
    if expression.season:
        last = month - 1 + expression.season - 1
        return DateSpan(span.start, whole_month(year + last // 12, last % 12 + 1).end, "range")
    return span


def _open_year(expression: DateExpression, published: date | None, previous: DateSpan | None) -> int | None:
    if expression.shift is None and not expression.since:
        carried = _carried_year(expression, published, previous)
        if carried is not None:
            return carried
    if published is None:
        return None
    if expression.shift == 0 and not expression.season:
        return published.year
    if (expression.shift or 0) > 0:
        years = range(published.year, published.year + 2)
        return next((year for year in years if _begins(expression, year, published) > 0), None)
    years = range(published.year, published.year - _WEEKDAY_YEARS - 1, -1)
    past = [year for year in years if _is_past(expression, year, published)]
    if expression.weekday is not None:
        likeliest = [*past[:1], published.year, published.year + 1, *past[1:]]
        fitting = (year for year in likeliest if _falls_on(expression, year))
        return next(fitting, past[0] if past else None)
    return past[0] if past else None


def _carried_year(expression: DateExpression, published: date | None, previous: DateSpan | None) -> int | None:
    """Year of a date named just before, where it lies a year back or nothing is known of the publication."""
    if previous is None or previous.precision == "year":
        return None
    if published is not None and (published - previous.end).days <= 366:
        return None
    return previous.end.year


def _begins(expression: DateExpression, year: int, published: date) -> int:
    """Days from publication to the first day of the expression in ``year``; an impossible day lies far ahead."""
    span = _in_year(expression, year)
    return (span.start - published).days if span else 10_000


def _is_past(expression: DateExpression, year: int, published: date) -> bool:
    """Say whether the expression lies before publication in ``year``: wholly, where it says "last"."""
    span = _in_year(expression, year)
    if span is None:
        return False
    return span.end < published if expression.shift == -1 else span.start <= published


def _falls_on(expression: DateExpression, year: int) -> bool:
    span = _in_year(expression, year)
    return span is not None and span.end.weekday() == expression.weekday


def hijri_span(expression: DateExpression, published: date | None) -> DateSpan | None:
    """Settle a day or month of the Hijri calendar; None outside the years the conversion covers."""
    if expression.year is not None:
        return _hijri_in_year(expression, expression.year)
    if published is None or not date(1925, 1, 1) <= published <= date(2076, 1, 1):
        return None
    this = Gregorian(published.year, published.month, published.day).to_hijri().year
    spans = (_hijri_in_year(expression, this - back) for back in (-1, 0, 1, 2))
    latest = published - timedelta(1) if expression.shift == -1 else published
    if (expression.shift or 0) > 0:
        ahead = (_hijri_in_year(expression, this + on) for on in (0, 1, 2))
        return next((span for span in ahead if span and span.start > published), None)
    return next((span for span in spans if span and span.start <= latest), None)


def _hijri_in_year(expression: DateExpression, year: int) -> DateSpan | None:
    month = expression.month or 1
    if year not in _HIJRI_YEARS:
        return None
    length = Hijri(year, month, 1).month_length()
    if expression.day is not None:
        if expression.day > length:
            return None
        return day_span(_common(year, month, expression.day), expression.night)
    return DateSpan(_common(year, month, 1), _common(year, month, length), "month")


def _common(year: int, month: int, day: int) -> date:
    common = Hijri(year, month, day).to_gregorian()
    return date(common.year, common.month, common.day)
