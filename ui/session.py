"""What one session looks at: the events of the store, or a table with what this session added to it.

``add_events`` is the only place where events enter, ``current_book`` the only one they leave by.
"""

import gc
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import streamlit as st

from pipeline.errors import UsageError
from pipeline.event_chunks import count_rows
from pipeline.export import read_events_file
from pipeline.ingest import read_inputs
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.store.articles import add_articles
from pipeline.tabulate import tabulate
from ui.archive import current_person, has_store, shared_store
from ui.book import Book, add_to_book, by_id, make_book
from ui.packed import open_table
from ui.reading import read_samples
from ui.stored_book import StoredBook

EVENTS_VARIABLE, ARTICLES_VARIABLE = "RASID_EVENTS", "RASID_ARTICLES"
_HELD_IN_MEMORY = 20_000  # events: the rows of a larger table stay on the disk


@dataclass(frozen=True, slots=True)
class Outcome:
    """What adding did: the label that says it, and the numbers the label wants."""

    label: str
    counts: Mapping[str, int]


def is_kept() -> bool:
    """Whether the map shows the store and adding lasts: a store was chosen, and no table was asked for."""
    return has_store() and not os.environ.get(EVENTS_VARIABLE)


def open_first() -> None:
    """Open what the first visitor will look at, as far as that can be done without knowing who asks."""
    if is_kept():
        shared_store()
    else:
        base_book()


@st.cache_resource(show_spinner=False)
def base_book() -> Book:
    """Open the book that all sessions share: the table that was asked for (``rasid serve FILE``), else the samples."""
    path = os.environ.get(EVENTS_VARIABLE)
    if path:
        articles, _ = read_inputs([os.environ[ARTICLES_VARIABLE]]) if ARTICLES_VARIABLE in os.environ else ([], [])
        book = replace(_read_table(Path(path)), articles=by_id(articles))
    else:
        book = make_book(*read_samples())
    gc.collect()
    gc.freeze()  # else every rerun ends in a collection that walks all of this
    return book


def _read_table(path: Path) -> Book:
    try:
        if count_rows(path) > _HELD_IN_MEMORY:
            return open_table(path)
        return make_book(read_events_file(path), [])
    except (OSError, ValueError) as error:
        message = f"{path} is no events table; write one with: rasid run ... --out {path.name}"
        raise UsageError(f"{message}\n{error}") from error


def current_book() -> Book:
    """Open the book of this session; of a store, as it is now.

    Raises
    ------
    StoreError
        Where the store cannot be opened or read, or the person may not.
    """
    if is_kept():
        store, person = shared_store(), current_person()
        return _stored_book(store.where).current(store, person)
    book: Book = st.session_state.get("book") or base_book()
    return book


@st.cache_resource(show_spinner=False, max_entries=2)
def _stored_book(where: str) -> StoredBook:
    """Hold the book of a store for all sessions; each asks anew whether it may see it."""
    return StoredBook()


def add_events(events: gpd.GeoDataFrame, articles: Sequence[Article]) -> Outcome:
    """Add articles and their events: to the store where the map shows one, else to this session's book.

    Raises
    ------
    StoreError
        Where the store refuses them or the person may not; nothing was changed then.
    """
    if is_kept():
        return _add_to_store(articles)
    before = current_book()
    after = add_to_book(before, events, articles)
    st.session_state["book"] = after
    fresh = len(after) - len(before)
    return Outcome("article.added", {"count": fresh, "known": len(events) - fresh})


def _add_to_store(articles: Sequence[Article]) -> Outcome:
    person = current_person()
    added = add_articles(shared_store(), articles, tabulate(map(read_placed, articles)), person)
    counts = {"reports": added.reports, "fresh": added.new_events, "joined": added.joined, "known": len(added.known)}
    return Outcome("review.added", counts)
