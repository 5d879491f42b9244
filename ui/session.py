"""What one session looks at: the events of the store, or a table with what this session added to it.

``add_events`` is the only place where events enter, ``current_book`` the only one they leave by.
"""

import gc
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import orjson
import streamlit as st

from pipeline.errors import UsageError
from pipeline.event_chunks import count_rows
from pipeline.export import read_events_file
from pipeline.ingest import read_inputs
from pipeline.promises import REVIEW_STATUSES
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.store.articles import add_articles, load_articles
from pipeline.store.audit import read_head
from pipeline.store.engine import Store
from pipeline.store.events import load_events
from pipeline.store.permissions import Person
from pipeline.store.review import REJECTED
from pipeline.tabulate import tabulate
from ui.archive import current_person, has_store, shared_store
from ui.book import Book, add_to_book, by_id, make_book
from ui.packed import open_table
from ui.reading import read_samples

EVENTS_VARIABLE, ARTICLES_VARIABLE = "RASID_EVENTS", "RASID_ARTICLES"
_SHOWN = tuple(status for status in REVIEW_STATUSES if status != REJECTED)
_ASKED_AT_ONCE = 500  # articles in one query
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
        return _stored_book(store.where, read_head(store, person), store, person)
    book: Book = st.session_state.get("book") or base_book()
    return book


@st.cache_resource(show_spinner=False, max_entries=2)
def _stored_book(where: str, head: tuple[int, str], _store: Store, _person: Person) -> Book:
    """Load the store once for all sessions and each head of its audit; reading the head asked whether one may."""
    events = load_events(_store, _SHOWN, _person)
    return make_book(events, _load_cited(events, _store, _person))


def _load_cited(events: gpd.GeoDataFrame, store: Store, person: Person) -> list[Article]:
    """Articles behind events; a reviewed event may rest on one that another has taken the place of since."""
    quoted = {said["article_id"] for cell in events["evidence"] for said in orjson.loads(cell).values()}
    names = sorted(quoted | set(events["article_id"]))
    parts = [names[first : first + _ASKED_AT_ONCE] for first in range(0, len(names), _ASKED_AT_ONCE)]
    return [article for part in parts for article in load_articles(store, part, person)]


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
