"""Who says what: the values of several reports side by side, and the one row that comes of them by a written rule.

The rule stands in ``docs/codebook.md``, section "Several reports of one attack".
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

from pipeline.sources import PARTY, source_kind

Row = Mapping[str, Any]
_PLACE = (
    *("place_name", "place_status", "place_id", "matched_name", "precision", "extent_km"),
    *("country", "admin1", "admin2", "candidates", "lon", "lat"),
)
_DAYS = ("date_start", "date_end", "date_precision")
_BASES = ("claimed", "stated", "blamed", "suspected")
_WIDTHS = ("site", "town", "near_town", "adm2", "adm1", "water", "country")
SAID_FIELDS = (
    *("event_type", "date_start", "time", "place_name", "actor", "target", "weapon", "weapon_count"),
    *("killed", "wounded", "attribution"),
)
_COMPARED_BY = {"actor": "actor_id", "target": "target_id", "place_name": "place_id"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says in one field, and in which words."""

    field: str
    report_id: str
    article_id: str
    source: str | None
    source_kind: str
    published_at: str | None
    value: Any
    low: int | None  # of a toll
    high: int | None
    quote: str | None
    is_chosen: bool  # whether the event says the same
    is_disputed: bool  # whether another report says otherwise


def combine(reports: Sequence[Row]) -> dict[str, Any]:
    """Make one plain row of the reports of one attack; it keeps the id and the article of the first published.

    Parameters
    ----------
    reports
        Plain rows (``pipeline.plain``), one at least; their order does not matter.
    """
    rows = sorted(reports, key=_age)
    merged = dict(rows[0])
    if len(rows) == 1:
        return merged
    quotes = _Quotes(merged)
    merged["event_type"] = quotes.take(("event_type",), _most(rows, "event_type", _names_a_kind))["event_type"]
    for names, choose in _CHOICES:
        chosen = choose(rows)
        if chosen is not None:
            merged.update(quotes.take(names, chosen))
    for name in ("killed", "wounded"):
        _take_toll(merged, quotes, rows, name)
    if any(row["time_status"] == "actual" for row in rows):
        merged["time_status"] = "actual"
    merged["reports"] = sum(row["reports"] for row in rows)
    merged["members"] = orjson.dumps([member for row in rows for member in orjson.loads(row["members"])]).decode()
    merged["evidence"] = orjson.dumps(quotes.kept).decode()
    return merged


class _Quotes:
    """Evidence of a merged row: each field keeps the quote of the report it comes from."""

    def __init__(self, first: Row) -> None:
        self.kept: dict[str, Any] = orjson.loads(first["evidence"])

    def take(self, names: Sequence[str], row: Row) -> dict[str, Any]:
        """Take fields that belong together from one report, with their quotes."""
        quotes = orjson.loads(row["evidence"])
        for name in names:
            self.kept.pop(name, None)
            if name in quotes:
                self.kept[name] = quotes[name]
        return {name: row[name] for name in names}


def _age(row: Row) -> tuple[str, str]:
    return row["published_at"] or "9999", row["event_id"]


def _names_a_kind(row: Row) -> bool:
    return bool(row["event_type"] != "other")


def _most(rows: Sequence[Row], name: str, fits: Callable[[Row], bool] = lambda row: True) -> Row:
    """The first report with the value that most sources give."""
    pool = [row for row in rows if row[name] is not None and fits(row)] or list(rows)
    votes = Counter(value for _, value in {(_voter(row), row[name]) for row in pool})
    return max(pool, key=lambda row: votes[row[name]])


def _voter(row: Row) -> str:
    """One source has one vote, however many articles it published."""
    return str(row["source"] or row["article_id"])


def _known(rows: Sequence[Row], name: str) -> list[Row]:
    return [row for row in rows if row[name] is not None]


def _choose_days(rows: Sequence[Row]) -> Row | None:
    dated = _known(rows, "date_start")
    if not dated:
        return None
    shortest = min(_width(row) for row in dated)
    return _most([row for row in dated if _width(row) == shortest], "date_start")


def _width(row: Row) -> int:
    return (date.fromisoformat(row["date_end"]) - date.fromisoformat(row["date_start"])).days


def _choose_place(rows: Sequence[Row]) -> Row | None:
    placed = [row for row in rows if row["place_status"] == "placed"]
    if not placed:
        return next(iter(_known(rows, "place_name")), None)
    narrowest = min(_WIDTHS.index(row["precision"]) for row in placed)
    return _most([row for row in placed if _WIDTHS.index(row["precision"]) == narrowest], "place_id")


def _choose_actor(rows: Sequence[Row]) -> Row | None:
    named = _known(rows, "actor_id") or _known(rows, "actor")
    if not named:
        return None
    surest = min(_basis(row) for row in named)
    return _most([row for row in named if _basis(row) == surest], "actor_id")


def _basis(row: Row) -> int:
    return _BASES.index(row["actor_basis"]) if row["actor_basis"] else len(_BASES)


def _choose_first(*names: str) -> Callable[[Sequence[Row]], Row | None]:
    """The value that most sources give in the first of these fields that any report has."""

    def choose(rows: Sequence[Row]) -> Row | None:
        found = next((known for name in names if (known := _known(rows, name))), None)
        return None if not found else _most(found, next(name for name in names if found[0][name] is not None))

    return choose


_CHOICES: tuple[tuple[tuple[str, ...], Callable[[Sequence[Row]], Row | None]], ...] = (
    (_DAYS, _choose_days),
    (("time",), _choose_first("time")),
    (_PLACE, _choose_place),
    (("actor_id", "actor", "actor_basis"), _choose_actor),
    (("target_id", "target"), _choose_first("target_id", "target")),
    (("weapon",), _choose_first("weapon")),
    (("weapon_count",), _choose_first("weapon_count")),
    (("origin_name", "origin_lon", "origin_lat", "origin_extent_km"), _choose_first("origin_lon", "origin_name")),
    (("attribution",), _choose_first("attribution")),
)


def _take_toll(merged: dict[str, Any], quotes: _Quotes, rows: Sequence[Row], name: str) -> None:
    last_words = {_voter(row): row for row in rows if row[name] is not None}  # later rows replace earlier ones
    if not last_words:
        return
    words = list(last_words.values())
    chosen = choose_toll(words, name)
    merged.update(quotes.take((name,), chosen))
    merged[f"{name}_low"] = min(row[f"{name}_low"] for row in words)
    merged[f"{name}_high"] = max(row[f"{name}_high"] for row in words)


def choose_toll(words: Sequence[Row], name: str) -> Row:
    """Choose the report whose figure is best: see the rule.

    Parameters
    ----------
    words
        The last report of each source with a figure.
    name
        killed or wounded.
    """
    neutral = [row for row in words if source_kind(row["source"]) != PARTY] or list(words)
    newest = max((row["published_at"] or "" for row in neutral), default="")
    fresh = [row for row in neutral if _is_fresh(row["published_at"], newest)]
    votes = Counter(row[name] for row in fresh)
    return max(fresh, key=lambda row: (votes[row[name]], row["published_at"] or "", -row[name], row["event_id"]))


def _is_fresh(published: str | None, newest: str) -> bool:
    """Published on the newest day or the one before; a report without a day counts where all are without."""
    if not newest or not published:
        return not newest
    return date.fromisoformat(published) >= date.fromisoformat(newest) - timedelta(days=1)


def who_says_what(reports: Sequence[Row], event: Row) -> list[Said]:
    """Every field that a report fills, one entry a report, with what the event says beside.

    Parameters
    ----------
    reports
        Plain rows of the reports.
    event
        Plain row of the event made of them.
    """
    rows = sorted(reports, key=_age)
    return [said for name in SAID_FIELDS for said in _say(rows, event, name)]


def _say(rows: Sequence[Row], event: Row, name: str) -> list[Said]:
    known = _known(rows, name)
    values = {_value(row, name) for row in known}
    return [
        Said(
            name,
            row["event_id"],
            row["article_id"],
            row["source"],
            source_kind(row["source"]),
            row["published_at"],
            row[name],
            row.get(f"{name}_low"),
            row.get(f"{name}_high"),
            orjson.loads(row["evidence"]).get(name, {}).get("quote"),
            _value(row, name) == _value(event, name),
            len(values) > 1,
        )
        for row in known
    ]


def _value(row: Row, name: str) -> Any:
    """What is compared: an id where the words have one, since two languages never use the same words."""
    return row.get(_COMPARED_BY.get(name, name)) or row[name]


def count_sources(reports: Sequence[Row]) -> dict[str, int]:
    """Number of different sources by kind."""
    return dict(Counter(source_kind(name) for name in {row["source"] for row in reports if row["source"]}))
