"""Column types that are the same to Python on SQLite and on PostgreSQL with PostGIS."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

POSTGRES = "postgresql"


class Day(TypeDecorator[str]):
    """A day as ISO text in Python; text on SQLite, ``date`` on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type of the database."""
        return dialect.type_descriptor(Date() if dialect.name == POSTGRES else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Hand ISO text over as it is; PostgreSQL gets a date."""
        return date.fromisoformat(value) if value is not None and dialect.name == POSTGRES else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Read a day as ISO text."""
        return None if value is None else str(value)


class Point(UserDefinedType[bytes]):
    """A point (lon, lat) in EPSG:4326 as WKB in Python; a blob on SQLite, ``geometry`` on PostGIS."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Name the type as PostGIS does."""
        return "geometry(Point, 4326)"

    def bind_expression(self, bindvalue: Any) -> Any:
        """Read WKB where the database has points of its own."""
        return _FromWkb(bindvalue)

    def column_expression(self, colexpr: Any) -> Any:
        """Say WKB where the database has points of its own."""
        return _ToWkb(colexpr)


class _FromWkb(GenericFunction[bytes]):
    type = Point()
    inherit_cache = True
    name = "rasid_from_wkb"


class _ToWkb(GenericFunction[bytes]):
    type = Point()
    inherit_cache = True
    name = "rasid_to_wkb"


@compiles(Point, "sqlite")
def _blob(*_: Any, **__: Any) -> str:
    return "BLOB"


@compiles(_FromWkb, "sqlite")
@compiles(_ToWkb, "sqlite")
def _as_it_is(element: Any, compiler: Any, **keywords: Any) -> str:
    return str(compiler.process(element.clauses, **keywords))


@compiles(_FromWkb, POSTGRES)
def _read_wkb(element: Any, compiler: Any, **keywords: Any) -> str:
    return f"ST_GeomFromWKB({compiler.process(element.clauses, **keywords)}, 4326)"


@compiles(_ToWkb, POSTGRES)
def _say_wkb(element: Any, compiler: Any, **keywords: Any) -> str:
    return f"ST_AsBinary({compiler.process(element.clauses, **keywords)})"
