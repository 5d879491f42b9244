"""The parts of ``ui/split.py`` as the screen names and colours them."""

from typing import Any

from pipeline.codes import event_types
from ui.labels import Labels
from ui.split import OTHERS, Parts
from ui.vocabulary import lift_colour, names_of

GREYS = ("#a9b2bc", "#5f6973")  # for what is not said, and for all others


def name_parts(parts: Parts, labels: Labels) -> list[dict[str, Any]]:
    """Say each part as ``word``, ``name``, and ``number`` of its colour, the most frequent first."""
    actors = names_of("actor", labels.code)
    named = {OTHERS: labels("timeline.others")}
    if parts.split == "actor":
        named |= {word: actors.get(word, word) for word in parts.words if word != OTHERS}
    return [
        {"word": word, "name": named.get(word) or labels.name(parts.split, word), "number": int(number)}
        for word, number in zip(parts.words, parts.numbers, strict=True)
    ]


def names_by_number(parts: Parts, labels: Labels) -> list[str]:
    """List the names of parts by the number of their colour; "" where a number is nobody's."""
    names = {part["number"]: part["name"] for part in name_parts(parts, labels)}
    return [str(names.get(number, "")) for number in range(max(names, default=-1) + 1)]


def colour_of_part(number: int, theme: str = "light") -> str:
    """Give the colour (hex) of a number; grey beyond those of the kinds of event.

    Examples
    --------
    >>> colour_of_part(2), colour_of_part(12), colour_of_part(13, "dark")
    ('#0072b2', '#a9b2bc', '#9ca2a8')
    """
    return lift_colour((*(kind.colour for kind in event_types().values()), *GREYS)[number], theme)
