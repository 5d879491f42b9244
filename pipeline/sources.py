"""What kind of source a report comes from: official, agency, monitor, local, party to the conflict, media, unknown."""

import csv
from functools import lru_cache
from pathlib import Path

from geo.fold import fold_name

_TABLE = Path(__file__).resolve().parent.parent / "data" / "sources.csv"
UNKNOWN, PARTY = "unknown", "party"


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(f" {fold_name(row['pattern'])} ", row["kind"]) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda row: -len(row[0]))


@lru_cache(maxsize=4096)
def source_kind(source: str | None) -> str:
    """Say what kind of source a name is, by the longest name of ``data/sources.csv`` in it.

    Examples
    --------
    >>> source_kind("Reuters"), source_kind("Al-Masirah TV"), source_kind(None)
    ('agency', 'party', 'unknown')
    """
    if source is None:
        return UNKNOWN
    folded = f" {fold_name(source)} "
    return next((kind for pattern, kind in _patterns() if pattern in folded), UNKNOWN)
