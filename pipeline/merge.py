"""Reports of one attack by several articles become one event; what was merged stays written down.

Pairs of reports that share a day and a neighbourhood (``merge_block``) are compared by feature (``merge_score``), put
together where enough speaks for it and nothing against (``merge_groups``), and made one row by a written rule
(``merge_values``). Two attacks told by one article never merge. ``members`` keeps the ids of the merged reports, so a
merge is taken back by keeping the table of reports: same articles, same ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from pipeline.events import validate_events
from pipeline.merge_block import find_pairs
from pipeline.merge_columns import Flags, ReportColumns, make_columns
from pipeline.merge_explain import Reason, explain_pair
from pipeline.merge_groups import group
from pipeline.merge_score import Comparison, Pairs, compare
from pipeline.merge_values import combine
from pipeline.merge_words import add_words
from pipeline.plain import plain_rows, table_of


@dataclass(frozen=True)
class Proposal:
    """Two reports that may tell of one attack, with the sum of points and what it is made of."""

    left: str
    right: str
    score: float
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Merging:
    """Groups of report ids, what to propose, and why the groups are as they are."""

    groups: Sequence[Sequence[str]]
    proposals: Sequence[Proposal]
    joined: Sequence[Proposal]  # pairs within the groups that speak for them


def merge_reports(events: gpd.GeoDataFrame, texts: Mapping[str, str] | None = None) -> gpd.GeoDataFrame:
    """Merge the rows that report one attack; the table handed in is not modified.

    Parameters
    ----------
    events
        An events table, one row a report.
    texts
        Article texts by ``article_id``, for telling copies of one agency's words; not needed.

    Returns
    -------
    geopandas.GeoDataFrame
        An events table. A merged row keeps the id and the article of its first report.
    """
    validate_events(events)
    groups = find_groups(events, texts=texts, explain=False).groups
    if all(len(group) == 1 for group in groups):
        return events
    rows = {row["event_id"]: row for row in plain_rows(events)}
    merged = {row["event_id"]: row for row in (combine([rows[name] for name in group]) for group in groups)}
    return table_of([merged[name] for name in events.index if name in merged])


def find_groups(
    reports: gpd.GeoDataFrame,
    *,
    texts: Mapping[str, str] | None = None,
    together: Iterable[Sequence[str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    wanted: Iterable[str] | None = None,
    explain: bool = True,
) -> Merging:
    """Say which reports tell of one attack.

    Parameters
    ----------
    reports
        An events table, one row a report.
    texts
        Article texts by ``article_id``.
    together, apart
        Report ids that are settled to be one attack, and pairs that are not.
    wanted
        Only look for partners of these reports; all where None.
    explain
        Whether to say why.
    """
    columns = make_columns(reports)
    number = {name: position for position, name in enumerate(columns.ids)}
    pairs, comparison = _compare(columns, reports, texts, _mark(number, wanted))
    groups, proposed = group(
        columns,
        pairs,
        comparison.total,
        [[number[name] for name in names if name in number] for names in together],
        [(number[one], number[other]) for one, other in apart if one in number and other in number],
    )
    named = [[columns.ids[position] for position in members] for members in groups]
    if not explain:
        return Merging(named, (), ())
    group_of = np.empty(len(columns), dtype=np.int64)
    for label, members in enumerate(groups):
        group_of[members] = label
    joined = np.flatnonzero(group_of[pairs.left] == group_of[pairs.right]).tolist()
    rows = {row["event_id"]: row for row in plain_rows(reports)}
    say = [_propose(columns, pairs, comparison, position, rows) for position in (*proposed, *joined)]
    return Merging(named, say[: len(proposed)], say[len(proposed) :])


def _mark(number: Mapping[str, int], wanted: Iterable[str] | None) -> Flags | None:
    if wanted is None:
        return None
    marks = np.zeros(len(number), dtype=bool)
    marks[[number[name] for name in wanted]] = True
    return marks


def _compare(
    columns: ReportColumns,
    reports: gpd.GeoDataFrame,
    texts: Mapping[str, str] | None,
    wanted: Flags | None,
) -> tuple[Pairs, Comparison]:
    """Pairs that are not barred, compared; words are looked at only where they can decide."""
    pairs = find_pairs(columns, wanted)
    comparison = compare(columns, pairs)
    open_pairs = ~comparison.is_barred
    pairs = Pairs(pairs.left[open_pairs], pairs.right[open_pairs])
    points = {name: values[open_pairs] for name, values in comparison.points.items()}
    comparison = Comparison(points, comparison.total[open_pairs], np.zeros(len(pairs), dtype=bool))
    return pairs, comparison if texts is None else add_words(columns, reports, pairs, comparison, texts)


def _propose(
    columns: ReportColumns, pairs: Pairs, comparison: Comparison, number: int, rows: Mapping[str, Mapping[str, object]]
) -> Proposal:
    left, right = columns.ids[pairs.left[number]], columns.ids[pairs.right[number]]
    reasons = explain_pair(columns, pairs, comparison, number, rows)
    return Proposal(left, right, round(float(comparison.total[number]), 2), reasons)
