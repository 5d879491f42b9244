"""How alike a predicted and an annotated event are, and which pair off best.

A pair is admissible when at least two of three hold: the day within one day of the annotated days, the point within the
annotated tolerance, an accepted type. Events here are the plain mappings of prediction and annotation files.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.fold import fold_name
from geo.sphere import distance_km

Fields = Mapping[str, Any]
_TABLE = Path(__file__).resolve().parent.parent / "data" / "scoring.toml"


@lru_cache(maxsize=1)
def _knowledge() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which of the three criteria hold between two events."""

    day: bool
    place: bool
    type: bool

    @property
    def admissible(self) -> bool:
        """Say whether the two may be a pair."""
        return self.day + self.place + self.type >= 2

    @property
    def strict(self) -> bool:
        """Say whether all three criteria hold."""
        return self.day and self.place and self.type


def parse_day(said: Any) -> date | None:
    """Read the day at the start of an ISO text; None where there is none."""
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


def parse_number(said: Any) -> float | None:
    """Read a number; None where there is none (True and False are none)."""
    try:
        return None if said is None or isinstance(said, bool) else float(said)
    except (TypeError, ValueError):
        return None


def parse_count(said: Any) -> int | None:
    """Read a count of people; None where there is none."""
    number = parse_number(said)
    return None if number is None else int(number)


def days(event: Fields) -> tuple[date | None, date | None]:
    """First and last day of an event."""
    first = event.get("date_start") or event.get("date")
    last = event.get("date_end") or first
    start, end = (parse_day(first) if first else None), (parse_day(last) if last else None)
    return start, end or start


def day_gap(predicted: Fields, annotated: Fields) -> int | None:
    """Days between two events; 0 where both are undated, None where only one is."""
    (a, b), (c, d) = days(predicted), days(annotated)
    if a is None or b is None or c is None or d is None:
        return 0 if a is None and c is None else None
    return max(0, (a - d).days, (c - b).days)


def day_exact(predicted: Fields, annotated: Fields) -> bool:
    """Say whether the predicted days lie inside the annotated ones."""
    (a, b), (c, d) = days(predicted), days(annotated)
    if a is None or b is None or c is None or d is None:
        return a is None and c is None
    return c <= a and b <= d


def point(event: Fields, prefix: str = "") -> tuple[float, float] | None:
    """The point (lat, lon) of an event, or of its origin with the prefix ``origin_``."""
    lat, lon = parse_number(event.get(f"{prefix}lat")), parse_number(event.get(f"{prefix}lon"))
    return None if lat is None or lon is None else (lat, lon)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance between two points (lat, lon)."""
    return float(distance_km(a[1], a[0], b[1], b[0]))


def place_error(predicted: Fields, annotated: Fields) -> tuple[bool, float | None]:
    """Whether the point is within tolerance, and the km to the nearest accepted point (None: not to be measured)."""
    accepted = [place for place in (annotated, *(annotated.get("alt_places") or [])) if point(place)]
    here = point(predicted)
    if not accepted:
        return predicted.get("lat") is None, None
    if here is None:
        return False, None
    distances = [(kilometres(here, point(place) or here), place["tolerance_km"]) for place in accepted]
    return any(distance <= tolerance for distance, tolerance in distances), min(distances)[0]


def type_accepted(predicted: Fields, annotated: Fields) -> bool:
    """Say whether the predicted type is one that a careful reader would accept."""
    return predicted.get("event_type") in (annotated.get("event_type_ok") or [annotated["event_type"]])


def weapon_accepted(predicted: Fields, annotated: Fields) -> bool:
    """Say whether the predicted weapon is of an accepted family."""
    family: dict[str | None, str] = _knowledge()["weapon_family"]
    accepted = annotated.get("weapon_ok") or [annotated["weapon"]]
    return family.get(predicted.get("weapon"), predicted.get("weapon")) in {family.get(one, one) for one in accepted}


def count_accepted(predicted: Fields, annotated: Fields, name: str) -> bool:
    """Say whether the predicted count ``name`` (killed, wounded) is an accepted one; unknown is one of its own."""
    return parse_count(predicted.get(name)) in (annotated.get(f"{name}_ok") or [annotated.get(name)])


def fold_party(name: str) -> str:
    """Fold a name of a party or place, without Arabic articles.

    Examples
    --------
    >>> fold_party("القوات الأميركية") == fold_party("قوات اميركية")
    True
    """
    article = _knowledge()["actor"]["article"]
    words = fold_name(name).split()
    return " ".join(word[len(article) :] if _has_article(word, article) else word for word in words)


def _has_article(word: str, article: str) -> bool:
    return word.startswith(article) and len(word) >= len(article) + 2


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(fold_party(word) for word in _knowledge()["actor"]["empty_words"])


def telling_words(name: str) -> frozenset[str]:
    """Words of a name that tell who or what it is; all of them where none does."""
    words = frozenset(fold_party(name).split())
    return words - _empty_words() or words


def actor_accepted(predicted: Fields, annotated: Fields) -> bool:
    """Say whether the predicted party is the annotated one, under any of its names."""
    said = predicted.get("actor")
    if (
        said is None
        or not str(said).strip()
        or fold_party(str(said)) in map(fold_party, _knowledge()["actor"]["nobody"])
    ):
        return bool(annotated.get("actor_null_ok", annotated.get("actor") is None))
    names = [annotated["actor"]] if annotated.get("actor") else []
    return any(_same_party(str(said), name) for name in [*names, *(annotated.get("actor_aliases_ok") or [])])


def _same_party(a: str, b: str) -> bool:
    words, others = telling_words(a), telling_words(b)
    return fold_party(a) == fold_party(b) or bool(others and (others <= words or words <= others))


def origin_accepted(predicted: Fields, annotated: Fields) -> bool:
    """Say whether the predicted origin is near the annotated one or has a word of its name."""
    here, there = point(predicted, "origin_"), point(annotated, "origin_")
    if here and there and kilometres(here, there) <= max(annotated.get("origin_tolerance_km") or 50, 50):
        return True
    name = predicted.get("origin_place")
    return bool(name) and bool(telling_words(str(name)) & telling_words(annotated.get("origin_place") or ""))


def compare(predicted: Fields, annotated: Fields) -> Likeness:
    """Say which of the three criteria hold."""
    gap = day_gap(predicted, annotated)
    anywhere = annotated.get("lat") is None and not annotated.get("alt_places")
    place = anywhere or place_error(predicted, annotated)[0]
    return Likeness(gap is not None and gap <= 1, place, type_accepted(predicted, annotated))


def weigh(predicted: Fields, annotated: Fields) -> float:
    """How well two events pair; 0 where they may not. The finer terms only settle which of several twins it is."""
    like = compare(predicted, annotated)
    if not like.admissible:
        return 0.0
    _, distance = place_error(predicted, annotated)
    names = [str(event.get("place_name") or "") for event in (predicted, annotated)]
    weight: float = 3.0 * like.day + 3.0 * like.place + 2.0 * like.type + 0.5 * (day_gap(predicted, annotated) == 0)
    weight += 0.6 * (count_accepted(predicted, annotated, "killed") + count_accepted(predicted, annotated, "wounded"))
    weight += 0.3 * (predicted.get("event_type") == annotated["event_type"]) + 0.3 * day_exact(predicted, annotated)
    weight += 0.0 if distance is None else 0.4 / (1 + distance / 10)
    return weight + (0.2 if all(names) and telling_words(names[0]) & telling_words(names[1]) else 0.0)


def pair(predicted: Sequence[Fields], annotated: Sequence[Fields]) -> list[tuple[int, int]]:
    """Pair events one to one with the greatest total weight: (number of the predicted, number of the annotated)."""
    weights = [[weigh(one, other) for other in annotated] for one in predicted]
    return assign(weights)


def assign(weights: list[list[float]]) -> list[tuple[int, int]]:
    """Assign rows to columns with the greatest total weight, pairs without weight left out (Hungarian algorithm).

    Examples
    --------
    >>> assign([[5.0, 4.0], [5.0, 0.0]])
    [(1, 0), (0, 1)]
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if not columns:
        return []
    size = max(rows, columns)

    def cost(row: int, column: int) -> float:
        return -weights[row][column] if row < rows and column < columns else 0.0

    chosen = _cheapest(size, cost)
    pairs = [(row, column) for column, row in enumerate(chosen) if row < rows and column < columns]
    return [(row, column) for row, column in pairs if weights[row][column] > 0]


def _cheapest(size: int, cost: Callable[[int, int], float]) -> list[int]:
    """For each column the row that the cheapest assignment gives it; rows enter one by one, by shortest paths.

    Rows and columns count from 1 inside; column 0 holds the row that seeks a place.
    """
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    row_of, previous = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0], column = row, 0
        slack, settled = [float("inf")] * (size + 1), [False] * (size + 1)
        while row_of[column]:
            settled[column] = True
            seeker, step, nearest = row_of[column], float("inf"), 0
            for other in range(1, size + 1):
                if settled[other]:
                    continue
                reduced = cost(seeker - 1, other - 1) - row_price[seeker] - column_price[other]
                if reduced < slack[other]:
                    slack[other], previous[other] = reduced, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(size + 1):
                if settled[other]:
                    row_price[row_of[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column:
            row_of[column], column = row_of[previous[column]], previous[column]
    return [row - 1 for row in row_of[1:]]
