"""More names for places of any source: data/gazetteer/aliases.csv and what each language calls places."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "data" / "gazetteer"
SPOKEN = ROOT / "data" / "languages"  # */places.csv: what a language calls places that other sources name otherwise


@lru_cache(maxsize=1)
def aliases() -> dict[str, list[str]]:
    """More names for places of any source, by place id."""
    names = {row["place_id"]: split_names(row["names"]) for row in read_rows(TABLES / "aliases.csv")}
    for table in sorted(SPOKEN.glob("*/places.csv")):
        for row in read_rows(table):
            names.setdefault(row["place_id"], []).append(row["name"])
    return names


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a table of our own."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split_names(names: str) -> list[str]:
    """Names of one cell, parted by "|"."""
    return [name.strip() for name in names.split("|") if name.strip()]
