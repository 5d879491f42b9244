"""What the download buttons write, with how it came about: the filter used, the time, the version."""

from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from pipeline.export import Provenance, to_csv, to_geojson
from ui.book import Book
from ui.columns import Mask
from ui.filters import EventFilter


def write_geojson(book: Book, mask: Mask, chosen: EventFilter) -> bytes:
    """Write the events on the map, and only these, as GeoJSON (RFC 7946)."""
    rows = np.flatnonzero(mask & book.columns.placed)
    return to_geojson(book.take(rows), _provenance(chosen))


def write_csv(book: Book, mask: Mask, chosen: EventFilter) -> bytes:
    """Write all events that pass the filter as CSV, those that could not be placed too."""
    return to_csv(book.take(np.flatnonzero(mask)))


def describe_filter(chosen: EventFilter) -> dict[str, Any]:
    """Say a filter in plain words and lists; what asks for nothing is left out."""
    said = {name: value for name, value in asdict(chosen).items() if value}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}


def _provenance(chosen: EventFilter) -> Provenance:
    return Provenance(generated_at=datetime.now(UTC), version=_version(), filter=describe_filter(chosen))


def _version() -> str:
    try:
        return version("rasid")
    except PackageNotFoundError:
        return "unknown"
