"""The second page: paste or upload an article, see what is read from it, add it to the map."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pipeline.articles import Refusal
from pipeline.errors import RasidError
from pipeline.ingest import read_bytes
from pipeline.records import Article
from ui.details import describe_event, highlight
from ui.labels import Labels, load_labels, screen_languages
from ui.markup import isolate, tag
from ui.reading import PlaceRead, read_articles, read_places
from ui.session import Outcome, add_events, is_kept

PLACES_OF = 20  # place names are listed for so many articles
_KINDS = ["txt", "jsonl", "ndjson", "html", "htm"]


@dataclass(frozen=True)
class ReadOut:
    """What one press of the button read."""

    articles: list[Article]
    refusals: list[Refusal]
    events: gpd.GeoDataFrame
    places: list[PlaceRead]


def show_article_page(labels: Labels) -> None:
    """Show the page."""
    st.html(tag("h2", labels("article.heading")) + tag("p", labels("article.help"), class_="rasid-hint"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_form(labels)
    with right:
        _show_read_out(labels)


def _show_form(labels: Labels) -> None:
    with st.form("article", border=False):
        text = st.text_area(labels("article.text"), height=300, key="article_text")
        upload = st.file_uploader(labels("article.upload"), type=_KINDS, key="article_file")
        day, language = st.columns(2)
        published = day.date_input(
            labels("article.published"),
            value=None,
            key="article_published",
            help=labels("article.published_help"),
            format="YYYY-MM-DD",
            max_value=date.today(),
            min_value=date(1990, 1, 1),
        )
        code = language.selectbox(
            labels("article.language"),
            (None, *screen_languages()),
            format_func=lambda chosen: labels("article.auto") if chosen is None else load_labels(chosen)("language"),
            key="article_language",
        )
        pressed = st.form_submit_button(labels("article.read"), type="primary", width="stretch")
    if pressed:
        _read(text, upload, published, code, labels)


def _read(text: str, upload: UploadedFile | None, published: date | None, code: str | None, labels: Labels) -> None:
    st.session_state.pop("read_out", None)
    st.session_state.pop("added", None)
    if upload is not None:
        name, data = upload.name, upload.getvalue()
    elif text.strip():
        name, data = "pasted.txt", text.encode()
    else:
        st.warning(labels("article.empty"))
        return
    try:
        articles, refusals = read_bytes(
            _lasting_name(name, data) if is_kept() else name, data, published=published, language=code
        )
        read_out = ReadOut(articles, refusals, read_articles(articles), read_places(articles[:PLACES_OF]))
    except RasidError as error:
        st.error(labels("article.refused"))
        st.text(str(error))
        return
    st.session_state["read_out"] = read_out


def _lasting_name(name: str, data: bytes) -> str:
    """Name a text by its content, too: in a store, another text of the same name would take the place of the first."""
    path = Path(name)
    return f"{path.stem}-{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}"


def _show_read_out(labels: Labels) -> None:
    read_out: ReadOut | None = st.session_state.get("read_out")
    if read_out is None:
        return
    for refusal in read_out.refusals:
        word = "article.corrected" if refusal.kept else "article.refused"
        st.html(tag("p", tag("strong", labels(word)), " ", isolate(str(refusal)), class_="rasid-refusal"))
    if not read_out.articles:
        return
    counts = {"events": len(read_out.events), "places": len(read_out.places), "articles": len(read_out.articles)}
    st.html(tag("p", tag("strong", labels("article.found", **counts)), class_="rasid-found"))
    if read_out.events.empty:
        st.html(tag("p", labels("article.nothing"), class_="rasid-hint"))
    else:
        _show_add(read_out, labels)
        _show_events(read_out, labels)
    if read_out.places:
        with st.expander(f"{labels('article.places')} ({len(read_out.places)})"):
            _show_places(read_out.places, labels)
    if read_out.events.empty:
        for article in read_out.articles[:3]:
            st.html(highlight(article, []))


def _show_add(read_out: ReadOut, labels: Labels) -> None:
    label = labels("article.add", count=len(read_out.events))
    if st.button(label, type="primary", key="add", icon=":material/add_location_alt:"):
        _add(read_out, labels)
    done: Outcome | None = st.session_state.get("added")
    if done is not None:
        st.success(labels(done.label, **done.counts))


def _add(read_out: ReadOut, labels: Labels) -> None:
    st.session_state.pop("added", None)
    try:
        st.session_state["added"] = add_events(read_out.events, read_out.articles)
    except RasidError as error:
        st.error(labels("review.refused"))
        st.text(str(error))


def _show_events(read_out: ReadOut, labels: Labels) -> None:
    articles = {article.article_id: article for article in read_out.articles}
    names = [labels("article.event", number=number + 1) for number in range(min(len(read_out.events), 12))]
    for place, tab in enumerate(st.tabs(names)):
        event = read_out.events.iloc[place]
        tab.html(describe_event(event, articles, labels))


def _show_places(places: list[PlaceRead], labels: Labels) -> None:
    names = ("place_name", "place_role", "place_point")
    rows = [
        (place.name, labels.name("role", place.role), place.where or labels.name("place_status", place.status))
        for place in places
    ]
    table = pd.DataFrame(rows, columns=[labels(f"article.{name}") for name in names])
    st.dataframe(table, hide_index=True)
