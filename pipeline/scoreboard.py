"""What the scorer counts, and the scoreboard it makes of that."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field

Board = dict[str, dict[str, float | int | None]]


@dataclass(slots=True)
class Share:
    """How many of how many."""

    hits: int = 0
    total: int = 0

    def add(self, hit: bool) -> None:
        """Count one more case."""
        self.hits += hit
        self.total += 1

    @property
    def ratio(self) -> float | None:
        """Hits as a share of all, None where there are none."""
        return self.hits / self.total if self.total else None


@dataclass(slots=True)
class Tally:
    """What is counted over all articles."""

    articles: int = 0
    unanswered: int = 0
    gold: int = 0
    predicted: int = 0
    matched: int = 0
    strict: int = 0
    ignored: int = 0
    quiet: Share = field(default_factory=Share)  # articles without events: those with a false one, of all
    false_events: int = 0
    shares: dict[str, Share] = field(default_factory=dict)
    event_km: list[float] = field(default_factory=list)
    place_km: list[float] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=lambda: {"gold": 0, "predicted": 0, "matched": 0})

    def share(self, name: str) -> Share:
        """The share called ``name``."""
        return self.shares.setdefault(name, Share())


def _rates(hits: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1; silence about nothing is perfect."""
    precision = hits / predicted if predicted else float(not gold)
    recall = hits / gold if gold else float(not predicted)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


_MATCHED_MEASURES = (
    "date_accuracy",
    "date_within_1_day",
    "time_accuracy_hhmm",
    "place_within_tolerance",
    "type_accuracy",
    "type_accuracy_lenient",
    "actor_accuracy",
    "actor_accuracy_when_attributed",
    "weapon_accuracy",
    "killed_exact",
    "wounded_exact",
    "casualties_exact",
    "casualties_exact_when_reported",
    "origin_accuracy",
)
_PLACE_MEASURES = ("resolved@161km", "resolved@161km_below_country", "resolved_within_tolerance", "role_accuracy")


def make_board(tally: Tally) -> Board:
    """Turn counts into measures by group; None where nothing was there to measure."""
    precision, recall, f1 = _rates(tally.matched, tally.predicted, tally.gold)
    strict_precision, strict_recall, strict_f1 = _rates(tally.strict, tally.predicted, tally.gold)
    matched: dict[str, float | int | None] = {name: tally.share(name).ratio for name in _MATCHED_MEASURES}
    return {
        "articles": {"articles": tally.articles, "articles_without_prediction": tally.unanswered},
        "event": {
            "gold": tally.gold,
            "predicted": tally.predicted,
            "matched": tally.matched,
            "ignored_optional": tally.ignored,
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "strict_precision": strict_precision,
            "strict_recall": strict_recall,
            "strict_f1": strict_f1,
            "main_event_recall": tally.share("main_event_recall").ratio,
        },
        "on_matched_events": {
            **matched,
            "median_km_error": _median(tally.event_km),
            "km_measured": len(tally.event_km),
        },
        "no_event_articles": {
            "articles": tally.quiet.total,
            "with_false": tally.quiet.hits,
            "false_events": tally.false_events,
            "share_with_false_event": tally.quiet.ratio,
        },
        "toponyms": _place_board(tally),
    }


def _place_board(tally: Tally) -> dict[str, float | int | None]:
    places = tally.places
    precision, recall, f1 = _rates(places["matched"], places["predicted"], places["gold"])
    measures: dict[str, float | int | None] = {name: tally.share(name).ratio for name in _PLACE_MEASURES}
    rates = {"precision": precision, "recall": recall, "f1": f1, "median_km_error": _median(tally.place_km)}
    return {**places, **rates, **measures}


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def format_board(board: Mapping[str, Mapping[str, float | int | None]], beside: Board | None = None) -> str:
    """Lay out a scoreboard as text, with another one in a second column where there is one.

    Examples
    --------
    >>> print(format_board({"event": {"f1": 0.5, "gold": 3}}))
    [event]
      f1                                0.500
      gold                                  3
    """
    lines = []
    for group, measures in board.items():
        lines.append(f"[{group}]")
        for name, value in measures.items():
            columns = [value] if beside is None else [value, beside.get(group, {}).get(name)]
            lines.append(f"  {name:<30}" + "".join(f"{_shown(column):>9}" for column in columns))
    return "\n".join(lines)


def _shown(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
