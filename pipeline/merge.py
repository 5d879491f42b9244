"""Reports of one attack by several articles become one event; what was merged stays written down.

Cautious on purpose: reports merge when their days overlap, their places agree within their extents, and type, party and
hour do not contradict each other. Two attacks told by one article never merge. ``members`` keeps the ids of the merged
reports, so a merge is taken back by keeping the table of reports: same articles, same ids.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd

from pipeline.events import conform_events, validate_events
from pipeline.report import Report, agreement, make_reports

_BEST_FIRST = ("site", "town", "near_town", "adm2", "adm1", "water", "country")
_PLACE = (
    *("place_name", "place_status", "place_id", "matched_name", "precision", "extent_km"),
    *("country", "admin1", "admin2", "candidates", "geometry"),
)
_ACTOR = ("actor_id", "actor", "actor_basis")
_TARGET = ("target_id", "target")
_WEAPON = ("weapon", "weapon_count")
_ORIGIN = ("origin_name", "origin_lon", "origin_lat", "origin_extent_km")
_DAYS = ("date_start", "date_end", "date_precision")


def merge_reports(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Merge the rows that report one attack; the table handed in is not modified.

    Parameters
    ----------
    events
        An events table, one row a report.

    Returns
    -------
    geopandas.GeoDataFrame
        An events table. A merged row keeps the id and the article of its first report; each field comes from the first
        report that has it, the place from the most precise one, a toll from the latest, its low and high from all.
    """
    validate_events(events)
    groups = _group(make_reports(events))
    merged = [group for group in groups if len(group) > 1]
    if not merged:
        return events
    rows = {group[0].event_id: _merge_rows(events.loc[[report.event_id for report in group]]) for group in merged}
    dropped = [report.event_id for group in merged for report in group[1:]]
    table = events.drop(index=dropped).astype({"geometry": "object"})
    changed = pd.DataFrame.from_dict(rows, orient="index", columns=events.columns)
    table = pd.concat([table.drop(index=changed.index).astype("object"), changed]).loc[table.index]
    return validate_events(conform_events(gpd.GeoDataFrame(table, geometry="geometry", crs=events.crs)))


def _group(reports: Sequence[Report]) -> list[list[Report]]:
    """Put each report, in order of publication, to the group that agrees with it best, else into one of its own."""
    groups: list[list[Report]] = []
    by_block: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (one.published, one.event_id)):
        best = max(_candidates(report, groups, by_block), default=None)
        if best is None:
            groups.append([])
        number = len(groups) - 1 if best is None else -best[1]
        groups[number].append(report)
        for block in report.blocks():
            if number not in by_block[block][-1:]:
                by_block[block].append(number)
    return groups


def _candidates(
    report: Report, groups: list[list[Report]], by_block: dict[tuple[int, int, int], list[int]]
) -> Iterator[tuple[float, int]]:
    """Groups that every member of agrees with the report, as (agreement, -number): the first of equals wins."""
    numbers = {number for block in report.blocks(around=1) for number in by_block.get(block, ())}
    for number in sorted(numbers):
        scores = [agreement(report, other) for other in groups[number]]
        if all(score is not None for score in scores):
            yield min(score for score in scores if score is not None), -number


def _merge_rows(rows: gpd.GeoDataFrame) -> dict[str, Any]:
    """One row out of the rows of one attack, given in order of publication."""
    reports = [row for _, row in rows.iterrows()]
    merged: dict[str, Any] = reports[0].to_dict()
    evidence: dict[str, Any] = {}
    _take(merged, evidence, [min(reports, key=_imprecision)], _PLACE)
    for names in (_DAYS, ("time",), _ACTOR, _TARGET, _WEAPON, _ORIGIN):
        _take(merged, evidence, [one for one in reports if pd.notna(one[names[0]])], names)
    for name in ("killed", "wounded"):
        latest = [one for one in reversed(reports) if pd.notna(one[name])]
        _take(merged, evidence, latest, (name,))
        merged[f"{name}_low"] = rows[f"{name}_low"].min()
        merged[f"{name}_high"] = rows[f"{name}_high"].max()
    if any(one["time_status"] == "actual" for one in reports):
        merged["time_status"] = "actual"
    merged["reports"] = int(rows["reports"].sum())
    merged["members"] = orjson.dumps([member for one in reports for member in orjson.loads(one["members"])]).decode()
    merged["evidence"] = orjson.dumps(orjson.loads(reports[0]["evidence"]) | evidence).decode()
    return merged


def _imprecision(row: "pd.Series[Any]") -> int:
    return _BEST_FIRST.index(row["precision"]) if pd.notna(row["precision"]) else len(_BEST_FIRST)


def _take(
    merged: dict[str, Any], evidence: dict[str, Any], sources: Sequence["pd.Series[Any]"], names: Sequence[str]
) -> None:
    """Take fields that belong together, and their quotes, from the first of the sources."""
    if not sources:
        return
    quotes = orjson.loads(sources[0]["evidence"])
    for name in names:
        merged[name] = sources[0][name]
        if name in quotes:
            evidence[name] = quotes[name]
