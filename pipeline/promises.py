"""The promises of the events table, one check each; every check answers with the faults it found."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd

from pipeline.codes import event_types

CRS = "EPSG:4326"
TIME_STATUSES = ("actual", "historical", "future", "hypothetical", "denied")
PLACE_STATUSES = ("placed", "ambiguous", "unplaced")
PRECISIONS = ("site", "town", "near_town", "adm2", "adm1", "country", "water")
DATE_PRECISIONS = ("day", "range", "week", "month", "year")
ACTOR_BASES = ("claimed", "blamed", "stated", "suspected")
REVIEW_STATUSES = ("machine", "reviewed", "published", "rejected")
_PATTERNS = {"time": r"(?:[01]\d|2[0-3]):[0-5]\d|dawn|morning|noon|afternoon|evening|night", "country": r"[A-Z]{2}"}
_REQUIRED = ("event_type", "time_status", "place_status", "article_id", "language", "review_status")
_COUNTS = ("weapon_count", "killed_low", "killed", "killed_high", "wounded_low", "wounded", "wounded_high")


def find_faults(events: Any, columns: dict[str, str]) -> list[str]:
    """List what is wrong with a table; an empty list means that it keeps all promises.

    Parameters
    ----------
    events
        What should be an events table.
    columns
        Name and dtype of every column, in order.
    """
    if not isinstance(events, gpd.GeoDataFrame):
        return [f"it is a {type(events).__name__}, not a GeoDataFrame"]
    if faults := list(_shape_faults(events, columns)):
        return faults
    checks = (_key_faults, _word_faults, _date_faults, _count_faults, _place_faults, _point_faults, _json_faults)
    return [fault for check in checks for fault in check(events)]


def _shape_faults(events: gpd.GeoDataFrame, columns: dict[str, str]) -> Iterator[str]:
    present = list(events.columns)
    if missing := [name for name in columns if name not in present]:
        yield f"columns are missing: {', '.join(missing)}"
    if unknown := [str(name) for name in present if name not in columns]:
        yield f"columns are unknown: {', '.join(unknown)}"
    if not missing and not unknown and present != list(columns):
        yield f"columns are out of order: {', '.join(present)}"
    for name, dtype in columns.items():
        if name in present and str(events[name].dtype) != dtype:
            yield f"{name} is {events[name].dtype}, not {dtype}"
    if "geometry" in present and (events.crs is None or events.crs.to_epsg() != 4326):
        yield f"the coordinate system is {events.crs and events.crs.name}, not {CRS}"
    if events.index.name != "event_id" or str(events.index.dtype) != "str":
        yield f"the index is {events.index.name!r} ({events.index.dtype}), not 'event_id' (str)"


def _rows(events: Any, wrong: Any, what: str) -> Iterator[str]:
    ids = events.index[np.asarray(wrong, dtype=bool)]
    if len(ids):
        shown = ", ".join(map(str, ids[:3])) + (", ..." if len(ids) > 3 else "")
        yield f"{what}: {len(ids)} of {len(events)} events ({shown})"


def _key_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    yield from _rows(events, events.index.duplicated(), "event_id is not unique")
    yield from _rows(events, events.index.isna() | (events.index == ""), "event_id is empty")
    for name in _REQUIRED:
        yield from _rows(events, events[name].isna(), f"{name} is null")
    yield from _rows(events, events["reports"] < 1, "reports is less than 1")


def _word_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    vocabularies = {
        "event_type": event_types(),
        "time_status": TIME_STATUSES,
        "place_status": PLACE_STATUSES,
        "precision": PRECISIONS,
        "date_precision": DATE_PRECISIONS,
        "actor_basis": ACTOR_BASES,
        "review_status": REVIEW_STATUSES,
    }
    for name, words in vocabularies.items():
        wrong = events[name].notna() & ~events[name].isin(list(words))
        yield from _rows(events, wrong, f"{name} is {_some(events, name, wrong)}, not one of {', '.join(words)}")
    for name, pattern in _PATTERNS.items():
        wrong = events[name].notna() & ~events[name].str.fullmatch(pattern).fillna(False).astype(bool)
        yield from _rows(events, wrong, f"{name} is {_some(events, name, wrong)}, not of the form {pattern}")


def _some(events: gpd.GeoDataFrame, name: str, wrong: Any) -> str:
    return ", ".join(repr(value) for value in events.loc[wrong, name].unique()[:3])


def _date_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    start, end, precision = events["date_start"], events["date_end"], events["date_precision"]
    yield from _rows(events, start.isna() != end.isna(), "only one of date_start and date_end is known")
    yield from _rows(events, start > end, "date_start is after date_end")
    yield from _rows(events, start.isna() != precision.isna(), "date_precision must be known exactly where dates are")
    yield from _rows(events, (precision == "day") & (start != end), "date_precision is day over several days")
    for name in ("date_start", "date_end", "published_at"):
        day = events[name]
        yield from _rows(events, day.notna() & (day != day.dt.normalize()), f"{name} has a time of day")


def _count_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    for name in _COUNTS:
        yield from _rows(events, (events[name] < 0).fillna(False), f"{name} is negative")
    for name in ("killed", "wounded"):
        low, best, high = events[f"{name}_low"], events[name], events[f"{name}_high"]
        half_known = (low.notna() != best.notna()) | (high.notna() != best.notna())
        yield from _rows(events, half_known, f"{name}_low, {name}, {name}_high are not known together")
        disordered = ((low > best) | (best > high)).fillna(False)
        yield from _rows(events, disordered, f"{name}_low <= {name} <= {name}_high does not hold")


def _place_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    placed, extent = events["place_status"] == "placed", events["extent_km"]
    has_point = events.geometry.notna()
    yield from _rows(events, placed & ~has_point, "placed, but without a point")
    yield from _rows(events, ~placed & has_point, "not placed, but with a point")
    yield from _rows(events, placed & ~(extent > 0), "placed, but extent_km is not greater than 0")
    yield from _rows(events, ~placed & extent.notna(), "not placed, but with an extent_km")
    yield from _rows(events, placed != events["precision"].notna(), "precision must be known exactly where placed")
    yield from _rows(events, np.isinf(extent), "extent_km is not finite")


def _point_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    points = events.geometry[events.geometry.notna()]
    is_point = (points.geom_type == "Point") & ~points.is_empty
    yield from _rows(points, ~is_point, "geometry is not a point")
    points = points[is_point]
    yield from _rows(points, ~_on_earth(points.x, points.y), "the point (lon, lat) is not on the earth")
    lon, lat = events["origin_lon"], events["origin_lat"]
    yield from _rows(events, lon.isna() != lat.isna(), "only one of origin_lon and origin_lat is known")
    known = lon.notna() & lat.notna()
    yield from _rows(events, known & ~_on_earth(lon, lat), "the origin (lon, lat) is not on the earth")
    yield from _rows(events, known & ~(events["origin_extent_km"] > 0), "an origin without an origin_extent_km above 0")


def _on_earth(lon: Any, lat: Any) -> Any:
    return lon.between(-180, 180) & lat.between(-90, 90)


def _json_faults(events: gpd.GeoDataFrame) -> Iterator[str]:
    for name in ("candidates", "members"):
        wrong = [not isinstance(_parse(text), list) for text in events[name].to_numpy(dtype=object)]
        yield from _rows(events, wrong, f"{name} is not a JSON list")
    said = [_parse(text) for text in events["evidence"].to_numpy(dtype=object)]
    yield from _rows(events, [not isinstance(one, dict) for one in said], "evidence is not a JSON object")
    quotes = [isinstance(one, dict) and not all(map(_is_quote, one.values())) for one in said]
    yield from _rows(events, quotes, "evidence holds an entry without article_id, start, end, quote")


def _parse(text: Any) -> Any:
    try:
        return orjson.loads(text) if isinstance(text, str) else None
    except orjson.JSONDecodeError:
        return None


def _is_quote(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() >= {"article_id", "start", "end", "quote"}
        and isinstance(entry["start"], int)
        and isinstance(entry["end"], int)
        and 0 <= entry["start"] < entry["end"]
        and len(str(entry["quote"])) == entry["end"] - entry["start"]
    )


def is_missing(value: Any) -> bool:
    """Say whether a cell of the table is null (None, NaN, NaT or NA)."""
    return value is None or value is pd.NA or value is pd.NaT or value != value
