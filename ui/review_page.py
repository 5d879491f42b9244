"""The review page: the queue by uncertainty, proposed merges, and the audit; shown where the app has a store."""

import pandas as pd
import streamlit as st

from pipeline.store.audit import read_audit, verify_audit
from pipeline.store.events import read_event
from pipeline.store.links import Link
from pipeline.store.merges import decline_proposal, event_of, list_proposals, merge_events
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.markup import tag
from ui.review_event import show_event
from ui.review_intake import show_intake
from ui.review_parts import act, reasons_table

_TABS = ("queue", "proposals", "intake", "audit")
_MOST_ROWS = 500


def show_review_page(labels: Labels) -> None:
    """Show the page."""
    st.html(tag("h2", labels("review.heading")) + tag("p", labels("review.help"), class_="rasid-hint"))
    chosen = st.segmented_control(
        labels("review.heading"),
        _TABS,
        default=_TABS[0],
        format_func=lambda name: labels(f"review.{name}"),
        key="review_tab",
        label_visibility="collapsed",
    )
    show = {"proposals": _show_proposals, "audit": _show_audit, "intake": show_intake}.get(chosen or "", show_event)
    show(labels)


def _show_proposals(labels: Labels) -> None:
    store, person = shared_store(), current_person()
    proposals = list_proposals(store, person)
    st.html(tag("p", labels("review.proposed", count=len(proposals)), class_="rasid-found"))
    for number, link in enumerate(proposals[:20]):
        with st.container(border=True, key=f"proposal_{number}"):
            _show_proposal(link, number, labels)


def _show_proposal(link: Link, number: int, labels: Labels) -> None:
    store, person = shared_store(), current_person()
    st.html(reasons_table([(one["feature"], one["points"], one["left"], one["right"]) for one in link.reasons], labels))
    both, apart = st.columns(2)
    if both.button(labels("review.merge"), key=f"merge_{number}", width="stretch"):
        names = [event_of(store, report, person) for report in (link.left, link.right)]
        versions = [read_event(store, name, person).version for name in names]
        act(lambda: merge_events(store, names, versions, person), labels)
        st.rerun()
    if apart.button(labels("review.decline"), key=f"decline_{number}", width="stretch"):
        act(lambda: decline_proposal(store, link.left, link.right, person), labels)
        st.rerun()


def _show_audit(labels: Labels) -> None:
    store, person = shared_store(), current_person()
    entries = read_audit(store, person, limit=_MOST_ROWS)
    chain = verify_audit(store)
    word = "review.chain_ok" if chain.is_ok else "review.chain_broken"
    st.html(tag("p", labels(word, rows=chain.rows, at=chain.broken_at or 0), class_="rasid-found"))
    columns = ("seq", "at", "who", "action", "subject", "version", "why", "old", "new")
    rows = [[getattr(entry, name) for name in columns[:-2]] + [str(entry.old), str(entry.new)] for entry in entries]
    st.dataframe(pd.DataFrame(rows, columns=list(columns)), hide_index=True)
