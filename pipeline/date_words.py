"""What a language says about dates: the expression a phrase stands for, and the words it is written with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.date_patterns import NUMBER_KINDS, Form, Matcher, Phrases, Slot, build_trie, expand_form
from pipeline.word_tables import cut, joined_forms, read_table, require, words_of

PARTS_OF_DAY = frozenset({"dawn", "morning", "noon", "afternoon", "evening", "night"})
_HALVES = {"am": "am", "dawn": "am", "morning": "am", "noon": "noon", "pm": "pm", "afternoon": "pm", "evening": "pm"}
_UNITS = frozenset({"hour", "day", "week", "month", "year"})


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


@dataclass(frozen=True, slots=True)
class Links:
    """Words that may stand between two parts of one expression."""

    of: frozenset[str]  # time of day, then the day: "the morning of"
    time: frozenset[str]  # the day, then the time of day
    apposition: frozenset[str]  # one day named twice: "yesterday, Thursday"
    closing: Mapping[str, str]  # opening mark -> the mark that closes it
    range: frozenset[str]  # "to": makes a range by itself
    pair: frozenset[str]  # "and": makes a range behind one of `pair_open`
    pair_open: frozenset[str]


@dataclass(frozen=True, slots=True)
class DateWords:
    """The date grammar of one language, compiled."""

    matcher: Matcher
    starts: Mapping[str, str]  # word as written -> the bare word a form may begin with
    rules: tuple[Mapping[str, Any], ...]  # fields each rule sets
    links: Links
    since: frozenset[str]
    since_skip: frozenset[str]


_FIELDS = frozenset(DateExpression.__dataclass_fields__) - {"until", "since"} | {
    *("ignore", "bound", "count", "count_high", "direction", "twin", "since"),
    *("end_day", "end_month", "end_year", "end_weekday", "minute_shift"),
}
_ALLOWED: dict[str, frozenset[Any] | range] = {
    "month": range(1, 13),
    "weekday": range(7),
    "part": PARTS_OF_DAY | {"am", "pm"},
    "unit": _UNITS,
    "anchor": frozenset({"publication", "previous", "absolute"}),
    "third": frozenset({"early", "mid", "late"}),
    "zone": frozenset({"local", "gmt"}),
    "calendar": frozenset({"gregorian", "hijri"}),
    "bound": frozenset({"next", "either"}),
    "day": range(1, 32),
    "hour": range(25),
}


def load_date_words(folder: Path) -> DateWords:
    """Read ``dates.toml`` of a language folder.

    Raises
    ------
    LanguageDataError
        If it is missing or wrong; the message names the file and the key.
    """
    path = folder / "dates.toml"
    table = read_table(path)
    sets = {name: _read_set(name, entries, path) for name, entries in table.get("sets", {}).items()}
    rules = table.get("rules")
    require(isinstance(rules, list) and bool(rules), path, "rules", "needs at least one rule")
    forms = _read_forms(rules or [], table.get("shapes", {}), sets, path)
    order, week = table.get("written_order", "dmy"), table.get("week_starts", 0)
    require(order in ("dmy", "either"), path, "written_order", f"is {order!r}; use 'dmy' or 'either'")
    require(week in range(7), path, "week_starts", f"is {week!r}; use 0 (Monday) to 6 (Sunday)")
    prefixes = _prefixes(table)
    cues = tuple(frozenset(joined_forms(_flat(rule.get("behind", [])), *prefixes)) for rule in rules or [])
    matcher = Matcher(build_trie(forms), cues, sets, frozenset(_flat(table.get("capital", []))))
    constants = tuple({"week_starts": week, **rule.get("set", {}), **_order(rule, order)} for rule in rules or [])
    since = table.get("since", {})
    return DateWords(
        matcher,
        joined_forms(_first_words(matcher), *prefixes),
        constants,
        _read_links(table.get("links", {}), path),
        frozenset(joined_forms(_flat(since.get("words", [])), *prefixes)),
        frozenset(_flat(since.get("skip", []))),
    )


def _order(rule: Mapping[str, Any], order: str) -> dict[str, Any]:
    written = any("written_date" in form or "day_month" in form for form in rule["forms"])
    return {"swappable": True} if written and order == "either" else {}


def _prefixes(table: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    prefixes = table.get("prefixes", {})
    seams = {_flat([key])[0]: _flat([value])[0] for key, value in prefixes.get("contractions", {}).items()}
    return _flat(prefixes.get("joined", [])), seams


def _flat(words: list[str]) -> list[str]:
    return [part for word in words for part in cut(word)]


def _read_set(name: str, entries: Any, path: Path) -> Phrases:
    require(isinstance(entries, list) and bool(entries), path, f"sets.{name}", "is not a list of tables")
    phrases: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for number, entry in enumerate(entries, 1):
        key = f"sets.{name} entry {number}"
        words = words_of(entry, path, key)
        value = entry.get("value")
        fields = {field: value for field, value in entry.items() if field not in ("words", "value")}
        require((value is None) != (not fields), path, key, "needs either 'value' or fields to set")
        _check_fields(fields if value is None else {name: value}, path, key, strict=value is None)
        for first, *rest in words:
            phrases.setdefault(first, []).append((tuple(rest), tuple(fields.items()) if value is None else value))
    return {first: tuple(rest) for first, rest in phrases.items()}


def _check_fields(fields: Mapping[str, Any], path: Path, key: str, *, strict: bool) -> None:
    for field, value in fields.items():
        known = field in _FIELDS
        require(known or not strict, path, key, f"{field!r} is no field; known fields: {', '.join(sorted(_FIELDS))}")
        allowed = _ALLOWED.get(field)
        fits = allowed is None or value in allowed
        require(fits, path, key, f"{field} is {value!r}; allowed: {sorted(allowed, key=str) if allowed else ''}")


def _read_forms(
    rules: list[dict[str, Any]], shapes: Mapping[str, list[str]], sets: Mapping[str, Phrases], path: Path
) -> list[tuple[Form, int]]:
    found: list[tuple[Form, int]] = []
    for number, rule in enumerate(rules):
        key = f"rules entry {number + 1}"
        require(bool(rule.get("forms")), path, key, "needs 'forms', a list of at least one form")
        _check_fields(rule.get("set", {}), path, key, strict=True)
        for line in rule["forms"]:
            try:
                forms = expand_form(line, shapes)
            except ValueError as error:
                require(False, path, key, str(error))
            for form in forms:
                _check_slots(form, sets, path, f"{key}, form {line!r}")
                found.append((form, number))
    return found


def _check_slots(form: Form, sets: Mapping[str, Phrases], path: Path, key: str) -> None:
    require(bool(form), path, key, "matches nothing at all; make one element required")
    for item in form:
        if isinstance(item, Slot):
            known = item.source in sets or item.source in NUMBER_KINDS
            known_names = ", ".join(sorted([*sets, *NUMBER_KINDS]))
            require(known, path, key, f"{{{item.source}}} is neither a set nor a kind of number: {known_names}")


def _first_words(matcher: Matcher) -> list[str]:
    words = list(matcher.root.words)
    for slot, _ in matcher.root.slots:
        words.extend(matcher.sets.get(slot.source, ()))
    return words


def _read_links(links: Mapping[str, Any], path: Path) -> Links:
    known = {"of", "time", "apposition", "closing", "range", "pair", "pair_open"}
    unknown = sorted(set(links) - known)
    require(not unknown, path, "links", f"{', '.join(unknown)} is not known; known: {', '.join(sorted(known))}")
    plain = {name: frozenset(_flat(links.get(name, []))) for name in known - {"closing"}}
    return Links(closing=dict(links.get("closing", {})), **plain)


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
