"""Where new reports belong: in an event that is there, or in one of their own; and events whose reports went away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import orjson
from sqlalchemy import Connection, Row, and_, or_, select

from pipeline.merge import Merging, find_groups
from pipeline.merge_columns import Numbers, make_columns
from pipeline.merge_rules import load_rules
from pipeline.merge_score import Pairs, compare
from pipeline.merge_values import combine
from pipeline.plain import PLAIN, plain_rows, table_of
from pipeline.store import audit as trail
from pipeline.store.bulk import insert_rows
from pipeline.store.events import LIVE, SUPERSEDED, StoredEvent, change_event, find_event, insert_events, read_reports
from pipeline.store.links import read_apart, save_proposals
from pipeline.store.permissions import Person
from pipeline.store.rows import STORED, stored_cells
from pipeline.store.schema import events, reports

PINNED = ("reviewed", "published", "rejected")  # events of these statuses keep the values a person saw
_COUNTED = ("reports", "members")
_MOST_SPANS = 60
_MOST_ASKED = 10_000  # values in one query; SQLite takes 32,766
_AROUND = timedelta(days=1)
_LATE = timedelta(days=3)  # an attack without a day is looked for before its publication


@dataclass(frozen=True)
class Arrival:
    """Reports that arrive with their article's revision, rows of reports that went, and article texts by id."""

    fresh: Sequence[tuple[dict[str, Any], int]]
    lost: Sequence[Row[Any]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Attached:
    """How many events are new, reports joined one that was there, and merges are proposed."""

    new_events: int
    joined: int
    proposed: int


def attach(connection: Connection, arrival: Arrival, by: Person, *, merge: bool) -> Attached:
    """Store reports and bring their events up to date, inside a transaction."""
    fresh = {row["event_id"]: row for row, _ in arrival.fresh}
    revision = {row["event_id"]: number for row, number in arrival.fresh}
    home = _inherit(arrival.lost, fresh)
    grouping = _find_partners(connection, arrival, fresh, home) if merge else _alone(fresh)
    home |= _choose_homes(connection, grouping, fresh, home)
    known = _existing(connection, set(home.values()))
    insert_events(connection, _first_rows(fresh, home, known))
    if fresh:
        rows = ((name, revision[name], True, home[name], *stored_cells(row)) for name, row in fresh.items())
        insert_rows(connection, reports, ("report_id", "revision", "is_current", "in_event", *STORED), rows)
    old_homes = {row.in_event for row in arrival.lost}
    refresh_events(connection, sorted(set(home.values()) | old_homes), by, new=set(home.values()) - known)
    save_proposals(connection, grouping.proposals, by)
    joined = sum(event_id in known for event_id in home.values())
    return Attached(len(set(home.values()) - known), joined, len(grouping.proposals))


def _alone(fresh: Mapping[str, Any]) -> Merging:
    return Merging([[name] for name in fresh], (), ())


def _inherit(lost: Sequence[Row[Any]], fresh: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Events that reports of a corrected article take over from its former version: by id, else by likeness."""
    home = {row.report_id: row.in_event for row in lost if row.report_id in fresh}
    old = [
        {"event_id": row.report_id, **{name: row._mapping[name] for name in PLAIN}}
        for row in lost
        if row.report_id not in home
    ]
    articles = {row["article_id"] for row in old} or set()
    new = [row for name, row in fresh.items() if name not in home and articles]
    if not old or not new:
        return home
    columns = make_columns(table_of([*old, *new]))
    left = [i for i in range(len(old)) for _ in new]
    right = [len(old) + j for _ in old for j in range(len(new))]
    found = compare(columns, Pairs(positions(left), positions(right)), within_article=True)
    event_of = {row.report_id: row.in_event for row in lost}
    ranked = sorted(zip(found.total, left, right, found.is_barred, strict=True), key=lambda one: -one[0])
    taken: set[int] = set()
    for total, one, other, is_barred in ranked:
        if is_barred or total < load_rules().propose_from or {one, other} & taken:
            continue
        taken |= {one, other}
        home[columns.ids[other]] = event_of[columns.ids[one]]
    return home


def positions(numbers: Sequence[int]) -> Numbers:
    """Make an array of positions."""
    return np.asarray(numbers, dtype=np.int64)


def _find_partners(
    connection: Connection, arrival: Arrival, fresh: Mapping[str, dict[str, Any]], home: Mapping[str, str]
) -> Merging:
    """Group the new reports among themselves and with stored ones around their days."""
    if not fresh:
        return _alone(fresh)
    condition = _around(list(fresh.values()))
    stored = [] if condition is None else plain_rows(read_reports(connection, condition))
    rows = {row["event_id"]: row for row in stored} | dict(fresh)
    event_of = _homes(connection, [row["event_id"] for row in stored]) | dict(home)
    settled: dict[str, list[str]] = {}
    for name, event_id in event_of.items():
        settled.setdefault(event_id, []).append(name)
    return find_groups(
        table_of(list(rows.values())),
        texts=arrival.texts,
        together=list(settled.values()),
        apart=read_apart(connection),
        wanted=list(fresh),
    )


def _around(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Condition that finds stored reports near in time; None where no new report has any day."""
    spans = sorted(span for row in rows if (span := _span(row)) is not None)
    if not spans:
        return None
    united: list[tuple[date, date]] = []
    for first, last in spans:
        if united and (first <= united[-1][1] or len(united) >= _MOST_SPANS):
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return or_(*(_within(first.isoformat(), last.isoformat(), _late(last)) for first, last in united))


def _late(last: date) -> str:
    return (last + _LATE).isoformat()


def _within(first: str, last: str, late: str) -> Any:
    dated = and_(reports.c.date_start <= last, reports.c.date_end >= first)
    undated = and_(reports.c.date_start.is_(None), reports.c.published_at >= first, reports.c.published_at <= late)
    return or_(dated, undated)


def _span(row: Mapping[str, Any]) -> tuple[date, date] | None:
    if row["date_start"] is not None:
        return date.fromisoformat(row["date_start"]) - _AROUND, date.fromisoformat(row["date_end"]) + _AROUND
    if row["published_at"] is not None:
        published = date.fromisoformat(row["published_at"])
        return published - _LATE, published + _AROUND
    return None


def _homes(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    homes: dict[str, str] = {}
    for start in range(0, len(names), _MOST_ASKED):
        part = reports.c.report_id.in_(names[start : start + _MOST_ASKED])
        query = select(reports.c.report_id, reports.c.in_event).where(part, reports.c.is_current.is_(True))
        homes |= {row.report_id: row.in_event for row in connection.execute(query)}
    return homes


def _choose_homes(
    connection: Connection, grouping: Merging, fresh: Mapping[str, Any], home: Mapping[str, str]
) -> dict[str, str]:
    """Event of every new report: that of its stored partners, else a new one named after the first published."""
    stored = [name for group in grouping.groups for name in group if name not in fresh]
    event_of = _homes(connection, stored) | dict(home)
    used = _existing(connection, fresh)
    chosen: dict[str, str] = {}
    for group in grouping.groups:
        newcomers = [name for name in group if name in fresh]
        owners = sorted({event_of[name] for name in group if name in event_of})
        if not newcomers:
            continue
        first = min(newcomers, key=lambda name: (fresh[name]["published_at"] or "9999", name))
        owner = owners[0] if owners else _free_name(connection, first) if first in used else first
        chosen |= {name: home.get(name, owner) for name in newcomers}
    return chosen


def _free_name(connection: Connection, name: str) -> str:
    """Name an event after a report whose id an older event has already."""
    free, number = name, 1
    while _existing(connection, {free}):
        number += 1
        free = f"{name}-{number}"
    return free


def _existing(connection: Connection, names: Iterable[str]) -> set[str]:
    wanted = sorted(names)
    found: set[str] = set()
    for start in range(0, len(wanted), _MOST_ASKED):
        query = select(events.c.event_id).where(events.c.event_id.in_(wanted[start : start + _MOST_ASKED]))
        found |= set(connection.execute(query).scalars())
    return found


def _first_rows(fresh: Mapping[str, dict[str, Any]], home: Mapping[str, str], known: set[str]) -> list[dict[str, Any]]:
    """Rows of the new events, made of their reports."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for name, row in fresh.items():
        if home[name] not in known:
            groups.setdefault(home[name], []).append(row)
    return [{**combine(rows), "event_id": event_id} for event_id, rows in groups.items()]


def refresh_events(
    connection: Connection,
    event_ids: Sequence[str],
    by: Person,
    *,
    new: Iterable[str] = (),
    action: str = "update",
    why: str | None = None,
) -> None:
    """Work out events anew from their current reports; what people set by hand stays."""
    untouched = set(new)
    for event_id in event_ids:
        if event_id not in untouched:
            refresh_event(connection, find_event(connection, event_id), by, action=action, why=why)


def refresh_event(
    connection: Connection, event: StoredEvent, by: Person, *, action: str = "update", why: str | None = None
) -> StoredEvent:
    """Work out one event anew; without reports it is superseded, unless a person has worked on it."""
    rows = plain_rows(read_reports(connection, reports.c.in_event == event.event_id))
    if rows:
        values = _overlay(event, combine(rows))
        return (
            event
            if values == dict(event.values) and event.state == LIVE
            else change_event(connection, event, values, person=by, action=action, why=why, state=LIVE)
        )
    if event.edits or event.values["review_status"] in PINNED:
        trail.append(
            connection, by, "orphan", event.event_id, version=event.version, why="its article tells of it no more"
        )
        return event
    return change_event(connection, event, event.values, person=by, action=action, why=why, state=SUPERSEDED)


def _overlay(event: StoredEvent, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the reports, with what a person has set or seen and approved kept."""
    fresh = {name: values[name] for name in PLAIN}
    if event.values["review_status"] in PINNED:
        return {**event.values, **{name: fresh[name] for name in _COUNTED}}
    return {**fresh, **event.edits, "review_status": event.values["review_status"]}


def members_of(values: Mapping[str, Any]) -> list[str]:
    """Report ids of an event."""
    members: list[str] = orjson.loads(values["members"])
    return members
