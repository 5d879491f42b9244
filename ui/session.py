"""What one session looks at: the server's book, with what this session added to it.

The seam for a lasting store: ``add_events`` is the only place where events enter, ``current_book`` the only one they
leave by.
"""

import gc
import os
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import streamlit as st

from pipeline.errors import UsageError
from pipeline.export import read_events_file
from pipeline.ingest import read_inputs
from pipeline.records import Article
from ui.book import Book, add_to_book, make_book
from ui.reading import read_samples

EVENTS_VARIABLE, ARTICLES_VARIABLE = "RASID_EVENTS", "RASID_ARTICLES"


@st.cache_resource(show_spinner=False)
def base_book() -> Book:
    """Open the book that all sessions share: the table that was asked for (``rasid serve FILE``), else the samples."""
    path = os.environ.get(EVENTS_VARIABLE)
    if path:
        articles, _ = read_inputs([os.environ[ARTICLES_VARIABLE]]) if ARTICLES_VARIABLE in os.environ else ([], [])
        book = make_book(_read_table(Path(path)), articles)
    else:
        book = make_book(*read_samples())
    gc.collect()
    gc.freeze()  # else every rerun ends in a collection that walks all of this
    return book


def _read_table(path: Path) -> gpd.GeoDataFrame:
    try:
        return read_events_file(path)
    except (OSError, ValueError) as error:
        message = f"{path} is no events table; write one with: rasid run ... --out {path.name}"
        raise UsageError(f"{message}\n{error}") from error


def current_book() -> Book:
    """Open the book of this session."""
    book: Book = st.session_state.get("book") or base_book()
    return book


def add_events(events: gpd.GeoDataFrame, articles: Iterable[Article]) -> tuple[int, int]:
    """Add events to this session's book; answers how many were new and how many it already had."""
    before = current_book()
    after = add_to_book(before, events, articles)
    st.session_state["book"] = after
    fresh = len(after) - len(before)
    return fresh, len(events) - fresh
