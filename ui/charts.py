"""Charts of what passes the filters: by kind, by actor, by weapon, by first-level area. Plain HTML bars."""

from collections.abc import Callable, Collection, Mapping

from pipeline.codes import event_types
from ui.book import Book
from ui.columns import Category, Mask
from ui.labels import Labels
from ui.markup import Markup, isolate, tag
from ui.shades import find_area, name_area
from ui.vocabulary import colour_of, names_of

MOST_BARS = 10


def describe_charts(book: Book, mask: Mask, labels: Labels) -> Markup:
    """Draw the charts of the events that ``mask`` marks, those that could not be placed too."""
    columns = book.columns
    actors, weapons = names_of("actor", labels.code), names_of("weapon", labels.code)
    charts = [
        _chart("filter.event_type", columns.event_type, mask, lambda kind: labels.name("event_type", kind), labels),
        _chart("filter.actor", columns.actor, mask, lambda word: actors.get(word, word), labels),
        _chart("filter.weapon", columns.weapon, mask, lambda word: weapons.get(word, word), labels),
        _chart("chart.admin1", columns.admin1, mask, lambda word: _name_area(word, labels), labels),
    ]
    return tag("div", *charts, class_="rasid-charts", dir=labels.direction)


def top_counts(category: Category, mask: Mask) -> tuple[dict[str, int], int, int]:
    """Count the rows of ``mask`` by word.

    Returns
    -------
    tuple
        The ``MOST_BARS`` most frequent words with their counts; how many rows have one of the others; how many none.
    """
    counts = category.count(mask)
    unsaid = counts.pop("", 0)
    ordered = sorted((word for word, count in counts.items() if count), key=lambda word: (-counts[word], word))
    top = {word: counts[word] for word in ordered[:MOST_BARS]}
    return top, sum(counts.values()) - sum(top.values()), unsaid


def _chart(label: str, category: Category, mask: Mask, name: Callable[[str], str], labels: Labels) -> Markup:
    top, others, unsaid = top_counts(category, mask)
    largest = max((*top.values(), others, unsaid), default=0)
    coloured = category.values if label == "filter.event_type" else ()
    rows = [_bar(name(word), count, largest, _hue(word, coloured)) for word, count in top.items()]
    rows += [_bar(labels("chart.others"), others, largest, None, "quiet")] if others else []
    rows += [_bar(labels("filter.unsaid"), unsaid, largest, None, "quiet")] if unsaid else []
    body = tag("ul", *rows, class_="rasid-bars") if rows else tag("p", labels("chart.nothing"), class_="rasid-hint")
    return tag("section", tag("h4", labels(label)), body)


def _bar(name: str, count: int, largest: int, hue: str | None, kind: str | None = None) -> Markup:
    style = f"--share:{count / largest:.3f}" + (f";--hue:{hue}" if hue else "")
    return tag("li", tag("span", isolate(name)), tag("b", f"{count:,}"), style=style, class_=kind)


def _hue(word: str, kinds: Collection[str]) -> str | None:
    return colour_of(word) if word in kinds and word in event_types() else None


def _name_area(word: str, labels: Labels) -> str:
    """Name an area with its country: names come again elsewhere."""
    area = find_area(word)
    country, _, name = word.partition("/")
    where: Mapping[str, str] = labels.words
    return f"{name_area(area, labels.code) if area else name} · {where.get(f'country.{country}', country)}"
