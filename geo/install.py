"""Install gazetteers: read rows of a CSV, GeoJSON or GeoNames table and write them as an index of their own.

Files are parsed in pure Python. A row that cannot be used (no name, no valid point) is counted and named, never dropped
in silence; the rest is installed.
"""

import csv
import gzip
import io
import json
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from geo.admin import AdminAreas, Area, circle, load_areas
from geo.build import best_arabic, settlement_kind, usable_name
from geo.fold import fold_name
from geo.gazetteer import home_folder
from geo.index import GazetteerError, IndexWriter
from geo.kinds import KINDS, kind_of, kind_values, settlement_extent
from geo.likeness import likeness
from geo.phrase import bare_name, is_only_phrase_words
from geo.place import Place

BATCH = 20_000
SHOWN_PROBLEMS = 20
SAME_AREA = 0.5  # likeness from which a row that names a first-level area is taken for ours
_FILE_NAME = re.compile(r"[^a-z0-9]+")
GEONAMES_COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1_code", "admin2_code", "admin3_code", "admin4_code", "population", "elevation", "dem",
    "timezone", "modification_date",
)  # fmt: skip


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


GEONAMES = Columns(
    name="name", lon="longitude", lat="latitude", names=("asciiname", "alternatenames"), place_id="geonameid",
    kind="feature_code", country="country_code", population="population", separator=",",
)  # fmt: skip


@dataclass(slots=True)
class Report:
    """What an installation did."""

    path: Path
    places: int = 0
    names: int = 0
    skipped: int = 0  # left out on purpose
    refused: int = 0  # could not be used
    problems: list[str] = field(default_factory=list)  # the first refusals, with row number and value


class TableError(GazetteerError, ValueError):
    """A table lacks a column or cannot be read; the message names it."""


def install(
    title: str, rows: Iterable[Mapping[str, str]], columns: Columns, *, licence: str = "", prefix: str | None = None
) -> Report:
    """Write rows as an installed gazetteer named ``title``, in place of an earlier one of that name.

    Parameters
    ----------
    title
        Name of the gazetteer; its file lies in ``home_folder()``.
    rows
        Table rows by column name; coordinates in WGS 84 degrees.
    columns
        Which column holds what.
    licence
        Shown by ``rasid gazetteer info``.
    prefix
        Put before every place id; by default the title.

    Raises
    ------
    TableError
        Where a named column is missing.
    """
    slug = _FILE_NAME.sub("-", title.casefold()).strip("-") or "gazetteer"
    report = Report(home_folder() / f"{slug}.sqlite")
    areas = load_areas()
    with IndexWriter(report.path, {"title": title, "licence": licence}) as writer:
        for batch in _batches(rows, BATCH):
            _check_columns(batch[0], columns)
            _install_batch(writer, areas, batch, columns, report, prefix if prefix is not None else slug)
        report.places, report.names = writer.places, writer.names
        if not report.places:
            raise TableError(f"no usable place among {report.refused + report.skipped} rows" + _first(report.problems))
    return report


def _first(problems: Sequence[str]) -> str:
    return f"; the first problem: {problems[0]}" if problems else ""


def _batches(rows: Iterable[Mapping[str, str]], size: int) -> Iterator[list[Mapping[str, str]]]:
    batch: list[Mapping[str, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _check_columns(row: Mapping[str, str], columns: Columns) -> None:
    single = (columns.name, columns.lon, columns.lat, columns.place_id, columns.kind, columns.country, columns.admin1,
              columns.admin2, columns.population)  # fmt: skip
    wanted = [name for name in (*single, *columns.names, *(name for name, _ in columns.skip)) if name]
    missing = [name for name in wanted if name not in row]
    if missing:
        raise TableError(f"no column {', '.join(map(repr, missing))}; the table has {', '.join(map(repr, row))}")


def _install_batch(
    writer: IndexWriter,
    areas: AdminAreas,
    batch: Sequence[Mapping[str, str]],
    columns: Columns,
    report: Report,
    prefix: str,
) -> None:
    rows, points = [], []
    for row in batch:
        if any((row.get(name) or "") == value for name, value in columns.skip):
            report.skipped += 1
            continue
        try:
            points.append(read_point(row.get(columns.lon), row.get(columns.lat)))
        except ValueError as error:
            _refuse(report, row, columns, str(error))
            continue
        rows.append(row)
    where = areas.locate_all(
        [lon for lon, _ in points],
        [lat for _, lat in points],
        [_value(row, columns.country).upper() or None for row in rows],
    )
    for row, point, area in zip(rows, points, where, strict=True):
        names = _names(row, columns)
        if not names:
            _refuse(report, row, columns, "no name in a supported script")
            continue
        place = _place(row, columns, point, area, names, prefix, writer.places)
        writer.add(_as_ours(place, area, names), names)


def _refuse(report: Report, row: Mapping[str, str], columns: Columns, why: str) -> None:
    report.refused += 1
    if len(report.problems) < SHOWN_PROBLEMS:
        report.problems.append(f"{row.get(columns.name)!r}: {why}")


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


def _names(row: Mapping[str, str], columns: Columns) -> list[str]:
    given = [row.get(columns.name) or ""]
    for name in columns.names:
        given += (row.get(name) or "").split(columns.separator)
    usable = dict.fromkeys(name.strip() for name in given if usable_name(name.strip()))
    return [name for name in usable if not is_only_phrase_words(name)] or list(usable)


def _place(
    row: Mapping[str, str],
    columns: Columns,
    point: tuple[float, float],
    area: Area | None,
    names: Sequence[str],
    prefix: str,
    number: int,
) -> Place:
    population = _whole_number(_value(row, columns.population))
    kind = read_kind(_value(row, columns.kind), population)
    settlement = kind_of(kind).family == "settlement" and kind not in ("quarter", "camp")
    country = (_value(row, columns.country) or (area.country if area else "")).upper() or None
    inside = area is not None and area.country == country
    return Place(
        f"{prefix}:{_value(row, columns.place_id) or number}",
        row[columns.name].strip() or names[0],
        best_arabic(names),
        kind,
        *point,
        settlement_extent(population) if settlement else kind_of(kind).extent_km,
        kind_of(kind).precision,
        country,
        area.name if area and inside else _value(row, columns.admin1) or None,
        _value(row, columns.admin2) or None,
        population,
        prefix,
    )


def _value(row: Mapping[str, str], column: str | None) -> str:
    return (row.get(column) or "").strip() if column else ""


def _whole_number(text: str) -> int:
    try:
        return max(0, int(float(text)))
    except (ValueError, OverflowError):
        return 0


def read_kind(value: str, population: int = 0) -> str:
    """Kind for a gazetteer's own type word or feature code; unknown words count as settlements.

    Examples
    --------
    >>> read_kind("AIRB"), read_kind("locality", 50_000), read_kind("")
    ('airbase', 'town', 'village')
    """
    word = value.casefold()
    kind = kind_values().get(word) or (word if word in KINDS else "settlement")
    return settlement_kind(population) if kind == "settlement" else kind


def _as_ours(place: Place, area: Area | None, names: Sequence[str]) -> Place:
    """A first-level area or country that we have a polygon for keeps our id, point and extent; the row adds names."""
    if place.kind == "country" and place.country and (whole := load_areas().country(place.country)):
        lon, lat, extent = circle(whole.geometry)
        return replace(place, place_id=f"iso:{place.country}", lon=lon, lat=lat, extent_km=extent)
    if place.kind != "governorate" or area is None or area.country != place.country:
        return place
    ours = [fold_name(bare_name(name)) for name in (area.name, *area.names)]
    theirs = [fold_name(bare_name(name)) for name in names]
    if max((likeness(one, other) for one in ours for other in theirs), default=0.0) < SAME_AREA:
        return replace(place, kind="district", precision="adm2", extent_km=kind_of("district").extent_km)
    lon, lat, extent = circle(area.geometry)
    return replace(place, place_id=f"adm1:{area.area_id}", name=area.name, lon=lon, lat=lat, extent_km=extent)


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


def read_geonames(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a GeoNames dump: XX.zip, XX.txt or allCountries."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            inner = next((name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name), None)
            if inner is None:
                raise TableError(f"{path}: no table inside")
            with archive.open(inner) as raw:
                yield from _geonames_rows(io.TextIOWrapper(raw, encoding="utf-8", newline="\n"))
    else:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from _geonames_rows(file)


def _geonames_rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    for number, line in enumerate(lines, start=1):
        values = line.rstrip("\n").split("\t")
        if len(values) != len(GEONAMES_COLUMNS):
            raise TableError(f"line {number} has {len(values)} columns, a GeoNames dump has {len(GEONAMES_COLUMNS)}")
        yield dict(zip(GEONAMES_COLUMNS, values, strict=True))
