"""Where the files lie that the browser asks for: Leaflet, the font, our own scripts, the basemap's tiles."""

import sqlite3
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from geo.build import embedded_path, variable_folder
from pipeline.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
TILES = variable_folder() / "tiles" / "basemap.mbtiles"
ADMIN1 = DATA / "boundaries" / "admin1.geojson"
OWN = Path(__file__).resolve().parent / "static"

DEEPEST_TILE = 6  # zoom levels 0-6 are embedded


class AssetsError(UsageError):
    """A file the map needs is not there; the message says what to run."""


def find_package_folder(package: str) -> Path:
    """Locate an installed package without importing it.

    Raises
    ------
    AssetsError
        If the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise AssetsError(f"The package '{package}' is not installed; run: make setup")
    return Path(next(iter(spec.submodule_search_locations)))


def asset_folders() -> dict[str, Path]:
    """Name each folder that is served to the browser: what stands in the address -> where it lies."""
    return {
        "leaflet": find_package_folder("js_lib_leaflet") / "static" / "js_lib_leaflet",
        "fonts": find_package_folder("fontpkg_ibm_plex_sans_arabic") / "files",
        "own": OWN,
    }


@lru_cache(maxsize=4096)
def read_tile(zoom: int, column: int, row: int) -> bytes | None:
    """Read one PNG tile of the embedded basemap.

    Parameters
    ----------
    zoom, column, row
        Web-map numbering, row 0 in the north.

    Returns
    -------
    bytes or None
        None where there is no such tile or the tiles were not built.
    """
    if not TILES.exists():
        return None
    flipped = (1 << zoom) - 1 - row  # the tile file counts rows from the south
    with sqlite3.connect(f"file:{TILES}?mode=ro&immutable=1", uri=True) as store:
        found = store.execute(
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?",
            (zoom, column, flipped),
        ).fetchone()
    return bytes(found[0]) if found else None


def read_towns() -> list[tuple[str, str, float, float, int]]:
    """Read the places that can be written on the map: (name, Arabic name or "", lon, lat, population), largest first.

    Empty where the gazetteer was not built.
    """
    if not embedded_path().exists():
        return []
    with sqlite3.connect(f"file:{embedded_path()}?mode=ro", uri=True) as store:
        return store.execute(
            "select name, coalesce(name_ar, ''), lon, lat, population from place "
            "where kind in ('city', 'town', 'village') order by population desc"
        ).fetchall()
