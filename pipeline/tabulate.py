"""Readings become rows: the one place where records turn into the events table."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
from shapely.geometry import Point

from geo.place import PLACED, UNPLACED, Candidate, Placement
from pipeline.events import make_events
from pipeline.reading import PlacedEvent, PlacedReading
from pipeline.records import Article, Count, Event, PlaceMention
from pipeline.stand_in import actor_rows

_MOST_CANDIDATES = 5


def tabulate(readings: Iterable[PlacedReading]) -> gpd.GeoDataFrame:
    """Make the events table (EPSG:4326) of some readings, one row an event; nothing is left out."""
    return make_events(_row(reading.article, placed) for reading in readings for placed in reading.events)


def _row(article: Article, placed: PlacedEvent) -> dict[str, Any]:
    event = placed.event
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "time_status": event.time_status,
        "actor_id": event.actor_id,
        "actor": event.actor,
        "actor_basis": event.actor_basis,
        "target": event.target,
        "target_id": event.target_id,
        "weapon": event.weapon,
        "weapon_count": event.weapon_count.best if event.weapon_count else None,
        "attribution": event.attribution,
        "article_id": article.article_id,
        "language": article.language,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "evidence": _evidence(event),
        **_when(event),
        **_counts("killed", event.killed),
        **_counts("wounded", event.wounded),
        **_target(event, placed.target),
        **_origin(event, placed.origin),
    }


def _when(event: Event) -> dict[str, Any]:
    span = event.when
    if span is None:
        return {}
    return {"date_start": span.start, "date_end": span.end, "date_precision": span.precision, "time": span.time}


def _counts(name: str, count: Count | None) -> dict[str, Any]:
    if count is None:
        return {}
    return {f"{name}_low": count.low, name: count.best, f"{name}_high": count.high}


def _target(event: Event, target: Placement | None) -> dict[str, Any]:
    place = _place(event, "target")
    row: dict[str, Any] = {"place_name": place.name if place else None, "place_status": UNPLACED}
    if target is None:
        return row
    row |= {"place_status": target.status, "candidates": [_candidate(c) for c in target.candidates[:_MOST_CANDIDATES]]}
    if target.status != PLACED or target.lon is None or target.lat is None:
        return row
    return row | {
        "place_id": target.place_id,
        "matched_name": target.matched_name,
        "precision": target.precision,
        "extent_km": target.extent_km,
        "country": target.country,
        "admin1": target.admin1,
        "admin2": target.admin2,
        "geometry": Point(target.lon, target.lat),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "place_id": place.place_id,
        "name": candidate.matched_name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lon": place.lon,
        "lat": place.lat,
        "extent_km": place.extent_km,
        "precision": place.precision,
        "score": round(candidate.score, 3),
        "reasons": list(candidate.reasons),
    }


def _origin(event: Event, origin: Placement | None) -> dict[str, Any]:
    place = _place(event, "origin")
    if place is None:
        return {}
    if origin is None or origin.lon is None:
        return {"origin_name": place.name}
    return {
        "origin_name": place.name,
        "origin_lon": origin.lon,
        "origin_lat": origin.lat,
        "origin_extent_km": origin.extent_km,
    }


def _place(event: Event, role: str) -> PlaceMention | None:
    return next((place for place in event.places if place.role == role), None)


def _evidence(event: Event) -> dict[str, Any]:
    return {
        name: {"article_id": event.article_id, "start": m.start, "end": m.end, "quote": m.text}
        for name, m in event.evidence.items()
    }


def actor_name(event: Event) -> str | None:
    """Canonical English name of who did it; the words of the text where the party is not in ``data/actors.csv``."""
    row = actor_rows().get(event.actor_id or "")
    return row["name_en"] if row else event.actor
