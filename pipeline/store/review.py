"""Review: edit an event, move its pin, choose another place, approve, publish, reject, note, undo.

Every function takes the version the person saw and raises ``ConflictError``, with the difference, where
somebody was first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select

from pipeline.plain import PLAIN, same
from pipeline.store import audit as trail
from pipeline.store.engine import Store
from pipeline.store.errors import ReviewError
from pipeline.store.events import LIVE, StoredEvent, change_event, find_event, require_version
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import audit, notes

MACHINE, REVIEWED, PUBLISHED, REJECTED = "machine", "reviewed", "published", "rejected"
_STEPS: dict[tuple[str, str], Action] = {
    (MACHINE, REVIEWED): Action.REVIEW,
    (MACHINE, REJECTED): Action.REVIEW,
    (REVIEWED, MACHINE): Action.REVIEW,
    (REVIEWED, REJECTED): Action.REVIEW,
    (REVIEWED, PUBLISHED): Action.PUBLISH,
    (PUBLISHED, REVIEWED): Action.PUBLISH,
    (PUBLISHED, REJECTED): Action.PUBLISH,
    (REJECTED, MACHINE): Action.REVIEW,
}
_NOT_EDITABLE = frozenset({"article_id", "reports", "members", "evidence", "candidates", "review_status"})
_PLACE = ("place_id", "matched_name", "country", "admin1", "admin2", "precision", "extent_km")
PIN_EXTENT_KM = 1.0
_UNDONE = ("edit", "status", "undo")


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote beside an event."""

    written_by: str
    written_at: str
    text: str


def edit_event(
    store: Store, event_id: str, changes: Mapping[str, Any], version: int, by: Person = LOCAL, why: str | None = None
) -> StoredEvent:
    """Change fields of an event; the old values stay in the audit and the new ones outlive later reports.

    Parameters
    ----------
    changes
        Column -> new value, as in a plain row (``pipeline.plain``): days as ISO text, ``lon`` and ``lat`` in degrees.
    version
        The version the person saw.

    Raises
    ------
    ConflictError, EventsError, ReviewError, NotAllowedError, NotFoundError, StoreError
        Nothing was changed then.
    """
    if wrong := sorted(changes.keys() - (set(PLAIN) - _NOT_EDITABLE)):
        raise ReviewError(f"{', '.join(wrong)} cannot be edited; fields that can: {', '.join(EDITABLE)}")
    with store.writing() as connection:
        require(connection, by, Action.EDIT)
        event = _open(connection, event_id, version, changes)
        return _edit(connection, event, changes, by, why)


EDITABLE = tuple(name for name in PLAIN if name not in _NOT_EDITABLE)


def _open(connection: Connection, event_id: str, version: int, wanted: Mapping[str, Any]) -> StoredEvent:
    event = find_event(connection, event_id)
    require_version(connection, event, version, wanted)
    if event.state != LIVE:
        into = f" into {event.merged_into}" if event.merged_into else ""
        raise ReviewError(f"Event {event_id} is {event.state}{into} and cannot be changed")
    return event


def _edit(
    connection: Connection, event: StoredEvent, changes: Mapping[str, Any], by: Person, why: str | None
) -> StoredEvent:
    changed = {name: value for name, value in changes.items() if not same(event.values[name], value)}
    if not changed:
        return event
    values, edits = {**event.values, **changed}, {**event.edits, **changed}
    return change_event(connection, event, values, person=by, action="edit", why=why, edits=edits)


def move_pin(
    store: Store,
    event_id: str,
    lon: float,
    lat: float,
    version: int,
    by: Person = LOCAL,
    why: str | None = None,
    extent_km: float = PIN_EXTENT_KM,
) -> StoredEvent:
    """Put the pin of an event at (lon, lat), degrees; the place counts as found to ``extent_km``."""
    changes = {
        "lon": lon,
        "lat": lat,
        "extent_km": extent_km,
        "place_status": "placed",
        "precision": "site",
        "place_id": None,
    }
    return edit_event(store, event_id, changes, version, by, why or "pin moved")


def list_candidates(event: StoredEvent) -> list[dict[str, Any]]:
    """Other places that were considered, best first."""
    candidates: list[dict[str, Any]] = orjson.loads(event.values["candidates"])
    return candidates


def choose_candidate(
    store: Store, event_id: str, number: int, version: int, by: Person = LOCAL, why: str | None = None
) -> StoredEvent:
    """Put an event at another of its candidates (counted from 0).

    Raises
    ------
    ReviewError
        Where there is no such candidate, or it has no point.
    """
    with store.writing() as connection:
        require(connection, by, Action.EDIT)
        event = _open(connection, event_id, version, {"candidate": number})
        candidates = list_candidates(event)
        if not 0 <= number < len(candidates):
            raise ReviewError(f"Event {event_id} has {len(candidates)} candidates; there is no number {number}")
        chosen = candidates[number]
        if missing := [name for name in ("lon", "lat", "extent_km", "precision") if chosen.get(name) is None]:
            raise ReviewError(f"Candidate {number} has no {', '.join(missing)}; move the pin instead")
        changes = {name: chosen.get(name) for name in (*_PLACE, "lon", "lat")} | {"place_status": "placed"}
        changes["matched_name"] = chosen.get("matched_name") or chosen.get("name")
        return _edit(connection, event, changes, by, why or "another candidate chosen")


def set_status(
    store: Store, event_id: str, status: str, version: int, by: Person = LOCAL, why: str | None = None
) -> StoredEvent:
    """Move an event along machine -> reviewed -> published, or reject it (which needs a reason).

    Raises
    ------
    ReviewError, ConflictError, NotAllowedError, NotFoundError
        Where the step is none, no reason is given, somebody was first, or the person may not.
    """
    with store.writing() as connection:
        event = find_event(connection, event_id)
        before = event.values["review_status"]
        step = _STEPS.get((before, status))
        require(connection, by, step or Action.REVIEW)
        event = _open(connection, event_id, version, {"review_status": status})
        if step is None:
            nexts = ", ".join(to for frm, to in _STEPS if frm == before)
            raise ReviewError(f"Event {event_id} is {before} and cannot become {status!r}; it can become {nexts}")
        if status == REJECTED and not (why or "").strip():
            raise ReviewError(f"Say why event {event_id} is rejected")
        values = {**event.values, "review_status": status}
        return change_event(connection, event, values, person=by, action="status", why=why)


def undo(store: Store, event_id: str, version: int, by: Person = LOCAL, why: str | None = None) -> StoredEvent:
    """Take back the last edit or step of an event that was not taken back yet; asked again, the one before.

    Raises
    ------
    ReviewError
        Where there is nothing to undo, or reports joined or left the event since.
    """
    with store.writing() as connection:
        require(connection, by, Action.EDIT)
        event = _open(connection, event_id, version, {})
        entry = last_change(connection, event_id)
        if entry.action not in _UNDONE:
            raise ReviewError(f"The last change of event {event_id} is {entry.action!r}; split or merge it instead")
        require(connection, by, Action.PUBLISH if "review_status" in entry.old else Action.EDIT)
        values = {**event.values, **{name: value for name, value in entry.old.items() if name in PLAIN}}
        return change_event(
            connection,
            event,
            values,
            person=by,
            action="undo",
            why=why,
            edits=entry.old["_edits"],
            also={"_undoes": entry.seq},
        )


def last_change(connection: Connection, event_id: str) -> trail.Entry:
    """The newest change of an event that still counts."""
    query = select(audit).where(audit.c.subject == event_id, audit.c.version.is_not(None)).order_by(audit.c.seq.desc())
    undone: set[int] = set()
    for entry in map(trail.to_entry, connection.execute(query)):
        if entry.action == "undo":
            undone.add(entry.new["_undoes"])
        elif entry.seq not in undone and entry.action != "orphan":
            return entry
    raise ReviewError(f"Nothing was changed on event {event_id}; there is nothing to undo")


def last_action(store: Store, event_id: str, by: Person = LOCAL) -> str | None:
    """Name the newest change of an event that still counts; None where there is none."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        try:
            return last_change(connection, event_id).action
        except ReviewError:
            return None


def why_rejected(store: Store, event_id: str, by: Person = LOCAL) -> tuple[str, str, str] | None:
    """Who rejected an event, when and why; None where it was never."""
    query = select(audit).where(audit.c.subject == event_id, audit.c.action == "status").order_by(audit.c.seq.desc())
    with store.reading() as connection:
        require(connection, by, Action.READ)
        for entry in map(trail.to_entry, connection.execute(query)):
            if entry.new.get("review_status") == REJECTED:
                return entry.who, entry.at, entry.why or ""
    return None


def add_note(store: Store, event_id: str, text: str, by: Person = LOCAL) -> None:
    """Write a note beside an event.

    Raises
    ------
    ReviewError, NotFoundError, NotAllowedError
        Where it is empty, there is no such event, or the person may not.
    """
    if not text.strip():
        raise ReviewError("A note needs words")
    with store.writing() as connection:
        require(connection, by, Action.NOTE)
        find_event(connection, event_id)
        row = {"event_id": event_id, "written_by": by.subject, "written_at": trail.now(), "text": text}
        connection.execute(insert(notes).values(**row))
        trail.append(connection, by, "note", event_id, new={"text": text})


def read_notes(store: Store, event_id: str, by: Person = LOCAL) -> list[Note]:
    """Notes beside an event, oldest first."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        rows = connection.execute(select(notes).where(notes.c.event_id == event_id).order_by(notes.c.note_id))
        return [Note(row.written_by, row.written_at, row.text) for row in rows]
