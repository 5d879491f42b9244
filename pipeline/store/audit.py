"""The audit: who did what, when and why, in the same transaction as the change; append-only and hash-chained.

Each row's hash covers the row and the hash before it, so a row changed, added or taken out afterwards breaks the chain.
Triggers in the database refuse changes made through it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from pipeline.store.bulk import insert_mappings
from pipeline.store.engine import Store
from pipeline.store.permissions import Action, Person, require
from pipeline.store.schema import audit

_FIRST = "0" * 64
_HASHED = ("seq", "at", "who", "action", "subject", "version", "old", "new", "why", "previous_hash")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit; ``old`` and ``new`` hold what changed."""

    seq: int
    at: str
    who: str
    action: str
    subject: str | None
    version: int | None
    old: dict[str, Any]
    new: dict[str, Any]
    why: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """What checking the audit found; ``broken_at`` is the first row that does not fit."""

    rows: int
    broken_at: int | None
    head: str

    @property
    def is_ok(self) -> bool:
        """Whether every row fits."""
        return self.broken_at is None


def now() -> str:
    """Say this moment in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def append(
    connection: Connection,
    person: Person,
    action: str,
    subject: str | None = None,
    *,
    version: int | None = None,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    why: str | None = None,
) -> int:
    """Add a row inside the transaction of the change it tells of; answers its number."""
    what = Deed(action, subject, version, old, new, why)
    return append_all(connection, person, [what])


@dataclass(frozen=True, slots=True)
class Deed:
    """What a row of the audit tells, before it has a number."""

    action: str
    subject: str | None = None
    version: int | None = None
    old: dict[str, Any] | None = None
    new: dict[str, Any] | None = None
    why: str | None = None


def append_all(connection: Connection, person: Person, deeds: Sequence[Deed]) -> int:
    """Add rows in order, one transaction's worth; answers the number of the last."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).one_or_none()
    seq, previous, at, rows = (last.seq, last.hash, now(), []) if last else (0, _FIRST, now(), [])
    for deed in deeds:
        seq += 1
        row: dict[str, Any] = {
            "seq": seq,
            "at": at,
            "who": person.subject,
            "action": deed.action,
            "subject": deed.subject,
            "version": deed.version,
            "old": _dump(deed.old),
            "new": _dump(deed.new),
            "why": deed.why,
            "previous_hash": previous,
        }
        previous = _hash(row)
        rows.append(row | {"hash": previous})
    insert_mappings(connection, audit, rows)
    return int(seq)


def _dump(values: dict[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()


def _hash(row: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps([row[name] for name in _HASHED])).hexdigest()


def verify_audit(store: Store) -> Chain:
    """Walk the whole chain and say whether every row fits."""
    previous, rows = _FIRST, 0
    with store.reading() as connection:
        for found in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
            rows += 1
            row = dict(found)
            if row["seq"] != rows or row["previous_hash"] != previous or row["hash"] != _hash(row):
                return Chain(rows, int(row["seq"]), previous)
            previous = row["hash"]
    return Chain(rows, None, previous)


def read_head(store: Store, person: Person) -> tuple[int, str]:
    """Read number and hash of the newest row: they differ after every change, so that what was loaded can be kept.

    Raises
    ------
    NotAllowedError
        Where the person may not read the store.
    """
    query = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    with store.reading() as connection:
        require(connection, person, Action.READ)
        last = connection.execute(query).one_or_none()
    return (int(last.seq), str(last.hash)) if last else (0, _FIRST)


def read_audit(store: Store, person: Person, subject: str | None = None, limit: int = 200) -> list[Entry]:
    """Newest rows of the audit first, of one event or of all.

    Raises
    ------
    NotAllowedError
        Where the person may not read it.
    """
    with store.reading() as connection:
        require(connection, person, Action.READ_AUDIT)
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        if subject is not None:
            query = query.where(audit.c.subject == subject)
        return [to_entry(row) for row in connection.execute(query)]


def to_entry(row: Row[Any]) -> Entry:
    """Make an entry of a row of the table."""
    old, new = (orjson.loads(text) if text else {} for text in (row.old, row.new))
    return Entry(row.seq, row.at, row.who, row.action, row.subject, row.version, old, new, row.why)
