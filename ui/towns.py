"""Names of towns to write on the map where the embedded tiles are too coarse to carry them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ui.assets import read_towns
from ui.cells import View, frame_view
from ui.columns import WORLD_BITS, project

MOST_NAMES = 60
_WIDTH, _HEIGHT = 7, 5  # a name keeps a box of 128 x 32 pixels to itself: these powers of two


@dataclass(frozen=True)
class Towns:
    """Places in order of importance; ``names`` by language code, positions in Web-Mercator units."""

    names: dict[str, Sequence[str]]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    x: NDArray[np.int32]
    y: NDArray[np.int32]


@lru_cache(maxsize=1)
def load_towns() -> Towns:
    """Load the towns of the embedded gazetteer, once a server."""
    rows = read_towns()
    english, arabic = [row[0] for row in rows], [row[1] or row[0] for row in rows]
    lon, lat = np.array([row[2] for row in rows], dtype=float), np.array([row[3] for row in rows], dtype=float)
    return Towns({"en": english, "ar": arabic}, lon, lat, *project(lon, lat))


def choose_towns(towns: Towns, view: View, language: str) -> list[tuple[str, float, float]]:
    """Choose the most important towns of a view whose names do not crowd one another.

    Returns
    -------
    list
        (name, lon, lat), at most ``MOST_NAMES``.
    """
    left, top, right, bottom = frame_view(view).box
    seen = np.flatnonzero((towns.x >= left) & (towns.x < right) & (towns.y >= top) & (towns.y < bottom))
    bits = WORLD_BITS - min(max(view.zoom, 0), 20) - 8  # one pixel
    boxes = (towns.x[seen].astype(np.int64) >> (bits + _WIDTH) << 32) | (towns.y[seen] >> (bits + _HEIGHT))
    _, first = np.unique(boxes, return_index=True)
    names = towns.names.get(language, towns.names["en"])
    chosen = seen[np.sort(first)][:MOST_NAMES]
    return [(names[row], round(float(towns.lon[row]), 4), round(float(towns.lat[row]), 4)) for row in chosen.tolist()]
