"""Mark everything a language knows in one article: one pass for phrases, one for dates, one for numbers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.dates import DateMention, find_dates
from pipeline.language import Language, Trigger
from pipeline.lexicon import Match
from pipeline.numbers import NumberMention, find_numbers
from pipeline.records import Article
from pipeline.text import Text, tokenize

LONGEST_NUMBER, LONGEST_DATE = 12, 20  # tokens


@dataclass(frozen=True, slots=True)
class Notes:
    """An article with everything marked in it; token ranges are [first, last)."""

    article: Article
    language: Language
    text: Text
    matches: dict[str, list[Match]]  # category -> matches in text order
    dates: tuple[DateMention, ...]
    numbers: tuple[NumberMention, ...]

    def within(self, category: str, first: int, last: int) -> Iterator[Match]:
        """Matches of one category that begin in tokens [first, last)."""
        matches = self.matches.get(category, ())
        for index in range(_start(matches, first), len(matches)):
            if matches[index].first >= last:
                return
            yield matches[index]

    def dates_in(self, first: int, last: int) -> Sequence[DateMention]:
        """Dates that begin in tokens [first, last)."""
        return self.dates[_start(self.dates, first) : _start(self.dates, last)]

    def numbers_in(self, first: int, last: int) -> Sequence[NumberMention]:
        """Numbers that begin in tokens [first, last)."""
        return self.numbers[_start(self.numbers, first) : _start(self.numbers, last)]

    def has(self, category: str, first: int, last: int) -> bool:
        """Say whether a match of ``category`` begins in tokens [first, last)."""
        return next(self.within(category, first, last), None) is not None

    def at(self, category: str, index: int) -> Match | None:
        """Match of ``category`` that begins at token ``index``."""
        return next(self.within(category, index, index + 1), None)

    def ending(self, category: str, last: int) -> Match | None:
        """Match of ``category`` whose last token stands just before token ``last``."""
        for match in self.within(category, max(0, last - 5), last):
            if match.last == last:
                return match
        return None

    def trigger(self, match: Match) -> Trigger:
        """Trigger a match of category ``trigger`` stands for."""
        return self.language.triggers[match.value]


def _start(items: Sequence[Match] | Sequence[DateMention] | Sequence[NumberMention], index: int) -> int:
    """Position of the first of ``items``, which stand in text order, that begins at token ``index`` or later."""
    return bisect_left(items, index, key=lambda item: item.first)


def annotate(article: Article, language: Language) -> Notes:
    """Mark the phrases, dates and numbers of ``article``."""
    text = tokenize(article.text)
    matches: dict[str, list[Match]] = {}
    for match in language.lexicon.find(text):
        matches.setdefault(match.category, []).append(match)
    for category, found in matches.items():
        matches[category] = _drop_inner(found)
    dates = find_dates(text, language.date_words)
    _drop_covered(matches, dates)
    _drop_blockers(matches)
    return Notes(
        article,
        language,
        text,
        matches,
        dates,
        find_numbers(text, language.number_words, [(d.first, d.last) for d in dates]),
    )


def _drop_inner(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in matches:
        if kept and match.last <= kept[-1].last:
            continue
        kept.append(match)
    return kept


def _drop_covered(matches: dict[str, list[Match]], dates: tuple[DateMention, ...]) -> None:
    """Take out triggers that are a part of something longer: «فجر» of a date, "suicide" of a suicide drone."""
    covers = [(mention.first, mention.last) for mention in dates]
    for category in ("weapon", "actor", "target"):
        covers += [(m.first, m.last) for m in matches.get(category, ()) if m.last - m.first > 1]
    starts: dict[int, int] = {}
    for first, last in covers:
        for index in range(first, last):
            starts[index] = max(starts.get(index, 0), last - first)
    matches["trigger"] = [
        match
        for match in matches.get("trigger", ())
        if not all(starts.get(index, 0) > match.last - match.first for index in range(match.first, match.last))
    ]


def _drop_blockers(matches: dict[str, list[Match]]) -> None:
    """Take out names without an id: phrases that only hide the words in them («وقف إطلاق النار», "shot down")."""
    for category, found in matches.items():
        matches[category] = [match for match in found if match.value]
