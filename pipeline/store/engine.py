"""Open the store: one plain SQLite file, or PostgreSQL with PostGIS by URL, through the same code.

Every write runs in one transaction that waits for its turn first (``BEGIN IMMEDIATE``; an advisory lock on PostgreSQL),
so that no reader sees half of it and a killed process leaves nothing behind.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.store.backup import back_up_before
from pipeline.store.columns import POSTGRES
from pipeline.store.errors import StoreDamagedError, StoreError, StoreMissingError, StoreUnavailableError
from pipeline.store.faults import damage_text, explained
from pipeline.store.guard import APPLICATION_ID, is_sqlite_file
from pipeline.store.migrate import newest_version, read_version, require_known, upgrade

VARIABLE, HOME = "RASID_STORE", "RASID_HOME"
FILE_NAME = "store.rasid"
_WRITES = "rasid_writes"
_PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"),
    "cache_size=-65536",  # 64 MiB: with less, a large batch writes its pages again and again
    "wal_autocheckpoint=8000",
)
_TURN = 0x52415349  # key of the advisory lock that writers on PostgreSQL take


@dataclass(frozen=True)
class Store:
    """An open store; share one among the threads of a process."""

    engine: Engine
    where: str
    path: Path | None

    @property
    def is_postgres(self) -> bool:
        """Whether the store is on a server."""
        return self.engine.dialect.name == POSTGRES

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or nothing.

        Raises
        ------
        StoreError
            Where the database fails; nothing was changed then.
        """
        with explained(self.where, self.path), self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                if self.is_postgres:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the store."""
        with explained(self.where, self.path), self.engine.connect() as connection, connection.begin():
            if self.is_postgres:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield connection

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def default_location() -> str:
    """Where the store is when nobody says: RASID_STORE, RASID_HOME/store.rasid, or the user's data folder."""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    home = os.environ.get(HOME) or platformdirs.user_data_dir("rasid")
    return str(Path(home) / FILE_NAME)


def is_url(where: str) -> bool:
    """Whether a location names a server and not a file."""
    return "://" in where


def open_store(where: str | Path | None = None, *, create: bool = True, timeout: float = 30.0) -> Store:
    """Open the store, make it where there is none, and bring an older one forward (after a backup).

    Parameters
    ----------
    where
        Path of a file or ``postgresql://user@host/name``; ``default_location()`` where None.
    create
        Whether to make a store where there is none.
    timeout
        Seconds a write waits for other processes.

    Raises
    ------
    StoreMissingError, StoreDamagedError, StoreNewerError, StoreReadOnlyError, StoreUnavailableError
        Where it cannot be opened; the file is as it was.
    """
    store = connect_store(where, create=create, timeout=timeout)
    try:
        _bring_forward(store)
    except BaseException:
        store.close()
        raise
    return store


def connect_store(where: str | Path | None = None, *, create: bool = True, timeout: float = 30.0) -> Store:
    """Connect to a store as it is, whatever its version; see ``open_store``."""
    said = str(where or default_location())
    return _connect_server(said) if is_url(said) else _connect_file(Path(said).expanduser(), create, timeout)


def _connect_server(said: str) -> Store:
    try:
        url = make_url(said)
    except ArgumentError as error:
        raise StoreError(f"{said!r} is no store: give a path, or postgresql://USER@HOST/NAME") from error
    if url.get_backend_name() != POSTGRES:
        raise StoreError(f"{_hide(url)} is no store: only postgresql:// servers and plain files are")
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreUnavailableError(
            f"{_hide(url)} needs psycopg; install it with: pip install 'rasid[postgres]'"
        ) from error
    return Store(engine, _hide(url), None)


def _hide(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _connect_file(path: Path, create: bool, timeout: float) -> Store:
    path = path.absolute()
    if not path.exists():
        if not create:
            raise StoreMissingError(f"There is no store at {path}; name another with --store or {VARIABLE}")
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or not path.stat().st_size:
        _sign(path)
    elif not is_sqlite_file(path):
        raise StoreDamagedError(damage_text(f"The store {path}", "it does not begin as one"))
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": timeout})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Store(engine, f"The store {path}", path)


def _sign(path: Path) -> None:
    """Write into the header of a new file whose it is, before there is a log that the header would wait in."""
    with explained(f"The store {path}", path), closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _prepare(raw: Any, _: Any) -> None:
    raw.isolation_level = None  # the driver must not begin or commit on its own
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_forward(store: Store) -> None:
    """Run missing migrations; the version is read again inside the transaction, as another process may be first."""
    with store.reading() as connection:
        version = read_version(connection)
        _require_ours(connection, store, version)
    require_known(version, store.where)
    if version == newest_version():
        return
    if version is not None:
        back_up_before(store.path, version)
    with store.writing() as connection:
        now = read_version(connection)
        require_known(now, store.where)
        if now != newest_version():
            upgrade(connection)
        if not store.is_postgres:
            connection.exec_driver_sql(f"PRAGMA user_version = {int(newest_version())}")


def _require_ours(connection: Connection, store: Store, version: str | None) -> None:
    if store.is_postgres or version is not None:
        return
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    if tables:
        raise StoreError(f"{store.where} is a database of something else; name another file with --store")
