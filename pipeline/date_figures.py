"""The figures of dates and clocks: what a number token may be, read without any word around it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Fields = tuple[tuple[str, Any], ...]

_PARTS = re.compile(r"[./\-٫]")


def _whole(low: int, high: int, digits: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        if len(text) <= digits and text.isdigit() and low <= int(text) <= high:
            return int(text)
        return None

    return read


def _long_year(low: int, high: int) -> Callable[[str], int | None]:
    whole = _whole(low, high, 4)
    return lambda text: whole(text) if len(text) == 4 else None


def _clock(text: str) -> Fields | None:
    hour, colon, minute = text.partition(":")
    minute = minute.partition(":")[0]
    if not colon or len(hour) > 2 or len(minute) != 2:
        return None
    return _time(hour, minute)


def _dotted_clock(text: str) -> Fields | None:
    hour, dot, minute = text.replace(",", ".").partition(".")
    return _time(hour, minute) if dot and len(hour) <= 2 and len(minute) == 2 else None


def _bare_clock(text: str) -> Fields | None:
    return _time(text[:2], text[2:]) if len(text) == 4 else None


def _time(hour: str, minute: str) -> Fields | None:
    if not (hour.isdigit() and minute.isdigit()) or int(hour) > 24 or int(minute) > 59:
        return None
    return (("hour", int(hour)), ("minute", int(minute)))


def _written_date(text: str) -> Fields | None:
    """Read 25/3/2023, 04.07.15 or 2023-03-25: the numbers in the order given, sorted out when resolved."""
    parts = _PARTS.split(text)
    if len(parts) != 3 or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    if len(parts[0]) == 4:
        return _day_fields(parts[2], parts[1], parts[0])
    if len(parts[2]) not in (2, 4) or max(len(parts[0]), len(parts[1])) > 2:
        return None
    year = parts[2] if len(parts[2]) == 4 else str(2000 + int(parts[2]) - 100 * (int(parts[2]) > 69))
    return _day_fields(parts[0], parts[1], year)


def _day_fields(first: str, second: str, year: str) -> Fields | None:
    day, month = int(first), int(second)
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return (("day", day), ("month", month), ("year", int(year)))


def _day_month(text: str) -> Fields | None:
    parts = text.split("/")
    if len(parts) != 2 or not all(part.isdigit() and len(part) <= 2 for part in parts):
        return None
    fields = _day_fields(parts[0], parts[1], "0")
    return fields[:2] if fields else None


def _pair(kind: Callable[[str], int | None], first: str, second: str) -> Callable[[str], Fields | None]:
    def read(text: str) -> Fields | None:
        parts = re.split(r"[-/]", text)
        if len(parts) != 2:
            return None
        low, high = kind(parts[0]), kind(parts[1])
        return ((first, low), (second, high)) if low is not None and high is not None and low < high else None

    return read


_DAY = _whole(1, 31, 2)
_YEAR = _long_year(1900, 2100)
NUMBER_KINDS: Mapping[str, Callable[[str], Any]] = {
    "day": _DAY,
    "month_number": _whole(1, 12, 2),
    "year": _YEAR,
    "hijri_year": _long_year(1300, 1500),
    "hour": _whole(0, 24, 2),
    "minute": _whole(0, 59, 2),
    "number": _whole(1, 999, 3),
    "clock": _clock,
    "dotted_clock": _dotted_clock,
    "bare_clock": _bare_clock,
    "written_date": _written_date,
    "day_month": _day_month,
    "days": _pair(_DAY, "day", "end_day"),
    "years": _pair(_YEAR, "year", "end_year"),
}
