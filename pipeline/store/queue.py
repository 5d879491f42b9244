"""What to look at next: events that wait for review, the least certain first."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from pipeline.store.engine import Store
from pipeline.store.events import LIVE, StoredEvent, to_event
from pipeline.store.links import PROPOSED
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import events, links


@dataclass(frozen=True)
class Waiting:
    """An event that waits, how uncertain it is (higher = look first), and why."""

    event: StoredEvent
    uncertainty: float
    doubts: tuple[str, ...]


_DOUBTS: dict[str, float] = {
    "place_ambiguous": 3.0,
    "place_unplaced": 2.0,
    "merge_proposed": 2.0,
    "toll_disputed": 1.5,
    "candidates_close": 1.5,
    "day_unknown": 1.5,
    "place_wide": 1.0,
    "actor_unknown": 0.7,
    "actor_unsure": 0.5,
    "day_vague": 0.5,
    "type_unknown": 0.5,
}


def review_queue(store: Store, by: Person = LOCAL, limit: int = 100) -> list[Waiting]:
    """Events of status machine, the most uncertain first; of equals those with most killed, then by id."""
    query = select(events).where(events.c.state == LIVE, events.c.review_status == "machine")
    with store.reading() as connection:
        require(connection, by, Action.READ)
        proposed = set(_proposed(connection))
        found = [to_event(row) for row in connection.execute(query)]
    waiting = [_judge(event, proposed) for event in found]
    waiting.sort(key=lambda one: (-one.uncertainty, -(one.event.values["killed"] or 0), one.event.event_id))
    return waiting[:limit]


def _proposed(connection: Connection) -> list[str]:
    query = select(links.c.left_report, links.c.right_report).where(links.c.decision == PROPOSED)
    return [name for row in connection.execute(query) for name in row]


def _judge(event: StoredEvent, proposed: set[str]) -> Waiting:
    doubts = tuple(name for name in _DOUBTS if _holds(name, event.values, proposed))
    return Waiting(event, sum(_DOUBTS[name] for name in doubts), doubts)


def _holds(doubt: str, values: Any, proposed: set[str]) -> bool:
    checks: dict[str, bool] = {
        "place_ambiguous": values["place_status"] == "ambiguous",
        "place_unplaced": values["place_status"] == "unplaced",
        "merge_proposed": not proposed.isdisjoint(orjson.loads(values["members"])),
        "toll_disputed": values["killed_low"] != values["killed_high"],
        "candidates_close": _are_close(orjson.loads(values["candidates"])),
        "day_unknown": values["date_start"] is None,
        "place_wide": values["precision"] in ("adm1", "adm2", "country", "water"),
        "actor_unknown": values["actor_id"] is None,
        "actor_unsure": values["actor_basis"] in ("blamed", "suspected"),
        "day_vague": values["date_precision"] not in (None, "day"),
        "type_unknown": values["event_type"] == "other",
    }
    return checks[doubt]


def _are_close(candidates: list[dict[str, Any]]) -> bool:
    scores = sorted((one.get("score") or 0.0 for one in candidates), reverse=True)
    return len(scores) > 1 and scores[0] - scores[1] < 0.1


def count_statuses(store: Store) -> dict[str, int]:
    """Live events by review status."""
    query = select(events.c.review_status, func.count()).where(events.c.state == LIVE).group_by(events.c.review_status)
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
