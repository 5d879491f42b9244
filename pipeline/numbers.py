"""Find how many: figures, number words and vague quantities, each with low, best and high and what kind it is.

A mention covers the number and the words before it that bound it ("at least twelve"). Written rules for vague words and
bounds live in the language's ``numbers.toml``; ordinals are no numbers, and figures that count nothing (years, clock
times, percentages, parts of names) carry a kind that says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.number_words import Bound, NumberWords, Phrases, Word, load_number_words
from pipeline.text import Text, Token

__all__ = ["NumberMention", "NumberWords", "find_numbers", "load_number_words"]

_THOUSANDS = re.compile(r"\d{1,3}(?:[,.٬]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """How many, in tokens ``first`` up to but not including ``last``.

    Attributes
    ----------
    low, best, high
        Smallest, likeliest and largest number that fits the words; 0 only where the text says zero.
    kind
        "count"; or what else the figure is: "percent", "year", "date", "time" (clock or length of time), "age",
        "ordinal", "decimal", "money", "measure", "name".
    bound
        "exact", "about", "at_least", "more_than", "at_most", "range" or "vague".
    number
        First and last + 1 token of the number itself, without the words that bound it.
    """

    first: int
    last: int
    low: int
    best: int
    high: int
    kind: str = "count"
    bound: str = "exact"
    number: tuple[int, int] = (0, 0)


def find_numbers(text: Text, words: NumberWords, taken: Sequence[tuple[int, int]] = ()) -> tuple[NumberMention, ...]:
    """Find every number in text order; mentions do not overlap.

    Parameters
    ----------
    text
        Tokens of the article.
    words
        Number words of its language.
    taken
        Token ranges to pass over, such as those of dates already found, in text order.
    """
    found: list[NumberMention] = []
    skip = {index for first, last in taken for index in range(first, last)}
    for first, stop in text.sentences:
        at = first
        while at < stop:
            token = text.tokens[at]
            if at in skip or (token.kind != "number" and token.text not in words.starts):
                at += 1
                continue
            mention, at = _read(text.tokens, at, stop, words)
            if mention is not None:
                found.append(_bounded(text.tokens, mention, first, stop, words))
    return tuple(_join_ranges(text.tokens, found, words))


def _read(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> tuple[NumberMention | None, int]:
    """Read the number at a token; answers it, or None where there is none, and where to go on."""
    passed = _phrase(words.passed, words.starts.get(tokens[at].text, ("", ""))[1], tokens, at, stop)
    if passed:
        return None, passed[0]
    mention = _figure(tokens, at, stop, words) if tokens[at].kind == "number" else _in_words(tokens, at, stop, words)
    if mention is None:
        return None, at + 1
    return replace(
        mention, kind=_kind(tokens, mention, stop, words), number=(mention.first, mention.last)
    ), mention.last


def _phrase(phrases: Phrases, first: str, tokens: Sequence[Token], at: int, stop: int) -> tuple[int, Word] | None:
    """Longest phrase whose first word (already bare) stands at ``at``: its end and its entry."""
    for rest, word in phrases.get(first, ()):
        end = at + 1 + len(rest)
        if end <= stop and all(tokens[at + 1 + n].text == part for n, part in enumerate(rest)):
            return end, word
    return None


# -- figures -----------------------------------------------------------------------------------------------------------


def _figure(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> NumberMention:
    text = tokens[at].text
    span = _RANGE.fullmatch(text)
    if span and int(span[1]) < int(span[2]):
        low, high = int(span[1]), int(span[2])
        return NumberMention(at, at + 1, low, (low + high) // 2, high, bound="range")
    if ":" in text:
        return NumberMention(at, at + 1, 0, 0, 0, "time")
    if "/" in text or "-" in text or (text.count(".") > 1 and not _THOUSANDS.fullmatch(text)):
        return NumberMention(at, at + 1, 0, 0, 0, "date")
    value, whole = _value(text)
    end, scaled = _scaled(tokens, at + 1, stop, value, words)
    if end > at + 1 or whole:
        best = round(scaled)
        if end > at + 1:
            end, best = _with_rest(tokens, end, stop, best, 0, words)
        return NumberMention(at, end, best, best, best)
    return NumberMention(at, at + 1, int(value), int(value), int(value), "decimal")


def _value(text: str) -> tuple[float, bool]:
    if text.isdigit():
        return int(text[:18]), True
    if _THOUSANDS.fullmatch(text):
        return int(re.sub(r"\D", "", text)[:18]), True
    if _DECIMAL.fullmatch(text):
        return float(re.sub(r"[,٫]", ".", text)), False
    return float(re.split(r"\D", text)[0][:18] or 0), False


def _scaled(tokens: Sequence[Token], at: int, stop: int, value: float, words: NumberWords) -> tuple[int, float]:
    """Read scale words behind a figure ("3.5 million", "15 thousand and 300")."""
    total, end = value, at
    while at < stop:
        step = _step(tokens, at, stop, words)
        if step is None or step.word.scale == 1 or step.joined or step.word.value > 1:
            break
        total *= step.word.scale
        at = end = step.end
    return end, total


# -- number words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    end: int
    word: Word
    joined: bool  # behind "and"


def _step(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> _Step | None:
    """Read the next number word of a compound, behind an optional "and"."""
    joined = tokens[at].text in words.conjunctions and at + 1 < stop
    if joined:
        at += 1
    prefix, bare = words.starts.get(tokens[at].text, ("", ""))
    if not bare or (prefix and prefix not in words.conjunctions) or (prefix and joined):
        return None
    found = _phrase(words.numbers, bare, tokens, at, stop)
    return _Step(found[0], found[1], joined or bool(prefix)) if found else None


def _in_words(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> NumberMention | None:
    bare = words.starts[tokens[at].text][1]
    vague = _phrase(words.vague, bare, tokens, at, stop)
    found = _phrase(words.numbers, bare, tokens, at, stop)
    if vague and (not found or vague[0] >= found[0]):
        word = vague[1]
        return NumberMention(at, vague[0], word.low, word.value, word.high, bound="vague")
    if found is None:
        return None
    end, word = found
    total, current = (word.value * word.scale, 0) if word.scale > 100 else (0, word.value * word.scale)
    while end < stop:
        step = _step(tokens, end, stop, words)
        grown = None if step is None else _grow(total, current, step, words)
        if step is None or grown is None:
            break
        total, current = grown
        end = step.end
    end, whole = _with_rest(tokens, end, stop, total, current, words)
    return NumberMention(at, end, whole, whole, whole)


def _with_rest(
    tokens: Sequence[Token], at: int, stop: int, total: int, current: int, words: NumberWords
) -> tuple[int, int]:
    """Add figures behind a scale word ("a thousand and 300") in a language that always says "and"."""
    if words.needs_conjunction and total and not current and at + 1 < stop:
        rest = tokens[at + 1].text
        if tokens[at].text in words.conjunctions and rest.isdigit() and len(rest) <= 3:
            return at + 2, total + int(rest)
    return at, total + current


def _grow(total: int, current: int, step: _Step, words: NumberWords) -> tuple[int, int] | None:
    """Add or multiply the next word into a number; None where it does not continue it."""
    word = step.word
    if word.scale > 1 and not step.joined:
        if current == 0 or (word.scale <= current and word.scale < 1000):
            return None
        return (total, current * word.scale) if word.scale < 1000 else (total + current * word.scale, 0)
    value = word.value * word.scale
    if word.scale >= 1000:
        return (total + value, 0) if current == 0 and value < total else None
    if not step.joined and words.needs_conjunction:
        return None
    if step.joined and not words.needs_conjunction and current < 100 and not total and not _hyphened(current, value):
        return None
    if current == 0:
        return (total, value) if total and value < 1000 else None
    return (total, current + value) if _fits(current, value, words.unit_first) else None


def _hyphened(current: int, value: int) -> bool:
    return current in range(20, 100, 10) and 0 < value < 10


def _fits(current: int, value: int, unit_first: bool) -> bool:
    if 0 < value < current and current % 10 ** len(str(value)) == 0:
        return True
    return unit_first and 1 <= current % 100 < 10 and value in range(20, 100, 10)


# -- kinds, bounds, ranges ---------------------------------------------------------------------------------------------


def _kind(tokens: Sequence[Token], mention: NumberMention, stop: int, words: NumberWords) -> str:
    if mention.kind in ("time", "date"):
        return mention.kind
    first, last = mention.first, mention.last
    if tokens[first].kind == "number" and _is_part_of_name(tokens, first, words):
        return "name"
    if last < stop:
        after = _phrase(words.kind_after, tokens[last].text, tokens, last, stop)
        if after is not None:
            return after[1].kind
    before = words.kind_before.get(tokens[first - 1].text) if first else None
    if before == "year":
        return before if _looks_like_year(tokens, mention) else mention.kind
    if before is not None:
        return before
    bare_year = _looks_like_year(tokens, mention) and (last >= stop or tokens[last].kind != "word")
    return "year" if bare_year else mention.kind


def _looks_like_year(tokens: Sequence[Token], mention: NumberMention) -> bool:
    return len(tokens[mention.first].text) == 4 and mention.best in _YEARS and mention.last == mention.first + 1


def _is_part_of_name(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Say whether letters touch the figure as in F-16, T4 or S-300 (joined prefixes do not count)."""
    before = tokens[at - 1] if at else None
    if before is None or before.end != tokens[at].start:
        return False
    if before.text == "-" and at > 1:
        before, touching = tokens[at - 2], tokens[at - 2].end == tokens[at - 1].start
        return touching and before.kind == "word" and before.text not in words.prefixes
    return before.kind == "word" and before.text not in words.prefixes


def _bounded(
    tokens: Sequence[Token], mention: NumberMention, first: int, stop: int, words: NumberWords
) -> NumberMention:
    """Apply the bounding words in front of a number, or close behind it."""
    if mention.bound not in ("exact", "range"):
        return mention
    for length in range(min(words.longest_bound, mention.first - first), 0, -1):
        start = mention.first - length
        bound = words.bounds_before.get(tuple(token.text for token in tokens[start : mention.first]))
        if bound is not None:
            return _apply(replace(mention, first=start), bound)
    for start in range(mention.last, min(mention.last + words.bound_reach, stop)):
        for length in range(1, min(words.longest_bound, stop - start) + 1):
            bound = words.bounds_after.get(tuple(token.text for token in tokens[start : start + length]))
            if bound is not None:
                return _apply(mention, bound)
        if tokens[start].kind != "word":
            break
    return mention


def _apply(mention: NumberMention, bound: Bound) -> NumberMention:
    if mention.kind != "count" or mention.bound == "range":
        return mention
    best = mention.best
    slack = max(round(best * bound.slack), 1) if bound.slack else 0
    low = best - slack if bound.low is None else min(bound.low, best)
    return replace(mention, low=max(low, min(best, 1)), high=best + slack, bound=bound.name)


def _join_ranges(tokens: Sequence[Token], found: list[NumberMention], words: NumberWords) -> list[NumberMention]:
    joined: list[NumberMention] = []
    for mention in found:
        if joined and _is_range(tokens, joined[-1], mention, words):
            low, high = joined[-1], mention
            best = (low.best + high.best) // 2
            joined[-1] = replace(
                low, last=high.last, low=low.best, best=best, high=high.best, bound="range", kind=high.kind
            )
        else:
            joined.append(mention)
    return joined


def _is_range(tokens: Sequence[Token], low: NumberMention, high: NumberMention, words: NumberWords) -> bool:
    if not (low.bound == high.bound == "exact" and low.kind == high.kind == "count" and 0 < low.best < high.best):
        return False
    gap = [token.text for token in tokens[low.last : high.first]]
    prefix = words.starts.get(tokens[high.first].text, ("", ""))[0]
    gap += [prefix] if prefix else []
    if not gap:
        return False
    opened = low.first > 0 and tokens[low.first - 1].text in words.range_open
    return words.range_words.issuperset(gap) or (opened and words.conjunctions.issuperset(gap))
