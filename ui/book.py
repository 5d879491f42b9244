"""An events table with its hot columns and the articles behind it: what every session of a server shares, read-only.

The columns are what filters and drawings read. Whole rows are made only of the few events that are looked at; those of
a large table stay on the disk (``ui/packed.py``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from pipeline.records import Article
from ui.columns import Columns, Rows, build_columns
from ui.ids import EventIds, hash_ids, index_ids
from ui.join import join_columns
from ui.rows import EventRows, join_rows, pack_rows, unpack_columns, unpack_rows


@dataclass(frozen=True)
class Book:
    """Events, packed and whole, and the articles they were read from by id; row numbers mean the same in all parts."""

    rows: EventRows
    columns: Columns
    ids: EventIds
    articles: Mapping[str, Article] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def events(self) -> gpd.GeoDataFrame:
        """The whole events table, made anew; of a large book it takes seconds and gigabytes."""
        return self.take(np.arange(len(self)))

    def take(self, rows: Sequence[int] | Rows) -> gpd.GeoDataFrame:
        """Make an events table of some rows, in the order given.

        Raises
        ------
        IndexError
            Where there is no such row.
        """
        return unpack_rows(self.rows.take(rows))

    def take_columns(self, rows: Sequence[int] | Rows, names: Sequence[str]) -> pd.DataFrame:
        """Make a plain frame of some columns of some rows, in the order given."""
        return unpack_columns(self.rows.take(rows, names))

    def ids_of(self, rows: Sequence[int] | Rows) -> list[str]:
        """Say the ids of some rows."""
        ids: list[str] = self.rows.take(rows, ["event_id"])["event_id"].to_pylist()
        return ids

    def row_of(self, event_id: str) -> int | None:
        """Find the row of an event; None where the book has no such event."""
        return self.ids.find(event_id, lambda row: self.ids_of([row])[0])


def make_book(events: gpd.GeoDataFrame, articles: Iterable[Article]) -> Book:
    """Pack a table (EPSG:4326, as ``pipeline.events`` promises) in memory with the articles it was read from."""
    ids = index_ids(hash_ids(events.index))
    return Book(EventRows(pack_rows(events)), build_columns(events), ids, by_id(articles))


def by_id(articles: Iterable[Article]) -> dict[str, Article]:
    """Lay articles by their ids."""
    return {article.article_id: article for article in articles}


def add_to_book(book: Book, events: gpd.GeoDataFrame, articles: Iterable[Article]) -> Book:
    """Make a new book with more events at its end; an event the book already has is left as it is.

    The rows of the old book keep their numbers, and its rows are shared, not copied.
    """
    fresh = events[[book.row_of(event_id) is None for event_id in events.index]]
    more = make_book(fresh, articles)
    ids = EventIds(
        np.concatenate([book.ids.hashes, more.ids.hashes]),
        np.concatenate([book.ids.rows, more.ids.rows + np.int32(len(book))]),
    )
    order = np.argsort(ids.hashes, kind="stable")
    return Book(
        join_rows([book.rows, more.rows]),
        join_columns([book.columns, more.columns]),
        EventIds(ids.hashes[order], ids.rows[order]),
        {**book.articles, **more.articles},
    )
