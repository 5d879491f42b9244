"""What a phrase says about a day or a time, before anything is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

PARTS_OF_DAY = frozenset({"dawn", "morning", "noon", "afternoon", "evening", "night"})
_HALVES = {"am": "am", "dawn": "am", "morning": "am", "noon": "noon", "pm": "pm", "afternoon": "pm", "evening": "pm"}


@dataclass(frozen=True, slots=True)
class DateExpression:
    """What a phrase says about a day or a time, before anything is counted from a publication date.

    Attributes
    ----------
    anchor
        What it is counted from: "publication", "previous" (the last date named) or "absolute".
    year, month, day
        As written; ``day`` without ``month`` is a day of the month that ``unit`` and ``shift`` name.
    calendar
        "gregorian" or "hijri".
    weekday
        0 = Monday ... 6 = Sunday.
    unit, shift, shift_far
        So many days, weeks, months or years from the anchor (yesterday: "day", -1); ``shift_far`` is the other end of a
        vague count ("a few days ago"). Beside a weekday or a month, -1 means strictly before and 1 after the anchor.
    third
        "early", "mid" or "late" part of the span.
    season
        Number of months the span lasts from ``month``, 0 where it is no season.
    window
        All days between ``shift`` and the anchor ("the past three days").
    night
        A night that lasts from the day into the next ("overnight").
    hour, minute, part, zone
        Clock time as said, part of day (or "am", "pm"), "local", "gmt" or None.
    since
        Stands behind "since": totals are counted from it.
    until
        The other end of a range, inclusive.
    swappable
        Day and month may be the other way round (04/07/2015).
    week_starts
        Weekday that begins a week, 0 = Monday.
    """

    anchor: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: str = "gregorian"
    weekday: int | None = None
    unit: str | None = None
    shift: int | None = None
    shift_far: int | None = None
    third: str | None = None
    season: int = 0
    window: bool = False
    night: bool = False
    hour: int | None = None
    minute: int | None = None
    part: str | None = None
    zone: str | None = None
    since: bool = False
    until: "DateExpression | None" = None
    swappable: bool = False
    week_starts: int = 0

    @property
    def has_day(self) -> bool:
        """Say whether it names a day or a longer span, not only a time of day."""
        return any(value is not None for value in (self.year, self.month, self.day, self.weekday, self.unit))

    @property
    def precision(self) -> str:
        """How long a span it names: day, range, week, month or year."""
        if self.until is not None or self.third or self.window or self.night or self.season:
            return "range"
        if self.day is not None or self.weekday is not None:
            return "day"
        if self.month is not None:
            return "month"
        if self.year is not None:
            return "year"
        if self.shift_far is not None:
            return "range"
        return self.unit if self.unit in ("week", "month", "year") else "day"

    @property
    def time(self) -> str | None:
        """``HH:MM`` as said, or a part of day; None where neither is said."""
        if self.hour is None:
            return self.part if self.part in PARTS_OF_DAY else None
        return f"{_day_hour(self.hour, self.part):02d}:{self.minute or 0:02d}"


def _day_hour(hour: int, part: str | None) -> int:
    half = _HALVES.get(part or "")
    if part == "night":
        half = "am" if hour < 6 or hour == 12 else "pm"
    if half == "noon":
        half = "pm" if hour < 6 else None
    if half == "am" and hour == 12:
        return 0
    if half == "pm" and hour < 12:
        return hour + 12
    return hour % 24


def express(fields: Mapping[str, Any]) -> DateExpression:
    """Make an expression of the fields a rule and its slots have filled."""
    values = dict(fields)
    ends = {name[4:]: values.pop(name) for name in list(values) if name.startswith("end_")}
    _count_shift(values)
    _shift_minutes(values)
    for name in ("twin", "ignore", "bound"):
        values.pop(name, None)
    expression = DateExpression(**{"anchor": _anchor(values), **values})
    if not ends:
        return expression
    return _with_end(expression, ends)


def _with_end(expression: DateExpression, ends: Mapping[str, Any]) -> DateExpression:
    if expression.night:
        return replace(expression, weekday=ends.get("weekday", expression.weekday), day=ends.get("day", expression.day))
    return replace(expression, until=replace(expression, **ends))


def _count_shift(values: dict[str, Any]) -> None:
    count, high, direction = (values.pop(name, None) for name in ("count", "count_high", "direction"))
    if direction is not None and count is not None:
        values["shift"] = count * direction
        if high is not None:
            values["shift_far"] = high * direction


def _shift_minutes(values: dict[str, Any]) -> None:
    back = values.pop("minute_shift", None)
    if back is not None and values.get("hour") is not None:
        values["hour"], values["minute"] = (values["hour"] - 1) % 24 or 12, 60 - back


def _anchor(values: Mapping[str, Any]) -> str:
    if values.get("weekday") is not None or values.get("unit") is not None:
        return "publication"
    if values.get("year") is not None:
        return "absolute"
    return "publication" if values.get("month") is not None else "previous"
