"""A small gazetteer of invented places, and the embedded one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.build import build, embedded_path
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.index import Index
from geo.index_write import IndexWriter
from geo.kinds import kind_of
from geo.place import Place

SHARED = Path(__file__).resolve().parents[3] / "shared"


def make_place(place_id: str, name: str, lon: float, lat: float, kind: str = "town", **more: object) -> Place:
    values: dict[str, object] = {
        "name_ar": None,
        "extent_km": kind_of(kind).extent_km,
        "precision": kind_of(kind).precision,
        "country": "SY",
        "admin1": None,
        "admin2": None,
        "population": 0,
        "source": "test",
    }
    return Place(place_id=place_id, name=name, lon=lon, lat=lat, kind=kind, **(values | more))  # type: ignore[arg-type]


@pytest.fixture
def make_gazetteer(tmp_path: Path) -> Callable[..., Gazetteer]:
    """Gazetteer of (place, names) pairs."""

    def make(*rows: tuple[Place, tuple[str, ...]], name: str = "small") -> Gazetteer:
        path = tmp_path / f"{name}.sqlite"
        with IndexWriter(path, {"title": name}) as writer:
            for place, names in rows:
                writer.add(place, names)
        return Gazetteer([Index(path)])

    return make


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The embedded gazetteer as set-up built it; built here where set-up has not run."""
    path = embedded_path()
    if not path.is_file():
        path = tmp_path_factory.mktemp("var") / "gazetteer.sqlite"
        build(path)
    return open_gazetteer([path])


@pytest.fixture(scope="session")
def reference_files() -> list[Path]:
    """Tables of the reference gazetteer."""
    files = sorted((SHARED / "reference").glob("places_*.csv.gz"))
    if not files:
        pytest.skip(f"no reference gazetteer in {SHARED / 'reference'}")
    return files
