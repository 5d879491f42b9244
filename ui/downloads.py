"""What the download buttons write, with how it came about: the filter used, the time, the version."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from pipeline.export import Provenance, write_events
from pipeline.export_html import MOST_EVENTS
from pipeline.export_png import MOST_DRAWN
from ui.area import Area
from ui.book import Book
from ui.columns import Mask, Rows
from ui.filters import EventFilter


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
