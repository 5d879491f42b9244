"""What a database says when it fails, said for people."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from pipeline.store.errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreUnavailableError,
)

_PRIMARY = 0xFF  # the low byte of an SQLite error code is its kind
_LOCKS = Path("/proc/locks")


@contextmanager
def explained(where: str, path: Path | None) -> Iterator[None]:
    """Turn a fault of the database into a ``StoreError``.

    Parameters
    ----------
    where
        The store, as a message should name it.
    path
        Its file; None for a server.
    """
    try:
        yield
    except DBAPIError as error:
        raise _explain(error, where, path) from error
    except sqlite3.Error as error:
        raise _explain_sqlite(error, where, path) from error


def _explain(error: DBAPIError, where: str, path: Path | None) -> StoreError:
    if isinstance(error.orig, sqlite3.Error):
        return _explain_sqlite(error.orig, where, path)
    if getattr(error.orig, "sqlstate", None) in ("53100", "53200"):
        return StoreFullError(f"{where} has no room left; nothing was changed. Free some space and try again")
    if isinstance(error, OperationalError | InternalError):
        return StoreUnavailableError(
            f"{where} cannot be reached: {_first_line(error.orig)}. Nothing was changed; try again"
        )
    return StoreError(f"{where}: {_first_line(error.orig)}")


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _explain_sqlite(error: sqlite3.Error, where: str, path: Path | None) -> StoreError:
    kind = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLockedError(f"{where} is locked by {_locker(path)}; nothing was changed. Try again when it is done")
    if kind == sqlite3.SQLITE_FULL or (kind == sqlite3.SQLITE_IOERR and _is_full(path)):
        return StoreFullError(f"{where}: the disk is full; nothing was changed. Free some space and try again")
    if kind == sqlite3.SQLITE_READONLY:
        return StoreReadOnlyError(
            f"{where} may not be written; nothing was changed. Check who owns the file and its folder"
        )
    if kind == sqlite3.SQLITE_CANTOPEN:
        return StoreMissingError(f"{where} cannot be opened: there is no such file, or its folder may not be written")
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamagedError(damage_text(where, str(error)))
    return StoreError(f"{where}: {error}")


def damage_text(where: str, reason: str) -> str:
    """Say that a store is damaged and what to do."""
    return (
        f"{where} is not a whole store ({reason}). Nothing was written to it. Look at it with 'rasid store check' and "
        "bring back the last backup with 'rasid store restore BACKUP'"
    )


def _is_full(path: Path | None) -> bool:
    if path is None or not path.parent.is_dir():
        return False
    state = os.statvfs(path.parent)
    return state.f_bavail * state.f_frsize < 1 << 20


def _locker(path: Path | None) -> str:
    """Name the process that holds the write lock, where the system tells."""
    if path is None or not _LOCKS.exists():
        return "another process"
    inodes = {_inode(Path(f"{path}{suffix}")) for suffix in ("", "-shm")} - {None}
    for line in _LOCKS.read_text().splitlines():
        fields = line.replace("->", "").split()
        if len(fields) > 5 and fields[3] == "WRITE" and int(fields[5].rpartition(":")[2]) in inodes:
            return f"process {fields[4]}"
    return "another process"


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
