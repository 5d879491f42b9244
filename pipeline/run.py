"""The whole story: articles in, one table of attacks out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import geopandas as gpd

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.place import Placement
from pipeline.annotate import annotate
from pipeline.attack import Attack
from pipeline.claim_dates import Dated
from pipeline.dateline import dateline_end
from pipeline.dates import resolve_dates
from pipeline.extract import read_claims
from pipeline.language import load_language
from pipeline.locate import locate, somewhere_in, with_parents
from pipeline.merge import merge_reports
from pipeline.reading import PlacedEvent, PlacedReading
from pipeline.records import Article, DateSpan, Event, Mention, PlaceMention
from pipeline.resolve import resolve_attack, share_doers
from pipeline.tabulate import tabulate
from pipeline.toponym import Toponym
from pipeline.toponyms import find_toponyms
from pipeline.unite import unite


@lru_cache(maxsize=1)
def shared_gazetteer() -> Gazetteer:
    """The gazetteer of this process, opened once."""
    return open_gazetteer()


def read_placed(article: Article, gazetteer: Gazetteer | None = None) -> PlacedReading:
    """Read one article: its attacks, and where every place it names lies."""
    gazetteer = gazetteer or shared_gazetteer()
    notes = annotate(article, load_language(article.language))
    toponyms = with_parents(notes, find_toponyms(notes, gazetteer))
    placements = locate(notes, toponyms, gazetteer)
    spans = resolve_dates(notes.dates, article.published_at)
    dateline = dateline_end(notes)
    dates = [
        Dated(mention.first, mention.last, span, mention.expression.time, mention.expression.since)
        for mention, span in zip(notes.dates, spans, strict=True)
        if mention.first >= dateline and not _is_page_date(mention.first, span, article)
    ]
    attacks = unite(read_claims(notes, toponyms, placements, dates), toponyms, placements)
    events = [
        resolve_attack(notes, attack, toponyms, placements, is_lead=all(a.when is None for a in attacks[:number]))
        for number, attack in enumerate(attacks)
    ]
    events = share_doers(events, attacks)
    by_mention = {t.place.mention: placement for t, placement in zip(toponyms, placements, strict=True)}
    placed = tuple(
        PlacedEvent(event, _target(event, attack, by_mention, placements), _of_role(event, "origin", by_mention))
        for event, attack in zip(events, attacks, strict=True)
    )
    return PlacedReading(article, placed, _roles(placed, toponyms, placements))


def _is_page_date(first: int, span: DateSpan | None, article: Article) -> bool:
    """Say whether a date only heads the page: the day of publication as the very first words."""
    return first <= 1 and span is not None and span.start == span.end == article.published_at and span.time is None


def _of_role(event: Event, role: str, by_mention: Mapping[Mention, Placement]) -> Placement | None:
    return next((by_mention[place.mention] for place in event.places if place.role == role), None)


def _target(
    event: Event, attack: Attack, by_mention: Mapping[Mention, Placement], placements: Sequence[Placement]
) -> Placement | None:
    """Where the target lies; a target nobody knows lies somewhere in the area the text puts it in."""
    target = _of_role(event, "target", by_mention)
    if target is None or target.lon is not None:
        return target
    around = [placements[i] for claim in attack.claims for i in claim.region if placements[i].lon is not None]
    if not around:
        return target
    return somewhere_in(target, min(around, key=lambda placement: placement.extent_km or 0.0))


def _roles(
    events: Sequence[PlacedEvent], toponyms: Sequence[Toponym], placements: Sequence[Placement]
) -> tuple[tuple[PlaceMention, Placement], ...]:
    roles = {place.mention: place.role for placed in events for place in placed.event.places}
    named = {place.name for placed in events for place in placed.event.places if place.role == "target"}
    answer = []
    for toponym, placement in zip(toponyms, placements, strict=True):
        place = toponym.place
        if not toponym.named:
            continue
        role = roles.get(place.mention) or ("target" if place.name in named else "mention")
        answer.append(
            (
                PlaceMention(place.mention, place.name, role, place.kind, place.parents, place.offset, place.between),
                placement,
            )
        )
    return tuple(answer)


def read_events(
    articles: Iterable[Article],
    gazetteer: Gazetteer | None = None,
    read: Callable[[Article, Gazetteer | None], PlacedReading] = read_placed,
) -> gpd.GeoDataFrame:
    """Read articles to one events table (EPSG:4326), reports of one attack merged.

    Parameters
    ----------
    articles
        Read one after the other; the same article twice changes nothing.
    gazetteer
        Where names are looked up; the shared one of this process by default.
    read
        What reads one article; the built-in reader by default.
    """
    kept = list({article.article_id: article for article in articles}.values())
    table = tabulate(read(article, gazetteer) for article in kept)
    return merge_reports(table, {article.article_id: article.text for article in kept})
