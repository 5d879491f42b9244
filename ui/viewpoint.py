"""Where the map looks and which of its layers is on, as the address of the page says it: ``view=ZOOM/LAT/LON``."""

import re
from dataclasses import dataclass

LAYERS = ("events", "heat", "areas")
NEAREST, FARTHEST = 18, 2  # zoom levels of the map
_SAID = re.compile(r"(\d{1,2})/(-?\d{1,2}(?:\.\d{1,6})?)/(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A zoom level and the centre of the map in degrees (WGS 84)."""

    zoom: int
    lat: float
    lon: float


def read_viewpoint(word: str) -> Viewpoint | None:
    """Read where an address looks; None where it says nothing that the map can show.

    Examples
    --------
    >>> read_viewpoint("7/35.35/40.33")
    Viewpoint(zoom=7, lat=35.35, lon=40.33)
    >>> read_viewpoint("7/95/40") is read_viewpoint("99/35/40") is read_viewpoint("near Hasakah") is None
    True
    """
    found = _SAID.fullmatch(word)
    if found is None:
        return None
    zoom, lat, lon = int(found[1]), float(found[2]), float(found[3])
    fits = FARTHEST <= zoom <= NEAREST and abs(lat) <= 85 and abs(lon) <= 180
    return Viewpoint(zoom, lat, lon) if fits else None
