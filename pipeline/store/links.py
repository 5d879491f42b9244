"""Pairs of reports that were decided on: together, apart, or proposed to a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, or_, select

from pipeline.merge import Proposal
from pipeline.store import audit as trail
from pipeline.store.permissions import Person
from pipeline.store.schema import links

PROPOSED, TOGETHER, APART = "proposed", "together", "apart"


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of reports, what was decided, by whom, and what speaks for and against."""

    left: str
    right: str
    decision: str
    score: float | None
    reasons: Sequence[dict[str, Any]]
    decided_by: str
    decided_at: str


def read_links(
    connection: Connection, decision: str | None = None, report_ids: Sequence[str] | None = None
) -> list[Link]:
    """Read pairs, of one decision or among certain reports."""
    query = select(links).order_by(links.c.score.desc(), links.c.left_report, links.c.right_report)
    if decision is not None:
        query = query.where(links.c.decision == decision)
    if report_ids is not None:
        names = list(report_ids)
        query = query.where(or_(links.c.left_report.in_(names), links.c.right_report.in_(names)))
    return [
        Link(
            row.left_report,
            row.right_report,
            row.decision,
            row.score,
            orjson.loads(row.evidence),
            row.decided_by,
            row.decided_at,
        )
        for row in connection.execute(query)
    ]


def read_apart(connection: Connection) -> list[tuple[str, str]]:
    """Pairs that a person has put apart."""
    return [(link.left, link.right) for link in read_links(connection, APART)]


def save_proposals(connection: Connection, proposals: Iterable[Proposal], by: Person) -> None:
    """Keep merges that are left to a person; what was decided before stays decided."""
    for one in proposals:
        left, right = sorted((one.left, one.right))
        if _decision(connection, left, right) is None:
            reasons = [reason.to_json() for reason in one.reasons]
            _insert(connection, (left, right), PROPOSED, by, one.score, reasons)


def decide(connection: Connection, pairs: Iterable[tuple[str, str]], decision: str, by: Person) -> None:
    """Write down what a person decided on pairs; the evidence of a proposal is kept."""
    for one, other in pairs:
        left, right = sorted((one, other))
        known = select(links.c.score, links.c.evidence).where(
            links.c.left_report == left, links.c.right_report == right
        )
        row = connection.execute(known).one_or_none()
        forget(connection, [(left, right)])
        reasons = orjson.loads(row.evidence) if row else []
        _insert(connection, (left, right), decision, by, row.score if row else None, reasons)


def forget(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Take back what was decided on pairs."""
    for one, other in pairs:
        left, right = sorted((one, other))
        connection.execute(delete(links).where(links.c.left_report == left, links.c.right_report == right))


def _decision(connection: Connection, left: str, right: str) -> str | None:
    query = select(links.c.decision).where(links.c.left_report == left, links.c.right_report == right)
    return connection.execute(query).scalar()


def _insert(
    connection: Connection,
    pair: tuple[str, str],
    decision: str,
    by: Person,
    score: float | None,
    reasons: Sequence[dict[str, Any]],
) -> None:
    row = {
        "left_report": pair[0],
        "right_report": pair[1],
        "decision": decision,
        "score": score,
        "evidence": orjson.dumps(list(reasons)).decode(),
        "decided_by": by.subject,
        "decided_at": trail.now(),
    }
    connection.execute(insert(links).values(**row))
