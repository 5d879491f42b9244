"""The whole story: articles in, one table of attacks out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.place import Placement
from pipeline.annotate import annotate
from pipeline.dates import resolve_dates
from pipeline.extract import Dated, read_claims
from pipeline.language import load_language
from pipeline.locate import locate, with_parents
from pipeline.records import Article, Event, PlaceMention
from pipeline.resolve import resolve_attack
from pipeline.toponyms import find_toponyms
from pipeline.unite import unite


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


@lru_cache(maxsize=1)
def shared_gazetteer() -> Gazetteer:
    """The gazetteer of this process, opened once."""
    return open_gazetteer()


def read_placed(article: Article, gazetteer: Gazetteer | None = None) -> PlacedReading:
    """Read one article: its attacks, and where every place it names lies."""
    gazetteer = gazetteer or shared_gazetteer()
    notes = annotate(article, load_language(article.language))
    toponyms = with_parents(find_toponyms(notes, gazetteer))
    placements = locate(notes, toponyms, gazetteer)
    spans = resolve_dates(notes.dates, article.published_at)
    dates = [
        Dated(mention.first, mention.last, span, mention.expression.time, mention.expression.since)
        for mention, span in zip(notes.dates, spans, strict=True)
    ]
    attacks = unite(read_claims(notes, toponyms, placements, dates), toponyms, placements)
    events = [
        resolve_attack(notes, attack, toponyms, placements, is_lead=not number or attack.when is not None)
        for number, attack in enumerate(attacks)
    ]
    by_mention = {t.place.mention: placement for t, placement in zip(toponyms, placements, strict=True)}
    placed = tuple(_place(event, by_mention) for event in events)
    return PlacedReading(article, placed, _roles(placed, toponyms, placements))


def _place(event: Event, by_mention: dict) -> PlacedEvent:  # type: ignore[type-arg]
    places = {place.role: by_mention[place.mention] for place in event.places}
    return PlacedEvent(event, places.get("target"), places.get("origin"))


def _roles(events: tuple[PlacedEvent, ...], toponyms: list, placements: list[Placement]) -> tuple[tuple[PlaceMention, Placement], ...]:  # type: ignore[type-arg]
    roles = {place.mention: place.role for placed in events for place in placed.event.places}
    named = {place.name for placed in events for place in placed.event.places if place.role == "target"}
    answer = []
    for toponym, placement in zip(toponyms, placements, strict=True):
        place = toponym.place
        role = roles.get(place.mention) or ("target" if place.name in named else "mention")
        answer.append((PlaceMention(place.mention, place.name, role, place.kind, place.parents, place.offset, place.between), placement))
    return tuple(answer)


def read_all(articles: Iterable[Article], gazetteer: Gazetteer | None = None) -> Iterator[PlacedReading]:
    """Read articles one by one."""
    return (read_placed(article, gazetteer) for article in articles)
