"""The download buttons: small files at once, large ones written in the background with their progress shown."""

import streamlit as st

from ui.book import Book
from ui.columns import Mask
from ui.downloads import Format, count_of, is_large, name_of, stream_file, write_file
from ui.export_desk import Errand, Pieces
from ui.filters import EventFilter, filter_rows
from ui.labels import Labels
from ui.state import export_desk, shelf

_LOOK_AGAIN = 0.7  # seconds


def show_download(kind: Format, book: Book, mask: Mask, chosen: EventFilter, labels: Labels, *, first: bool) -> None:
    """Show the button of one kind of file; ``first`` makes it stand out."""
    count = count_of(kind, book, mask)
    if is_large(kind, count):
        _show_large(kind, book, mask, chosen, labels, first=first)
        return
    st.download_button(
        _label(kind, count, labels),
        data=lambda: write_file(kind, book, filter_rows(book.columns, chosen), chosen),  # holds no mask meanwhile
        file_name=name_of(kind),
        mime=kind.mime,
        icon=":material/download:",
        key=f"download_{kind.suffix}",
        help=_help(kind, labels),
        on_click="ignore",
        type="primary" if first else "secondary",
        disabled=not count or count > (kind.most or count),
    )


def _label(kind: Format, count: int, labels: Labels) -> str:
    return f"{labels(f'export.{kind.suffix}')} \u2068({count:,})\u2069"


def _help(kind: Format, labels: Labels) -> str:
    return labels(f"export.{kind.suffix}_help", most=f"{kind.most or 0:,}")


def _show_large(kind: Format, book: Book, mask: Mask, chosen: EventFilter, labels: Labels, *, first: bool) -> None:
    asked = f"{shelf().key_of(book, chosen)}.{kind.suffix}"
    errand = export_desk().find(asked)
    if errand is not None and errand.running:
        st.fragment(_show_progress, run_every=_LOOK_AGAIN)(errand, labels)
        return
    if errand is not None and errand.finished:
        _show_ready(errand, labels)
        return
    if errand is not None:
        st.text(labels("export.failed", why=errand.fault))
    count = count_of(kind, book, mask)

    def write() -> Pieces:
        return stream_file(kind, book, filter_rows(book.columns, chosen), chosen)

    def start() -> None:
        export_desk().start(asked, name_of(kind), count, write)

    st.button(
        _label(kind, count, labels),
        icon=":material/download:",
        key=f"prepare_{kind.suffix}",
        help=_help(kind, labels),
        type="primary" if first else "secondary",
        on_click=start,
    )


def _show_progress(errand: Errand, labels: Labels) -> None:
    if not errand.running:
        st.rerun()
    said = labels("export.writing", name=errand.name, done=f"{errand.done:,}", total=f"{errand.total:,}")
    st.progress(errand.done / errand.total, text=said)


def _show_ready(errand: Errand, labels: Labels) -> None:
    st.link_button(
        f"{labels('export.save')} \u2068{errand.name} ({errand.size / 1e6:,.0f} MB)\u2069",
        f"/rasid/exports/{errand.ticket}/{errand.name}",
        icon=":material/save:",
        type="primary",
    )
