"""What changed since a moment: so that who holds a copy of the store reads that again, and not everything."""

from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, select

from pipeline.store.engine import Store
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import audit, reports

Head = tuple[int, str]
_MOST = 5_000  # rows of the audit; where more was done, all is to be read again
_MOST_ASKED = 10_000  # values in one query


@dataclass(frozen=True, slots=True)
class Changes:
    """The newest row of the audit (number, hash), and the events that were made or changed since the one asked for."""

    head: Head
    event_ids: frozenset[str]


def read_changes(store: Store, since: Head, by: Person = LOCAL) -> Changes | None:
    """Name the events that were made or changed after a row of the audit.

    Parameters
    ----------
    since
        What ``read_head`` answered when the copy was made.

    Returns
    -------
    Changes or None
        None where all must be read again: too much was done since, or the store is another, as after a restore.

    Raises
    ------
    NotAllowedError
        Where the person may not read the store.
    """
    with store.reading() as connection:
        require(connection, by, Action.READ)
        query = select(audit.c.seq, audit.c.hash, audit.c.action, audit.c.subject, audit.c.version, audit.c.new)
        query = query.where(audit.c.seq >= since[0]).order_by(audit.c.seq).limit(_MOST + 2)
        rows = connection.execute(query).all()
        if not rows or (rows[0].seq, rows[0].hash) != since or len(rows) > _MOST + 1:
            return None
        changed = {row.subject for row in rows[1:] if row.version is not None}
        told = [row for row in rows[1:] if row.action in ("add_article", "correct_article")]
        made = {report for row in told for report in orjson.loads(row.new)["reports"]}
        changed |= _homes(connection, sorted(made))
    return Changes((rows[-1].seq, rows[-1].hash), frozenset(changed)) if len(changed) <= _MOST_ASKED else None


def _homes(connection: Connection, names: list[str]) -> set[str]:
    homes: set[str] = set()
    for first in range(0, len(names), _MOST_ASKED):
        part = reports.c.report_id.in_(names[first : first + _MOST_ASKED])
        homes |= set(connection.execute(select(reports.c.in_event).where(part)).scalars())
    return homes
