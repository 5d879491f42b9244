"""The address bar: what it says is followed once, when a session begins; from then on it says what is on the screen.

The base map is not part of it: a link never switches on tiles from the web. Where the map looks is written by the map
itself, without a run of the page, and only kept here.
"""

import streamlit as st

from ui.address import Refused, find_choices, read_address, write_address
from ui.book import Book
from ui.filters import EventFilter
from ui.labels import Labels, screen_languages
from ui.markup import Markup, isolate, join, tag
from ui.sidebar import fill_filters
from ui.viewpoint import LAYERS, read_viewpoint

_EVENT, _LANGUAGE, _VIEW, _LAYER = "event", "lang", "view", "layer"
_NAMES = {"text": "search", "from": "dates", "to": "dates", "coarsest": "precision"}  # a value's filter on the screen
_LONGEST, _MOST = 40, 8  # characters of a refused value, refused values that are told


def follow_language() -> None:
    """Take the language that the address names, unless the session has one already."""
    named = st.query_params.get(_LANGUAGE)
    if "language" not in st.session_state and named in screen_languages():
        st.session_state["language"] = named


def follow_address(book: Book, labels: Labels) -> None:
    """Choose the filters and open the event that the address names, when the page is drawn for the first time."""
    if "selected" in st.session_state:
        return
    said = {name: st.query_params.get_all(name) for name in st.query_params}
    named, language = said.pop(_EVENT, []), said.pop(_LANGUAGE, [])
    looks, layers = said.pop(_VIEW, []), said.pop(_LAYER, [])
    choices = find_choices(book.columns)
    chosen, refused = read_address(said, choices)
    refused += _follow_map(looks, layers)
    if said:
        fill_filters(chosen, choices.span)
    refused += [Refused(_LANGUAGE, code) for code in language if code not in screen_languages()]
    refused += [Refused(_EVENT, event_id) for event_id in named[1:]]
    st.session_state["refused"] = refused
    found = [event_id for event_id in named[:1] if book.row_of(event_id) is not None]
    st.session_state["selected"], st.session_state["here"] = (found[0] if found else None), found
    if named and not found:
        st.toast(labels("detail.gone"))


def _follow_map(looks: list[str], layers: list[str]) -> list[Refused]:
    """Take where the map looks and its layer; answer what of them could not be followed."""
    view = read_viewpoint(looks[0]) if looks else None
    st.session_state["view"] = [view.zoom, view.lat, view.lon] if view else None
    if layers and layers[0] in LAYERS:
        st.session_state["layer"] = layers[0]
    refused = [Refused(_VIEW, word) for word in looks[bool(view) :]]
    return refused + [Refused(_LAYER, word) for word in layers if word not in LAYERS or word != layers[0]]


def keep_address(book: Book, asked: EventFilter, labels: Labels) -> None:
    """Say in the address what is on the screen: the filters as they were chosen, the open event, the language."""
    address = write_address(asked, find_choices(book.columns))
    _tell_refused(address, labels)
    selected = st.session_state["selected"]
    address |= {_EVENT: [selected]} if selected else {}
    layer, look = st.session_state.get("layer"), st.query_params.get(_VIEW, "")
    valid = read_viewpoint(look) is not None  # the map itself says where it looks
    address |= {_LAYER: [layer]} if layer in LAYERS[1:] else {}
    address |= {} if labels.code == screen_languages()[0] else {_LANGUAGE: [labels.code]}
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
