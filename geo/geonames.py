"""Dumps of GeoNames as rows: places of one country or all, with the names of the separate file of alternate names.

Names are joined to their places through a scratch SQLite file, so that neither file has to fit into memory.
"""

import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path

from geo.names import usable_name
from geo.table import Columns, TableError

DUMP_URL = "https://download.geonames.org/export/dump"
LICENCE = "GeoNames, CC BY 4.0"
WHOLE_WORLD = "allCountries"
GEONAMES_COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1_code", "admin2_code", "admin3_code", "admin4_code", "population", "elevation", "dem",
    "timezone", "modification_date",
)  # fmt: skip
WEAK_NAMES = "weak_names"
GEONAMES = Columns(
    name="name", lon="longitude", lat="latitude", names=("asciiname", "alternatenames"), place_id="geonameid",
    kind="feature_code", country="country_code", population="population", separator=",", weak_names=WEAK_NAMES,
)  # fmt: skip
_LANGUAGES = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "name_languages.txt"
_LANGUAGE, _NAME, _COLLOQUIAL, _HISTORIC = 2, 3, 6, 7  # columns of the file of alternate names
_LEAST_COLUMNS = 8
_BATCH = 500
_NO_TABLES = ("readme", "iso-languagecodes")  # texts beside the table in an archive


@lru_cache(maxsize=1)
def name_languages() -> frozenset[str]:
    """Language codes whose names are kept; names of no stated language are kept as well."""
    lines = _LANGUAGES.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def dump_urls(base: str, code: str) -> tuple[str, str]:
    """Addresses of a country's dump and of its alternate names; ``WHOLE_WORLD`` for all countries."""
    if code == WHOLE_WORLD:
        return f"{base}/{code}.zip", f"{base}/alternateNamesV2.zip"
    return f"{base}/{code}.zip", f"{base}/alternatenames/{code}.zip"


class AlternateNames:
    """Alternate names by GeoNames id, in a scratch file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.names = self.left_out = 0

    def read(self, path: Path) -> None:
        """Take in a file of alternate names (.txt or .zip), in the languages of data/gazetteer/name_languages.txt.

        Raises
        ------
        TableError
            Where a line is no line of such a file; the message names it.
        """
        self._connection.execute("CREATE TABLE alternate (place INTEGER, name TEXT, weak INTEGER)")
        with _open_table(path) as lines:
            self._connection.executemany("INSERT INTO alternate VALUES (?,?,?)", self._rows(path, lines))
        self._connection.execute("CREATE INDEX alternate_place ON alternate (place, weak, name)")

    def _rows(self, path: Path, lines: Iterable[str]) -> Iterator[tuple[int, str, int]]:
        wanted = name_languages()
        for number, line in enumerate(lines, start=1):
            values = line.rstrip("\n").split("\t")
            if len(values) < _LEAST_COLUMNS or not values[1].isdigit():
                raise TableError(f"{path}: line {number} is not of a file of alternate names: {line[:80]!r}")
            if (values[_LANGUAGE] and values[_LANGUAGE] not in wanted) or not usable_name(values[_NAME]):
                self.left_out += 1
                continue
            self.names += 1
            yield int(values[1]), values[_NAME].replace(",", " "), int("1" in (values[_COLLOQUIAL], values[_HISTORIC]))

    def of(self, places: Sequence[str]) -> dict[str, tuple[list[str], list[str]]]:
        """Names and weak names of some places, by id."""
        numbers = [int(place) for place in places if place.isdigit()]
        marks = ",".join("?" * len(numbers))
        query = f"SELECT place, name, weak FROM alternate WHERE place IN ({marks}) ORDER BY place, weak"
        found: dict[str, tuple[list[str], list[str]]] = {}
        for place, name, weak in self._connection.execute(query, numbers):
            found.setdefault(str(place), ([], []))[weak].append(name)
        return found


@contextmanager
def alternate_names(path: Path, scratch: Path) -> Iterator[AlternateNames]:
    """Alternate names of a file, ready to be asked for; the scratch file is removed afterwards."""
    scratch.parent.mkdir(parents=True, exist_ok=True)
    scratch.unlink(missing_ok=True)
    connection = sqlite3.connect(scratch)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;")
        names = AlternateNames(connection)
        names.read(path)
        yield names
    finally:
        connection.close()
        scratch.unlink(missing_ok=True)


def read_geonames(path: Path, alternates: AlternateNames | None = None) -> Iterator[dict[str, str]]:
    """Rows of a GeoNames dump: XX.zip, XX.txt or allCountries.

    Parameters
    ----------
    path
        The dump.
    alternates
        Names to take in the place of the dump's own column, which knows neither languages nor old names. A place that
        they do not know keeps the column.

    Raises
    ------
    TableError
        Where the file is not a dump; the message names the line.
    """
    with _open_table(path) as lines:
        rows = _dump_rows(lines)
        if alternates is None:
            yield from rows
            return
        while batch := list(islice(rows, _BATCH)):
            found = alternates.of([row["geonameid"] for row in batch])
            for row in batch:
                names, weak = found.get(row["geonameid"], (None, []))
                if names is not None:
                    row["alternatenames"], row[WEAK_NAMES] = ",".join(names), ",".join(weak)
                yield row


def _dump_rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    for number, line in enumerate(lines, start=1):
        values = line.rstrip("\n").split("\t")
        if len(values) != len(GEONAMES_COLUMNS):
            raise TableError(f"line {number} has {len(values)} columns, a GeoNames dump has {len(GEONAMES_COLUMNS)}")
        yield {**dict(zip(GEONAMES_COLUMNS, values, strict=True)), WEAK_NAMES: ""}


@contextmanager
def _open_table(path: Path) -> Iterator[Iterable[str]]:
    """Lines of a table, out of its archive where it lies in one."""
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inner = next((name for name in archive.namelist() if _is_table(name)), None)
            if inner is None:
                raise TableError(f"{path}: no table inside")
            with archive.open(inner) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except zipfile.BadZipFile as error:
        raise TableError(f"{path} is not a whole zip file ({error}); remove it and fetch it again") from error


def _is_table(name: str) -> bool:
    return name.endswith(".txt") and not any(text in name.casefold() for text in _NO_TABLES)
