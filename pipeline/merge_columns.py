"""What merging looks at in a table of reports, as arrays: one entry a report, numbers for words.

Days are counted from 1970 (``NO_DAY`` = not known), hours from midnight; points are (lon, lat) in degrees. -1 stands
for a word that is not known and NaN for a number that is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.fold import fold_name
from pipeline.merge_rules import load_relations, load_rules
from pipeline.promises import PRECISIONS

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
NO_DAY = np.iinfo(np.int64).min // 4
PRECISE = ("site", "town", "near_town")
_PUBLISHED_BEFORE = 2  # days before publication in which an attack without a day is looked for


@dataclass(frozen=True)
class ReportColumns:
    """Arrays of one length; see the module for units."""

    ids: Sequence[str]
    article: Numbers
    first: Numbers  # days the attack may have happened on, from ... to; from publication where the text names none
    last: Numbers
    is_dated: Flags
    published: Numbers
    hour_from: Reals
    hour_to: Reals
    kind: Numbers  # position in the relation table of event types
    actor: Numbers  # position in the relation table of actors
    is_sure_actor: Flags  # claimed or stated, not blamed or suspected
    target: Numbers
    weapon: Numbers
    weapon_count: Reals
    killed: Reals
    wounded: Reals
    lon: Reals
    lat: Reals
    extent: Reals
    place: Numbers
    precision: Numbers  # position in PRECISIONS
    is_precise: Flags
    country: Numbers
    admin1: Numbers
    name: Numbers
    language: Numbers
    status: Numbers  # 0 happened, 1 denied, 2 has not happened

    def __len__(self) -> int:
        return len(self.ids)


def make_columns(reports: gpd.GeoDataFrame) -> ReportColumns:
    """Take the arrays out of an events table, one row a report."""
    published = _days(reports["published_at"])
    first, last = _days(reports["date_start"]), _days(reports["date_end"])
    is_dated = first != NO_DAY
    hour_from, hour_to = _hours(reports["time"])
    relations = load_relations()
    precision = _codes(reports["precision"], {name: number for number, name in enumerate(PRECISIONS)})
    return ReportColumns(
        ids=list(reports.index),
        article=_factor(reports["article_id"]),
        first=np.where(is_dated, first, np.where(published == NO_DAY, NO_DAY, published - _PUBLISHED_BEFORE)),
        last=np.where(is_dated, last, published),
        is_dated=is_dated,
        published=published,
        hour_from=hour_from,
        hour_to=hour_to,
        kind=_codes(reports["event_type"], relations.kinds),
        actor=_actors(reports["actor_id"]),
        is_sure_actor=reports["actor_basis"].isin(["claimed", "stated"]).to_numpy(),
        target=_factor(reports["target_id"]),
        weapon=_factor(reports["weapon"]),
        **{name: _reals(reports[name]) for name in ("weapon_count", "killed", "wounded")},
        lon=reports.geometry.x.to_numpy(dtype=float),
        lat=reports.geometry.y.to_numpy(dtype=float),
        extent=reports["extent_km"].to_numpy(dtype=float),
        place=_factor(reports["place_id"].where(reports["place_status"] == "placed")),
        precision=precision,
        is_precise=np.isin(precision, [PRECISIONS.index(name) for name in PRECISE]),
        country=_factor(reports["country"]),
        admin1=_factor(reports["country"].str.cat(reports["admin1"], sep="|")),
        name=_factor(_folded(reports["place_name"])),
        language=_factor(reports["language"]),
        status=_codes(reports["time_status"], {"actual": 0, "historical": 0, "denied": 1}, unknown=2),
    )


def _folded(names: "pd.Series[Any]") -> "pd.Series[Any]":
    known = {name: fold_name(name) for name in names.dropna().unique()}
    return names.map(known)


def _days(days: "pd.Series[Any]") -> Numbers:
    counted = days.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(counted), NO_DAY, counted.astype(np.int64))


def _factor(words: "pd.Series[Any]") -> Numbers:
    codes: Numbers = pd.factorize(words)[0].astype(np.int64)
    return codes


def _codes(words: "pd.Series[Any]", known: Mapping[str, int], unknown: int = -1) -> Numbers:
    codes: Numbers = np.asarray(words.map(dict(known)).fillna(unknown), dtype=np.int64)
    return codes


def _actors(ids: "pd.Series[Any]") -> Numbers:
    """Positions in the relation table; ids that are not in it get numbers of their own above it."""
    relations = load_relations()
    strange = sorted(set(ids.dropna()) - relations.actors.keys() - relations.unnamed)
    above = {name: len(relations.actors) + number for number, name in enumerate(strange)}
    return _codes(ids, {**relations.actors, **above})


def _reals(numbers: "pd.Series[Any]") -> Reals:
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def _hours(times: "pd.Series[Any]") -> tuple[Reals, Reals]:
    """Hours from and to that a time of day may mean; those after midnight are above 24."""
    spans = {time: _span(time) for time in times.dropna().unique()}
    nothing = (np.nan, np.nan)
    pairs = [spans.get(time, nothing) for time in times]
    table = np.array(pairs, dtype=float).reshape(len(pairs), 2)
    return table[:, 0], table[:, 1]


def _span(time: str) -> tuple[float, float]:
    rules = load_rules()
    if time in rules.part_of_day:
        return rules.part_of_day[time]
    hour, minute = time.split(":")
    exact, slack = int(hour) + int(minute) / 60, rules.most_hours_apart / 2
    return exact - slack, exact + slack
