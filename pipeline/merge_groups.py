"""From compared pairs to groups: the strongest pairs first, and never two reports together that are barred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.merge_columns import Numbers, Reals, ReportColumns
from pipeline.merge_rules import load_rules
from pipeline.merge_score import Pairs, compare

Pair = tuple[int, int]


@dataclass(slots=True)
class Grouping:
    """Groups under construction: each report knows its group, each group its reports."""

    columns: ReportColumns
    group_of: Numbers
    sure: Numbers  # pairs that merge by themselves, as smaller * n + larger, in order
    apart: Mapping[int, set[int]] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    is_settled: set[int] = field(default_factory=set)

    def reports(self, group: int) -> list[int]:
        """Reports of a group."""
        return self.members.get(group, [group])

    def join(self, one: int, other: int) -> None:
        """Put two groups together under the smaller number."""
        keep, drop = min(one, other), max(one, other)
        moved = self.reports(drop)
        self.members[keep] = self.reports(keep) + moved
        self.members.pop(drop, None)
        self.group_of[moved] = keep
        if drop in self.is_settled:
            self.is_settled.add(keep)

    def may_join(self, one: int, other: int) -> bool:
        """Whether every report of one group may be with every report of the other."""
        mine, theirs = self.reports(one), self.reports(other)
        if any(self.apart.get(report, set()) & set(theirs) for report in mine):
            return False
        if len(mine) == len(theirs) == 1:
            return True
        left, right = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
        if self._known_to_fit(left, right):
            return True
        found = compare(self.columns, Pairs(left, right))
        rules = load_rules()
        elsewhere = found.points["place"] <= rules.points["place_neighbours"]  # a vague report may lie in both places
        unfit = found.is_barred | (found.total < np.where(elsewhere, rules.merge_from, rules.least_in_group))
        return not unfit.any()

    def _known_to_fit(self, left: Numbers, right: Numbers) -> bool:
        """Whether all of these pairs were found to merge by themselves; spares comparing them again."""
        codes = np.minimum(left, right) * len(self.columns) + np.maximum(left, right)
        if not len(self.sure):
            return False
        at = np.minimum(np.searchsorted(self.sure, codes), len(self.sure) - 1)
        return bool((self.sure[at] == codes).all())


def group(
    columns: ReportColumns,
    pairs: Pairs,
    totals: Reals,
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[Pair] = (),
) -> tuple[list[list[int]], list[int]]:
    """Group reports.

    Parameters
    ----------
    pairs, totals
        Pairs that are not barred, with their sums of points.
    together
        Groups that are settled: they stay together, and two of them are never joined.
    apart
        Reports that a person has put apart.

    Returns
    -------
    tuple
        Groups of positions, and the positions in ``pairs`` of what to propose.
    """
    rules = load_rules()
    sure = (pairs.left * len(columns) + pairs.right)[totals >= rules.merge_from]
    state = Grouping(columns, np.arange(len(columns)), sure, _both_ways(apart))
    for settled in together:
        for report in settled[1:]:
            if state.group_of[report] != state.group_of[settled[0]]:
                state.join(int(state.group_of[settled[0]]), int(state.group_of[report]))
        state.is_settled.add(int(state.group_of[settled[0]]))
    order = _strongest_first(columns, pairs, totals)
    proposed = [number for number in order if not _try(state, pairs, number, totals[number] >= rules.merge_from)]
    groups: dict[int, list[int]] = {}
    for report, number in enumerate(state.group_of.tolist()):
        groups.setdefault(number, []).append(report)
    return list(groups.values()), _strongest_each(state, pairs, proposed)


def _strongest_first(columns: ReportColumns, pairs: Pairs, totals: Reals) -> list[int]:
    """Positions of pairs by falling sum; equal ones by the ids of their reports, whatever the order of the rows."""
    rank = np.empty(len(columns), dtype=np.int64)
    rank[np.lexsort((np.asarray(columns.ids, dtype="U"), columns.published))] = np.arange(len(columns))
    left, right = rank[pairs.left], rank[pairs.right]
    chosen = np.flatnonzero(totals >= load_rules().propose_from)
    order = np.lexsort((np.maximum(left, right)[chosen], np.minimum(left, right)[chosen], -np.round(totals[chosen], 6)))
    return [int(number) for number in chosen[order]]


def _try(state: Grouping, pairs: Pairs, number: int, is_sure: bool) -> bool:
    """Join the groups of a pair where that is sure and allowed; answers whether nothing is left to propose."""
    one, other = int(state.group_of[pairs.left[number]]), int(state.group_of[pairs.right[number]])
    if one == other:
        return True
    if not is_sure or (one in state.is_settled and other in state.is_settled):
        return False
    if not state.may_join(one, other):
        return True
    state.join(one, other)
    return True


def _strongest_each(state: Grouping, pairs: Pairs, proposed: Sequence[int]) -> list[int]:
    """Of the pairs between two groups only the strongest, which comes first."""
    seen: set[Pair] = set()
    kept = []
    for number in proposed:
        one, other = int(state.group_of[pairs.left[number]]), int(state.group_of[pairs.right[number]])
        between = (min(one, other), max(one, other))
        if between not in seen and _still_apart(state, pairs, number):
            kept.append(number)
        seen.add(between)
    return kept


def _still_apart(state: Grouping, pairs: Pairs, number: int) -> bool:
    one, other = int(state.group_of[pairs.left[number]]), int(state.group_of[pairs.right[number]])
    return one != other and state.may_join(one, other)


def _both_ways(apart: Iterable[Pair]) -> dict[int, set[int]]:
    table: dict[int, set[int]] = {}
    for one, other in apart:
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table
