"""What the online geocoders share on disk, across processes: answers for good, the pace, blocks, open questions.

One SQLite file. A slot for a request is reserved inside a write transaction, so that all processes together keep to one
request in ``pace`` seconds a service.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CREATE = """
CREATE TABLE IF NOT EXISTS answer (service TEXT, question TEXT, outcome TEXT, body TEXT, at REAL,
    PRIMARY KEY (service, question));
CREATE TABLE IF NOT EXISTS pending (service TEXT, question TEXT, outcome TEXT, tries INTEGER, at REAL,
    PRIMARY KEY (service, question));
CREATE TABLE IF NOT EXISTS pace (service TEXT PRIMARY KEY, next_at REAL);
CREATE TABLE IF NOT EXISTS blocked (service TEXT PRIMARY KEY, until REAL, reason TEXT);
"""
_LOCK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that got no answer yet and may be asked again."""

    service: str
    question: str
    outcome: str
    tries: int


class OnlineStore:
    """The shared file; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_CREATE)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()

    def answer(self, service: str, question: str) -> tuple[str, str] | None:
        """Outcome and body kept for a question, or None."""
        with self._open() as connection:
            query = "SELECT outcome, body FROM answer WHERE service = ? AND question = ?"
            row = connection.execute(query, (service, question)).fetchone()
        return (row[0], row[1]) if row else None

    def keep(self, service: str, question: str, outcome: str, body: str) -> None:
        """Keep an answer for good; the question is no longer open."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            values = (service, question, outcome, body, time.time())
            connection.execute("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?)", values)
            connection.execute("DELETE FROM pending WHERE service = ? AND question = ?", (service, question))
            connection.execute("COMMIT")

    def postpone(self, service: str, question: str, outcome: str) -> None:
        """Note a question that got no answer."""
        with self._open() as connection:
            connection.execute(
                """INSERT INTO pending VALUES (?,?,?,1,?) ON CONFLICT DO UPDATE
                   SET outcome = excluded.outcome, tries = tries + 1, at = excluded.at""",
                (service, question, outcome, time.time()),
            )

    def pending(self) -> list[Pending]:
        """Questions that got no answer yet, oldest first."""
        with self._open() as connection:
            rows = connection.execute("SELECT service, question, outcome, tries FROM pending ORDER BY at").fetchall()
        return [Pending(*row) for row in rows]

    def reserve(self, service: str, pace: float, patience: float) -> float | None:
        """Reserve the next slot of a service.

        Returns
        -------
        float or None
            Seconds to wait until the slot; None where that would be more than ``patience`` (nothing is reserved then).
        """
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT next_at FROM pace WHERE service = ?", (service,)).fetchone()
            now = time.time()
            slot = max(now, row[0] if row else now)
            fits = slot - now <= patience
            if fits:
                connection.execute("INSERT OR REPLACE INTO pace VALUES (?,?)", (service, slot + pace))
            connection.execute("COMMIT")
        return slot - now if fits else None

    def hold_back(self, service: str, seconds: float) -> None:
        """Let no request out for so long: the service asked for it."""
        with self._open() as connection:
            connection.execute(
                """INSERT INTO pace VALUES (?,?) ON CONFLICT DO UPDATE SET next_at = max(next_at, excluded.next_at)""",
                (service, time.time() + seconds),
            )

    def block(self, service: str, seconds: float, reason: str) -> None:
        """Stop asking a service that refuses us."""
        with self._open() as connection:
            values = (service, time.time() + seconds, reason)
            connection.execute("INSERT OR REPLACE INTO blocked VALUES (?,?,?)", values)

    def unblock(self, service: str) -> None:
        """Ask a service again."""
        with self._open() as connection:
            connection.execute("DELETE FROM blocked WHERE service = ?", (service,))

    def blocked(self, service: str) -> str | None:
        """Why a service is not asked at present, or None."""
        with self._open() as connection:
            query = "SELECT reason FROM blocked WHERE service = ? AND until > ?"
            row = connection.execute(query, (service, time.time())).fetchone()
        return row[0] if row else None
