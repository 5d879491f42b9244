"""An events table with its hot columns and the articles behind it: what every session of a server shares, read-only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from pipeline.promises import CRS
from pipeline.records import Article
from ui.columns import Columns, Rows, build_columns


@dataclass(frozen=True)
class Book:
    """Events, packed and whole, and the articles they were read from by id; row numbers mean the same in both."""

    events: gpd.GeoDataFrame
    columns: Columns
    articles: Mapping[str, Article] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.events)

    def take(self, rows: Rows) -> gpd.GeoDataFrame:
        """Take whole rows of the events table, in the order given."""
        return self.events.iloc[rows]

    def row_of(self, event_id: str) -> int | None:
        """Find the row of an event; None where the book has no such event."""
        try:
            return int(self.events.index.get_loc(event_id))
        except KeyError:
            return None


def make_book(events: gpd.GeoDataFrame, articles: Iterable[Article]) -> Book:
    """Pack a table (EPSG:4326, as ``pipeline.events`` promises) with the articles it was read from."""
    return Book(events, build_columns(events), {article.article_id: article for article in articles})


def add_to_book(book: Book, events: gpd.GeoDataFrame, articles: Iterable[Article]) -> Book:
    """Make a new book with more events at its end; an event the book already has is left as it is.

    The rows of the old book keep their numbers.
    """
    fresh = events[~events.index.isin(book.events.index)]
    if fresh.empty:
        table = book.events
    elif book.events.empty:
        table = fresh
    else:
        table = gpd.GeoDataFrame(pd.concat([book.events, fresh]), geometry="geometry", crs=CRS)
    return make_book(table, [*book.articles.values(), *articles])
