"""What one row of the events table says about an attack, and whether two rows may tell of the same."""

import csv
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.sphere import distance_km

_DATA = Path(__file__).resolve().parent.parent / "data"
_CELL = 0.25  # degrees: reports further apart than two cells are not compared
_PRECISE = frozenset({"site", "town", "near_town"})
_FARTHEST_KM = 15.0  # between two reports of one precise place
_REAL = frozenset({"actual", "historical"})


@dataclass(frozen=True, slots=True)
class Report:
    """One row, as far as merging looks at it; points are (lon, lat) in degrees, days are counted from 1970."""

    event_id: str
    article_id: str
    published: int
    event_type: str
    first_day: int
    last_day: int
    time: str | None
    actor_id: str | None
    weapon: str | None
    killed: int | None
    place_id: str | None
    precision: str
    extent_km: float
    lon: float
    lat: float

    def blocks(self, around: int = 0) -> Iterator[tuple[int, int, int]]:
        """Day-and-cell keys of the report, with its neighbour cells where ``around`` is 1."""
        x, y = math.floor(self.lon / _CELL), math.floor(self.lat / _CELL)
        for day in range(self.first_day, self.last_day + 1):
            for column in range(x - around, x + around + 1):
                for row in range(y - around, y + around + 1):
                    yield day, column, row


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    with (_DATA / "merge.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _same_attack() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in _rules()["same_attack"])


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    with (_DATA / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {row["actor_id"]: row["parent_id"] for row in csv.DictReader(file) if row["parent_id"]}


def make_reports(events: gpd.GeoDataFrame) -> list[Report]:
    """Make reports of the rows that can be merged: real, placed and dated to a few days; others are left out."""
    span = (events["date_end"] - events["date_start"]).dt.days
    fit = (
        events["time_status"].isin(_REAL)
        & (events["place_status"] == "placed")
        & events["date_start"].notna()
        & (span < _rules()["longest_span_days"])
    )
    return [_make_report(str(event_id), row) for event_id, row in events[fit].iterrows()]


def _make_report(event_id: str, row: Any) -> Report:
    return Report(
        event_id=event_id,
        article_id=row["article_id"],
        published=_day(row["published_at"]),
        event_type=row["event_type"],
        first_day=_day(row["date_start"]),
        last_day=_day(row["date_end"]),
        time=_known(row["time"]),
        actor_id=_known(row["actor_id"]),
        weapon=_known(row["weapon"]),
        killed=_known(row["killed"]),
        place_id=_known(row["place_id"]),
        precision=row["precision"],
        extent_km=row["extent_km"],
        lon=row["geometry"].x,
        lat=row["geometry"].y,
    )


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _day(moment: Any) -> int:
    """Days since 1970; a report without a day of publication comes last."""
    return 2**31 if pd.isna(moment) else moment.toordinal() - 719_163


def agreement(one: Report, other: Report) -> float | None:
    """How many details of two reports agree; None where they cannot tell of one attack.

    Parameters
    ----------
    one, other
        Reports whose days overlap or not, in any order; the answer is the same both ways.
    """
    if one.article_id == other.article_id or one.first_day > other.last_day or other.first_day > one.last_day:
        return None
    if one.event_type != other.event_type and frozenset((one.event_type, other.event_type)) not in _same_attack():
        return None
    if not _same_actor(one.actor_id, other.actor_id) or not _same_hours(one.time, other.time):
        return None
    details = _shared_details(one, other)
    return details + (one.event_type == other.event_type) if _same_place(one, other, details) else None


def _shared_details(one: Report, other: Report) -> float:
    pairs = (
        (one.time, other.time),
        (one.actor_id, other.actor_id),
        (one.weapon, other.weapon),
        (one.killed, other.killed),
    )
    return float(sum(a is not None and a == b for a, b in pairs))


def _same_place(one: Report, other: Report, details: float) -> bool:
    """One precise place within both extents, or one and the same area with two details that agree beside."""
    same_id = one.place_id is not None and one.place_id == other.place_id
    if one.precision not in _PRECISE or other.precision not in _PRECISE:
        return same_id and one.precision == other.precision and details >= 2
    distance = distance_km(one.lon, one.lat, other.lon, other.lat)
    return same_id or distance <= min(one.extent_km, other.extent_km, _FARTHEST_KM)


def _same_actor(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one in _line(other) or other in _line(one)


def _line(actor_id: str) -> list[str]:
    """A party and all that it belongs to."""
    line = [actor_id]
    while (parent := _parents().get(line[-1])) and parent not in line:
        line.append(parent)
    return line


def _same_hours(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    (a, b), (c, d) = _hours(one), _hours(other)
    return any(a + turn <= d and c <= b + turn for turn in (-24, 0, 24))


def _hours(time: str) -> tuple[float, float]:
    """Hours of the day, from and to, that a time may mean."""
    if time in _rules()["part_of_day"]:
        first, last = _rules()["part_of_day"][time]
        return first, last
    hour, minute = time.split(":")
    exact, slack = int(hour) + int(minute) / 60, _rules()["most_hours_apart"] / 2
    return exact - slack, exact + slack
