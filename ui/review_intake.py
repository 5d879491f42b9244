"""Reports into the store by hand: paste one, and see whether it joined an event or made a new one."""

import hashlib
from datetime import date

import orjson
import streamlit as st

from pipeline.ingest import read_bytes
from pipeline.run import read_placed
from pipeline.store.articles import add_articles
from pipeline.tabulate import tabulate
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.markup import isolate, tag


def show_intake(labels: Labels) -> None:
    """Show the form."""
    with st.form("intake", border=False):
        name = st.text_input(labels("review.source"), key="intake_source")
        text = st.text_area(labels("article.text"), height=200, key="intake_text")
        published = st.date_input(
            labels("article.published"), value=None, key="intake_published", format="YYYY-MM-DD", max_value=date.today()
        )
        pressed = st.form_submit_button(labels("review.add"), type="primary")
    if pressed and text.strip():
        _add(name, text, published, labels)


def _add(name: str, text: str, published: date | None, labels: Labels) -> None:
    name_of_text = f"pasted-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    record = {"id": name_of_text, "text": text, "source": name or None}
    articles, refusals = read_bytes("pasted.jsonl", orjson.dumps(record), published=published)
    for refusal in refusals:
        st.html(tag("p", isolate(str(refusal)), class_="rasid-refusal"))
    if not articles:
        return
    added = add_articles(shared_store(), articles, tabulate(map(read_placed, articles)), current_person())
    counts = {"reports": added.reports, "fresh": added.new_events, "joined": added.joined, "known": len(added.known)}
    st.success(labels("review.added", **counts))
