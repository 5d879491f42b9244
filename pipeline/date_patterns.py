"""Patterns of date words: forms written in a language's data, compiled once to a trie and matched in one pass.

A form is a line of words: ``{month}`` is a slot filled from a set of that name or from a kind of number,
``{end_day:day}`` fills field ``end_day``, ``<month>`` stands for any form of the shape of that name, ``a|b`` is either
word and a final ``?`` makes an element optional. A slot named ``twin`` must repeat the month it stands beside.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from pipeline.text import Token
from pipeline.word_tables import cut

Fields = tuple[tuple[str, Any], ...]
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Fields | int | str], ...]]

_PARTS = re.compile(r"[./\-٫]")
_MOST_FORMS = 20_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a form: the field it fills and the set or kind of number it is filled from."""

    field: str
    source: str


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the trie of forms; ``rules`` are the numbers of the rules that end here, in their order."""

    words: Mapping[str, "Node"]
    slots: tuple[tuple[Slot, "Node"], ...]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A form found: tokens up to ``end`` (exclusive), the rule and the fields its slots were filled with."""

    end: int
    rule: int
    fields: Fields


Form = tuple[str | Slot, ...]


def expand_form(form: str, shapes: Mapping[str, Sequence[str]], depth: int = 0) -> list[Form]:
    """List every plain sequence that ``form`` stands for.

    Raises
    ------
    ValueError
        If a shape is not known or refers to itself, a slot is malformed, or the form stands for too many sequences.
    """
    if depth > 6:
        raise ValueError(f"form {form!r} refers to shapes more than six deep; does a shape contain itself?")
    choices = [_expand_element(element, shapes, depth) for element in form.split()]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST_FORMS:
        raise ValueError(f"form {form!r} stands for {count} sequences; split it (at most {_MOST_FORMS})")
    return [tuple(item for part in parts for item in part) for parts in product(*choices)]


def _expand_element(element: str, shapes: Mapping[str, Sequence[str]], depth: int) -> list[Form]:
    optional = len(element) > 1 and element.endswith("?")
    body = element[:-1] if optional else element
    found: list[Form] = [()] if optional else []
    if body.startswith("<"):
        name = body.strip("<>")
        if name not in shapes:
            raise ValueError(f"<{name}> is not a shape; known shapes: {', '.join(sorted(shapes))}")
        for form in shapes[name]:
            found.extend(expand_form(form, shapes, depth + 1))
    elif body.startswith("{"):
        field, _, source = body.strip("{}").partition(":")
        found.append((Slot(field, source or field),))
    else:
        found.extend(cut(word) for word in body.split("|"))
    return found


def build_trie(forms: Sequence[tuple[Form, int]]) -> Node:
    """Join sequences into one trie."""
    rules = tuple(sorted({number for form, number in forms if not form}))
    branches: dict[str | Slot, list[tuple[Form, int]]] = {}
    for form, number in forms:
        if form:
            branches.setdefault(form[0], []).append((form[1:], number))
    nodes = {key: build_trie(rest) for key, rest in branches.items()}
    words = {key: node for key, node in nodes.items() if isinstance(key, str)}
    return Node(words, tuple((key, node) for key, node in nodes.items() if isinstance(key, Slot)), rules)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the longest form that begins at a token; of two rules with the same form the earlier counts."""

    root: Node
    behind: tuple[frozenset[str], ...]  # a rule's cues: one of them must stand before it; empty = none needed
    sets: Mapping[str, Phrases]
    capital: frozenset[str]  # words that only count with a capital letter

    def match(self, tokens: Sequence[Token], at: int, stop: int, first: str) -> Match | None:
        """Match at token ``at``, reading no further than ``stop``; ``first`` is its word without joined prefixes."""
        cue = tokens[at - 1].text if at else ""
        return self._walk(self.root, tokens, at, stop, first, cue, ())

    def _walk(
        self, node: Node, tokens: Sequence[Token], at: int, stop: int, word: str | None, cue: str, fields: Fields
    ) -> Match | None:
        best = None
        for rule in node.rules:
            if not self.behind[rule] or cue in self.behind[rule]:
                best = Match(at, rule, fields)
                break
        if at >= stop:
            return best
        for child, end, filled in self._steps(node, tokens, at, stop, word):
            if filled and filled[0][0] == "twin" and ("month", filled[0][1]) not in fields:
                continue
            found = self._walk(child, tokens, end, stop, None, cue, fields + filled)
            if found is not None and (best is None or found.end > best.end):
                best = found
        return best

    def _steps(
        self, node: Node, tokens: Sequence[Token], at: int, stop: int, word: str | None
    ) -> Iterator[tuple[Node, int, Fields]]:
        token = tokens[at]
        text = token.text if word is None else word
        if text in self.capital and not token.is_capitalised:
            return
        child = node.words.get(text)
        if child is not None:
            yield child, at + 1, ()
        for slot, child in node.slots:
            phrases = self.sets.get(slot.source)
            if phrases is not None:
                for length, value in _phrases_at(phrases.get(text, ()), tokens, at, stop):
                    yield child, at + length, _fill(slot, value)
            elif token.kind == "number":
                number = NUMBER_KINDS[slot.source](token.text)
                if number is not None:
                    yield child, at + 1, _fill(slot, number)


def _phrases_at(
    phrases: Sequence[tuple[tuple[str, ...], Fields | int | str]], tokens: Sequence[Token], at: int, stop: int
) -> Iterator[tuple[int, Fields | int | str]]:
    for rest, value in phrases:
        end = at + 1 + len(rest)
        if end <= stop and all(tokens[at + 1 + n].text == word for n, word in enumerate(rest)):
            yield 1 + len(rest), value


def _fill(slot: Slot, value: Fields | int | str) -> Fields:
    return value if isinstance(value, tuple) else ((slot.field, value),)


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
    hour, dot, minute = text.partition(".")
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
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
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
    return _day_fields(parts[0], parts[1], "0")[:2] if _day_fields(parts[0], parts[1], "0") else None  # type: ignore[index]


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
