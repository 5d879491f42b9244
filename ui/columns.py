"""The hot columns of the events table: what filtering and drawing read, packed into plain numpy arrays.

One row here is one row of the table, in the same order. Positions are Web-Mercator integers: the world is a square of
2**30 units, x grows eastwards from 180° W, y grows southwards. A cell of the map at any zoom level is then a shift.
"""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.fold import fold
from pipeline.promises import PRECISIONS
from ui.search import SearchText

WORLD_BITS = 30
WORLD = 1 << WORLD_BITS
POINT_PRECISIONS = 2  # site and town are drawn as points, all that is coarser as areas
UNDATED_START, UNDATED_END = np.iinfo(np.int32).max, np.iinfo(np.int32).min
_MAX_LATITUDE = 85.0511
_EQUATOR_KM = 40_075.017
_SEARCHED = ("place_name", "matched_name", "admin1", "actor", "target", "attribution", "source", "title")

Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Category:
    """One word column as codes: ``values[codes[row]]`` is the word of a row, "" where there is none."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]

    def mask(self, chosen: tuple[str, ...]) -> Mask:
        """Mark the rows whose word is one of ``chosen``."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[[code for code, value in enumerate(self.values) if value in set(chosen)]] = True
        marked: Mask = wanted[self.codes]
        return marked

    def count(self, mask: Mask) -> dict[str, int]:
        """Count the rows of ``mask`` by word; every word is there, with 0 too."""
        counts = np.bincount(self.codes[mask], minlength=len(self.values))
        return dict(zip(self.values, counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Columns:
    """Arrays of length ``n`` (one entry a row of the events table), never written to after they are built.

    ``x``, ``y``, ``origin_x``, ``origin_y`` are Web-Mercator units, -1 where there is no position; ``start`` and
    ``end`` are days since 1970-01-01, or a pair that overlaps nothing where undated; ``extent_km`` is 0 where unplaced;
    ``admin1`` holds words as ``admin1_keys`` makes them, ``place`` what a place is called; ``precision`` is an index of
    ``PRECISIONS``, -1 where there is none; ``spot`` numbers the distinct (x, y, extent) and ``route`` the distinct
    (origin, target) pairs, -1 where there is none.
    """

    x: NDArray[np.int32]
    y: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    extent_km: NDArray[np.float32]
    precision: NDArray[np.int8]
    origin_x: NDArray[np.int32]
    origin_y: NDArray[np.int32]
    placed: Mask
    event_type: Category
    actor: Category
    actor_basis: Category
    weapon: Category
    time_status: Category
    place_status: Category
    review_status: Category
    country: Category
    admin1: Category
    place: Category
    text: SearchText
    spot: NDArray[np.int32]
    route: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.x)

    @property
    def dated(self) -> Mask:
        """Mark the rows with a date, vague or exact."""
        marked: Mask = self.end != UNDATED_END
        return marked


def project(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Turn degrees (WGS 84) into Web-Mercator units; NaN becomes -1.

    Examples
    --------
    >>> x, y = project(np.array([0.0, np.nan]), np.array([0.0, 1.0]))
    >>> x.tolist() == [WORLD // 2, -1], y.tolist()[1]
    (True, -1)
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    safe_lon, safe_lat = np.where(known, lon, 0.0), np.where(known, lat, 0.0)
    sine: Numbers = np.sin(np.radians(np.clip(safe_lat, -_MAX_LATITUDE, _MAX_LATITUDE)))
    x: Numbers = (safe_lon / 360 + 0.5) * WORLD
    y: Numbers = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * WORLD
    return (
        np.where(known, np.clip(x, 0, WORLD - 1), -1).astype(np.int32),
        np.where(known, np.clip(y, 0, WORLD - 1), -1).astype(np.int32),
    )


def unproject(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn Web-Mercator units into (lon, lat) degrees."""
    lon = x / WORLD * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / WORLD))))
    return lon, lat


def km_to_units(km: NDArray[np.float32], y: NDArray[np.int32]) -> NDArray[np.float64]:
    """Length of a distance on the ground in Web-Mercator units at the latitude of ``y``."""
    stretch: Numbers = np.cosh(np.pi * (1 - 2 * y.astype(np.float64) / WORLD))
    units: NDArray[np.float64] = km / _EQUATOR_KM * WORLD * stretch
    return units


def build_columns(events: gpd.GeoDataFrame) -> Columns:
    """Pack an events table; the table is not modified."""
    lon, lat = _positions(events)
    x, y = project(lon, lat)
    origin_x, origin_y = project(_floats(events, "origin_lon"), _floats(events, "origin_lat"))
    placed = x >= 0
    extent = np.where(placed, np.nan_to_num(_floats(events, "extent_km")), 0).astype(np.float32)
    start, end = _days(events)
    return Columns(
        x=x,
        y=y,
        start=start,
        end=end,
        extent_km=extent,
        precision=_precision_codes(events["precision"]),
        origin_x=origin_x,
        origin_y=origin_y,
        placed=placed,
        event_type=categorize(events["event_type"]),
        actor=categorize(actor_keys(events)),
        actor_basis=categorize(events["actor_basis"]),
        weapon=categorize(events["weapon"]),
        time_status=categorize(events["time_status"]),
        place_status=categorize(events["place_status"]),
        review_status=categorize(events["review_status"]),
        country=categorize(events["country"]),
        admin1=categorize(admin1_keys(events)),
        place=categorize(events["matched_name"].fillna(events["place_name"])),
        text=_search_text(events),
        spot=number_spots(placed, x, y, extent),
        route=number_routes(placed, origin_x, origin_y, x, y),
    )


def number_spots(
    placed: Mask, x: NDArray[np.int32], y: NDArray[np.int32], km: NDArray[np.float32]
) -> NDArray[np.int32]:
    """Number the distinct (x, y, extent) of the placed rows, -1 elsewhere."""
    return _number_distinct(placed, x, y, np.round(km * 1000).astype(np.int64))


def number_routes(placed: Mask, origin_x: NDArray[np.int32], *ends: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number the distinct ways from a known origin (x, y) to a target (x, y), -1 elsewhere."""
    return _number_distinct(placed & (origin_x >= 0), origin_x, *ends)


def actor_keys(events: pd.DataFrame) -> pd.Series:
    """Name each row's actor by its canonical id, by its words where no id is known, "" where none is named."""
    return events["actor_id"].fillna(events["actor"]).fillna("").astype(str)


def admin1_keys(events: pd.DataFrame) -> pd.Series:
    """Name each row's first-level area, with its country before it: "SY/Homs"; "" where it is unknown."""
    return (events["country"].fillna("").astype(str) + "/" + events["admin1"].astype("str")).fillna("")


def categorize(words: pd.Series) -> Category:
    """Turn a column of words into codes; missing becomes ""."""
    codes, values = pd.factorize(words.fillna("").astype(str), sort=True)
    return Category(tuple(str(value) for value in values), codes.astype(np.int32))


def _positions(events: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lon = np.full(len(events), np.nan)
    lat = np.full(len(events), np.nan)
    known = (events.geometry.notna() & ~events.geometry.is_empty).to_numpy()
    lon[known], lat[known] = events.geometry[known].x, events.geometry[known].y
    return lon, lat


def _floats(events: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return events[column].to_numpy(dtype=np.float64, na_value=np.nan)


def _days(events: pd.DataFrame) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    start = events["date_start"].to_numpy(dtype="datetime64[D]")
    end = events["date_end"].to_numpy(dtype="datetime64[D]")
    start, end = np.where(np.isnat(start), end, start), np.where(np.isnat(end), start, end)
    undated = np.isnat(start)
    first = np.where(undated, UNDATED_START, start.astype(np.int64))
    last = np.where(undated, UNDATED_END, end.astype(np.int64))
    return first.astype(np.int32), last.astype(np.int32)


def _precision_codes(words: pd.Series) -> NDArray[np.int8]:
    codes = {word: code for code, word in enumerate(PRECISIONS)}
    numbers: NDArray[np.int8] = words.map(codes).fillna(-1).to_numpy().astype(np.int8)
    return numbers


def _number_distinct(known: Mask, *parts: NDArray[np.integer]) -> NDArray[np.int32]:
    numbers = np.full(len(known), -1, dtype=np.int32)
    if known.any():
        frame = pd.DataFrame({str(place): part[known] for place, part in enumerate(parts)})
        numbers[known] = frame.groupby(list(frame.columns), sort=False).ngroup().to_numpy(dtype=np.int32)
    return numbers


def _search_text(events: pd.DataFrame) -> SearchText:
    """Fold what the search looks through; each distinct text of a column is folded once."""
    parts = [_map_distinct(events[name], fold) for name in _SEARCHED]
    parts.append(_map_distinct(events["evidence"], lambda evidence: " ".join(map(fold, _quotes(evidence)))))
    return SearchText([pc.binary_join_element_wise(*parts, pa.scalar(" ", pa.large_string()))])


def _map_distinct(words: pd.Series, change: Callable[[str], str]) -> pa.Array:
    """Change each distinct word of a column once; missing becomes ""."""
    codes, distinct = pd.factorize(words)
    changed = pa.array([change(str(word)) for word in distinct] + [""], type=pa.large_string())
    return changed.take(pa.array(np.where(codes < 0, len(distinct), codes)))


def _quotes(evidence: str) -> list[str]:
    found = {str(entry.get("quote", "")) for entry in orjson.loads(evidence).values()}
    return sorted(found)
