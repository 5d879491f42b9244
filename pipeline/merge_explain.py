"""Why two reports were merged, or may be: the points for and against, with what each report says."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pipeline.merge_columns import ReportColumns
from pipeline.merge_score import Comparison, Pairs, distance

_SHOWN = {
    "day": ("date_start", "date_end"),
    "hour": ("time",),
    "place": ("place_name", "matched_name", "precision"),
    "type": ("event_type",),
    "actor": ("actor_id", "actor_basis"),
    "target": ("target_id",),
    "weapon": ("weapon",),
    "weapon_count": ("weapon_count",),
    "killed": ("killed",),
    "wounded": ("wounded",),
    "words": (),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature of a pair: points above 0 speak for one attack, below 0 against."""

    feature: str
    points: float
    left: str
    right: str
    distance_km: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Say it as JSON can keep it."""
        return asdict(self)


def explain_pair(
    columns: ReportColumns, pairs: Pairs, comparison: Comparison, number: int, rows: Mapping[str, Mapping[str, Any]]
) -> list[Reason]:
    """List the features that speak for or against, strongest first.

    Parameters
    ----------
    number
        Position of the pair in ``pairs``.
    rows
        Plain rows by report id.
    """
    left, right = columns.ids[pairs.left[number]], columns.ids[pairs.right[number]]
    apart = float(distance(columns, Pairs(pairs.left[[number]], pairs.right[[number]]))[0])
    reasons = [
        Reason(
            feature,
            round(float(points[number]), 2),
            _show(rows[left], feature),
            _show(rows[right], feature),
            round(apart, 1) if feature == "place" and not np.isnan(apart) else None,
        )
        for feature, points in comparison.points.items()
        if points[number]
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.points))


def _show(row: Mapping[str, Any], feature: str) -> str:
    names: Sequence[str] = _SHOWN[feature]
    said = [str(row[name]) for name in names if row[name] is not None]
    return " ".join(dict.fromkeys(said))
