"""What to look at next: events that wait for review, the least certain first."""

from collections.abc import Collection
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


_LOOKED_AT = (
    *("members", "candidates", "place_status", "killed", "killed_low", "killed_high", "date_start", "date_precision"),
    *("precision", "actor_id", "actor_basis", "event_type"),
)


def review_queue(
    store: Store, by: Person = LOCAL, limit: int = 100, among: Collection[str] | None = None
) -> list[Waiting]:
    """Events of status machine, the most uncertain first; of equals those with most killed, then by id.

    Parameters
    ----------
    among
        Only these events, such as those that a search found; all where None.
    """
    columns = [events.c.event_id, *(events.c[name] for name in _LOOKED_AT)]
    query = select(*columns).where(events.c.state == LIVE, events.c.review_status == "machine")
    with store.reading() as connection:
        require(connection, by, Action.READ)
        proposed = set(_proposed(connection))
        rows = (row._mapping for row in connection.execute(query) if among is None or row.event_id in among)
        judged = [(_judge(row, proposed), row["killed"] or 0, row["event_id"]) for row in rows]
        judged.sort(key=lambda one: (-sum(_DOUBTS[name] for name in one[0]), -one[1], one[2]))
        wanted = {event_id: doubts for doubts, _, event_id in judged[:limit]}
        found = connection.execute(select(events).where(events.c.event_id.in_(list(wanted))))
        whole = {row.event_id: to_event(row) for row in found}
    return [Waiting(whole[name], sum(_DOUBTS[doubt] for doubt in doubts), doubts) for name, doubts in wanted.items()]


def list_by_status(
    store: Store, status: str, by: Person = LOCAL, limit: int = 500, among: Collection[str] | None = None
) -> list[str]:
    """Ids of live events of a review status, the last changed first."""
    query = select(events.c.event_id).where(events.c.state == LIVE, events.c.review_status == status)
    with store.reading() as connection:
        require(connection, by, Action.READ)
        names = connection.execute(query.order_by(events.c.changed_at.desc(), events.c.event_id)).scalars()
        return [name for name in names if among is None or name in among][:limit]


def _proposed(connection: Connection) -> list[str]:
    query = select(links.c.left_report, links.c.right_report).where(links.c.decision == PROPOSED)
    return [name for row in connection.execute(query) for name in row]


def _judge(values: Any, proposed: set[str]) -> tuple[str, ...]:
    return tuple(name for name in _DOUBTS if _holds(name, values, proposed))


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
