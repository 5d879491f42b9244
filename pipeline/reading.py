"""What reading one article answers: its events and place names, each with where it was placed."""

from dataclasses import dataclass

from geo.place import Placement
from pipeline.records import Article, Event, PlaceMention


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with where its target and its launch place were put (None = the text names none)."""

    event: Event
    target: Placement | None
    origin: Placement | None


@dataclass(frozen=True, slots=True)
class PlacedReading:
    """All that was read from one article: events and every place name, each with its placement."""

    article: Article
    events: tuple[PlacedEvent, ...]
    places: tuple[tuple[PlaceMention, Placement], ...]
