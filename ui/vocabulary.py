"""Names and colours of what the table holds as ids: actors, weapons, event types."""

import csv
from collections.abc import Mapping
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


def colour_of(event_type: str) -> str:
    """Give the colour (hex) of an event type."""
    return event_types()[event_type].colour
