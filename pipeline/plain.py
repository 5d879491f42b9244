"""Rows of the events table as plain values, for code that works on one row or a few.

A *plain row* maps ``event_id``, every column of ``EVENT_COLUMNS`` except ``geometry``, and ``lon`` and ``lat``
(degrees), to text, whole numbers, floats or None; days are ISO text.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from pipeline.events import EVENT_COLUMNS, conform_events, empty_events, make_events, validate_events
from pipeline.promises import CRS, is_missing

PLAIN = (*(name for name in EVENT_COLUMNS if name != "geometry"), "lon", "lat")


def plain_rows(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Say an events table (EPSG:4326) as plain rows, in its order."""
    columns = {name: _plain_cells(table[name], EVENT_COLUMNS[name]) for name in PLAIN[:-2]}
    columns["lon"], columns["lat"] = (_plain_cells(axis, "float64") for axis in (table.geometry.x, table.geometry.y))
    names, cells = list(columns), zip(*columns.values(), strict=True)
    return [
        {"event_id": event_id, **dict(zip(names, values, strict=True))}
        for event_id, values in zip(table.index, cells, strict=True)
    ]


def _plain_cells(column: "pd.Series[Any]", dtype: str) -> list[Any]:
    if dtype.startswith("datetime"):
        column = column.dt.strftime("%Y-%m-%d")
    cells: list[Any] = column.astype("object").where(column.notna(), None).tolist()
    return cells


def events_table(ids: Sequence[str], rows: Iterable[Sequence[Any]]) -> gpd.GeoDataFrame:
    """Make an events table of ids and the cells of ``PLAIN`` for each, and check it.

    Raises
    ------
    EventsError
        Where it does not keep its promises.
    """
    cells = list(zip(*rows, strict=True))
    if not cells:
        return empty_events()
    index = pd.Index(list(ids), dtype="str", name="event_id")
    columns = {
        name: pd.Series(list(values), index, dtype="str" if EVENT_COLUMNS[name] == "str" else "object")
        for name, values in zip(PLAIN[:-2], cells, strict=False)
    }
    lon, lat = (pd.Series(list(axis), index, dtype="float64") for axis in cells[-2:])
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=index, crs=CRS).where(lon.notna(), None)
    frame = pd.DataFrame(columns).assign(geometry=points)
    return validate_events(conform_events(gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)))


def table_of(rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Make an events table of plain rows, and check it.

    Raises
    ------
    EventsError
        Where it does not keep its promises.
    """
    return events_table([row["event_id"] for row in rows], [[row[name] for name in PLAIN] for row in rows])


def one_event(event_id: str, plain: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Make the events table of one plain row, and check it.

    Raises
    ------
    EventsError
        Where it does not keep its promises.
    """
    lon, lat = plain["lon"], plain["lat"]
    point = None if lon is None else shapely.Point(lon, lat)
    values = {name: plain[name] for name in PLAIN[:-2]}
    return make_events([{"event_id": event_id, **values, "geometry": point}])


def same(one: Any, other: Any) -> bool:
    """Whether two cells say the same; null is the same as null."""
    return bool(is_missing(one) and is_missing(other)) or one == other
