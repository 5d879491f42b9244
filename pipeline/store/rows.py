"""What a row of the store keeps beside its plain values: the point as WKB and a fingerprint."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
import shapely

from pipeline.plain import PLAIN


def stored_row(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a plain row what only the store keeps."""
    lon, lat = plain["lon"], plain["lat"]
    values = {name: plain[name] for name in PLAIN}
    point = None if lon is None else shapely.to_wkb(shapely.Point(lon, lat))
    return {**values, "geometry": point, "row_hash": hash_row(values)}


def hash_row(plain: Mapping[str, Any]) -> str:
    """Fingerprint of a plain row: a cell that changed behind the store's back no longer fits it."""
    return hashlib.sha256(orjson.dumps([plain[name] for name in PLAIN])).hexdigest()[:32]
