"""Find how many: figures, number words and vague quantities, each with low, best and high and what kind it is.

A mention covers the number and the words before it that bound it ("at least twelve"). Written rules for vague words and
bounds live in the language's ``numbers.toml``; ordinals are no numbers, and figures that count nothing (years, clock
times, percentages, parts of names) carry a kind that says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.number_marks import NumberMention, bounded, join_ranges, kind_of, phrase_at
from pipeline.number_words import NumberWords, Word, load_number_words
from pipeline.text import Text, Token

__all__ = ["NumberMention", "NumberWords", "find_numbers", "load_number_words"]

_GROUPED = re.compile(r"\d{1,3}(?:([,.٬])\d{3})(?:\1\d{3})*")
_LONGEST_FIGURE = 16  # characters read of a figure; what is longer counts nothing
_MOST_GROUPS = 5
_MOST = 10**15
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_SCORE = re.compile(r"\d{1,3}-\d{1,3}")
_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")


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
                found.append(bounded(text.tokens, _capped(mention), first, stop, words))
    return tuple(join_ranges(text.tokens, found, words))


def _capped(mention: NumberMention) -> NumberMention:
    """Keep absurd products ("a million million million") inside what a table's column holds."""
    if mention.high <= _MOST:
        return mention
    return replace(mention, low=min(mention.low, _MOST), best=min(mention.best, _MOST), high=_MOST)


def _read(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> tuple[NumberMention | None, int]:
    """Read the number at a token; answers it, or None where there is none, and where to go on."""
    passed = phrase_at(words.passed, words.starts.get(tokens[at].text, ("", ""))[1], tokens, at, stop)
    if passed:
        return None, passed[0]
    mention = _figure(tokens, at, stop, words) if tokens[at].kind == "number" else _in_words(tokens, at, stop, words)
    if mention is None:
        return None, at + 1
    return replace(
        mention, kind=kind_of(tokens, mention, stop, words), number=(mention.first, mention.last)
    ), mention.last


# -- figures -----------------------------------------------------------------------------------------------------------


def _figure(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> NumberMention:
    text = tokens[at].text
    span = _RANGE.fullmatch(text)
    if span and int(span[1]) < int(span[2]):
        low, high = int(span[1]), int(span[2])
        return NumberMention(at, at + 1, low, (low + high) // 2, high, bound="range")
    if ":" in text:
        return NumberMention(at, at + 1, 0, 0, 0, "time")
    if _SCORE.fullmatch(text):
        return NumberMention(at, at + 1, 0, 0, 0, "score")
    if "/" in text or "-" in text or (text.count(".") > 1 and not _is_grouped(text, words)):
        return NumberMention(at, at + 1, 0, 0, 0, "date")
    value, whole = _value(text, words)
    last = _spaced_end(tokens, at, stop, words)
    if last > at + 1:
        value = int("".join(token.text for token in tokens[at:last]))
    end, scaled = _scaled(tokens, last, stop, value, words)
    if end > at + 1 or whole:
        best = round(scaled)
        if end > last:
            end, best = _with_rest(tokens, end, stop, best, 0, words)
        return NumberMention(at, end, best, best, best)
    return NumberMention(at, at + 1, int(value), int(value), int(value), "decimal")


def _spaced_end(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> int:
    """End of a figure whose groups of three digits are set apart by spaces ("2 000"), where a language writes so."""
    first = tokens[at].text
    end = at + 1
    if " " not in words.thousands or not first.isdigit() or len(first) > 3 or first.startswith("0"):
        return end
    while end < stop and end - at < _MOST_GROUPS and _follows_as_group(tokens[end - 1], tokens[end]):
        end += 1
    return end


def _follows_as_group(token: Token, following: Token) -> bool:
    return following.start == token.end + 1 and len(following.text) == 3 and following.text.isdigit()


def _is_grouped(text: str, words: NumberWords) -> bool:
    match = _GROUPED.fullmatch(text)
    return match is not None and match[1] in words.thousands


def _value(text: str, words: NumberWords) -> tuple[float, bool]:
    text = text[:_LONGEST_FIGURE]
    if text.isdigit():
        return int(text), True
    if _is_grouped(text, words):
        return int(re.sub(r"\D", "", text)), True
    if _DECIMAL.fullmatch(text):
        return float(re.sub(r"[,٫]", ".", text)), False
    return float(re.split(r"\D", text)[0] or 0), False


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
    found = phrase_at(words.numbers, bare, tokens, at, stop)
    return _Step(found[0], found[1], joined or bool(prefix)) if found else None


def _in_words(tokens: Sequence[Token], at: int, stop: int, words: NumberWords) -> NumberMention | None:
    bare = words.starts[tokens[at].text][1]
    vague = phrase_at(words.vague, bare, tokens, at, stop)
    found = phrase_at(words.numbers, bare, tokens, at, stop)
    if vague and (not found or vague[0] >= found[0]):
        word = vague[1]
        return NumberMention(at, vague[0], word.low, word.value, word.high, bound="vague")
    if found is None or (at and tokens[at - 1].text in words.ordinals and found[1].value in range(10, 100, 10)):
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
            end, scaled = _scaled(tokens, at + 2, stop, int(rest), words)
            if scaled < total:
                return end, total + round(scaled)
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
        return (total, value) if total and value < total else None
    return (total, current + value) if _fits(current, value, words.unit_first) else None


def _hyphened(current: int, value: int) -> bool:
    return current in range(20, 100, 10) and 0 < value < 10


def _fits(current: int, value: int, unit_first: bool) -> bool:
    if 0 < value < current and current % 10 ** len(str(value)) == 0:
        return True
    return unit_first and 1 <= current % 100 < 10 and value in range(20, 100, 10)
