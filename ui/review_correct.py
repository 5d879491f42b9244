"""Corrections learned from an event: another name of a place, a site, another name of an actor; and their patch."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from geo.kinds import KINDS
from pipeline.language import installed_languages
from pipeline.store.corrections import Correction, list_corrections, make_patch, mark_exported, save_correction
from pipeline.store.events import StoredEvent
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.markup import tag
from ui.review_parts import act

_FIELDS = {
    "place_alias": ("place_id", "names"),
    "site": ("place_id", "kind", "lat", "lon", "extent_km", "country", "names_ar", "names_en"),
    "actor_alias": ("actor_id", "name", "language"),
}
_NUMBERS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "extent_km": (0.1, 500.0)}
_FROM_EVENT = {"names": "place_name", "name": "actor"}


def show_correction(event: StoredEvent, labels: Labels) -> None:
    """Show the form of a correction, filled with what the event says, and the patch of those kept so far."""
    with st.expander(labels("review.correct")):
        st.html(tag("p", labels("review.correct_help"), class_="rasid-hint"))
        kind = st.selectbox(
            labels("review.correct_kind"),
            list(_FIELDS),
            format_func=lambda name: labels(f"review.correct_{name}"),
            key="review_correct",
        )
        with st.form("review_correction", border=False):
            said = {name: _ask(kind, name, event, labels) for name in _FIELDS[kind]}
            pressed = st.form_submit_button(labels("review.keep_correction"), width="stretch")
        _offer_patch(labels)
    if pressed:
        act(lambda: save_correction(shared_store(), kind, said, current_person(), event.event_id), labels)
        st.rerun()


def _ask(kind: str, name: str, event: StoredEvent, labels: Labels) -> Any:
    label = labels("review.correct_kind_of_site" if name == "kind" else f"review.correct_{name}")
    key = f"correct_{kind}_{name}_{event.event_id}_{event.version}"
    is_new = kind == "site" and name == "place_id"  # a site to add needs an id that no place has
    said = None if is_new else event.values.get(_FROM_EVENT.get(name, name))
    if name in _NUMBERS:
        least, most = _NUMBERS[name]
        return st.number_input(label, min_value=least, max_value=most, value=said, step=0.01, format="%.5f", key=key)
    if name == "kind":
        return st.selectbox(label, list(KINDS), format_func=lambda kind: labels.name("kind", kind), key=key)
    if name == "language":
        codes = installed_languages()
        return st.selectbox(label, codes, index=codes.index(said) if said in codes else 0, key=key)
    return st.text_input(label, value=said or "", key=key).strip()


def _offer_patch(labels: Labels) -> None:
    found = list_corrections(shared_store(), current_person())
    if found:
        st.download_button(
            labels("review.patch", count=len(found)),
            make_patch(found),
            "rasid-corrections.patch",
            "text/x-patch",
            key="review_patch",
            on_click=lambda: _mark(found, labels),
            width="stretch",
        )


def _mark(found: Sequence[Correction], labels: Labels) -> None:
    """Say that these were handed over; the next patch does not hold them again."""
    act(lambda: mark_exported(shared_store(), found, current_person()), labels)
