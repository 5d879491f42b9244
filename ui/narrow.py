"""The table narrowed to what was clicked on the map: exactly the events of a cluster, of a place, of a governorate.

What comes from a browser is not trusted: a click that means nothing here narrows nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np

from geo.admin import load_areas
from ui.cells import View, cluster_rows
from ui.columns import POINT_PRECISIONS, Columns, Mask, Rows
from ui.shades import rows_of_area
from ui.shelf import Shown
from ui.timeline import overlap

_CELLS = ("cells", "timeline/cells")


@dataclass(frozen=True, slots=True, eq=False)
class Narrowed:
    """Rows that were clicked under one key of the shelf, and the label that says what they are."""

    key: str
    label: str
    rows: Rows

    def mask(self, number: int) -> Mask:
        """Mark the rows among ``number`` of a book."""
        marked = np.zeros(number, dtype=bool)
        marked[self.rows] = True
        return marked


def rows_at(columns: Columns, mask: Mask, row: object) -> Rows:
    """Name the rows that are shown at the place of one."""
    if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row < len(columns):
        return np.array([], dtype=np.intp)
    same = (columns.x == columns.x[row]) & (columns.y == columns.y[row])
    coarse = columns.precision[row] >= POINT_PRECISIONS
    alike = columns.spot == columns.spot[row] if coarse else columns.precision < POINT_PRECISIONS
    return np.flatnonzero(mask & same & alike)


def narrow(pick: Mapping[str, Any], shown: Shown, find: Callable[[str], Shown | None]) -> Narrowed | None:
    """Say what a click on the map narrows the table to; None where it narrows nothing.

    Parameters
    ----------
    pick
        What the map's layer told: ``place`` (a row), ``cluster`` (its number) with ``of`` (the address its cells came
        from), or ``admin1`` (id of an area).
    shown
        What was shown under the key of the click.
    find
        Answers what is shown under another key, None where that has gone.
    """
    columns, key = shown.book.columns, str(pick.get("key"))
    if "place" in pick:
        rows, label = rows_at(columns, shown.mask, pick["place"]), "table.of_place"
    elif "admin1" in pick:
        known = {area.area_id for area in load_areas().areas}
        asked = str(pick["admin1"])
        rows, label = np.flatnonzero(rows_of_area(columns, shown.mask, asked)), "table.of_area"
        rows = rows if asked in known else rows[:0]
    elif "cluster" in pick:
        rows, label = _rows_of_cluster(pick["cluster"], str(pick.get("of", "")), shown, find), "table.of_cluster"
    else:
        return None
    return Narrowed(key, label, rows) if len(rows) else None


def _rows_of_cluster(number: object, address: str, here: Shown, find: Callable[[str], Shown | None]) -> Rows:
    """Draw again what the map drew, and name the rows of one of its clusters."""
    none: Rows = np.array([], dtype=np.intp)
    parts = urlsplit(address)
    folder, _, key = parts.path.rpartition("/")
    shown = find(key) if folder in _CELLS else None
    if shown is None or shown.book is not here.book or not isinstance(number, int) or isinstance(number, bool):
        return none
    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    try:
        view = View(int(said["z"]), *(float(said[name]) for name in "wsen"))
        mask = shown.mask
        if "first" in said:
            mask = overlap(shown.book.columns, mask, int(said["first"]), int(said["last"]))
        rows = np.sort(cluster_rows(shown.book.columns, mask, view, number))
        return rows[here.mask[rows]]
    except (KeyError, ValueError, OverflowError):
        return none
