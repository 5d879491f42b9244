"""Reading articles for the screen: the pipeline called on a few texts, with what it read kept beside its events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd

from pipeline.ingest import read_inputs
from pipeline.records import Article
from pipeline.run import read_events, read_placed
from ui.assets import DATA

SAMPLES = DATA / "samples" / "articles.jsonl"


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """A place name of an article, what it was there for (target, origin, mention) and where it was found to be."""

    name: str
    role: str
    status: str  # placed, ambiguous, unplaced
    where: str  # the place it was taken for, "" unless placed


def read_articles(articles: Iterable[Article]) -> gpd.GeoDataFrame:
    """Read articles to an events table (EPSG:4326), reports of one attack merged."""
    return read_events(articles)


def read_places(articles: Sequence[Article]) -> list[PlaceRead]:
    """List every place name in articles once, whatever its role, in the order of the text."""
    found: dict[PlaceRead, None] = {}
    for article in articles:
        for place, placement in read_placed(article).places:
            parts = [placement.matched_name, placement.admin1, placement.country] if placement.lon is not None else []
            where = ", ".join(dict.fromkeys(part for part in parts if part))
            found[PlaceRead(place.name, place.role, placement.status, where)] = None
    return list(found)


def read_samples() -> tuple[gpd.GeoDataFrame, list[Article]]:
    """Read the project's own samples: invented reports, so that a fresh clone shows a map at once."""
    articles, _ = read_inputs([SAMPLES])
    return read_articles(articles), articles
