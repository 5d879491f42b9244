"""Kinds of places: family, precision and usual extent of each, from data/gazetteer/kinds.csv."""

import csv
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "gazetteer"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of every place of one kind."""

    kind: str
    family: str
    precision: str
    extent_km: float
    prior: float  # how often such a place is meant when nothing else is known, 0 to 1


def _load_kinds() -> dict[str, Kind]:
    with (_FOLDER / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["kind"]: Kind(
                row["kind"], row["family"], row["precision"], float(row["extent_km"]), float(row["prior"])
            )
            for row in csv.DictReader(file)
        }


KINDS = _load_kinds()
SETTLEMENT = KINDS["town"]
_TOWN_POPULATION = 5_000


@lru_cache(maxsize=1)
def kind_values() -> dict[str, str]:
    """Kinds by the type words and feature codes of other gazetteers, in small letters; "settlement" = by population."""
    with (_FOLDER / "kind_values.csv").open(encoding="utf-8", newline="") as file:
        return {row["value"].casefold(): row["kind"] for row in csv.DictReader(file)}


def kind_of(kind: str | None) -> Kind:
    """Row of a kind; an unknown or missing kind counts as a town."""
    return KINDS.get(kind or "", SETTLEMENT)


_SIZES = {"city": 3, "town": 2, "village": 1, "quarter": 1, "camp": 1}
_TOWN_INSTEAD: dict[str, float] = {"area": 3.0, "water": 2.5, "terrain": 1.2}
_AROUND_A_TOWN = 1.2  # a region that only the town in it is known of
_OFF_A_CITY = 1.2  # the sea off a port
_INSIDE_TOWNS = frozenset(
    {"hospital", "mosque", "market", "school", "university", "street", "square", "prison", "embassy"}
)
_AREA_TERMS = frozenset({"countryside", "area", "district"})


def misfit(asked: str, found: str) -> float:
    """What it costs (odds, 0 = nothing) to answer a question for kind ``asked`` with a place of kind ``found``.

    Examples
    --------
    >>> misfit("town", "town"), misfit("town", "village") < misfit("quarter", "city") < misfit("governorate", "city")
    (0.0, True)
    """
    if asked == found:
        return 0.0
    if asked in _SIZES and found in _SIZES:
        return 2.5 if {asked, found} == {"quarter", "city"} else 0.3 + 0.3 * abs(_SIZES[asked] - _SIZES[found])
    if asked in _AREA_TERMS:
        return _area_misfit(asked, found)
    if asked == "region" and found in (*_SIZES, "governorate"):
        return 0.3 if found == "governorate" else _AROUND_A_TOWN
    if asked == "sea" and found == "city":
        return _OFF_A_CITY
    if found in _SIZES:
        return 6.0 if asked in ("governorate", "country") else _TOWN_INSTEAD.get(kind_of(asked).family, 1.5)
    if kind_of(asked).family == "terrain" and found == "region":
        return 0.5
    if kind_of(asked).family == kind_of(found).family:
        return 1.5 if "governorate" in (asked, found) or "country" in (asked, found) else 0.5
    return 3.0


def _area_misfit(asked: str, found: str) -> float:
    if found == "governorate":
        return 0.0 if asked == "countryside" else 1.5
    if found in _SIZES:
        return 0.3 if asked == "area" else 0.8
    return 0.5 if kind_of(found).family in ("area", "terrain") else 1.0


def is_inside_towns(kind: str) -> bool:
    """Say whether places of a kind stand inside the town they are named after."""
    return kind in _INSIDE_TOWNS


def settlement_extent(population: int) -> float:
    """Radius in km that holds a populated place of so many people (0 = not known).

    Examples
    --------
    >>> settlement_extent(0), round(settlement_extent(7_000_000))
    (3.0, 25)
    """
    least = 5.0 if population >= _TOWN_POPULATION else 3.0
    return min(30.0, max(least, 3.0 + 22.0 * math.sqrt(population / 7_000_000)))
