"""The first page: counters, the map with its details, and the table twin below."""

import json
from typing import Any

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from ui.area_panel import show_area_note, take_area
from ui.book import Book
from ui.columns import POINT_PRECISIONS, Mask, unproject
from ui.details import describe_event, event_line
from ui.downloads import FORMATS
from ui.event_layer import show_group
from ui.export_panel import show_download
from ui.filters import EventFilter, count_events, date_span, filter_rows, undated_rows
from ui.glance import describe_glance
from ui.labels import Labels
from ui.layer_panel import choose_layer, describe_layer, layer_state
from ui.legend import describe_counts, describe_nothing
from ui.map import base_map
from ui.markup import tag
from ui.narrow import narrow, rows_at
from ui.part_names import names_by_number
from ui.permalink import follow_address, keep_address
from ui.session import current_book
from ui.sidebar import choose_base, choose_days, show_filters, with_members
from ui.split import SPLITS, Parts, choose_parts
from ui.state import shelf
from ui.tables_panel import show_tables
from ui.timeline_panel import TIMELINE_HEIGHT, ShowTimeline, any_day, days_said, timeline_state

MAP_HEIGHT = 560
_BUTTONS = 2  # kinds of file with a button of their own; the others are behind one
_PICK = "last_object_clicked_tooltip"


def show_map_page(labels: Labels) -> None:
    """Show the page."""
    book = current_book()
    follow_address(book, labels)
    asked = show_filters(book, labels)
    keep_address(book, asked, labels)
    chosen = with_members(book, asked)
    base = choose_base(labels)
    mask = filter_rows(book.columns, chosen)
    _show_head(book, chosen, mask, labels)
    with st.container(horizontal=True, vertical_alignment="center", key="layers"):
        layer = choose_layer(labels)
        show_area_note(book, mask, labels)
    left, right = st.columns([5, 3], gap="medium")
    whole = any_day(book, chosen, mask)
    parts = choose_parts(book.columns, whole, st.session_state.get("split", SPLITS[0]))
    with left:
        _show_map(book, chosen, mask, whole, parts, base, layer, labels)
        st.html(describe_layer(layer, book, mask, parts, _theme(), labels))
    with right.container(height=MAP_HEIGHT + TIMELINE_HEIGHT + 6, border=True, key="details"):
        _show_details(book, mask, labels)
    show_tables(book, mask, undated_rows(book.columns, chosen), shelf().key_of(book, chosen), labels)


def _show_head(book: Book, chosen: EventFilter, mask: Mask, labels: Labels) -> None:
    counters, buttons = st.columns([5, 3], vertical_alignment="center", gap="medium")
    counters.html(describe_counts(count_events(book.columns, chosen), labels))
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        for kind in FORMATS[:_BUTTONS]:
            show_download(kind, book, mask, chosen, labels, first=kind is FORMATS[0])
        with st.popover(labels("export.more")):
            for kind in FORMATS[_BUTTONS:]:
                show_download(kind, book, mask, chosen, labels, first=False)


def _theme() -> str:
    return st.context.theme.type or "light"


def _show_map(
    book: Book, chosen: EventFilter, mask: Mask, whole: Mask, parts: Parts, base: str, layer: str, labels: Labels
) -> None:
    if not mask.any():
        st.html(describe_nothing(labels))
    state = {
        "key": shelf().put(book, chosen, mask),
        "theme": _theme(),
        "base": base,
        "language": labels.code,
        "split": parts.split,
        "types": names_by_number(parts, labels),
        "selected": _selected_place(book),
        "fit": _bounds(book, mask),
        **layer_state(layer, labels),
    }
    group = show_group(state)
    group.add_child(ShowTimeline(timeline_state(shelf(), book, chosen, whole)))
    st_folium(
        base_map(),
        key="map",
        height=MAP_HEIGHT + TIMELINE_HEIGHT,
        use_container_width=True,
        returned_objects=[_PICK],
        feature_group_to_add=group,
        on_change=_take_pick,
    )


def _bounds(book: Book, mask: Mask) -> list[float] | None:
    rows = np.flatnonzero(mask & book.columns.placed)
    if not len(rows):
        return None
    x, y = book.columns.x[rows].astype(float), book.columns.y[rows].astype(float)
    corners = np.array([x.min(), x.max()]), np.array([y.max(), y.min()])
    lon, lat = unproject(*corners)
    return [round(float(value), 4) for value in (lon[0], lat[0], lon[1], lat[1])]


def _take_pick() -> None:
    """Remember what was clicked on the map, before the page is drawn again."""
    said = (st.session_state.get("map") or {}).get(_PICK)
    pick = json.loads(said) if said else {}
    shown = shelf().get(str(pick.get("key", "")))
    if shown is None:
        return  # the layer asks again under a new key
    _take_days(shown.book, pick)
    take_area(pick)
    if pick.get("split") in SPLITS:
        st.session_state["split"] = pick["split"]
    st.session_state["fly"] = None
    st.session_state["narrowed"] = narrow(pick, shown, shelf().get) or st.session_state.get("narrowed")
    here = rows_picked(shown.book, shown.mask, pick)
    if here:
        ids = shown.book.ids_of(here)
        st.session_state["here"], st.session_state["selected"] = ids, ids[0]


def _take_days(book: Book, pick: dict[str, Any]) -> None:
    """Choose the period that was brushed, or played to, on the timeline."""
    days, span = days_said(pick), date_span(book.columns)
    if days and span:
        choose_days(*days, span)


def rows_picked(book: Book, mask: Mask, pick: dict[str, Any]) -> list[int]:
    """Name the rows that a click meant: one event, or all that are shown at the place of one.

    What comes from a browser is not trusted: anything but a row number of the book means nothing.
    """
    row = pick.get("row", pick.get("place"))
    if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row < len(book):
        return []
    if "row" in pick:
        return [row]
    return [int(found) for found in rows_at(book.columns, mask, row)[:200]]


def _selected_row(book: Book) -> int | None:
    selected = st.session_state.get("selected")
    return book.row_of(selected) if selected else None


def _selected_place(book: Book) -> dict[str, Any] | None:
    row = _selected_row(book)
    if row is None or not book.columns.placed[row]:
        return None
    columns = book.columns
    lon, lat = unproject(columns.x[[row]].astype(float) + 0.5, columns.y[[row]].astype(float) + 0.5)
    return {
        "row": row,
        "lon": round(float(lon[0]), 5),
        "lat": round(float(lat[0]), 5),
        "extent_km": round(float(columns.extent_km[row]), 2),
        "point": bool(columns.precision[row] < POINT_PRECISIONS),
        "fly": st.session_state.get("fly") == st.session_state["selected"],
    }


def _show_details(book: Book, mask: Mask, labels: Labels) -> None:
    row = _selected_row(book)
    if row is None:
        st.html(tag("p", labels("detail.hint"), class_="rasid-hint") + describe_glance(book, mask, labels))
        return
    rows_here = [at for at in map(book.row_of, st.session_state.get("here", ())) if at is not None]
    here = book.ids_of(rows_here)
    if len(here) > 1:
        lines = {name: event_line(event, labels) for name, event in book.take(rows_here).iterrows()}
        st.session_state["among"] = st.session_state["selected"]
        among = labels("detail.several", count=len(here))
        st.selectbox(among, here, format_func=lines.__getitem__, key="among", on_change=_take_among)
    event = book.take([row]).iloc[0]
    st.html(describe_event(event, book.articles, labels))
    st.button(labels("detail.close"), on_click=_close, key="close")


def _take_among() -> None:
    st.session_state["selected"] = st.session_state["among"]


def _close() -> None:
    st.session_state["selected"], st.session_state["here"] = None, []
