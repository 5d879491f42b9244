"""Merge and split events by hand, decide on proposals, say why reports are together; every merge can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from sqlalchemy import Connection, select, update

from pipeline.merge_columns import make_columns
from pipeline.merge_explain import Reason, explain_pair
from pipeline.merge_score import Pairs, compare
from pipeline.merge_values import Said, combine, count_sources, who_says_what
from pipeline.plain import PLAIN, plain_rows
from pipeline.store import audit as trail
from pipeline.store.attach import PINNED, members_of, positions
from pipeline.store.engine import Store
from pipeline.store.errors import NotFoundError, ReviewError
from pipeline.store.events import (
    LIVE,
    MERGED,
    StoredEvent,
    change_event,
    find_event,
    insert_events,
    read_reports,
    require_version,
)
from pipeline.store.links import APART, PROPOSED, TOGETHER, Link, decide, forget, read_links
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.review import last_change
from pipeline.store.schema import events, reports


@dataclass(frozen=True)
class Explanation:
    """Two reports of one event and what speaks for and against their being one attack."""

    left: str
    right: str
    score: float
    is_barred: bool
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Sources:
    """Who says what about an event, and how many sources of each kind there are."""

    said: Sequence[Said]
    kinds: dict[str, int]


def merge_events(
    store: Store, event_ids: Sequence[str], versions: Sequence[int], by: Person = LOCAL, why: str | None = None
) -> StoredEvent:
    """Merge events by hand into the first; the others stay in the store as merged, and ``split_event`` takes it back.

    Raises
    ------
    ConflictError, ReviewError, NotFoundError, NotAllowedError
        Where somebody changed one of them first, fewer than two are named, or one is not live.
    """
    if len(set(event_ids)) < 2 or len(event_ids) != len(versions):
        raise ReviewError("Name two events or more, each once, with the version you saw")
    with store.writing() as connection:
        require(connection, by, Action.MERGE)
        found = [_open(connection, *pair) for pair in zip(event_ids, versions, strict=True)]
        first, others = found[0], found[1:]
        groups = [members_of(event.values) for event in found]
        decide(connection, _across(groups), TOGETHER, by)
        for event in others:
            _move(connection, members_of(event.values), first.event_id)
            change_event(
                connection,
                event,
                event.values,
                person=by,
                action="merge",
                why=why,
                state=MERGED,
                merged_into=first.event_id,
            )
        return _recount(connection, first, by, "merge", why)


def _open(connection: Connection, event_id: str, version: int) -> StoredEvent:
    event = find_event(connection, event_id)
    require_version(connection, event, version, {})
    if event.state != LIVE:
        raise ReviewError(f"Event {event_id} is {event.state}; only live events can be merged or split")
    return event


def _across(groups: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [pair for one, other in combinations(groups, 2) for pair in product(one, other)]


def _move(connection: Connection, report_ids: Sequence[str], event_id: str) -> None:
    is_one = reports.c.report_id.in_(list(report_ids))
    connection.execute(update(reports).where(is_one, reports.c.is_current.is_(True)).values(in_event=event_id))


def _recount(
    connection: Connection,
    event: StoredEvent,
    by: Person,
    action: str,
    why: str | None,
    also: Mapping[str, Any] | None = None,
) -> StoredEvent:
    """Work an event out anew after reports came or went; what a person approved is approved no longer."""
    rows = plain_rows(read_reports(connection, reports.c.in_event == event.event_id))
    status = "machine" if event.values["review_status"] in PINNED else event.values["review_status"]
    fresh = {**{name: combine(rows)[name] for name in PLAIN}, **event.edits, "review_status": status}
    return change_event(connection, event, fresh, person=by, action=action, why=why, state=LIVE, also=also)


def split_event(
    store: Store, event_id: str, report_ids: Sequence[str], version: int, by: Person = LOCAL, why: str | None = None
) -> tuple[StoredEvent, StoredEvent]:
    """Take reports out of an event into one of their own; they are never put together again by machine.

    Where the reports are those of an event that was merged into this one, that event comes back, with its edits.

    Returns
    -------
    tuple
        The event that stays and the one that was taken out.

    Raises
    ------
    ConflictError, ReviewError, NotFoundError, NotAllowedError
        Where somebody changed it first, a report is not in it, or none would stay.
    """
    with store.writing() as connection:
        require(connection, by, Action.MERGE)
        event = _open(connection, event_id, version)
        members, taken = members_of(event.values), sorted(set(report_ids))
        if strange := sorted(set(taken) - set(members)):
            raise ReviewError(f"Event {event_id} has no report {', '.join(strange)}; it has {', '.join(members)}")
        if not taken or len(taken) == len(members):
            raise ReviewError(f"Take some of the {len(members)} reports out of event {event_id}, not all or none")
        rest = [name for name in members if name not in taken]
        decide(connection, _across([rest, taken]), APART, by)
        other = _revive(connection, event, taken, by, why)
        told = {"_taken": other.event_id, "_taken_version": other.version}
        return _recount(connection, find_event(connection, event_id), by, "split", why, told), other


def undo_split(store: Store, event_id: str, version: int, by: Person = LOCAL, why: str | None = None) -> StoredEvent:
    """Put back what the last change of an event took out of it; the machine may judge the reports again.

    Raises
    ------
    ConflictError, ReviewError, NotFoundError, NotAllowedError
        Where somebody changed it first, its last change is no split, or what was taken out was changed since.
    """
    with store.writing() as connection:
        require(connection, by, Action.MERGE)
        event = _open(connection, event_id, version)
        entry = last_change(connection, event_id)
        if entry.action != "split" or "_taken" not in entry.new:
            raise ReviewError(f"The last change of event {event_id} is {entry.action!r} and no split")
        taken = find_event(connection, entry.new["_taken"])
        if (taken.version, taken.state) != (entry.new["_taken_version"], LIVE):
            raise ReviewError(f"Event {taken.event_id}, which was taken out, was changed since; merge the two instead")
        forget(connection, _across([members_of(event.values), members_of(taken.values)]))
        _move(connection, members_of(taken.values), event_id)
        change_event(
            connection, taken, taken.values, person=by, action="merge", why=why, state=MERGED, merged_into=event_id
        )
        return _recount(connection, event, by, "undo", why, {"_undoes": entry.seq})


def _revive(
    connection: Connection, event: StoredEvent, taken: Sequence[str], by: Person, why: str | None
) -> StoredEvent:
    query = select(events.c.event_id).where(events.c.merged_into == event.event_id, events.c.state == MERGED)
    former = [find_event(connection, name) for name in connection.execute(query).scalars()]
    same_reports = [one for one in former if set(members_of(one.values)) == set(taken)]
    if same_reports:
        _move(connection, taken, same_reports[0].event_id)
        return _recount(connection, same_reports[0], by, "split", why)
    rows = plain_rows(read_reports(connection, reports.c.report_id.in_(list(taken))))
    name = _free_name(connection, f"{taken[0]}")
    insert_events(connection, [{**combine(rows), "event_id": name}])
    _move(connection, taken, name)
    return _recount(connection, find_event(connection, name), by, "split", why)


def _free_name(connection: Connection, name: str) -> str:
    free, number = name, 1
    while connection.execute(select(events.c.event_id).where(events.c.event_id == free)).first():
        number += 1
        free = f"{name}-{number}"
    return free


def list_proposals(store: Store, by: Person = LOCAL) -> list[Link]:
    """Pairs of reports that may tell of one attack and wait for a person, likeliest first."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        found = read_links(connection, PROPOSED)
        names = {name for link in found for name in (link.left, link.right)}
        home = _homes(connection, sorted(names))
        return [
            link for link in found if {link.left, link.right} <= home.keys() and home[link.left] != home[link.right]
        ]


def _homes(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    homes: dict[str, str] = {}
    for start in range(0, len(names), 500):
        part = reports.c.report_id.in_(list(names[start : start + 500]))
        query = select(reports.c.report_id, reports.c.in_event).where(part, reports.c.is_current.is_(True))
        homes |= {row.report_id: row.in_event for row in connection.execute(query)}
    return homes


def event_of(store: Store, report_id: str, by: Person = LOCAL) -> str:
    """Id of the event that a report is in.

    Raises
    ------
    NotFoundError
        Where there is no such report.
    """
    with store.reading() as connection:
        require(connection, by, Action.READ)
        home = _homes(connection, [report_id])
    if report_id not in home:
        raise NotFoundError(f"The store holds no report {report_id}")
    return home[report_id]


def decline_proposal(store: Store, left: str, right: str, by: Person = LOCAL) -> None:
    """Say that two reports tell of different attacks; they are not proposed again."""
    with store.writing() as connection:
        require(connection, by, Action.MERGE)
        decide(connection, [(left, right)], APART, by)
        _tell(connection, by, "decline", left, right)


def reconsider(store: Store, left: str, right: str, by: Person = LOCAL) -> None:
    """Take back what was decided on two reports; the next merge looks at them anew."""
    with store.writing() as connection:
        require(connection, by, Action.MERGE)
        forget(connection, [(left, right)])
        _tell(connection, by, "reconsider", left, right)


def _tell(connection: Connection, by: Person, action: str, left: str, right: str) -> None:
    trail.append(connection, by, action, left, new={"other": right})


def explain_event(store: Store, event_id: str, by: Person = LOCAL) -> list[Explanation]:
    """Why the reports of an event are together: every pair, with what speaks for and against."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        table = read_reports(connection, reports.c.in_event == event_id)
    if len(table) < 2:
        return []
    return explain_reports(table)


def explain_reports(table: Any) -> list[Explanation]:
    """Compare every two rows of an events table, one row a report."""
    columns, rows = make_columns(table), {row["event_id"]: row for row in plain_rows(table)}
    both = list(combinations(range(len(columns)), 2))
    pairs = Pairs(positions([one for one, _ in both]), positions([other for _, other in both]))
    found = compare(columns, pairs)
    return [
        Explanation(
            columns.ids[one],
            columns.ids[other],
            round(float(found.total[number]), 2),
            bool(found.is_barred[number]),
            explain_pair(columns, pairs, found, number, rows),
        )
        for number, (one, other) in enumerate(both)
    ]


def read_sources(store: Store, event_id: str, by: Person = LOCAL) -> Sources:
    """Who says what about an event.

    Raises
    ------
    NotFoundError
        Where there is no such event.
    """
    with store.reading() as connection:
        require(connection, by, Action.READ)
        event = find_event(connection, event_id)
        rows = plain_rows(read_reports(connection, reports.c.in_event == event_id))
    return Sources(who_says_what(rows, {"event_id": event_id, **event.values}), count_sources(rows))
