"""What a row of the store keeps beside its plain values: the point as WKB and a fingerprint."""

import hashlib
import struct
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import orjson

from pipeline.plain import PLAIN

STORED = (*PLAIN, "geometry", "row_hash")
_cells = itemgetter(*PLAIN)
_LON, _LAT = PLAIN.index("lon"), PLAIN.index("lat")
_POINT = struct.Struct("<BIdd")  # WKB: little-endian, a point, lon, lat


def stored_cells(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    """Cells of ``STORED`` for a plain row."""
    cells = _cells(plain)
    lon, lat = cells[_LON], cells[_LAT]
    point = None if lon is None else _POINT.pack(1, 1, lon, lat)
    return (*cells, point, _hash(cells))


def stored_row(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a plain row what only the store keeps."""
    return dict(zip(STORED, stored_cells(plain), strict=True))


def hash_row(plain: Mapping[str, Any]) -> str:
    """Fingerprint of a plain row: a cell that changed behind the store's back no longer fits it."""
    return _hash(_cells(plain))


def _hash(cells: Sequence[Any]) -> str:
    return hashlib.sha256(orjson.dumps(cells)).hexdigest()[:32]
