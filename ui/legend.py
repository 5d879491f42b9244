"""The legend and the counters: plain HTML beside the map."""

import numpy as np

from ui.book import Book
from ui.columns import Mask
from ui.filters import Counts
from ui.labels import Labels
from ui.markup import Markup, isolate, join, tag
from ui.part_names import colour_of_part, name_parts
from ui.split import Parts, choose_parts

_SHAPES = ("site", "town", "area", "route", "cluster")
_TOLD = {"historical": ("historical",), "denied": ("denied",), "future": ("future", "hypothetical")}


def describe_counts(counts: Counts, labels: Labels) -> Markup:
    """Say how many events are on the map, of how many, and how many could not be put there."""
    shown = tag(
        "span",
        tag("b", f"{counts.shown:,}", class_="rasid-shown"),
        join([labels("count.shown"), " · ", labels("count.of", total=f"{counts.total:,}")]),
    )
    parts = [shown, _minor(counts.unplaced, "unplaced", labels)]
    if counts.undated:
        parts.append(_minor(counts.undated, "undated", labels))
    return tag("div", *parts, class_="rasid-counts", dir=labels.direction, role="status")


def _minor(count: int, name: str, labels: Labels) -> Markup:
    number = tag("b", f"{count:,}", class_=f"rasid-{name}")
    return tag("span", number, labels(f"count.{name}"), class_="rasid-minor")


def describe_legend(book: Book, mask: Mask, labels: Labels, theme: str = "light", parts: Parts | None = None) -> Markup:
    """Explain shapes and the colours of kinds of event, or of the parts given, on the map, the most frequent first."""
    placed = mask & book.columns.placed
    parts = parts or choose_parts(book.columns, placed, "event_type")
    codes = getattr(book.columns, parts.split).codes[placed]
    counts = np.bincount(parts.part_of[codes], minlength=len(parts.words) + 1)
    colours = [
        tag("span", tag("i", style=f"--hue:{colour_of_part(part['number'], theme)}"), part["name"], isolate(str(count)))
        for part, count in zip(name_parts(parts, labels), counts.tolist(), strict=False)
        if count
    ]
    names = (*_SHAPES, *_marks(book, placed))
    by_actor = {"cluster": "cluster_actor"} if parts.split == "actor" else {}
    shapes = [tag("span", tag("i", class_=name), labels(f"legend.{by_actor.get(name, name)}")) for name in names]
    return tag("div", *colours, *shapes, class_="rasid-legend", dir=labels.direction)


def _marks(book: Book, mask: Mask) -> list[str]:
    """Name the marks of what is not plainly reported, and of what a person has looked at, that are on the map."""
    told, reviewed = book.columns.time_status.count(mask), book.columns.review_status.count(mask)
    marks = [name for name, statuses in _TOLD.items() if any(told.get(status) for status in statuses)]
    return marks + ["reviewed"] * any(count for status, count in reviewed.items() if status != "machine")


def describe_nothing(labels: Labels) -> Markup:
    """Say what to do where nothing passes the filters."""
    said = [tag("strong", labels("count.empty_title")), tag("div", labels("count.empty_help"), class_="rasid-hint")]
    return tag("div", *said, class_="rasid-empty", dir=labels.direction)
