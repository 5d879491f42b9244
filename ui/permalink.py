"""The address bar: what it says is followed when a session begins and when someone goes back or forward; else it says
what is on the screen.

The base map is not part of it: a link never switches on tiles from the web. Where the map looks is written by the map
itself, without a run of the page, and only kept here.
"""

import streamlit as st

from ui.address import Refused, find_choices, read_address, write_address
from ui.area import Area
from ui.area_panel import set_area
from ui.book import Book
from ui.filters import EventFilter
from ui.labels import Labels, screen_languages
from ui.markup import Markup, isolate, join, tag
from ui.sidebar import FILTER_STATE, clear_filters, fill_filters
from ui.split import SPLITS
from ui.viewpoint import LAYERS, read_viewpoint

_EVENT, _LANGUAGE, _VIEW, _LAYER, _SPLIT = "event", "lang", "view", "layer", "split"
_WRITTEN, _SCREEN = "address_written", "address_screen"  # what the last run wrote, and what was on the screen then
_NAMES = {"text": "search", "from": "dates", "to": "dates", "coarsest": "precision"}  # a value's filter on the screen
_LONGEST, _MOST = 40, 8  # characters of a refused value, refused values that are told


def follow_language() -> None:
    """Take the language that the address names when a session begins or someone went back; the first call of a run."""
    st.session_state["moved"] = moved = _has_moved()
    named = st.query_params.get(_LANGUAGE)
    if named in screen_languages() and (moved or "language" not in st.session_state):
        st.session_state["language"] = named
    elif moved:
        st.session_state["language"] = screen_languages()[0]


def _has_moved() -> bool:
    """Whether the address is another than was written while nothing else was touched: someone went back or forward."""
    written, screen = st.session_state.pop(_WRITTEN, None), st.session_state.pop(_SCREEN, None)
    return written is not None and _address() != written and _screen() == screen


def _address() -> dict[str, list[str]]:
    """Say what stands in the address, but for where the map looks, which the map writes itself."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name != _VIEW}


def _screen() -> dict[str, object]:
    """Say all that a hand can change and the address tells."""
    return {key: st.session_state.get(key) for key in (*FILTER_STATE, "selected", "layer", "split", "language")}


def follow_address(book: Book, labels: Labels) -> None:
    """Choose the filters and open the event that the address names, where it was not this page that wrote it."""
    if "selected" in st.session_state and not st.session_state.get("moved"):
        return
    uploaded = _forget_filters() if st.session_state.get("moved") else None
    said = {name: st.query_params.get_all(name) for name in st.query_params}
    named, language = said.pop(_EVENT, []), said.pop(_LANGUAGE, [])
    looks, layers, splits = (said.pop(name, []) for name in (_VIEW, _LAYER, _SPLIT))
    choices = find_choices(book.columns)
    chosen, refused = read_address(said, choices)
    refused += _follow_map(looks, layers) + _follow_split(splits)
    if said:
        fill_filters(chosen, choices.span)
    if uploaded and not chosen.area:
        set_area(uploaded)
    refused += [Refused(_LANGUAGE, code) for code in language if code not in screen_languages()]
    refused += [Refused(_EVENT, event_id) for event_id in named[1:]]
    st.session_state["refused"] = refused
    found = [event_id for event_id in named[:1] if book.row_of(event_id) is not None]
    st.session_state["selected"], st.session_state["here"] = (found[0] if found else None), found
    if named and not found:
        st.toast(labels("detail.gone"))


def _forget_filters() -> Area | None:
    """Put the filters back; answer the area that was uploaded, which is in no address, so that none tells it away."""
    area: Area | None = st.session_state.get("area")
    clear_filters()
    st.session_state["layer"] = LAYERS[0]
    return area if area and not area.has_address else None


def _follow_map(looks: list[str], layers: list[str]) -> list[Refused]:
    """Take where the map looks and its layer; answer what of them could not be followed."""
    view = read_viewpoint(looks[0]) if looks else None
    st.session_state["view"] = [view.zoom, view.lat, view.lon] if view else None
    if layers and layers[0] in LAYERS:
        st.session_state["layer"] = layers[0]
    refused = [Refused(_VIEW, word) for word in looks[bool(view) :]]
    return refused + [Refused(_LAYER, word) for word in layers if word not in LAYERS or word != layers[0]]


def _follow_split(splits: list[str]) -> list[Refused]:
    """Take what rings and bars are split by; answer what of it could not be followed."""
    st.session_state["split"] = splits[0] if splits and splits[0] in SPLITS else SPLITS[0]
    return [Refused(_SPLIT, word) for word in splits if word != st.session_state["split"]]


def keep_address(book: Book, asked: EventFilter, labels: Labels) -> None:
    """Say in the address what is on the screen: the filters as they were chosen, the open event, the language."""
    address = write_address(asked, find_choices(book.columns))
    _tell_refused(address, labels)
    selected = st.session_state["selected"]
    address |= {_EVENT: [selected]} if selected else {}
    layer, look = st.session_state.get("layer"), st.query_params.get(_VIEW, "")
    valid = read_viewpoint(look) is not None  # the map itself says where it looks
    address |= {_LAYER: [layer]} if layer in LAYERS[1:] else {}
    split = st.session_state.get("split", SPLITS[0])
    address |= {_SPLIT: [split]} if split in SPLITS[1:] else {}
    address |= {} if labels.code == screen_languages()[0] else {_LANGUAGE: [labels.code]}
    st.session_state[_WRITTEN], st.session_state[_SCREEN] = address, _screen()
    if address != {name: st.query_params.get_all(name) for name in st.query_params if name != _VIEW or not valid}:
        st.query_params.from_dict(address | ({_VIEW: [look]} if valid else {}))


def _tell_refused(address: dict[str, list[str]], labels: Labels) -> None:
    """Tell what of the address could not be followed, until another filter is chosen."""
    refused: list[Refused] = st.session_state.get("refused", [])
    if refused and st.session_state.setdefault("refused_under", address) != address:
        st.session_state["refused"] = refused = []
    if not refused:
        return
    told: list[str | Markup] = [_describe(item, labels) for item in refused[:_MOST]]
    told += ["…"] * (len(refused) > _MOST)
    words = tag("strong", labels("page.refused")), " ", join(told, " · ")
    st.html(tag("p", *words, class_="rasid-refusal", dir=labels.direction, role="status"))


def _describe(item: Refused, labels: Labels) -> Markup:
    key = f"filter.{_NAMES.get(item.name, item.name)}"
    value = item.value if len(item.value) <= _LONGEST else item.value[:_LONGEST] + "…"
    name = labels.words.get(key, item.name[:_LONGEST])
    return join([isolate(name), ": ", isolate(value)]) if value else isolate(name)
