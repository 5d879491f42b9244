"""Kinds of places: family, precision and usual extent of each, from data/gazetteer/kinds.csv."""

import csv
from dataclasses import dataclass
from pathlib import Path

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "kinds.csv"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of every place of one kind."""

    kind: str
    family: str
    precision: str
    extent_km: float
    prior: float  # how often such a place is meant when nothing else is known, 0 to 1


def _load_kinds() -> dict[str, Kind]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["kind"]: Kind(
                row["kind"], row["family"], row["precision"], float(row["extent_km"]), float(row["prior"])
            )
            for row in csv.DictReader(file)
        }


KINDS = _load_kinds()
SETTLEMENT = KINDS["town"]
_TOWN_POPULATION = 5_000


def kind_of(kind: str | None) -> Kind:
    """Row of a kind; an unknown or missing kind counts as a town."""
    return KINDS.get(kind or "", SETTLEMENT)


def agreement(asked: str, found: str) -> float:
    """How well a place of kind ``found`` answers a question for kind ``asked``: 1 same, 0.6 related, 0 another.

    Examples
    --------
    >>> agreement("town", "town"), agreement("airport", "airbase"), agreement("field", "city")
    (1.0, 0.6, 0.0)
    """
    if asked == found:
        return 1.0
    return 0.6 if kind_of(asked).family == kind_of(found).family else 0.0


def settlement_extent(population: int) -> float:
    """Radius in km that holds a populated place of so many people (0 = not known).

    Examples
    --------
    >>> settlement_extent(0), round(settlement_extent(7_000_000))
    (3.0, 25)
    """
    least = 5.0 if population >= _TOWN_POPULATION else 3.0
    return min(30.0, max(least, 3.0 + 22.0 * (population / 7_000_000) ** 0.5))
