"""The first-level areas shaded by how many events are known to lie in each: counts, classes and their colours.

Counts are of events, never rates. An event known only by its country, or at sea, or in a country whose areas are not
embedded, lies in no area here and is counted apart.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import orjson

from geo.admin import Area, load_areas
from geo.fold import fold_name
from geo.spelling import close
from ui.columns import Columns, Mask
from ui.shelf import Shown

CLASSES = 5
# One hue from light to dark, so that it can be read without telling colours apart; on dark ground the other way round.
LIGHT = ("#dbe9ee", "#a9cddb", "#6aa9c2", "#2b7d9f", "#0b4a66")
DARK = ("#234454", "#2f6178", "#4488a5", "#74b5d0", "#c0e6f5")


@dataclass(frozen=True, slots=True)
class Shades:
    """Events by area id, those in none of them, and the least count of each class, ascending."""

    counts: Mapping[str, int]
    elsewhere: int
    classes: tuple[int, ...]

    def class_of(self, count: int) -> int:
        """Number of the class that a count falls into."""
        return bisect_right(self.classes, count) - 1

    def colours(self, theme: str) -> tuple[str, ...]:
        """Colours of the classes that there are, spread over the whole scale."""
        scale = DARK if theme == "dark" else LIGHT
        steps = np.linspace(0, CLASSES - 1, len(self.classes)).round() if len(self.classes) > 1 else [CLASSES - 2]
        return tuple(scale[int(step)] for step in steps)


def count_areas(columns: Columns, mask: Mask) -> Shades:
    """Count the placed events of ``mask`` by first-level area."""
    placed = mask & columns.placed
    counts: dict[str, int] = {}
    for word, count in columns.admin1.count(placed).items():
        area = find_area(word)
        if area is not None and count:
            counts[area.area_id] = counts.get(area.area_id, 0) + count
    return Shades(counts, int(placed.sum()) - sum(counts.values()), choose_classes(list(counts.values())))


def choose_classes(counts: Sequence[int]) -> tuple[int, ...]:
    """Choose the least count of each class: single numbers where there are few, else round ones that grow by a factor.

    Examples
    --------
    >>> choose_classes([1, 3, 2]), choose_classes([1, 4, 240]), choose_classes([])
    ((1, 2, 3), (1, 3, 9, 30, 80), ())
    """
    most = max(counts, default=0)
    if most <= CLASSES:
        return tuple(range(1, most + 1))
    edges = [1, *(_round(most ** (step / CLASSES)) for step in range(1, CLASSES))]
    return tuple(sorted({max(edge, 1) for edge in edges}))


def _round(value: float) -> int:
    """Round to one figure."""
    return int(float(f"{value:.0e}"))


@lru_cache(maxsize=4096)
def find_area(word: str) -> Area | None:
    """Find the area that a word of ``Columns.admin1`` names ("SY/Homs"); None where no polygon is embedded."""
    country, _, name = word.partition("/")
    if not name:
        return None
    return load_areas().named(country, name) or _spellings().get((country, close(fold_name(name))))


@lru_cache(maxsize=1)
def _spellings() -> Mapping[tuple[str, str], Area]:
    """Every name of every area, for tables whose first-level areas were named by others."""
    areas = reversed(load_areas().areas)
    return {(area.country, close(fold_name(name))): area for area in areas for name in (area.name, *area.names)}


def name_area(area: Area, language: str) -> str:
    """Name an area in a language of the screen."""
    return (area.name_ar if language == "ar" else None) or area.name


def rows_of_area(columns: Columns, mask: Mask, area_id: str) -> Mask:
    """Mark the placed rows of ``mask`` that lie in one area."""
    named = ((word, find_area(word)) for word in columns.admin1.values)
    words = tuple(word for word, area in named if area is not None and area.area_id == area_id)
    return mask & columns.placed & columns.admin1.mask(words)


def render_shades(shown: Shown, counted: Shown, language: str) -> bytes:
    """Say the shaded areas as JSON: ``areas`` maps an area id to its class, count and name; ``colours`` of the classes.

    Parameters
    ----------
    shown
        What the classes are chosen for, as the legend says them.
    counted
        What is counted: the same, or those of other days while time is played.
    language
        Of the names.
    """
    shades = count_areas(shown.book.columns, shown.mask)
    counts = shades.counts if counted is shown else count_areas(counted.book.columns, counted.mask).counts
    areas = {area.area_id: area for area in load_areas().areas if area.area_id in counts}
    said = {
        area_id: [max(shades.class_of(count), 0), count, name_area(areas[area_id], language)]
        for area_id, count in counts.items()
        if shades.classes
    }
    colours = {"light": shades.colours("light"), "dark": shades.colours("dark")}
    return orjson.dumps({"areas": said, "colours": colours})
