"""Many rows of the store as an events table, column by column: a million rows are never a million Python objects."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from sqlalchemy import Column, Connection, select

from pipeline.errors import EventsError
from pipeline.events import EVENT_COLUMNS, empty_events, validate_events
from pipeline.plain import PLAIN
from pipeline.promises import CRS

_ROWS = 2_000  # taken from the database at once
_MEANT: Mapping[str, pa.DataType] = {
    "str": pa.large_string(),
    "datetime64[ms]": pa.timestamp("ms"),
    "Int64": pa.int64(),
    "int64": pa.int64(),
    "float64": pa.float64(),
}
_TYPES = {"event_id": "str", **{name: EVENT_COLUMNS.get(name, "float64") for name in PLAIN}}


def read_table(connection: Connection, key: Column[Any], condition: Any = None) -> gpd.GeoDataFrame:
    """Read the rows of a table that fulfil a condition as an events table (EPSG:4326) by the order of their ids.

    Parameters
    ----------
    key
        The column of ids; its table has the columns of ``PLAIN``.

    Raises
    ------
    EventsError
        Where a cell does not fit its column or the table does not keep its promises.
    """
    table = key.table
    query = select(key, *(table.c[name] for name in PLAIN))
    if condition is not None:
        query = query.where(condition)
    # The rows of the driver as they are: what SQLAlchemy makes of each costs more than reading it.
    cursor = connection.execute(query).cursor
    chunks: list[list[pa.Array]] = []
    while rows := cursor.fetchmany(_ROWS):
        chunks.append([_to_arrow(name, cells) for name, cells in zip(_TYPES, zip(*rows, strict=True), strict=True)])
    if not chunks:
        return empty_events()
    return _to_table({name: _joined(parts) for name, parts in zip(_TYPES, zip(*chunks, strict=True), strict=True)})


def _to_arrow(name: str, cells: Sequence[Any]) -> pa.Array:
    meant = _MEANT[_TYPES[name]]
    try:
        if pa.types.is_timestamp(meant):  # ISO text or a date, as the database has it
            return pa.array(cells).cast(meant)
        return pa.array(cells, type=meant)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise EventsError(f"Column {name} holds a value that is no {_TYPES[name]}: {error}") from error


def _joined(parts: Sequence[pa.Array]) -> pa.Array:
    return pa.concat_arrays(parts)


def _to_table(columns: dict[str, pa.Array]) -> gpd.GeoDataFrame:
    order = pc.sort_indices(columns["event_id"])
    taken = {name: _TO_PANDAS[_TYPES[name]](column.take(order)) for name, column in columns.items()}
    index = pd.Index(taken.pop("event_id"), name="event_id")
    lon, lat = taken.pop("lon"), taken.pop("lat")
    points = np.full(len(lon), None, dtype=object)
    known = ~np.isnan(lon)
    points[known] = shapely.points(lon[known], lat[known])
    frame = pd.DataFrame(taken, index=index, copy=False)
    return validate_events(gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, index=index, crs=CRS)))


def _words(column: pa.Array) -> Any:
    return pd.array(column, dtype="str")


def _whole(column: pa.Array) -> Any:
    values = column.fill_null(0).to_numpy(zero_copy_only=False)
    return pd.arrays.IntegerArray(values.copy(), column.is_null().to_numpy(zero_copy_only=False))


def _numbers(column: pa.Array) -> Any:
    return column.to_numpy(zero_copy_only=False).copy()


_TO_PANDAS: Mapping[str, Callable[[pa.Array], Any]] = {
    "str": _words,
    "datetime64[ms]": _numbers,
    "Int64": _whole,
    "int64": _numbers,
    "float64": _numbers,
}
