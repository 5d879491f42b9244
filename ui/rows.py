"""The rows of an events table as Arrow batches, in memory or mapped from a file; whole rows are made when asked for.

A row here is one row of the table, in the same order, with ``event_id``, every column of ``EVENT_COLUMNS`` except
``geometry``, and ``lon`` and ``lat`` (degrees, null where the event is not placed).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.events import EVENT_COLUMNS
from pipeline.promises import CRS

BATCH = 32_768  # rows of a batch: the strings of a column stay far below the 2 GB that a batch can hold
_LONG = ("candidates", "members", "evidence")
_TYPES = {"datetime64[ms]": pa.timestamp("ms"), "Int64": pa.int64(), "int64": pa.int64(), "float64": pa.float64()}

RowNumbers = NDArray[np.intp]


def _arrow_type(name: str, dtype: str) -> pa.DataType:
    if dtype == "str":
        return pa.large_string() if name in _LONG else pa.string()
    return _TYPES[dtype]


SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        *((name, _arrow_type(name, dtype)) for name, dtype in EVENT_COLUMNS.items() if name != "geometry"),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
    ]
)


class EventRows:
    """Rows that are read-only and shared.

    Parameters
    ----------
    batches
        Record batches of ``SCHEMA``, one after another.
    release
        Called after rows were read: gives back memory that only mirrors a file.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], release: Callable[[], None] = lambda: None) -> None:
        self.batches = tuple(batch for batch in batches if len(batch))
        self.release = release
        self._starts = np.cumsum([0, *(len(batch) for batch in self.batches)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def take(self, rows: Sequence[int] | RowNumbers, names: Sequence[str] | None = None) -> pa.Table:
        """Copy rows by number, in the order given; of some columns or all.

        Raises
        ------
        IndexError
            Where there is no such row.
        """
        wanted = np.asarray(rows, dtype=np.intp)
        if len(wanted) and not (wanted.min() >= 0 and wanted.max() < len(self)):
            raise IndexError(f"rows {wanted.min()} to {wanted.max()} were asked for, of {len(self)}")
        schema = SCHEMA if names is None else pa.schema([SCHEMA.field(name) for name in names])
        order = np.argsort(wanted, kind="stable")
        parts = pa.Table.from_batches(self.scan(wanted[order], names), schema).combine_chunks()
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return parts.take(pa.array(back))

    def scan(self, rows: RowNumbers, names: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Go through rows by ascending number, a batch at a time; each batch is a copy."""
        for number, (first, last) in enumerate(zip(self._starts[:-1], self._starts[1:], strict=True)):
            begin, end = np.searchsorted(rows, (first, last))
            if begin == end:
                continue
            batch = self.batches[number] if names is None else self.batches[number].select(list(names))
            taken = batch.take(pa.array(rows[begin:end] - first))
            self.release()
            yield taken


def join_rows(parts: Sequence[EventRows]) -> EventRows:
    """Make one of several, in their order; nothing is copied."""

    def release() -> None:
        for part in parts:
            part.release()

    return EventRows([batch for part in parts for batch in part.batches], release)


def pack_rows(events: gpd.GeoDataFrame) -> list[pa.RecordBatch]:
    """Write an events table (EPSG:4326) as batches of ``SCHEMA``; the table is not modified."""
    points = events.geometry
    columns = {"event_id": events.index.to_series(), "lon": points.x, "lat": points.y}
    arrays = [_pack(columns.get(field.name, events.get(field.name)), field.type) for field in SCHEMA]
    table = pa.Table.from_arrays(arrays, schema=SCHEMA)
    batches: list[pa.RecordBatch] = table.combine_chunks().to_batches(max_chunksize=BATCH)
    return batches


def _pack(column: "pd.Series", kind: pa.DataType) -> pa.Array:
    made = pa.array(column, from_pandas=True)
    made = made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made
    return made if made.type == kind else made.cast(kind)


def unpack_rows(table: pa.Table) -> gpd.GeoDataFrame:
    """Make an events table of rows with all columns, every dtype as promised."""
    frame = unpack_columns(table)
    lon, lat = frame.pop("lon"), frame.pop("lat")
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=CRS).where(lon.notna().to_numpy(), None)
    frame = frame.set_index("event_id")
    return gpd.GeoDataFrame(frame, geometry=points.set_axis(frame.index), crs=CRS)


def unpack_columns(table: pa.Table) -> pd.DataFrame:
    """Make a plain frame of some columns, numbered from 0, every dtype as promised."""
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    wanted = {name: dtype for name, dtype in EVENT_COLUMNS.items() if name in frame and str(frame[name].dtype) != dtype}
    return frame.astype(wanted)
