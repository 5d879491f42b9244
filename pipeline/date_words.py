"""The date grammar of a language: read from its ``dates.toml``, checked and compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.date_expression import PARTS_OF_DAY, DateExpression
from pipeline.date_figures import NUMBER_KINDS
from pipeline.date_patterns import Form, Matcher, Phrases, build_trie, index_root, parse_form, slots_of
from pipeline.errors import LanguageError
from pipeline.word_tables import cut, joined_forms, read_table, require, words_of

_UNITS = frozenset({"hour", "day", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class Links:
    """Words that may stand between two parts of one expression."""

    of: frozenset[str]  # time of day, then the day: "the morning of"
    time: frozenset[str]  # the day, then the time of day
    apposition: frozenset[str]  # one day named twice: "yesterday, Thursday"
    comma: frozenset[str]  # may also stand between a part of day that needs its day and that day
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
    LanguageError
        If it is missing or wrong; the message names the file and the key.
    """
    path = folder / "dates.toml"
    table = read_table(path)
    sets = {name: _read_set(name, entries, path) for name, entries in table.get("sets", {}).items()}
    sets |= {f"+{name}": _behind_and(phrases, table) for name, phrases in sets.items()}
    rules = table.get("rules")
    require(isinstance(rules, list) and bool(rules), path, "rules", "needs at least one rule")
    forms = _read_forms(rules or [], table.get("shapes", {}), sets, path)
    order, week = table.get("written_order", "dmy"), table.get("week_starts", 0)
    require(order in ("dmy", "either"), path, "written_order", f"is {order!r}; use 'dmy' or 'either'")
    require(week in range(7), path, "week_starts", f"is {week!r}; use 0 (Monday) to 6 (Sunday)")
    prefixes = _prefixes(table)
    cues = tuple(frozenset(joined_forms(_flat(rule.get("behind", [])), *prefixes)) for rule in rules or [])
    spelled = tuple({cut(word)[0]: word for word in rule.get("spelled", [])} for rule in rules or [])
    root = build_trie(forms)
    require(not root.rules, path, "rules", "hold a form that matches nothing at all; make one of its elements required")
    matcher = Matcher(root, cues, spelled, sets, frozenset(_flat(table.get("capital", []))), index_root(root, sets))
    constants = tuple({"week_starts": week, **rule.get("set", {}), **_order(rule, order)} for rule in rules or [])
    since = table.get("since", {})
    return DateWords(
        matcher,
        _starts(matcher, table),
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
    return {first: tuple(sorted(rest, key=lambda one: -len(one[0]))) for first, rest in phrases.items()}


def _behind_and(phrases: Phrases, table: Mapping[str, Any]) -> Phrases:
    """Write the joined "and" onto the first word of every phrase of a set."""
    joined = _flat(table.get("prefixes", {}).get("and", []))
    return {prefix + first: rest for prefix in joined for first, rest in phrases.items()}


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
                form = parse_form(line, shapes)
            except ValueError as error:
                raise LanguageError(f"{path}: {key}: {error}") from error
            _check_slots(form, sets, path, f"{key}, form {line!r}")
            found.append((form, number))
    return found


def _check_slots(form: Form, sets: Mapping[str, Phrases], path: Path, key: str) -> None:
    known = ", ".join(sorted(name for name in [*sets, *NUMBER_KINDS] if name[0] != "+"))
    for slot in slots_of(form):
        found = slot.source in sets or slot.source in NUMBER_KINDS
        require(found, path, key, f"{{{slot.source}}} is neither a set nor a kind of number: {known}")


def _starts(matcher: Matcher, table: Mapping[str, Any]) -> dict[str, str]:
    never = set(_flat(table.get("prefixes", {}).get("never", [])))
    forms = joined_forms(_first_words(matcher), *_prefixes(table))
    return {written: bare for written, bare in forms.items() if written == bare or written not in never}


def _first_words(matcher: Matcher) -> list[str]:
    words = list(matcher.root.words)
    for slot, _ in matcher.root.slots:
        words.extend(matcher.sets.get(slot.source, ()))
    return words


def _read_links(links: Mapping[str, Any], path: Path) -> Links:
    known = {"of", "time", "apposition", "comma", "closing", "range", "pair", "pair_open"}
    unknown = sorted(set(links) - known)
    require(not unknown, path, "links", f"{', '.join(unknown)} is not known; known: {', '.join(sorted(known))}")
    plain = {name: frozenset(_flat(links.get(name, []))) for name in known - {"closing"}}
    return Links(closing=dict(links.get("closing", {})), **plain)
