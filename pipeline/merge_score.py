"""What speaks for and against two reports telling of one attack, for many pairs at once.

Every feature is a function of columns and pairs that answers points, one a pair; ``data/merge.toml`` says what they are
worth. A pair that cannot be one attack is barred, whatever else speaks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from geo.sphere import EARTH_RADIUS_KM
from pipeline.merge_columns import NO_DAY, Flags, Numbers, Reals, ReportColumns
from pipeline.merge_rules import EQUAL, OPEN, RELATED, UNLIKE, load_relations, load_rules
from pipeline.promises import PRECISIONS

FARTHEST_KM = 15.0  # two precise reports further apart than this and their extents are not compared
_WIDE_SLACK = 1.1  # an area is no circle
_SHORT, _LONG = 3, 10  # days
_SETTLEMENT = PRECISIONS.index("town")
_ADM2, _ADM1, _COUNTRY = (PRECISIONS.index(name) for name in ("adm2", "adm1", "country"))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of reports by position, compared side by side."""

    left: Numbers
    right: Numbers

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Points by feature and in all; ``is_barred`` marks pairs that cannot be one attack."""

    points: Mapping[str, Reals]
    total: Reals
    is_barred: Flags


def compare(columns: ReportColumns, pairs: Pairs, *, within_article: bool = False) -> Comparison:
    """Compare pairs of reports.

    Parameters
    ----------
    within_article
        True: also compare reports of one article, as for its corrected version; else these are barred.
    """
    points = {name: feature(columns, pairs) for name, feature in FEATURES.items()}
    is_barred = np.zeros(len(pairs), dtype=bool)
    for bar in (_too_late, _too_far, _not_both_happened):
        is_barred |= bar(columns, pairs)
    if not within_article:
        is_barred |= columns.article[pairs.left] == columns.article[pairs.right]
    total = np.sum(list(points.values()), axis=0) if points else np.zeros(len(pairs))
    return Comparison(points, total, is_barred)


def _worth(name: str) -> float:
    return load_rules().points[name]


def _choose(count: int, *cases: tuple[Flags, str]) -> Reals:
    """Points of the first case that holds for each pair; 0 where none does."""
    points = np.zeros(count)
    for case, name in reversed(cases):
        points[case] = _worth(name)
    return points


def day_gap(columns: ReportColumns, pairs: Pairs) -> Numbers:
    """Days between the spans of two reports; 0 where they overlap."""
    a, b = pairs.left, pairs.right
    gap: Numbers = np.maximum(np.maximum(columns.first[a] - columns.last[b], columns.first[b] - columns.last[a]), 0)
    return gap


def _has_day(columns: ReportColumns, pairs: Pairs) -> Flags:
    known: Flags = (columns.first[pairs.left] != NO_DAY) & (columns.first[pairs.right] != NO_DAY)
    return known


def _too_late(columns: ReportColumns, pairs: Pairs) -> Flags:
    are_dated = columns.is_dated[pairs.left] & columns.is_dated[pairs.right]
    gap = day_gap(columns, pairs)
    return ~_has_day(columns, pairs) | (are_dated & (gap > 1)) | (~are_dated & (gap > 0))


def _not_both_happened(columns: ReportColumns, pairs: Pairs) -> Flags:
    one, other = columns.status[pairs.left], columns.status[pairs.right]
    is_barred: Flags = (one != other) | (one == 2)
    return is_barred


def _day(columns: ReportColumns, pairs: Pairs) -> Reals:
    a, b = pairs.left, pairs.right
    are_dated = columns.is_dated[a] & columns.is_dated[b]
    gap = day_gap(columns, pairs)
    one, other = columns.last[a] - columns.first[a] + 1, columns.last[b] - columns.first[b] + 1
    widest = np.maximum(one, other)
    return _choose(
        len(pairs),
        (~are_dated, "day_unknown"),
        (gap > 0, "day_next"),
        (widest == 1, "day_same"),
        (widest <= _SHORT, "day_overlap"),
        (widest <= _LONG, "day_wide_overlap"),
        (widest > _LONG, "day_vague_overlap"),
    )


def distance(columns: ReportColumns, pairs: Pairs) -> Reals:
    """Great-circle distance of two reports in km; NaN where one has no point."""
    lon_a, lat_a, lon_b, lat_b = (
        np.radians(axis[side]) for side in (pairs.left, pairs.right) for axis in (columns.lon, columns.lat)
    )
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    apart: Reals = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return apart


def _are_one_place(columns: ReportColumns, pairs: Pairs) -> Flags:
    one, other = columns.place[pairs.left], columns.place[pairs.right]
    are_one: Flags = (one == other) & (one >= 0) & (columns.precision[pairs.left] == columns.precision[pairs.right])
    return are_one


def _too_far(columns: ReportColumns, pairs: Pairs) -> Flags:
    """Beyond both extents; a precise place must lie in the area that the other names."""
    a, b = pairs.left, pairs.right
    apart = distance(columns, pairs)
    smaller, larger = np.fmin(columns.extent[a], columns.extent[b]), np.fmax(columns.extent[a], columns.extent[b])
    are_precise = columns.is_precise[a] & columns.is_precise[b]
    reach = np.where(are_precise, np.minimum(smaller + larger, 2 * FARTHEST_KM), larger * _WIDE_SLACK + smaller)
    return (apart > reach) & ~_are_one_place(columns, pairs)


def _place(columns: ReportColumns, pairs: Pairs) -> Reals:
    a, b = pairs.left, pairs.right
    precise = columns.is_precise[a] & columns.is_precise[b]
    is_placed = (columns.precision[a] >= 0) & (columns.precision[b] >= 0)
    none_placed = (columns.precision[a] < 0) & (columns.precision[b] < 0)
    is_same = _are_one_place(columns, pairs)
    width = np.maximum(columns.precision[a], columns.precision[b])
    apart = distance(columns, pairs)
    within = apart <= np.minimum(np.fmin(columns.extent[a], columns.extent[b]), FARTHEST_KM)
    are_settlements = (columns.precision[a] == _SETTLEMENT) & (columns.precision[b] == _SETTLEMENT) & (apart > 1)
    are_named = (columns.name[a] >= 0) & (columns.name[b] >= 0)
    is_name = are_named & (columns.name[a] == columns.name[b])
    one_script = columns.language[a] == columns.language[b]
    return _choose(
        len(pairs),
        (is_same & precise, "place_same"),
        (precise & are_settlements, "place_neighbours"),
        (precise & within, "place_within"),
        (precise, "place_apart"),
        (is_same & (width == _ADM2), "place_same_district"),
        (is_placed & (width == _COUNTRY), "place_same_country"),
        (is_same, "place_same_area"),
        (is_placed, "place_in_area"),
        (is_name & none_placed, "place_same_name"),
        (is_name, "place_name_only"),
        (are_named & one_script, "place_other_name"),
        (np.ones(len(pairs), dtype=bool), "place_unknown"),
    )


def _type(columns: ReportColumns, pairs: Pairs) -> Reals:
    relation = load_relations().kind_table[columns.kind[pairs.left], columns.kind[pairs.right]]
    return _choose(
        len(pairs),
        (relation == EQUAL, "type_same"),
        (relation == OPEN, "type_open"),
        (relation == RELATED, "type_related"),
        (relation >= 0, "type_unlike"),
    )


def _actor(columns: ReportColumns, pairs: Pairs) -> Reals:
    one, other = columns.actor[pairs.left], columns.actor[pairs.right]
    known = (one >= 0) & (other >= 0)
    relation = _relate(one, other)
    sure = columns.is_sure_actor[pairs.left] & columns.is_sure_actor[pairs.right]
    return _choose(
        len(pairs),
        (known & (relation == EQUAL), "actor_same"),
        (known & (relation == RELATED), "actor_related"),
        (known & sure, "actor_unlike"),
        (known, "actor_disputed"),
    )


def _relate(one: Numbers, other: Numbers) -> Numbers:
    table = load_relations().actor_table
    strange = np.maximum(one, other) >= len(table)
    related = table[np.where(strange, 0, one), np.where(strange, 0, other)]
    return np.where(strange, np.where(one == other, EQUAL, UNLIKE), related)


def _hour(columns: ReportColumns, pairs: Pairs) -> Reals:
    a, b = pairs.left, pairs.right
    starts, ends = columns.hour_from, columns.hour_to
    known = ~np.isnan(starts[a]) & ~np.isnan(starts[b])
    overlap = np.zeros(len(pairs), dtype=bool)
    for turn in (-24.0, 0.0, 24.0):
        overlap |= (starts[a] + turn <= ends[b]) & (starts[b] <= ends[a] + turn)
    equal = (starts[a] == starts[b]) & (ends[a] == ends[b])
    return _choose(
        len(pairs), (known & equal, "hour_same"), (known & overlap, "hour_overlap"), (known & ~overlap, "hour_apart")
    )


def _target(columns: ReportColumns, pairs: Pairs) -> Reals:
    return _same_or_not(columns.target, pairs, "target_same", "target_unlike")


def _weapon(columns: ReportColumns, pairs: Pairs) -> Reals:
    return _same_or_not(columns.weapon, pairs, "weapon_same", "weapon_unlike")


def _same_or_not(words: Numbers, pairs: Pairs, equal: str, unlike: str) -> Reals:
    one, other = words[pairs.left], words[pairs.right]
    known = (one >= 0) & (other >= 0)
    return _choose(len(pairs), (known & (one == other), equal), (known, unlike))


def _weapon_count(columns: ReportColumns, pairs: Pairs) -> Reals:
    one, other = columns.weapon_count[pairs.left], columns.weapon_count[pairs.right]
    many, known = (one == other) & (one > 1), ~np.isnan(one) & ~np.isnan(other)
    return _choose(len(pairs), (many, "count_same"), (known & (one != other), "count_unlike"))


def _killed(columns: ReportColumns, pairs: Pairs) -> Reals:
    one, other = columns.killed[pairs.left], columns.killed[pairs.right]
    known = ~np.isnan(one) & ~np.isnan(other)
    less, more = np.fmin(one, other), np.fmax(one, other)
    apart = more - less
    points = _choose(
        len(pairs),
        (known & (more == 0), "killed_none"),
        (known & (apart == 0), "killed_same"),
        (known & (less == 0), "killed_or_none"),
        (known & ((apart <= 2) | (more <= 1.6 * less)), "killed_close"),
        (known & (apart > 8) & (more > 4 * less), "killed_far"),
        (known, "killed_unlike"),
    )
    return points + np.where(known & (apart == 0) & (less >= 5), _worth("killed_same_many"), 0.0)


def _wounded(columns: ReportColumns, pairs: Pairs) -> Reals:
    one, other = columns.wounded[pairs.left], columns.wounded[pairs.right]
    known = ~np.isnan(one) & ~np.isnan(other)
    return _choose(
        len(pairs), (known & (one == other) & (one > 0), "wounded_same"), (known & (one != other), "wounded_unlike")
    )


FEATURES: Mapping[str, Callable[[ReportColumns, Pairs], Reals]] = {
    "day": _day,
    "hour": _hour,
    "place": _place,
    "type": _type,
    "actor": _actor,
    "target": _target,
    "weapon": _weapon,
    "weapon_count": _weapon_count,
    "killed": _killed,
    "wounded": _wounded,
}
