"""Install gazetteers: write the rows of a table as an index of their own.

A row that cannot be used (no name, no valid point) is counted and named, never dropped
in silence; the rest is installed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geo.admin import AdminAreas, Area, circle, load_areas
from geo.fold import fold_name
from geo.gazetteer import home_folder
from geo.index_write import IndexWriter
from geo.kinds import KINDS, kind_of, kind_values, settlement_extent
from geo.likeness import likeness
from geo.names import best_arabic, settlement_kind, usable_name
from geo.phrase_words import bare_name, is_only_phrase_words
from geo.place import Place
from geo.table import Columns, TableError, read_point

BATCH = 20_000
SHOWN_PROBLEMS = 20
SAME_AREA = 0.5  # likeness from which a row that names a first-level area is taken for ours
_FILE_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Report:
    """What an installation did."""

    path: Path
    places: int = 0
    names: int = 0
    skipped: int = 0  # left out on purpose
    refused: int = 0  # could not be used
    problems: list[str] = field(default_factory=list)  # the first refusals, with row number and value


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
              columns.admin2, columns.population, columns.weak_names)  # fmt: skip
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
        weak = _usable(_value(row, columns.weak_names).split(columns.separator))
        writer.add(_as_ours(place, area, names), names, weak=weak)


def _refuse(report: Report, row: Mapping[str, str], columns: Columns, why: str) -> None:
    report.refused += 1
    if len(report.problems) < SHOWN_PROBLEMS:
        report.problems.append(f"{row.get(columns.name)!r}: {why}")


def _names(row: Mapping[str, str], columns: Columns) -> list[str]:
    given = [row.get(columns.name) or ""]
    for name in columns.names:
        given += (row.get(name) or "").split(columns.separator)
    return _usable(given)


def _usable(given: Iterable[str]) -> list[str]:
    usable = [name for name in dict.fromkeys(name.strip() for name in given) if usable_name(name)]
    return [name for name in usable if not is_only_phrase_words(name)] or usable


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
