"""Another place for an event: one of those that were considered, or a pin put by hand."""

from collections.abc import Mapping
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from pipeline.store.events import StoredEvent
from pipeline.store.review import PIN_EXTENT_KM, choose_candidate, list_candidates, move_pin
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.map import plain_map
from ui.markup import Markup, isolate, join, tag
from ui.review_parts import act

_MAP_HEIGHT = 280
_REGION = (31.5, 42.0)  # lat, lon
_HERE, _OTHER = "#b3261e", "#5b6770"
_HEADS = ("number", "name", "kind", "point", "score", "reasons")


def show_place(event: StoredEvent, labels: Labels) -> None:
    """Offer the other candidates of an event, and a pin by latitude and longitude."""
    candidates = list_candidates(event)
    with st.expander(labels("review.places", count=len(candidates)), expanded=False):
        if candidates:
            _show_candidates(event, candidates, labels)
        _show_map(event, candidates, labels)
        _show_pin(event, labels)


def _show_map(event: StoredEvent, candidates: list[dict[str, Any]], labels: Labels) -> None:
    """A click on the map fills latitude and longitude; each click once, so that they can be corrected by hand."""
    st.html(tag("p", labels("review.click_map"), class_="rasid-hint"))
    key = f"review_map_{event.event_id}_{event.version}"
    answer = st_folium(
        pin_map(event.values, candidates), key=key, height=_MAP_HEIGHT, width=None, returned_objects=["last_clicked"]
    )
    point = read_click((answer or {}).get("last_clicked"))
    if point is not None and st.session_state.get("review_clicked") != (key, point):
        st.session_state["review_clicked"] = key, point
        for name, degrees in zip(("lat", "lon"), point, strict=True):
            st.session_state[f"review_{name}_{event.event_id}_{event.version}"] = degrees


def pin_map(values: Mapping[str, Any], candidates: list[dict[str, Any]]) -> folium.Map:
    """Draw where an event is and where it could be; rings without words, as these come from the news."""
    pins = [(one["lat"], one["lon"], _OTHER) for one in candidates if _has_point(one)]
    if _has_point(values):
        pins.append((values["lat"], values["lon"], _HERE))
    around, zoom = ((pins[-1][0], pins[-1][1]), 8) if pins else (_REGION, 5)
    drawn = plain_map(around, zoom)
    for lat, lon, colour in pins:
        folium.CircleMarker([lat, lon], radius=7, color=colour, weight=3, fill=False, interactive=False).add_to(drawn)
    return drawn


def _has_point(said: Mapping[str, Any]) -> bool:
    return said.get("lat") is not None and said.get("lon") is not None


def read_click(said: Any) -> tuple[float, float] | None:
    """Read (lat, lon) of a click; what a browser sends is not trusted, and a world further counts as this one.

    Examples
    --------
    >>> read_click({"lat": 35.123456, "lng": 400.5}), read_click({"lat": 95, "lng": 0}), read_click("x")
    ((35.12346, 40.5), None, None)
    """
    if not isinstance(said, dict):
        return None
    lat, lon = said.get("lat"), said.get("lng")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    if not -90 <= lat <= 90 or not -3600 <= lon <= 3600:
        return None
    return round(float(lat), 5), round((float(lon) + 180) % 360 - 180, 5)


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
