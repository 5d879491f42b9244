"""Below the map: the table of what is on it, the trays of what has no place or no date, and charts."""

import numpy as np
import streamlit as st

from ui.book import Book
from ui.charts import describe_charts
from ui.columns import Mask
from ui.labels import Labels
from ui.markup import tag
from ui.narrow import Narrowed
from ui.table import TABLE_LIMIT, latest_first, make_table, make_tray

_WIDTHS = {"actor": 150, "target": 120}  # pixels


def show_tables(book: Book, mask: Mask, undated: Mask, key: str, labels: Labels) -> None:
    """Show them.

    Parameters
    ----------
    mask, undated
        What passes the filters; what passes them but for the days, because it has none.
    key
        Of the shelf, for what is shown: what was clicked on the map narrows the table under this key only.
    """
    placed, tray = mask & book.columns.placed, mask & ~book.columns.placed
    counted = (("tray", tray), ("undated", undated))
    trays = [f"{labels(f'table.{name}')} ({np.count_nonzero(rows):,})" for name, rows in counted]
    table_tab, tray_tab, undated_tab, chart_tab = st.tabs([labels("table.heading"), *trays, labels("chart.heading")])
    with table_tab:
        _show_table("table", book, _narrowed(book, placed, key, labels), labels)
    with tray_tab:
        _show_tray("tray", book, tray, labels)
    with undated_tab:
        _show_tray("undated", book, undated, labels)
    chart_tab.html(describe_charts(book, mask, labels))


def _show_tray(key: str, book: Book, mask: Mask, labels: Labels) -> None:
    some = bool(mask.any())
    st.html(tag("p", labels(f"table.{key}_help" if some else f"table.{key}_empty"), class_="rasid-hint"))
    if some:
        _show_table(key, book, mask, labels)


def _narrowed(book: Book, placed: Mask, key: str, labels: Labels) -> Mask:
    """Narrow the table to what was clicked on the map, say so, and offer the way back."""
    narrowed: Narrowed | None = st.session_state.get("narrowed")
    if narrowed is None or narrowed.key != key:
        st.session_state["narrowed"] = None
        return placed
    with st.container(horizontal=True, vertical_alignment="center", key="narrowed_note"):
        said = labels(narrowed.label, count=f"{len(narrowed.rows):,}")
        st.html(tag("div", tag("strong", said), class_="rasid-area", dir=labels.direction, role="status"))
        st.button(labels("table.show_all"), key="show_all", icon=":material/close:", type="tertiary", on_click=_widen)
    return placed & narrowed.mask(len(placed))


def _widen() -> None:
    st.session_state["narrowed"] = None


def _show_table(key: str, book: Book, mask: Mask, labels: Labels) -> None:
    rows = latest_first(book, mask)
    total = int(np.count_nonzero(mask))
    if total > TABLE_LIMIT:
        st.html(tag("p", labels("table.limited", limit=f"{TABLE_LIMIT:,}", total=f"{total:,}"), class_="rasid-hint"))
    ids = book.ids_of(rows)
    make = make_tray if key == "tray" else make_table
    st.dataframe(
        make(book, rows, labels),
        key=key,
        hide_index=True,
        selection_mode="single-row",
        on_select=lambda: _take_row(key, ids),
        height=min(38 + 35 * len(rows), 400),
        placeholder="–",
        column_config={
            labels(f"table.{name}"): st.column_config.TextColumn(width=wide) for name, wide in _WIDTHS.items()
        },
    )


def _take_row(key: str, ids: list[str]) -> None:
    """Remember which row was chosen, and that the map is to go there."""
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen and chosen[0] < len(ids):
        st.session_state["selected"], st.session_state["here"] = ids[chosen[0]], [ids[chosen[0]]]
        st.session_state["fly"] = ids[chosen[0]]
