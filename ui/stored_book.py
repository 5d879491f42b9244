"""The book of a store, kept up to date: what changed is read again and packed again, the rest stays as it is.

The book is held in pieces, each of events whose ids follow one another, so that a change packs one piece anew.
"""

import gc
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd

from pipeline.promises import CRS, REVIEW_STATUSES
from pipeline.records import Article
from pipeline.store.articles import load_articles
from pipeline.store.audit import read_head
from pipeline.store.changes import Head, read_changes
from pipeline.store.engine import Store
from pipeline.store.events import load_events
from pipeline.store.permissions import Person
from pipeline.store.review import REJECTED
from ui.book import Book, by_id, make_book
from ui.ids import EventIds
from ui.join import join_columns
from ui.rows import join_rows

SHOWN = tuple(status for status in REVIEW_STATUSES if status != REJECTED)
PIECE = 8_192  # events
_ASKED_AT_ONCE = 5_000  # articles in one query


@dataclass(frozen=True)
class _Held:
    head: Head
    pieces: tuple[Book, ...]
    starts: tuple[str, ...]  # the first id that belongs into each piece
    book: Book


class StoredBook:
    """The live events of one store but the rejected, shared by all sessions; safe between threads."""

    def __init__(self) -> None:
        self._held: _Held | None = None
        self._lock = Lock()

    def current(self, store: Store, person: Person) -> Book:
        """Answer the book as the store is now.

        Raises
        ------
        NotAllowedError, StoreError
            Where the person may not read the store, or it cannot be read.
        """
        head = read_head(store, person)
        with self._lock:
            held = self._held
            if held is None or held.head != head:
                held = self._held = (held and _follow(held, store, person)) or _read_all(store, head, person)
            return held.book


def _read_all(store: Store, head: Head, person: Person) -> _Held:
    events = load_events(store, SHOWN, person)
    parts = [events.iloc[first : first + PIECE] for first in range(0, max(len(events), 1), PIECE)]
    starts = ("", *(str(part.index[0]) for part in parts[1:]))
    articles = by_id(load_cited(events, store, person))
    pieces = tuple(make_book(part, ()) for part in parts)
    held = _Held(head, pieces, starts, _join(pieces, articles))
    gc.collect()
    return held


def _follow(held: _Held, store: Store, person: Person) -> _Held | None:
    """Bring what is held up to date; None where that cannot be told from the audit."""
    changes = read_changes(store, held.head, person)
    if changes is None:
        return None
    if not changes.event_ids:
        return _Held(changes.head, held.pieces, held.starts, held.book)
    fresh = load_events(store, SHOWN, person, event_ids=changes.event_ids)
    pieces = list(held.pieces)
    for number, ids in _by_piece(held.starts, changes.event_ids).items():
        pieces[number] = _repack(pieces[number], ids, fresh[fresh.index.isin(ids)])
    articles = {**held.book.articles, **by_id(load_cited(fresh, store, person))}
    return _Held(changes.head, tuple(pieces), held.starts, _join(pieces, articles))


def _by_piece(starts: Sequence[str], ids: Iterable[str]) -> dict[int, list[str]]:
    pieces: dict[int, list[str]] = {}
    for name in ids:
        pieces.setdefault(bisect_right(starts, name) - 1, []).append(name)
    return pieces


def _repack(piece: Book, ids: Sequence[str], fresh: gpd.GeoDataFrame) -> Book:
    """Pack a piece anew: without the events of these ids, with the fresh ones, by the order of ids."""
    before = piece.events
    parts = [part for part in (before[~before.index.isin(ids)], fresh) if len(part)]
    if not parts:
        return make_book(before.iloc[:0], ())
    table = parts[0] if len(parts) == 1 else gpd.GeoDataFrame(pd.concat(parts), geometry="geometry", crs=CRS)
    return make_book(table.sort_index(), ())


def _join(pieces: Sequence[Book], articles: Mapping[str, Article]) -> Book:
    firsts = np.cumsum([0, *(len(piece) for piece in pieces)])
    hashes = np.concatenate([piece.ids.hashes for piece in pieces])
    numbers = [piece.ids.rows + np.int32(first) for piece, first in zip(pieces, firsts[:-1], strict=True)]
    order = np.argsort(hashes, kind="stable")
    ids = EventIds(hashes[order], np.concatenate(numbers)[order])
    rows = join_rows([piece.rows for piece in pieces])
    return Book(rows, join_columns([piece.columns for piece in pieces]), ids, articles)


def load_cited(events: gpd.GeoDataFrame, store: Store, person: Person) -> list[Article]:
    """Articles behind events; a reviewed event may rest on one that another has taken the place of since."""
    quoted = {said["article_id"] for cell in events["evidence"] for said in orjson.loads(cell).values()}
    names = sorted(quoted | set(events["article_id"]))
    parts = [names[first : first + _ASKED_AT_ONCE] for first in range(0, len(names), _ASKED_AT_ONCE)]
    return [article for part in parts for article in load_articles(store, part, person)]
