"""What a language says about numbers: its words, its vague quantities and the words that bound or explain a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.word_tables import cut, joined_forms, read_table, require, words_of

KINDS = frozenset(
    {"count", "percent", "year", "date", "time", "age", "ordinal", "decimal", "money", "measure", "score", "name"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: ``value`` adds, ``scale`` multiplies; vague words carry low and high, others a kind."""

    value: int = 1
    scale: int = 1
    low: int = 0
    high: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """How a bounding word widens a number: by a share ``slack`` both ways, or to a fixed ``low``."""

    name: str
    slack: float = 0.0
    low: int | None = None


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Word], ...]]  # first word -> longest rest first


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language."""

    starts: Mapping[str, tuple[str, str]]  # word as written -> (joined prefix, bare word)
    prefixes: frozenset[str]
    numbers: Phrases
    vague: Phrases
    passed: Phrases  # phrases that are no number
    kind_after: Phrases
    kind_before: Mapping[str, str]
    bounds_before: Mapping[tuple[str, ...], Bound]
    bounds_after: Mapping[tuple[str, ...], Bound]
    longest_bound: int
    bound_reach: int  # words between a number and a bound behind it
    conjunctions: frozenset[str]
    needs_conjunction: bool  # compounds always say "and"
    unit_first: bool  # "three and twenty"
    range_words: frozenset[str]
    range_open: frozenset[str]
    thousands: frozenset[str]  # marks between groups of three digits
    ordinals: frozenset[str]  # words behind which a ten belongs to an ordinal
    dual_suffixes: tuple[str, ...]  # endings that make a noun mean two; nothing here uses them


def load_number_words(folder: Path) -> NumberWords:
    """Read ``numbers.toml`` of a language folder.

    Raises
    ------
    LanguageError
        If it is missing or wrong; the message names the file and the key.
    """
    path = folder / "numbers.toml"
    table = read_table(path)
    require(bool(table.get("numbers")), path, "numbers", "needs at least one number word")
    numbers = _phrases(table, "numbers", path, {"value", "scale"})
    vague = _phrases(table, "vague", path, {"value", "low", "high"})
    passed = _phrases(table, "passed", path, set())
    _check_vague(table, path)
    prefixes = table.get("prefixes", {})
    starts = _starts([*numbers, *vague, *passed], prefixes, path)
    joined = [part for prefix in prefixes.get("joined", []) for part in cut(prefix)]
    before, after = _bounds(table, "before", path), _bounds(table, "after", path)
    compound, ranges = table.get("compounds", {}), table.get("ranges", {})
    return NumberWords(
        starts,
        frozenset(
            part for prefix in [*prefixes.get("joined", []), *prefixes.get("figures", [])] for part in cut(prefix)
        ),
        numbers,
        vague,
        passed,
        _kinds_after(table, path),
        _kinds_before(table, prefixes, path),
        before,
        after,
        max((len(phrase) for phrase in [*before, *after]), default=0),
        int(table.get("bound_reach", 3)),
        frozenset(part for word in compound.get("and", []) for part in cut(word)),
        bool(compound.get("needs_and", False)),
        bool(compound.get("unit_first", False)),
        frozenset(part for word in ranges.get("words", []) for part in cut(word)),
        frozenset(part for word in ranges.get("open", []) for part in cut(word)),
        frozenset(table.get("thousands", [","])),
        frozenset(joined_forms([part for word in table.get("ordinals", []) for part in cut(word)], joined, {})),
        tuple(part for word in table.get("dual_suffixes", []) for part in cut(word)),
    )


def _phrases(table: Mapping[str, Any], name: str, path: Path, fields: set[str]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for number, entry in enumerate(table.get(name, []), 1):
        key = f"{name} entry {number}"
        values = {field: value for field, value in entry.items() if field != "words"}
        unknown = sorted(set(values) - fields)
        require(
            not unknown, path, key, f"{', '.join(unknown)} is not known; known: {', '.join(sorted(fields)) or 'words'}"
        )
        whole = all(isinstance(value, int) and value >= 0 for value in values.values())
        require(whole, path, key, f"values must be whole numbers of 0 or more, got {values}")
        require(bool(values) or not fields, path, key, f"needs one of: {', '.join(sorted(fields))}")
        for first, *rest in words_of(entry, path, key):
            found.setdefault(first, []).append((tuple(rest), Word(**values)))
    return _longest_first(found)


def _longest_first(found: Mapping[str, list[tuple[tuple[str, ...], Word]]]) -> Phrases:
    return {first: tuple(sorted(rest, key=lambda entry: -len(entry[0]))) for first, rest in found.items()}


def _check_vague(table: Mapping[str, Any], path: Path) -> None:
    for number, entry in enumerate(table.get("vague", []), 1):
        low, best, high = (entry.get(name, -1) for name in ("low", "value", "high"))
        require(
            0 <= low <= best <= high,
            path,
            f"vague entry {number}",
            f"needs low <= value <= high, got {low}, {best}, {high}",
        )


def _starts(words: list[str], prefixes: Mapping[str, Any], path: Path) -> dict[str, tuple[str, str]]:
    joined = [part for prefix in prefixes.get("joined", []) for part in cut(prefix)]
    seams = {cut(key)[0]: cut(value)[0] for key, value in prefixes.get("contractions", {}).items()}
    never = {part for word in prefixes.get("never", []) for part in cut(word)}
    found: dict[str, tuple[str, str]] = {}
    for prefix in ["", *joined]:
        for written, bare in joined_forms(words, [prefix], seams).items():
            if written not in never and (written != bare or not prefix):
                found.setdefault(written, (prefix, bare))
    require(bool(found), path, "numbers", "hold no words")
    return found


def _kinds_after(table: Mapping[str, Any], path: Path) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for number, entry in enumerate(table.get("kinds_after", []), 1):
        key = f"kinds_after entry {number}"
        for first, *rest in words_of(entry, path, key):
            found.setdefault(first, []).append((tuple(rest), Word(kind=_kind_of(entry, path, key))))
    return _longest_first(found)


def _kinds_before(table: Mapping[str, Any], prefixes: Mapping[str, Any], path: Path) -> dict[str, str]:
    found = {}
    for number, entry in enumerate(table.get("kinds_before", []), 1):
        key = f"kinds_before entry {number}"
        for phrase in words_of(entry, path, key):
            require(len(phrase) == 1, path, key, f"{' '.join(phrase)!r} is more than one word")
            found[phrase[0]] = _kind_of(entry, path, key)
    joined = [part for prefix in prefixes.get("joined", []) for part in cut(prefix)]
    return {written: found[bare] for written, bare in joined_forms(found, joined, {}).items()}


def _kind_of(entry: Mapping[str, Any], path: Path, key: str) -> str:
    kind = str(entry.get("kind"))
    require(kind in KINDS, path, key, f"kind is {kind!r}; allowed: {', '.join(sorted(KINDS))}")
    return kind


def _bounds(table: Mapping[str, Any], side: str, path: Path) -> dict[tuple[str, ...], Bound]:
    found = {}
    for number, entry in enumerate(table.get("bounds", []), 1):
        key = f"bounds entry {number}"
        names = {"about", "at_least", "more_than", "at_most"}
        name = str(entry.get("name"))
        require(name in names, path, key, f"name is {name!r}; allowed: {', '.join(sorted(names))}")
        bound = Bound(name, float(entry.get("slack", 0.0)), entry.get("low"))
        for phrase in entry.get(side, []):
            found[cut(phrase)] = bound
    return found
