"""Copies of a store that are whole whatever is being written: SQLite's backup, PostgreSQL's pg_dump."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline.files import write_aside
from pipeline.store.errors import StoreDamagedError, StoreError
from pipeline.store.faults import damage_text, explained
from pipeline.store.guard import is_sqlite_file

_PAGES = 1000  # copied at once, so that writers get their turn in between


def back_up_file(source: Path, target: Path) -> None:
    """Copy an SQLite store while others use it; the copy is written aside and renamed.

    Raises
    ------
    StoreError
        Where it cannot be read or the copy not written.
    """
    _require_folder(target)
    with explained(f"The store {source}", source), write_aside(target) as draft:
        with closing(_open_read_only(source)) as live, closing(sqlite3.connect(draft)) as copy:
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
        check_file(draft)


def _open_read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def _require_folder(target: Path) -> None:
    if not target.absolute().parent.is_dir():
        raise StoreError(f"{target} cannot be written: there is no folder {target.absolute().parent}")


def check_file(path: Path) -> None:
    """Check that a file is a whole SQLite database.

    Raises
    ------
    StoreDamagedError
        Where it is not.
    """
    if not is_sqlite_file(path):
        raise StoreDamagedError(damage_text(str(path), "it does not begin as one"))
    with explained(str(path), path), closing(_open_read_only(path)) as database:
        answer = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise StoreDamagedError(damage_text(str(path), str(answer)))


def back_up_before(path: Path | None, version: str) -> Path | None:
    """Back up a file beside itself before it is brought forward from ``version``; a server's is its keeper's affair."""
    if path is None:
        return None
    target = path.with_name(f"{path.name}.before-{newest_stamp()}-from-{version}")
    back_up_file(path, target)
    return target


def newest_stamp() -> str:
    """Say this moment (UTC) for a file name."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def restore_file(backup: Path, target: Path) -> Path | None:
    """Put a backup in the place of an SQLite store; what was there is kept beside it.

    A whole store is overwritten through SQLite itself, in one transaction, so that processes that have it open see the
    backup and not half of it. A damaged one is moved aside.

    Returns
    -------
    Path or None
        Where the former store was kept; None where there was none.
    """
    check_file(backup)
    if not target.exists():
        _require_folder(target)
        with write_aside(target) as draft:
            shutil.copyfile(backup, draft)
        return None
    kept = target.with_name(f"{target.name}.before-{newest_stamp()}-restore")
    try:
        back_up_file(target, kept)
    except StoreDamagedError:
        return _replace_damaged(backup, target, kept)
    with (
        explained(f"The store {target}", target),
        closing(_open_read_only(backup)) as source,
        closing(sqlite3.connect(target, timeout=30)) as live,
    ):
        source.backup(live, pages=-1)
        live.execute("PRAGMA journal_mode=WAL")
    return kept


def _replace_damaged(backup: Path, target: Path, kept: Path) -> Path:
    for suffix in ("-wal", "-shm", ""):
        if Path(f"{target}{suffix}").exists():
            Path(f"{target}{suffix}").replace(f"{kept}{suffix}")
    with write_aside(target) as draft:
        shutil.copyfile(backup, draft)
    return kept


def back_up_server(url: str, target: Path) -> None:
    """Dump a PostgreSQL store with pg_dump, written aside and renamed.

    Raises
    ------
    StoreError
        Where pg_dump is not installed or fails.
    """
    _require_folder(target)
    with write_aside(target) as draft:
        _run_tool(["pg_dump", "--format=custom", "--file", str(draft), "--dbname", url])


def restore_server(url: str, backup: Path) -> None:
    """Put a dump in the place of a PostgreSQL store, in one transaction."""
    _run_tool(
        ["pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", "--dbname", url, str(backup)]
    )


def _run_tool(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise StoreError(f"{command[0]} is not installed; on Debian: apt-get install postgresql-client")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StoreError(f"{command[0]} failed: {done.stderr.strip()[:500]}")
