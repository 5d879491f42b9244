"""What the words around a number make of it: its kind, its bounds, the range it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.number_words import Bound, NumberWords, Phrases, Word
from pipeline.text import Token

_YEARS = range(1900, 2101)
_OLDEST = 110
_COMMAS = frozenset(",،")
_LONGEST_MARK = 4  # letters before the hyphen of a type name; two where they touch the figure


@dataclass(frozen=True, slots=True)
class NumberMention:
    """How many, in tokens ``first`` up to but not including ``last``.

    Attributes
    ----------
    low, best, high
        Smallest, likeliest and largest number that fits the words; 0 only where the text says zero.
    kind
        "count"; or what else the figure is: "percent", "year", "date", "time" (clock or length of time), "age",
        "ordinal", "decimal", "money", "measure", "score", "name".
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


def phrase_at(phrases: Phrases, first: str, tokens: Sequence[Token], at: int, stop: int) -> tuple[int, Word] | None:
    """Longest phrase whose first word (already bare) stands at ``at``: its end and its entry."""
    for rest, word in phrases.get(first, ()):
        end = at + 1 + len(rest)
        if end <= stop and all(tokens[at + 1 + n].text == part for n, part in enumerate(rest)):
            return end, word
    return None


def kind_of(tokens: Sequence[Token], mention: NumberMention, stop: int, words: NumberWords) -> str:
    """Say what a number is, from the letters that touch it and the words on either side."""
    if mention.kind in ("time", "date", "score"):
        return mention.kind
    first, last = mention.first, mention.last
    if tokens[first].kind == "number" and _is_part_of_name(tokens, first, words):
        return "name"
    if last < stop:
        after = phrase_at(words.kind_after, tokens[last].text, tokens, last, stop)
        if after is not None:
            return after[1].kind
    before = words.kind_before.get(tokens[first - 1].text) if first else None
    if before == "year":
        return before if _looks_like_year(tokens, mention) else mention.kind
    if before is not None:
        return before
    if _is_set_apart(tokens, mention, stop):
        return "age"
    bare = last >= stop or tokens[last].kind != "word"
    if mention.bound == "range" and mention.low in _YEARS and mention.high in _YEARS:
        return "year"
    if bare and mention.bound == "range":
        return "score"
    return "year" if bare and _looks_like_year(tokens, mention) else mention.kind


def _looks_like_year(tokens: Sequence[Token], mention: NumberMention) -> bool:
    return len(tokens[mention.first].text) == 4 and mention.best in _YEARS and mention.last == mention.first + 1


def _is_set_apart(tokens: Sequence[Token], mention: NumberMention, stop: int) -> bool:
    """Say whether a bare figure stands between two commas: it is somebody's age ("Ali Hassan, 34, was hurt")."""
    first, last = mention.first, mention.last
    if last != first + 1 or not 0 < first < stop - 1 or not tokens[first].text.isdigit() or mention.best > _OLDEST:
        return False
    return tokens[first - 1].raw in _COMMAS and tokens[last].raw in _COMMAS


def _is_part_of_name(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Say whether letters touch the figure as in F-16, T4 or S-300; a joined prefix or a lost space does not count."""
    before = tokens[at - 1] if at else None
    if before is None or before.end != tokens[at].start:
        return False
    if before.text == "-" and at > 1:
        before, touching = tokens[at - 2], tokens[at - 2].end == tokens[at - 1].start
        return touching and _is_mark(before, _LONGEST_MARK) and before.text not in words.prefixes
    return _is_mark(before, _LONGEST_MARK - 2) and before.text not in words.prefixes


def _is_mark(token: Token, longest: int) -> bool:
    return token.kind == "word" and (len(token.text) <= longest or token.raw.isupper())


def bounded(
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


def join_ranges(tokens: Sequence[Token], found: list[NumberMention], words: NumberWords) -> list[NumberMention]:
    """Join the two ends of "20 to 30" and "between five and six"."""
    joined: list[NumberMention] = []
    for mention in found:
        if joined and _is_range(tokens, joined[-1], mention, words):
            low, high = _on_one_scale(tokens, joined[-1], mention), mention
            best = (low.best + high.best) // 2
            joined[-1] = replace(
                low, last=high.last, low=low.best, best=best, high=high.best, bound="range", kind=high.kind
            )
        else:
            joined.append(mention)
    return joined


def _on_one_scale(tokens: Sequence[Token], low: NumberMention, high: NumberMention) -> NumberMention:
    """Let the scale word behind the second figure count for both ("10 to 15 thousand")."""
    figure = tokens[high.first].text
    if high.last == high.first + 1 or not figure.isdigit() or not int(figure) or low.best >= int(figure):
        return low
    return replace(low, best=low.best * (high.best // int(figure)))


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
