"""Another place for an event: one of those that were considered, or a pin put by hand."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pipeline.store.events import StoredEvent
from pipeline.store.review import PIN_EXTENT_KM, choose_candidate, list_candidates, move_pin
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.markup import Markup, isolate, join, tag
from ui.review_parts import act

_HEADS = ("number", "name", "kind", "point", "score", "reasons")


def show_place(event: StoredEvent, labels: Labels) -> None:
    """Offer the other candidates of an event, and a pin by latitude and longitude."""
    candidates = list_candidates(event)
    with st.expander(labels("review.places", count=len(candidates)), expanded=False):
        if candidates:
            _show_candidates(event, candidates, labels)
        _show_pin(event, labels)


def _show_candidates(event: StoredEvent, candidates: list[dict[str, Any]], labels: Labels) -> None:
    st.html(candidates_table(candidates, labels))
    with st.form("review_candidates", border=False):
        number = st.selectbox(
            labels("review.candidate"),
            range(len(candidates)),
            format_func=lambda at: f"{at + 1}. {_name(candidates[at])}",
            key="review_candidate",
        )
        pressed = st.form_submit_button(labels("review.choose"), width="stretch")
    if pressed and number is not None:
        act(
            lambda: choose_candidate(shared_store(), event.event_id, number, event.version, current_person(), _why()),
            labels,
        )
        st.session_state["review_last"] = event.event_id
        st.rerun()


def _show_pin(event: StoredEvent, labels: Labels) -> None:
    with st.form("review_pin", border=False):
        lat = _degrees(labels("review.lat"), event.values["lat"], 90.0, f"review_lat_{event.event_id}_{event.version}")
        lon = _degrees(labels("review.lon"), event.values["lon"], 180.0, f"review_lon_{event.event_id}_{event.version}")
        extent_km = st.number_input(
            labels("review.extent"), min_value=0.1, max_value=500.0, value=PIN_EXTENT_KM, key="review_extent"
        )
        pressed = st.form_submit_button(labels("review.move_pin"), width="stretch")
    if not pressed:
        return
    if lat is None or lon is None:
        st.warning(labels("review.pin_needs"))
        return
    act(
        lambda: move_pin(
            shared_store(), event.event_id, lon, lat, event.version, current_person(), _why(), extent_km=extent_km
        ),
        labels,
    )
    st.session_state["review_last"] = event.event_id
    st.rerun()


def _degrees(label: str, value: float | None, most: float, key: str) -> float | None:
    return st.number_input(label, min_value=-most, max_value=most, value=value, step=0.01, format="%.5f", key=key)


def _why() -> str | None:
    return st.session_state.get("review_why") or None


def _name(candidate: Mapping[str, Any]) -> str:
    return str(candidate.get("matched_name") or candidate.get("name") or candidate.get("place_id") or "?")


def candidates_table(candidates: list[dict[str, Any]], labels: Labels) -> Markup:
    """Say which places were considered, best first, with their scores and why, as safe HTML."""
    head = tag("tr", *(tag("th", labels(f"review.place_{name}")) for name in _HEADS))
    rows = [
        tag("tr", *(tag("td", isolate(cell)) for cell in (str(at), *_cells(one, labels))))
        for at, one in enumerate(candidates, start=1)
    ]
    return tag("table", head, join(rows), class_="rasid-reasons")


def _cells(one: Mapping[str, Any], labels: Labels) -> tuple[str, ...]:
    country = labels.name("country", one["country"]) if one.get("country") else None
    around = [_name(one), *(str(part) for part in (one.get("admin1"), country) if part)]
    lat, lon, score = one.get("lat"), one.get("lon"), one.get("score")
    point = f"{lat:.3f}, {lon:.3f}" if lat is not None and lon is not None else "–"
    return (
        labels("detail.comma").join(dict.fromkeys(around)),
        labels.name("kind", one["kind"]) if one.get("kind") else "–",
        point,
        f"{score:g}" if isinstance(score, int | float) else "–",
        labels("detail.comma").join(map(str, one.get("reasons") or ())) or "–",
    )
