"""What the download buttons write, with how it came about: the filter used, the time, the version."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.csv_text import stream_csv
from pipeline.export import Provenance, write_events
from pipeline.export_html import MOST_EVENTS
from pipeline.export_kml import PART, stream_kml
from pipeline.export_png import MOST_DRAWN
from pipeline.geojson import Box, stream_geojson
from pipeline.say_columns import cut_batches
from ui.area import Area
from ui.book import Book
from ui.columns import Mask, Rows
from ui.filters import EventFilter

LARGE = 50_000  # events: a larger file is written onto the disk of the server, not into its memory
_STREAMED = ("geojson", "csv", "kml")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that is offered; ``placed_only`` leaves out what is not on the map; ``most`` events go in."""

    suffix: str
    mime: str
    placed_only: bool = False
    most: int | None = None


FORMATS = (
    Format("geojson", "application/geo+json", placed_only=True),
    Format("csv", "text/csv"),
    Format("gpkg", "application/geopackage+sqlite3"),
    Format("parquet", "application/vnd.apache.parquet"),
    Format("kml", "application/vnd.google-earth.kml+xml"),
    Format("html", "text/html", most=MOST_EVENTS),
    Format("png", "image/png", most=MOST_DRAWN),
)


def rows_of(kind: Format, book: Book, mask: Mask) -> Rows:
    """Say which of the rows that pass a filter a file of this kind holds."""
    return np.flatnonzero(mask & book.columns.placed if kind.placed_only else mask)


def count_of(kind: Format, book: Book, mask: Mask) -> int:
    """Count the events that a file of this kind holds."""
    return int(np.count_nonzero(mask & book.columns.placed if kind.placed_only else mask))


def is_large(kind: Format, count: int) -> bool:
    """Whether a file of so many events is written in the background, piece by piece."""
    return kind.suffix in _STREAMED and count > LARGE


def name_of(kind: Format) -> str:
    """What a file of this kind is called when it is saved."""
    return f"rasid-events.{kind.suffix}"


def stream_file(kind: Format, book: Book, mask: Mask, chosen: EventFilter) -> Iterator[tuple[bytes | memoryview, int]]:
    """Write a file piece by piece, each with how many events that makes: the same that ``write_file`` says."""
    rows = rows_of(kind, book, mask)
    done = [0]
    if kind.suffix == "kml":
        tables = (book.take(rows[start : start + PART]) for start in range(0, len(rows), PART))
        return ((piece, done[0]) for piece in stream_kml(_counted_tables(tables, done), _provenance(chosen)))
    batches = _counted(book.rows.scan(rows), done)
    if kind.suffix == "geojson":
        pieces = stream_geojson(batches, _provenance(chosen), _box(book, rows))
    else:
        pieces = stream_csv(batches)
    return ((piece, done[0]) for piece in pieces)


def _counted(batches: Iterator[pa.RecordBatch], done: list[int]) -> Iterator[pa.RecordBatch]:
    """Pass batches on in pieces, and keep count of what was passed."""
    for piece in cut_batches(batches):
        done[0] += len(piece)
        yield piece


def _counted_tables(tables: Iterator[gpd.GeoDataFrame], done: list[int]) -> Iterator[gpd.GeoDataFrame]:
    """Pass tables on, and keep count of what was passed."""
    for table in tables:
        done[0] += len(table)
        yield table


def _box(book: Book, rows: Rows) -> Box | None:
    """West, south, east, north of the placed ones of some rows (degrees, as they stand in the table)."""
    edges: list[tuple[float, float, float, float]] = []
    for batch in book.rows.scan(rows, ["lon", "lat"]):
        lon, lat = (pc.min_max(batch[axis]).as_py() for axis in ("lon", "lat"))
        if lon["min"] is not None:
            edges.append((lon["min"], lat["min"], lon["max"], lat["max"]))
    if not edges:
        return None
    west, south, east, north = zip(*edges, strict=True)
    return min(west), min(south), max(east), max(north)


def write_file(kind: Format, book: Book, mask: Mask, chosen: EventFilter) -> bytes:
    """Write the events that pass a filter as a file of one kind, the same that ``rasid run --out`` writes."""
    with TemporaryDirectory(prefix="rasid-") as folder:
        path = Path(folder) / f"events.{kind.suffix}"
        write_events(book.take(rows_of(kind, book, mask)), path, _provenance(chosen))
        return path.read_bytes()


def describe_filter(chosen: EventFilter) -> dict[str, Any]:
    """Say a filter in plain words and lists; what asks for nothing is left out."""
    said = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    return {name: _say(value) for name, value in said.items() if value}


def _say(value: Any) -> Any:
    if isinstance(value, Area):
        return value.describe()
    return value.isoformat() if isinstance(value, date) else value


def _provenance(chosen: EventFilter) -> Provenance:
    return Provenance(generated_at=datetime.now(UTC), version=_version(), filter=describe_filter(chosen))


def _version() -> str:
    try:
        return version("rasid")
    except PackageNotFoundError:
        return "unknown"
