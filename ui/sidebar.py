"""The sidebar: widgets that answer with one ``EventFilter``."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from pipeline.promises import PRECISIONS
from ui.address import FIELDS, TEXT_LIMIT
from ui.area_panel import choose_area, set_area
from ui.book import Book
from ui.filters import CHOSEN_AT_FIRST, EventFilter, count_options, date_span, quick_range
from ui.labels import Labels, load_labels, screen_languages
from ui.map import WEB_TILES
from ui.markup import isolate, tag
from ui.vocabulary import expand_families, names_of, with_families

_QUICK_LABELS = {
    "7": "filter.last_7",
    "30": "filter.last_30",
    "90": "filter.last_90",
    "365": "filter.year",
    "all": "filter.all",
}
QUICK_RANGES = tuple(_QUICK_LABELS)
_UNDER_MORE = ("weapon", "actor_basis", "time_status", "country")
FILTER_STATE = ("text", "quick", "dates", "coarsest", "area", *FIELDS)


def choose_language() -> str:
    """Let the user pick the language of the screen; answers its code."""
    codes = screen_languages()
    names = {code: load_labels(code)("language") for code in codes}
    keep("language", codes[0])
    chosen = st.sidebar.segmented_control(
        "Language", codes, format_func=names.__getitem__, key="language", label_visibility="collapsed", required=True
    )
    return chosen or codes[0]


def keep(key: str, default: object) -> None:
    """Give a widget its value before it is drawn, so that neither a new label nor another page makes it forget."""
    st.session_state[key] = st.session_state.get(key, default)


def show_brand(labels: Labels) -> None:
    """Show the name and what it stands for."""
    st.sidebar.html(
        tag("div", tag("b", labels("page.title")), tag("i", isolate(labels("page.other"))), class_="rasid-brand")
        + tag("p", labels("page.tagline"), class_="rasid-tagline")
    )


def show_filters(book: Book, labels: Labels) -> EventFilter:
    """Show the filters and answer what was chosen: a party still stands for itself only."""
    keep("text", "")
    keep("coarsest", None)
    for key in FIELDS:
        keep(key, list(CHOSEN_AT_FIRST.get(key, ())))
    with st.sidebar:
        hint = labels("filter.search_hint")
        st.text_input(labels("filter.search"), key="text", placeholder=hint, max_chars=TEXT_LIMIT)
        first, last = _choose_days(book, labels)
        counts = count_options(book.columns, with_members(book, _chosen_now(first, last)))
        _choose("actor", with_families(counts["actor"]), labels, _actor_namer(labels))
        _choose("event_type", counts["event_type"], labels, lambda word: labels.name("event_type", word))
        with st.expander(labels("filter.more"), expanded=st.session_state.get("more", False)):
            names = names_of("weapon", labels.code)
            _choose("weapon", counts["weapon"], labels, lambda word: names.get(word, word))
            _choose("actor_basis", counts["actor_basis"], labels, lambda word: labels.name("actor_basis", word))
            _choose("time_status", counts["time_status"], labels, lambda word: labels.name("time_status", word))
            _choose("country", counts["country"], labels, lambda word: labels.name("country", word))
            st.selectbox(
                labels("filter.precision"),
                PRECISIONS,
                format_func=lambda word: labels.name("precision", word),
                key="coarsest",
                index=None,
                placeholder=labels("filter.any_precision"),
            )
        choose_area(labels)
        st.button(labels("filter.clear"), on_click=clear_filters, width="stretch", key="clear")
    return _chosen_now(first, last)


def choose_base(labels: Labels) -> str:
    """Let the user pick the base map: embedded, or a name of ``WEB_TILES``, which are never on unless asked for."""
    keep("base", "embedded")
    with st.sidebar:
        chosen = st.selectbox(
            labels("filter.base"),
            ("embedded", *WEB_TILES),
            format_func=lambda name: labels(f"base.{name}"),
            key="base",
            help=labels("filter.base_help"),
        )
    return str(chosen)


def with_members(book: Book, chosen: EventFilter) -> EventFilter:
    """Let the parties of a filter stand for all that belong to them."""
    return replace(chosen, actor=expand_families(chosen.actor, book.columns.actor.values))


def fill_filters(chosen: EventFilter, span: tuple[date, date] | None) -> None:
    """Give the widgets the values of a filter, none of them out of sight; to be called before they are drawn."""
    for key in FIELDS:
        st.session_state[key] = list(getattr(chosen, key))
    st.session_state["text"], st.session_state["coarsest"] = chosen.text, chosen.coarsest
    set_area(chosen.area)
    hidden = [set(getattr(chosen, key)) != set(CHOSEN_AT_FIRST.get(key, ())) for key in _UNDER_MORE]
    st.session_state["more"] = any(hidden) or chosen.coarsest is not None
    if span and chosen.first and chosen.last:
        st.session_state["dates"] = (chosen.first, chosen.last)
        _forget_quick(span)


def choose_days(first: date | None, last: date | None, span: tuple[date, date]) -> None:
    """Choose a period as the date fields do, cut to the days there are; None stands for their edge.

    To be called before the widgets are drawn.
    """
    st.session_state["dates"] = _within((first or span[0], last or span[1]), span)
    _forget_quick(span)


def _chosen_now(first: date | None, last: date | None) -> EventFilter:
    state = st.session_state
    words = {key: tuple(sorted(state.get(key, ()))) for key in FIELDS}
    text, area = state.get("text", "").strip(), state.get("area")
    return EventFilter(first, last, **words, coarsest=state.get("coarsest"), text=text, area=area)


def hold_filters() -> None:
    """Keep the filters while another page is open; Streamlit forgets widgets that are not drawn."""
    for key in (*FILTER_STATE, "base", "layer"):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def clear_filters() -> None:
    """Put every filter back to its default."""
    for key in FILTER_STATE:
        st.session_state.pop(key, None)


def _choose(key: str, counts: Mapping[str, int], labels: Labels, name: Callable[[str], str]) -> None:
    st.session_state[key] = [word for word in st.session_state[key] if word in counts]
    options = sorted(counts, key=lambda word: (not word, -counts[word], word))

    def label(word: str) -> str:
        said = name(word) if word else labels("filter.unsaid")
        return f"\u2068{said}\u2069 ({counts.get(word, 0)})"

    st.multiselect(labels(f"filter.{key}"), options, format_func=label, key=key, placeholder=labels("filter.everyone"))


def _actor_namer(labels: Labels) -> Callable[[str], str]:
    names = names_of("actor", labels.code)
    return lambda word: names.get(word, word)


def _choose_days(book: Book, labels: Labels) -> tuple[date | None, date | None]:
    span = date_span(book.columns)
    if span is None:
        return None, None
    keep("quick", "all")
    if st.session_state["quick"]:  # a quick range follows the data, also when events are added
        st.session_state["dates"] = quick_range(st.session_state["quick"], span)
    keep("dates", span)
    st.session_state["dates"] = _within(st.session_state["dates"], span)
    st.segmented_control(
        labels("filter.quick"),
        QUICK_RANGES,
        format_func=lambda name: labels(_QUICK_LABELS[name]),
        key="quick",
        on_change=_follow_quick,
        args=(span,),
    )
    dates = st.date_input(
        labels("filter.dates"),
        key="dates",
        min_value=span[0],
        max_value=span[1],
        on_change=_forget_quick,
        args=(span,),
        format="YYYY-MM-DD",
    )
    if not isinstance(dates, tuple) or len(dates) != 2 or dates == span:
        return None, None
    return dates[0], dates[1]


def _within(dates: Any, span: tuple[date, date]) -> Any:
    """Keep what was chosen inside the days there are: events of a store can go, too, and the widget refuses others."""
    return tuple(min(max(day, span[0]), span[1]) for day in dates) if isinstance(dates, tuple) else dates


def _follow_quick(span: tuple[date, date]) -> None:
    name = st.session_state.get("quick")
    if name:
        st.session_state["dates"] = quick_range(name, span)


def _forget_quick(span: tuple[date, date]) -> None:
    chosen = st.session_state.get("dates")
    matching = [name for name in QUICK_RANGES if quick_range(name, span) == chosen]
    st.session_state["quick"] = matching[-1] if matching else None
