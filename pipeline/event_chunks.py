"""A large events table from GeoParquet in pieces, so that it never stands in memory as a whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.events import conform_events, validate_events
from pipeline.export import read_events_file

CHUNK = 65_536  # rows


def count_rows(path: Path) -> int:
    """Say how many rows a Parquet file has; only its last bytes are read.

    Raises
    ------
    OSError, ValueError
        Where the file is missing or no Parquet file.
    """
    return int(pq.read_metadata(path).num_rows)


def read_events_chunks(path: Path, size: int = CHUNK) -> Iterator[gpd.GeoDataFrame]:
    """Read an events table from GeoParquet, ``size`` rows at a time, each piece with every dtype as promised.

    The promises are checked piece by piece; that ids differ between pieces is for the caller to check.

    Raises
    ------
    EventsError
        Where what was read is no events table.
    """
    with pq.ParquetFile(path) as file:
        crs = _plain_crs(file.schema_arrow)
        if crs is None:
            yield read_events_file(path)
            return
        for batch in file.iter_batches(size):
            frame = pa.Table.from_batches([batch]).to_pandas()
            points = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs)
            yield validate_events(conform_events(gpd.GeoDataFrame(frame, geometry=points)))


def _plain_crs(schema: pa.Schema) -> Any | None:
    """The coordinate system of a file whose one geometry column is well-known binary; None where it is otherwise."""
    said = orjson.loads((schema.metadata or {}).get(b"geo", b"{}")).get("columns", {})
    only = said.get("geometry")
    if only is None or len(said) != 1 or only.get("encoding") != "WKB":
        return None
    return only.get("crs", "OGC:CRS84")
