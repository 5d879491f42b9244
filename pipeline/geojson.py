"""Events as GeoJSON (RFC 7946), piece by piece: for a million events as for one, without holding them as a whole.

What it says is what ``pipeline.export.to_geojson`` says, written out of Arrow batches a column at a time.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.events import EVENT_COLUMNS
from pipeline.provenance import Provenance, describe_provenance
from pipeline.say_codes import say_codes
from pipeline.say_columns import (
    Manner,
    Said,
    bytes_of,
    cut_batches,
    join_texts,
    say_days,
    say_numbers,
    say_texts,
)

Box = tuple[float, float, float, float]

_JSON_COLUMNS = ("candidates", "members", "evidence")


def _dump(value: Any) -> str:
    return orjson.dumps(value).decode()


JSON = Manner(_dump, '"', bytes([*range(32), 34, 92]), r'[\x00-\x1f"\\]')


def stream_geojson(
    batches: Iterable[pa.RecordBatch], provenance: Provenance, box: Box | None
) -> Iterator[bytes | memoryview]:
    """Say events as a FeatureCollection (UTF-8), piece by piece.

    Parameters
    ----------
    batches
        Events: ``event_id``, every column of ``EVENT_COLUMNS`` but ``geometry``, ``lon`` and ``lat`` (degrees).
    box
        West, south, east, north of all of them; None where none is placed.
    """
    head: dict[str, Any] = {"type": "FeatureCollection", "metadata": describe_provenance(provenance)}
    if box is not None:
        head["bbox"] = list(box)
    yield orjson.dumps(head)[:-1] + b',"features":['
    begun = False
    for piece in cut_batches(batches):
        yield bytes_of(say_features(piece))[0 if begun else 1 :]
        begun = True
    yield b"]}"


def say_features(batch: pa.RecordBatch) -> pa.Array:
    """Write each event as a GeoJSON Feature with a comma in front."""
    name = say_texts(batch["event_id"], JSON)
    parts: list[Said] = [',{"type":"Feature","id":', name, ',"geometry":', _say_points(batch)]
    parts += [',"properties":{"event_id":', name]
    for column, dtype in EVENT_COLUMNS.items():
        if column != "geometry":
            parts += [f',"{column}":', _say_column(batch[column], column, dtype)]
    for code, said in say_codes(batch, _dump).items():
        parts += [f',"{code}":', said]
    return join_texts([*parts, "}}"], len(batch))


def _say_column(column: pa.Array, name: str, dtype: str) -> Said:
    if name in _JSON_COLUMNS:
        return column
    if dtype.startswith("datetime"):
        return say_days(column, JSON)
    return say_texts(column, JSON) if dtype == "str" else say_numbers(column, "null")


def _say_points(batch: pa.RecordBatch) -> pa.Array:
    lon, lat = (say_numbers(batch[axis], "null") for axis in ("lon", "lat"))
    points = join_texts(['{"type":"Point","coordinates":[', lon, ",", lat, "]}"], len(batch))
    return pc.if_else(pc.is_valid(batch["lon"]), points, pa.scalar("null", pa.large_string()))
