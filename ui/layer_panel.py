"""The layers of the map on the screen: which of them is on, and the legend that explains it."""

from typing import Any

import streamlit as st

from ui.area import Area, outline
from ui.area_panel import area_words
from ui.book import Book
from ui.columns import Mask
from ui.heat import count_left_out
from ui.labels import Labels
from ui.legend import describe_legend
from ui.markup import Markup, isolate, tag
from ui.shades import count_areas
from ui.sidebar import keep
from ui.split import Parts
from ui.viewpoint import LAYERS

_ICONS = {"events": ":material/scatter_plot:", "heat": ":material/blur_on:", "areas": ":material/layers:"}


def choose_layer(labels: Labels) -> str:
    """Let the user pick the layer of the map."""
    keep("layer", LAYERS[0])
    chosen = st.segmented_control(
        labels("layer.heading"),
        LAYERS,
        format_func=lambda name: f"{_ICONS[name]} {labels(f'layer.{name}')}",
        key="layer",
        label_visibility="collapsed",
        required=True,
    )
    return str(chosen or LAYERS[0])


def layer_state(layer: str, labels: Labels) -> dict[str, Any]:
    """Say what the map's layer needs beside its key: the layer, the area drawn, where to look at first, words."""
    area: Area | None = st.session_state.get("area")
    return {
        "layer": layer,
        "area": outline(area) if area else None,
        "view": st.session_state.get("view"),
        "words": area_words(labels) | {"count": labels("layer.count")},
    }


def describe_layer(layer: str, book: Book, mask: Mask, parts: Parts, theme: str, labels: Labels) -> Markup:
    """Explain what is on the map."""
    if layer == "heat":
        return _describe_heat(count_left_out(book.columns, mask), theme, labels)
    if layer == "areas":
        return _describe_areas(book, mask, theme, labels)
    return describe_legend(book, mask, labels, theme, parts)


def _describe_heat(left_out: int, theme: str, labels: Labels) -> Markup:
    scale = tag("span", labels("layer.few"), tag("i", class_=f"heat {theme}"), labels("layer.many"))
    notes = [tag("span", labels("layer.heat_note"))]
    notes += [tag("span", labels("layer.left_out", count=f"{left_out:,}"))] if left_out else []
    return tag("div", scale, *notes, class_="rasid-legend", dir=labels.direction)


def _describe_areas(book: Book, mask: Mask, theme: str, labels: Labels) -> Markup:
    shades = count_areas(book.columns, mask)
    last = max(shades.counts.values(), default=0)
    ends = [*(least - 1 for least in shades.classes[1:]), last]
    steps = zip(shades.classes, ends, shades.colours(theme), strict=True)
    swatches = [
        tag("span", tag("i", class_="shade", style=f"--hue:{colour}"), isolate(_range(least, most)))
        for least, most, colour in steps
    ]
    notes = [tag("span", labels("layer.areas_note"))]
    notes += [tag("span", labels("layer.elsewhere", count=f"{shades.elsewhere:,}"))] if shades.elsewhere else []
    return tag("div", *swatches, *notes, class_="rasid-legend", dir=labels.direction)


def _range(least: int, most: int) -> str:
    return f"{least:,}" if least >= most else f"{least:,} – {most:,}"
