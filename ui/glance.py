"""What passes the filters at a glance: by month, by actor, by country. Plain HTML bars over the hot columns."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from ui.book import Book
from ui.columns import Category, Mask
from ui.filters import EPOCH
from ui.labels import Labels
from ui.markup import Markup, isolate, join, tag
from ui.vocabulary import names_of

_ROWS, _MONTHS = 6, 36


def describe_glance(book: Book, mask: Mask, labels: Labels) -> Markup:
    """Draw the bars for the events that pass the filters, those that could not be placed too."""
    actors = names_of("actor", labels.code)
    parts = [
        _by_month(book, mask, labels),
        _bars("table.actor", _top(book.columns.actor, mask), lambda word: actors.get(word, word), labels),
        _bars("table.country", _top(book.columns.country, mask), lambda word: labels.name("country", word), labels),
    ]
    return tag("div", *parts, class_="rasid-glance", dir=labels.direction)


def count_months(book: Book, mask: Mask) -> list[tuple[date, int]]:
    """Count dated events by the month they began in, without gaps, the last 36 months at most."""
    starts = book.columns.start[mask & book.columns.dated]
    if not len(starts):
        return []
    earliest = int(starts.min())
    a_day = np.bincount(starts - earliest)  # days are few, events may be many
    months = (earliest + np.arange(len(a_day))).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    last = int(months[-1])
    first = max(int(months[0]), last - _MONTHS + 1)
    late = months >= first
    counts = np.bincount(months[late] - first, weights=a_day[late], minlength=last - first + 1)
    return [(_month(first + number), int(count)) for number, count in enumerate(counts)]


def _month(number: int) -> date:
    return date(EPOCH.year + number // 12, number % 12 + 1, 1)


def _by_month(book: Book, mask: Mask, labels: Labels) -> Markup:
    months = count_months(book, mask)
    if not months:
        return Markup("")
    tallest = max(count for _, count in months)
    bars = [
        tag(
            "i", style=f"--share:{count / tallest:.3f}", title=f"{month:%Y-%m}: {count}", class_="on" if count else None
        )
        for month, count in months
    ]
    ends = tag("p", isolate(f"{months[0][0]:%Y-%m}"), isolate(f"{months[-1][0]:%Y-%m}"))
    return join([tag("h4", labels("glance.months")), tag("div", *bars, class_="rasid-months", dir="ltr"), ends])


def _top(category: Category, mask: Mask) -> dict[str, int]:
    counts = {word: count for word, count in category.count(mask).items() if count and word}
    return dict(sorted(counts.items(), key=lambda entry: -entry[1])[:_ROWS])


def _bars(key: str, counts: Mapping[str, int], name: Callable[[str], str], labels: Labels) -> Markup:
    if not counts:
        return Markup("")
    largest = max(counts.values())
    rows = [
        tag("li", tag("span", isolate(name(word))), tag("b", str(count)), style=f"--share:{count / largest:.3f}")
        for word, count in counts.items()
    ]
    return join([tag("h4", labels(key)), tag("ul", *rows, class_="rasid-bars")])
