"""Names and colours of what the table holds as ids: actors, weapons, event types."""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.codes import event_types
from ui.assets import DATA

_NAMES = {"actor": ("actors.csv", "actor_id"), "weapon": ("weapons.csv", "weapon_id")}


@lru_cache(maxsize=16)
def names_of(kind: str, language: str) -> Mapping[str, str]:
    """Read the display names of actors or weapons: id -> name in ``language`` (English where it has none)."""
    file_name, key = _NAMES[kind]
    path = DATA / file_name
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row.get(f"name_{language}") or row["name_en"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def parents() -> Mapping[str, str]:
    """Read which party belongs to which: actor id -> id of its parent."""
    with (DATA / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {row["actor_id"]: row["parent_id"] for row in csv.DictReader(file) if row["parent_id"]}


def ancestors(actor: str) -> tuple[str, ...]:
    """Name the parties an actor belongs to, the nearest first.

    Examples
    --------
    >>> ancestors("united-states-air-force")
    ('united-states-army', 'united-states')
    """
    found: list[str] = []
    while (actor := parents().get(actor, "")) and actor not in found:
        found.append(actor)
    return tuple(found)


def with_families(counts: Mapping[str, int]) -> dict[str, int]:
    """Add to the counts of actors those of the parties they belong to: a party counts all that is its own."""
    summed = dict(counts)
    for actor, count in counts.items():
        for ancestor in ancestors(actor):
            summed[ancestor] = summed.get(ancestor, 0) + count
    return summed


def expand_families(chosen: Iterable[str], present: Iterable[str]) -> tuple[str, ...]:
    """Say which of the actors that are present a choice means: the chosen and all that belong to them."""
    wanted = set(chosen)
    return tuple(sorted(wanted | {actor for actor in present if wanted & set(ancestors(actor))}))


def lift_colour(colour: str, theme: str) -> str:
    """Suit a colour (hex) to a theme: dark ones are lifted in the dark theme, as the map does.

    Examples
    --------
    >>> lift_colour("#0072b2", "light"), lift_colour("#0072b2", "dark")
    ('#0072b2', '#61a8cf')
    """
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    weighed = sum(weight * part for weight, part in zip((0.3, 0.59, 0.11), parts, strict=True))
    if theme != "dark" or weighed > 110:
        return colour
    return "#" + "".join(f"{round(part + (255 - part) * 0.38):02x}" for part in parts)


def colour_of(event_type: str) -> str:
    """Give the colour (hex) of an event type."""
    return event_types()[event_type].colour
