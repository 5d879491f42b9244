"""Tables of places: which column holds what, and rows out of CSV and GeoJSON files, parsed in pure Python."""

import csv
import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from geo.index import GazetteerError


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what; None = the table does not say."""

    name: str
    lon: str
    lat: str
    names: tuple[str, ...] = ()
    place_id: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: str | None = None
    separator: str = "|"
    skip: tuple[tuple[str, str], ...] = ()  # (column, value): rows that have it are left out
    weak_names: str | None = None  # old and colloquial names


class TableError(GazetteerError, ValueError):
    """A table lacks a column or cannot be read; the message names it."""


def read_point(lon: str | float | None, lat: str | float | None) -> tuple[float, float]:
    """Read a position, longitude first.

    Raises
    ------
    ValueError
        Where either is missing, not a number, or outside the globe.
    """
    try:
        x, y = float(lon or "nan"), float(lat or "nan")
    except ValueError as error:
        raise ValueError(f"longitude {lon!r}, latitude {lat!r} are not numbers") from error
    if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
        raise ValueError(f"longitude {lon!r}, latitude {lat!r} are not a point on the globe")
    return x, y


def read_csv(path: Path, delimiter: str | None = None) -> Iterator[dict[str, str]]:
    """Rows of a delimited text file with a header (.csv, .tsv, either may be .gz), UTF-8.

    Raises
    ------
    TableError
        Where the file is not UTF-8 text or has no rows.
    """
    try:
        with _open_text(path) as file:
            mark = delimiter or ("\t" if ".tsv" in path.suffixes or ".txt" in path.suffixes else ",")
            yield from csv.DictReader(file, delimiter=mark)
    except (UnicodeDecodeError, csv.Error, OSError, EOFError) as error:
        raise TableError(f"{path}: cannot be read as UTF-8 text ({error})") from error


def _open_text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def read_geojson(path: Path) -> Iterator[dict[str, str]]:
    """Features of a GeoJSON file as rows: their properties, with "lon" and "lat" (areas give a point inside).

    Raises
    ------
    TableError
        Where the file is not a GeoJSON FeatureCollection.
    """
    try:
        with _open_text(path) as file:
            data = json.load(file)
        features = data["features"]
        for feature in features:
            lon, lat = _point_of(feature.get("geometry"))
            properties = feature.get("properties") or {}
            yield {**{key: _as_text(value) for key, value in properties.items()}, "lon": lon, "lat": lat}
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise TableError(f"{path}: not a GeoJSON FeatureCollection ({type(error).__name__}: {error})") from error


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return "" if value is None else str(value)


def _point_of(geometry: Any) -> tuple[str, str]:
    positions = list(_positions((geometry or {}).get("coordinates")))
    if not positions:
        return "", ""
    if len(positions) == 1:
        return str(positions[0][0]), str(positions[0][1])
    west, east = min(x for x, _ in positions), max(x for x, _ in positions)
    south, north = min(y for _, y in positions), max(y for _, y in positions)
    return str((west + east) / 2), str((south + north) / 2)


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
    elif isinstance(coordinates, list):
        for item in coordinates:
            yield from _positions(item)
