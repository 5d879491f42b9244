"""Guess which column of a gazetteer table holds what, from data/gazetteer/columns.csv (role, column; best first)."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from geo.table import Columns, TableError

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "columns.csv"


@lru_cache(maxsize=1)
def _guesses() -> tuple[tuple[str, str], ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((row["role"], row["column"]) for row in csv.DictReader(file))


def guess_columns(given: Columns, header: Sequence[str]) -> Columns:
    """Fill in the columns that ``given`` does not name.

    Raises
    ------
    TableError
        Where name, longitude or latitude can be neither read from ``given`` nor guessed.
    """
    lower = {name.casefold(): name for name in header}
    found: dict[str, list[str]] = {}
    for role, column in _guesses():
        if column in lower:
            found.setdefault(role, []).append(lower[column])
    first = {role: columns[0] for role, columns in found.items()}
    columns = replace(
        given,
        name=given.name or first.get("name", ""),
        lon=given.lon or first.get("lon", ""),
        lat=given.lat or first.get("lat", ""),
        place_id=given.place_id or first.get("id"),
        kind=given.kind or first.get("kind"),
        country=given.country or first.get("country"),
        admin1=given.admin1 or first.get("admin1"),
        admin2=given.admin2 or first.get("admin2"),
        population=given.population or first.get("population"),
    )
    more = tuple(name for name in found.get("names", ()) if name != columns.name)
    for what, column in (("name", columns.name), ("longitude", columns.lon), ("latitude", columns.lat)):
        if not column:
            raise TableError(f"no column for the {what} among {', '.join(map(repr, header))}; name it with an option")
    return replace(columns, names=given.names or more, skip=given.skip or _withdrawn(lower))


def _withdrawn(lower: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Rows that a table itself says are withdrawn."""
    return tuple((lower[column.partition("=")[0]], column.partition("=")[2]) for role, column in _guesses()
                 if role == "skip" and column.partition("=")[0] in lower)  # fmt: skip
