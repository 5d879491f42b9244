"""The table twin of the map: the same events as rows, for eyes, keyboards and screen readers."""

from typing import Any

import numpy as np
import pandas as pd

from ui.book import Book
from ui.columns import Mask, Rows
from ui.labels import Labels
from ui.payload import format_days
from ui.vocabulary import names_of

TABLE_LIMIT = 1000
_READ = (
    *("date_start", "date_end", "event_type", "place_name", "matched_name", "precision", "country", "time_status"),
    *("actor_id", "actor", "target_id", "target", "weapon", "killed", "wounded", "source"),
)


def latest_first(book: Book, mask: Mask, limit: int = TABLE_LIMIT) -> Rows:
    """Order the rows of ``mask`` by last day, the latest first and the undated last; at most ``limit`` of them."""
    rows = np.flatnonzero(mask)
    last = -book.columns.end[rows].astype(np.int64)
    if len(rows) > limit:  # sort no more than may be shown
        near = last <= np.partition(last, limit - 1)[limit - 1]
        rows, last = rows[near], last[near]
    return rows[np.argsort(last, kind="stable")[:limit]]


def make_table(book: Book, rows: Rows, labels: Labels) -> pd.DataFrame:
    """Write rows for the screen: names instead of ids, dates as text; unknown counts stay empty."""
    events = book.take_columns(rows, _READ)
    actors, weapons = names_of("actor", labels.code), names_of("weapon", labels.code)
    days = [format_days(*pair) for pair in zip(events["date_start"], events["date_end"], strict=True)]
    columns: dict[str, Any] = {
        "date": days,
        "event_type": [labels.name("event_type", word) for word in events["event_type"]],
        "place": events["place_name"].fillna(events["matched_name"]),
        "precision": [labels.words.get(f"precision.{word}", "") for word in events["precision"]],
        "country": [labels.words.get(f"country.{word}", _plain(word)) for word in events["country"]],
        "actor": [actors.get(_plain(known)) or _plain(words) for known, words in _pairs(events, "actor")],
        "target": [actors.get(_plain(known)) or _plain(words) for known, words in _pairs(events, "target")],
        "weapon": [weapons.get(_plain(word), _plain(word)) for word in events["weapon"]],
        "killed": events["killed"],
        "wounded": events["wounded"],
        "status": [labels.name("time_status", word) for word in events["time_status"]],
        "source": events["source"],
    }
    table = pd.DataFrame({labels(f"table.{name}"): list(column) for name, column in columns.items()})
    return table.astype({labels("table.killed"): "Int64", labels("table.wounded"): "Int64"})


def make_tray(book: Book, rows: Rows, labels: Labels) -> pd.DataFrame:
    """Write the events that could not be placed, with why and where they could be."""
    table = make_table(book, rows, labels).drop(columns=[labels("table.precision"), labels("table.country")])
    events = book.take_columns(rows, ["place_status"])
    status = [labels.name("place_status", word) for word in events["place_status"]]
    table.insert(3, f"{labels('table.place_status')} ", status)
    return table


def _pairs(events: pd.DataFrame, column: str) -> Any:
    return zip(events[f"{column}_id"], events[column], strict=True)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""
