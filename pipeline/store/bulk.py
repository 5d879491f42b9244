"""Many rows into a table at once, inside the transaction that is open: tuples on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from pipeline.store.columns import POSTGRES, Point

_EWKB = b"\x01\x01\x00\x00\x20\xe6\x10\x00\x00"  # little-endian point with its SRID, 4326
_WKB_HEAD = 5  # bytes of a WKB point before its coordinates


def insert_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of cells in the order of ``names``; columns not named stay null.

    SQLAlchemy looks at every cell of every row, which for a table of fifty columns takes longer than writing it does.
    Values are what the tables hold: text, numbers, booleans, None, ISO text for days and WKB for points.
    """
    if connection.dialect.name == POSTGRES:
        _copy(connection, table, names, rows)
        return
    marks = ", ".join("?" * len(names))
    raw = connection.connection.driver_connection
    if raw is not None:  # faults of sqlite3 are explained by the transaction around
        raw.executemany(f"INSERT INTO {table.name} ({_listed(names)}) VALUES ({marks})", rows)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    statement = f"COPY {table.name} ({_listed(names)}) FROM STDIN"
    points = [number for number, name in enumerate(names) if isinstance(table.c[name].type, Point)]
    raw = connection.connection.driver_connection
    if raw is None:
        return
    error_of_driver = connection.dialect.loaded_dbapi.Error
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(_with_points(row, points) if points else row)
    except error_of_driver as error:
        raise DBAPIError.instance(statement, None, error, error_of_driver, dialect=connection.dialect) from error


def _with_points(row: Sequence[Any], points: Sequence[int]) -> list[Any]:
    cells = list(row)
    for number in points:
        if cells[number] is not None:
            cells[number] = (_EWKB + cells[number][_WKB_HEAD:]).hex()
    return cells


def insert_mappings(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same keys."""
    if rows:
        names = list(rows[0])
        insert_rows(connection, table, names, map(itemgetter(*names), rows))
