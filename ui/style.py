"""The page's own style sheet, mirrored where the screen is written from right to left."""

from functools import lru_cache

import streamlit as st

from ui.assets import OWN
from ui.labels import Labels


@lru_cache(maxsize=4)
def _sheet(direction: str) -> str:
    names = ["page.css", "rtl.css"] if direction == "rtl" else ["page.css"]
    return "<style>" + "\n".join((OWN / name).read_text(encoding="utf-8") for name in names) + "</style>"


def apply_style(labels: Labels) -> None:
    """Style this run's page."""
    st.html(_sheet(labels.direction))
