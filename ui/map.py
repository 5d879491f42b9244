"""The base map: made by folium, the same for the whole of a session, with nothing on it that comes from elsewhere."""

import folium

from pipeline.codes import event_types
from ui.assets import DEEPEST_TILE
from ui.event_layer import EventLayer
from ui.part_names import GREYS
from ui.timeline_panel import Timeline

WEB_TILES = {
    "streets": {
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors",
    },
    "satellite": {
        "url": "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        "attribution": "Imagery © Esri and its suppliers",
    },
}


class OfflineMap(folium.Map):
    """A folium map whose scripts are served by this server; Leaflet is all it needs."""

    default_js = [("leaflet", "../../rasid/assets/leaflet/leaflet.js")]  # noqa: RUF012 (folium's own form)
    default_css = [("leaflet", "../../rasid/assets/leaflet/leaflet.css")]  # noqa: RUF012


def plain_map(location: tuple[float, float], zoom: int) -> folium.Map:
    """Make a map around (lat, lon) with the embedded basemap only."""
    base = OfflineMap(location=list(location), zoom_start=zoom, tiles=None, min_zoom=2, max_zoom=18)
    base.options["maxZoom"] = 18
    folium.TileLayer(
        tiles="../../rasid/tiles/{z}/{x}/{y}.png",
        attr="© OpenStreetMap contributors, Natural Earth",
        name="embedded",
        max_native_zoom=DEEPEST_TILE,
        max_zoom=18,
    ).add_to(base)
    return base


def base_map() -> folium.Map:
    """Make the map of the region with the embedded basemap and the event layer, as yet without events."""
    base = plain_map((31.5, 42.0), 5)
    colours = [*(kind.colour for kind in event_types().values()), *GREYS]
    base.add_child(EventLayer({"colours": colours, "web": WEB_TILES}))
    base.add_child(Timeline())
    return base
