"""What rings, bars and the legend are split by: kinds of event or actors, with the number of a colour for each part.

Kinds have the colour of their row in ``data/event_types.csv``. The most frequent actors have the first of these colours
in turn; "" (none is named) and ``OTHERS`` (all that are left) have numbers beyond them, which are drawn grey.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import event_types
from ui.columns import Category, Columns, Mask

SPLITS = ("event_type", "actor")
OTHERS = "…"  # stands for all the actors that have no part of their own
_NAMED = 7  # actors with a part of their own


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The words that have a part, the most frequent first; ``part_of[code]`` is a position in ``words``.

    ``numbers[position]`` is the number of its colour; a code that no row has points behind the last position.
    """

    split: str
    words: tuple[str, ...]
    part_of: NDArray[np.int64]
    numbers: NDArray[np.int64]

    def colours(self) -> NDArray[np.int64]:
        """Give the number of the colour for every code."""
        found: NDArray[np.int64] = np.append(self.numbers, _grey(OTHERS))[self.part_of]
        return found


def all_kinds(columns: Columns) -> Parts:
    """Give every kind of event a part, in whatever order: what is drawn needs no more, and no counting."""
    words = columns.event_type.values
    return Parts("event_type", words, np.arange(len(words)), _number(words, "event_type"))


def choose_parts(columns: Columns, mask: Mask, split: str) -> Parts:
    """Say what has a part among the rows of ``mask``; ``split`` is a column of ``SPLITS``."""
    category: Category = getattr(columns, split)
    counts = np.bincount(category.codes[mask], minlength=len(category.values))
    order = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
    named = order[: _NAMED if split == "actor" else None]
    words = tuple(category.values[code] for code in named) + (OTHERS,) * (len(order) > len(named))
    part_of = np.full(len(category.values), len(named), dtype=np.int64)
    part_of[named] = np.arange(len(named))
    return Parts(split, words, part_of, _number(words, split))


def _number(words: tuple[str, ...], split: str) -> NDArray[np.int64]:
    if split == "actor":
        named = iter(range(len(words)))
        return np.array([_grey(word) if word in ("", OTHERS) else next(named) for word in words], dtype=np.int64)
    order = {name: number for number, name in enumerate(event_types())}
    return np.array([order.get(word, len(order) - 1) for word in words], dtype=np.int64)


def _grey(word: str) -> int:
    return len(event_types()) + (word == OTHERS)
