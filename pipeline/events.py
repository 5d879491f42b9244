"""The events table: its columns, how one is made, and the promises it keeps.

One row is one event. The table is a GeoDataFrame in EPSG:4326 (points as lon, lat) whose index ``event_id`` is unique.
``docs/architecture.md`` says what each column means; ``validate_events`` is called wherever a table enters or leaves.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd

from pipeline.errors import EventsError
from pipeline.promises import CRS, find_faults

EVENT_COLUMNS: dict[str, str] = {
    "event_type": "str",
    "date_start": "datetime64[ms]",
    "date_end": "datetime64[ms]",
    "date_precision": "str",
    "time": "str",
    "time_status": "str",
    "actor_id": "str",
    "actor": "str",
    "actor_basis": "str",
    "target_id": "str",
    "target": "str",
    "weapon": "str",
    "weapon_count": "Int64",
    "killed_low": "Int64",
    "killed": "Int64",
    "killed_high": "Int64",
    "wounded_low": "Int64",
    "wounded": "Int64",
    "wounded_high": "Int64",
    "place_name": "str",
    "place_status": "str",
    "place_id": "str",
    "matched_name": "str",
    "precision": "str",
    "extent_km": "float64",
    "country": "str",
    "admin1": "str",
    "admin2": "str",
    "origin_name": "str",
    "origin_lon": "float64",
    "origin_lat": "float64",
    "origin_extent_km": "float64",
    "candidates": "str",
    "article_id": "str",
    "language": "str",
    "source": "str",
    "url": "str",
    "title": "str",
    "published_at": "datetime64[ms]",
    "attribution": "str",
    "reports": "int64",
    "members": "str",
    "review_status": "str",
    "evidence": "str",
    "geometry": "geometry",
}
_DEFAULTS: dict[str, Any] = {"reports": 1, "review_status": "machine", "candidates": "[]", "evidence": "{}"}
_JSON_COLUMNS = ("candidates", "members", "evidence")


def empty_events() -> gpd.GeoDataFrame:
    """Make an events table without rows.

    Examples
    --------
    >>> len(validate_events(empty_events()))
    0
    """
    return make_events([])


def make_events(rows: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Make an events table from rows.

    Parameters
    ----------
    rows
        One mapping an event: ``event_id``, and any of the columns. A column left out is null (``reports`` is 1,
        ``review_status`` is machine, ``members`` is the event itself). Dates may be dates, datetimes or ISO text;
        ``evidence``, ``candidates`` and ``members`` may be JSON text or what it says; ``geometry`` is a shapely Point
        (lon, lat) or None.

    Raises
    ------
    EventsError
        Where a row has no ``event_id`` or names an unknown column, a value does not fit its column, or the table does
        not keep its promises.
    """
    full = [_complete(row) for row in rows]
    index = pd.Index([row["event_id"] for row in full], dtype="str", name="event_id")
    columns = {name: pd.Series([row[name] for row in full], index, dtype="object") for name in EVENT_COLUMNS}
    table = gpd.GeoDataFrame(pd.DataFrame(columns), geometry="geometry", crs=CRS)
    return validate_events(conform_events(table))


def _complete(row: Mapping[str, Any]) -> dict[str, Any]:
    if not row.get("event_id"):
        raise EventsError(f"A row has no event_id: {dict(row)!r:.200}")
    if unknown := sorted(row.keys() - EVENT_COLUMNS.keys() - {"event_id"}):
        raise EventsError(f"Event {row['event_id']} has columns the table does not know: {', '.join(unknown)}")
    full = dict.fromkeys(EVENT_COLUMNS) | _DEFAULTS | {"members": [row["event_id"]]} | dict(row)
    for name in _JSON_COLUMNS:
        if not isinstance(full[name], str):
            full[name] = orjson.dumps(full[name]).decode()
    return full


def conform_events(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the columns of a table their order and dtypes, as after reading it from a file; it is not modified.

    Raises
    ------
    EventsError
        Where columns are missing or values do not fit their column.
    """
    if missing := [name for name in EVENT_COLUMNS if name not in events]:
        raise EventsError(f"The events table lacks these columns: {', '.join(missing)}")
    columns = {name: _cast(events[name], dtype) for name, dtype in EVENT_COLUMNS.items() if name != "geometry"}
    # GDAL takes the "05:51" of a GeoJSON file for a time of day and hands it back with seconds.
    columns["time"] = columns["time"].str.replace(r"^(\d\d:\d\d):00$", r"\1", regex=True)
    if events.crs is None:
        raise EventsError(f"The events table has no coordinate system; it must be {CRS}")
    table = gpd.GeoDataFrame(columns, geometry=events.geometry, crs=events.crs).to_crs(CRS)
    return table.set_axis(events.index.astype("str").rename("event_id"))


def _cast(column: "pd.Series[Any]", dtype: str) -> "pd.Series[Any]":
    wanted = pd.api.types.pandas_dtype(dtype)
    try:
        if dtype.startswith("datetime"):
            return pd.to_datetime(column, format="ISO8601").astype(wanted)
        if dtype == "str":
            column = column.where(column.notna(), None)
        return column.astype(wanted)
    except (ValueError, TypeError) as error:
        raise EventsError(f"Column {column.name} holds a value that is no {dtype}: {error}") from error


def validate_events(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Check that a table keeps every promise, and hand it back as it is.

    Raises
    ------
    EventsError
        Where it does not; the message lists all faults, each with its count and the first event ids.
    """
    if faults := find_faults(events, EVENT_COLUMNS):
        lines = "\n".join(f"- {fault}" for fault in faults)
        raise EventsError(f"The events table breaks {len(faults)} of its promises:\n{lines}")
    return events
