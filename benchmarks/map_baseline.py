"""The small app that the map is measured against: a period to choose, and the events of it on a folium map.

Run by ``benchmarks/map.py`` through ``streamlit run``; ``BENCH_KIND`` is ``empty`` (a map without events),
``MarkerCluster`` (a Marker with a Popup an event) or ``FastMarkerCluster``; ``BENCH_EVENTS`` names the GeoParquet file.
"""

import os

import folium
import pandas as pd
import pyarrow.parquet as pq
import shapely
import streamlit as st
from folium.plugins import FastMarkerCluster, MarkerCluster
from streamlit_folium import st_folium

PERIODS = {"7 days": 7, "30 days": 30, "90 days": 90, "Year": 365, "All": 1_000_000}


@st.cache_resource
def load_events(path: str) -> pd.DataFrame:
    """Load days, points and titles, once for all sessions."""
    frame = pq.read_table(path, columns=["date_start", "title", "geometry"]).to_pandas()
    points = shapely.from_wkb(frame.pop("geometry").to_numpy())
    return frame.assign(lon=shapely.get_x(points), lat=shapely.get_y(points)).reset_index(drop=True)


def make_map(kind: str, events: pd.DataFrame) -> folium.Map:
    """Put events on a map in the way that is measured."""
    made = folium.Map(location=[31.5, 42.0], zoom_start=5, tiles=None)
    made.options["maxZoom"] = 18
    if kind == "MarkerCluster":
        cluster = MarkerCluster().add_to(made)
        for event in events.itertuples():
            folium.Marker([event.lat, event.lon], popup=folium.Popup(event.title)).add_to(cluster)
    elif kind == "FastMarkerCluster":
        FastMarkerCluster(events[["lat", "lon"]].to_numpy().tolist()).add_to(made)
    return made


events = load_events(os.environ["BENCH_EVENTS"])
chosen = st.segmented_control("Period", list(PERIODS), default="All", key="quick") or "All"
last = events["date_start"].max()
shown = events[events["date_start"] > last - pd.Timedelta(days=min(PERIODS[chosen], 40_000))]
st_folium(
    make_map(os.environ["BENCH_KIND"], shown), key="map", height=600, use_container_width=True, returned_objects=[]
)
st.caption(f"{chosen}: {len(shown)} events")
