"""Events as they stand: one, or all as a table; and the one way an event changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import orjson
from sqlalchemy import Connection, Row, select, update

from pipeline.plain import PLAIN, one_event, same
from pipeline.store import audit as trail
from pipeline.store.bulk import insert_rows
from pipeline.store.engine import Store
from pipeline.store.errors import ConflictError, NotFoundError
from pipeline.store.load import read_table
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.rows import STORED, stored_cells, stored_row
from pipeline.store.schema import audit, events, reports

LIVE, MERGED, SUPERSEDED = "live", "merged", "superseded"
_CHANGES = ("edit", "status", "merge", "split", "undo", "update")


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as the store has it; ``values`` is a plain row, ``edits`` what people set by hand."""

    event_id: str
    version: int
    state: str
    merged_into: str | None
    values: Mapping[str, Any]
    edits: Mapping[str, Any]


def load_events(
    store: Store,
    statuses: Collection[str] | None = None,
    by: Person = LOCAL,
    *,
    event_ids: Collection[str] | None = None,
) -> gpd.GeoDataFrame:
    """Load the live events as an events table (EPSG:4326), validated.

    Parameters
    ----------
    statuses
        Only events of these review statuses, such as ``("published",)``; all where None.
    event_ids
        Only those of these ids; all where None.
    """
    condition = events.c.state == LIVE
    if statuses is not None:
        condition &= events.c.review_status.in_(list(statuses))
    if event_ids is not None:
        condition &= events.c.event_id.in_(sorted(event_ids))
    with store.reading() as connection:
        require(connection, by, Action.READ)
        return read_table(connection, events.c.event_id, condition)


def load_reports(store: Store, event_id: str | None = None, by: Person = LOCAL) -> gpd.GeoDataFrame:
    """Load current reports, of one event or all, as an events table whose index is the report ids."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        return read_reports(connection, None if event_id is None else reports.c.in_event == event_id)


def read_reports(connection: Connection, condition: Any = None) -> gpd.GeoDataFrame:
    """Read current reports that fulfil a condition as an events table whose index is the report ids."""
    is_current = reports.c.is_current.is_(True)
    return read_table(connection, reports.c.report_id, is_current if condition is None else is_current & condition)


def read_event(store: Store, event_id: str, by: Person = LOCAL) -> StoredEvent:
    """Read one event, live or not.

    Raises
    ------
    NotFoundError
        Where there is none.
    """
    with store.reading() as connection:
        require(connection, by, Action.READ)
        return find_event(connection, event_id)


def find_event(connection: Connection, event_id: str) -> StoredEvent:
    """Read one event inside a transaction.

    Raises
    ------
    NotFoundError
        Where there is none.
    """
    row = connection.execute(select(events).where(events.c.event_id == event_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"The store holds no event {event_id}")
    return to_event(row)


def to_event(row: Row[Any]) -> StoredEvent:
    """Make an event of a row of the table."""
    cells = row._mapping
    values = {name: cells[name] for name in PLAIN}
    edits = orjson.loads(cells["edits"])
    return StoredEvent(row.event_id, row.version, row.state, row.merged_into, values, edits)


def require_version(connection: Connection, event: StoredEvent, version: int, wanted: Mapping[str, Any]) -> None:
    """Refuse a change made on an older version of an event, with the difference.

    Raises
    ------
    ConflictError
        Where somebody changed the event since.
    """
    if event.version == version:
        return
    query = select(audit).where(audit.c.subject == event.event_id, audit.c.version > version).order_by(audit.c.seq)
    theirs: dict[str, tuple[Any, Any]] = {}
    who, when = "somebody", "some time"
    for entry in map(trail.to_entry, connection.execute(query)):
        who, when = entry.who, entry.at
        for name, value in entry.new.items():
            if name in PLAIN:
                theirs[name] = (theirs[name][0] if name in theirs else entry.old.get(name), value)
    changed = {name: pair for name, pair in theirs.items() if not same(*pair)}
    raise ConflictError(event.event_id, event.version, changed, wanted, who, when)


def change_event(
    connection: Connection,
    event: StoredEvent,
    values: Mapping[str, Any],
    *,
    person: Person,
    action: str,
    why: str | None = None,
    edits: Mapping[str, Any] | None = None,
    state: str | None = None,
    merged_into: str | None = None,
    also: Mapping[str, Any] | None = None,
) -> StoredEvent:
    """Write a new version of an event and its audit row; the caller has checked version and permission.

    Raises
    ------
    EventsError
        Where the new values do not keep the promises of the events table.
    """
    if action != "update":  # what reports make of an event keeps the promises that the reports keep
        one_event(event.event_id, values)
    changed = [name for name in PLAIN if not same(event.values[name], values[name])]
    after = StoredEvent(
        event.event_id,
        event.version + 1,
        state or event.state,
        merged_into if state else event.merged_into,
        dict(values),
        dict(event.edits if edits is None else edits),
    )
    old = {name: event.values[name] for name in changed} | {"_state": event.state, "_edits": dict(event.edits)}
    new = {name: values[name] for name in changed} | {"_state": after.state, "_edits": dict(after.edits)}
    connection.execute(
        update(events).where(events.c.event_id == event.event_id).values(**stored_row(values), **_keeping(after))
    )
    trail.append(
        connection, person, action, event.event_id, version=after.version, old=old, new=new | dict(also or {}), why=why
    )
    return after


def _keeping(event: StoredEvent) -> dict[str, Any]:
    return {
        "version": event.version,
        "state": event.state,
        "merged_into": event.merged_into,
        "edits": orjson.dumps(dict(event.edits), option=orjson.OPT_SORT_KEYS).decode(),
        "changed_at": trail.now(),
    }


def insert_events(connection: Connection, plains: Sequence[Mapping[str, Any]]) -> None:
    """Insert new live events of plain rows with their ``event_id``; the caller writes the audit."""
    kept = (1, LIVE, None, "{}", trail.now())
    rows = ((plain["event_id"], *kept, *stored_cells(plain)) for plain in plains)
    names = ("event_id", "version", "state", "merged_into", "edits", "changed_at", *STORED)
    insert_rows(connection, events, names, rows)
