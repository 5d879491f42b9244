"""The frame of the app: language, style and navigation around its pages."""

from functools import partial

import streamlit as st

from geo.index import GazetteerError
from pipeline.errors import RasidError
from ui.about_page import show_about_page
from ui.archive import has_store
from ui.article_page import show_article_page
from ui.assets import OWN
from ui.labels import load_labels
from ui.login import enter
from ui.map_page import show_map_page
from ui.permalink import follow_language
from ui.review_page import show_review_page
from ui.sidebar import choose_language, hold_filters, show_brand
from ui.style import apply_style


def show_app() -> None:
    """Draw the app once."""
    st.set_page_config(page_title="Rasid", page_icon=str(OWN / "rasid.svg"), layout="wide")
    hold_filters()
    follow_language()
    code = st.session_state.get("language", "en")
    labels = load_labels(code)
    pages = {
        "map": (show_map_page, ":material/map:"),
        "article": (show_article_page, ":material/article:"),
        **({"review": (show_review_page, ":material/fact_check:")} if has_store() else {}),
        "about": (show_about_page, ":material/info:"),
    }
    page = st.navigation(
        [
            st.Page(
                partial(show, labels),
                title=labels(f"page.{name}"),
                icon=icon,
                url_path=name,
                default=name == "map",
            )
            for name, (show, icon) in pages.items()
        ],
        position="top",
    )
    show_brand(labels)
    choose_language()
    apply_style(labels)
    try:
        if enter(labels):
            page.run()
    except (RasidError, GazetteerError) as error:
        st.error(labels("page.fault"))
        st.text(str(error))
