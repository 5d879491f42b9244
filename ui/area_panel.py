"""The area filter on the screen: a file can be uploaded in the sidebar, a note above the map says what is kept."""

from typing import Any

import streamlit as st

from ui.area import Area, AreaError, read_area
from ui.area_file import read_area_file
from ui.area_mask import count_vague
from ui.book import Book
from ui.columns import Mask
from ui.labels import Labels
from ui.markup import isolate, join, tag

_WORDS = ("box", "circle", "polygon", "view", "remove", "hint_box", "hint_circle", "hint_polygon")


def area_words(labels: Labels) -> dict[str, str]:
    """Say the words of the drawing tools, for the map's layer."""
    return {name: labels(f"area.{name}") for name in _WORDS}


def choose_area(labels: Labels) -> None:
    """Offer to upload a GeoJSON file as the area; drawing is done on the map."""
    with st.expander(labels("area.heading"), expanded=bool(st.session_state.get("area_fault"))):
        st.html(tag("p", labels("area.help"), class_="rasid-hint rasid-small"))
        turn = st.session_state.setdefault("area_turn", 0)
        st.file_uploader(labels("area.upload"), ["geojson", "json"], key=f"area_file_{turn}", on_change=_take_file)
        fault: AreaError | None = st.session_state.get("area_fault")
        if fault is not None:
            said = tag("strong", labels("area.refused")), " ", labels(fault.label, **fault.values)
            st.html(tag("p", *said, class_="rasid-refusal", dir=labels.direction, role="alert"))


def _take_file() -> None:
    upload = st.session_state.get(f"area_file_{st.session_state['area_turn']}")
    st.session_state["area_fault"] = None
    if upload is None:
        return
    st.session_state["area_turn"] += 1  # an empty field for the next file
    try:
        set_area(read_area_file(upload.name, upload.getvalue()))
    except AreaError as error:
        st.session_state["area_fault"] = error


def set_area(area: Area | None) -> None:
    """Choose an area, None for none; to be called before the widgets are drawn."""
    st.session_state["area"], st.session_state["area_fault"] = area, None


def take_area(pick: dict[str, Any]) -> None:
    """Follow what was drawn on the map; what is no area changes nothing."""
    word = pick.get("area")
    if not isinstance(word, str):
        return
    try:
        set_area(read_area(word) if word else None)
    except AreaError as error:
        st.session_state["area_fault"] = error


def show_area_note(book: Book, mask: Mask, labels: Labels) -> None:
    """Say which area is asked for, how many events are kept only because their extent touches it, and let it go."""
    area: Area | None = st.session_state.get("area")
    if area is None:
        return
    vague = count_vague(book.columns, mask)
    said = [tag("strong", _name(area, labels))]
    said += [tag("span", labels("area.vague", count=f"{vague:,}"))] if vague else []
    said += [] if area.has_address else [tag("span", labels("area.no_address"))]
    st.html(tag("div", *said, class_="rasid-area", dir=labels.direction, role="status"), width="content")
    st.button(labels("area.remove"), key="area_remove", icon=":material/close:", type="tertiary", on_click=_drop)


def _drop() -> None:
    set_area(None)


def _name(area: Area, labels: Labels) -> str:
    if area.name:
        return join([labels("area.file"), " ", isolate(area.name)])
    if area.kind == "circle":
        return labels("area.circle_of", km=area.word.rpartition(",")[2])
    return labels("area.box_of") if area.kind == "box" else labels("area.polygon_of")
