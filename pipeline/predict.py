"""One article's reading as a line of JSON: the contract of ``rasid predict``."""

from typing import Any

from geo.place import Placement
from pipeline.reading import PlacedEvent, PlacedReading
from pipeline.records import Count, Event, Mention
from pipeline.tabulate import actor_name

_ROLES = {"target": "event", "origin": "origin"}
_UNREAL = frozenset({"future", "hypothetical", "denied"})


def to_prediction(reading: PlacedReading) -> dict[str, Any]:
    """Events and places of one article; what is not known is None, coordinates are degrees (EPSG:4326)."""
    return {
        "id": reading.article.article_id,
        "events": [_event(placed) for placed in reading.events if placed.event.time_status not in _UNREAL],
        "places": [
            {
                "name": place.name,
                "start": place.mention.start,
                "end": place.mention.end,
                "lat": placement.lat,
                "lon": placement.lon,
                "role": _ROLES.get(place.role, "background"),
            }
            for place, placement in reading.places
        ],
    }


def _event(placed: PlacedEvent) -> dict[str, Any]:
    event, when = placed.event, placed.event.when
    return {
        "date_start": when.start.isoformat() if when else None,
        "date_end": when.end.isoformat() if when else None,
        "time": when.time if when else None,
        "event_type": event.event_type,
        "actor": actor_name(event),
        "target": event.target,
        "weapon": event.weapon,
        "killed": _best(event.killed),
        "wounded": _best(event.wounded),
        "place_name": _name(event, "target"),
        **_point("", placed.target),
        "origin_place": _name(event, "origin"),
        **_point("origin_", placed.origin),
        "time_status": event.time_status,
        "evidence": {name: _quote(mention) for name, mention in event.evidence.items()},
    }


def _best(count: Count | None) -> int | None:
    return None if count is None else count.best


def _name(event: Event, role: str) -> str | None:
    return next((place.name for place in event.places if place.role == role), None)


def _point(prefix: str, placement: Placement | None) -> dict[str, float | None]:
    return {
        f"{prefix}lat": placement.lat if placement else None,
        f"{prefix}lon": placement.lon if placement else None,
    }


def _quote(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "quote": mention.text}
