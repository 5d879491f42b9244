"""How well merging finds the reports of one attack, measured on reports whose attack is marked."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely import Point

from pipeline.errors import UsageError
from pipeline.events import EVENT_COLUMNS, make_events
from pipeline.merge import find_groups

MARKED = Path(__file__).resolve().parent.parent / "data" / "merge"


@dataclass(frozen=True)
class Marked:
    """Reports as an events table, the attack of each by its id, and article texts."""

    reports: gpd.GeoDataFrame
    attacks: dict[str, str]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairs of reports: how many were put together rightly, wrongly, and missed; and what was proposed."""

    reports: int
    attacks: int
    events: int
    right: int
    wrong: int
    missed: int
    proposed_right: int
    proposed_wrong: int
    mistakes: Sequence[str]

    @property
    def precision(self) -> float:
        """Share of the pairs put together that belong together."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were put together."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return (
            f"MERGE reports={self.reports} attacks={self.attacks} events={self.events} pairs_right={self.right} "
            f"pairs_wrong={self.wrong} pairs_missed={self.missed} precision={self.precision:.3f} "
            f"recall={self.recall:.3f} f1={self.f1:.3f} proposed_right={self.proposed_right} "
            f"proposed_wrong={self.proposed_wrong} {'PASS' if self.f1 >= 0.9 else 'FAIL'}"
        )


def read_marked(path: Path | None = None) -> Marked:
    """Read reports marked with their attack: a file of JSON lines or a folder of such; ``data/merge`` where None.

    A line has ``report``, ``attack``, ``article``, ``text``, and any columns of the events table; ``lon`` and ``lat``
    stand for the point, ``date`` for both days.

    Raises
    ------
    UsageError
        Where there is none, or a line is not valid.
    """
    source = path or MARKED
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    if not files or not all(file.is_file() for file in files):
        raise UsageError(f"There are no marked reports at {source}")
    lines = [(file, number, text) for file in files for number, text in enumerate(_lines(file), 1) if text.strip()]
    said = [_parse(*line) for line in lines]
    return Marked(
        make_events([_row(one) for one in said]),
        {one["report"]: one["attack"] for one in said},
        {one["article"]: one["text"] for one in said},
    )


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _parse(file: Path, number: int, text: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{file}, line {number}: not valid JSON ({error})") from error
    if missing := [name for name in ("report", "attack", "article", "text") if name not in said]:
        raise UsageError(f"{file}, line {number}: no {', '.join(missing)}")
    return said


def _row(said: dict[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in said.items() if name in EVENT_COLUMNS}
    row |= {"event_id": said["report"], "article_id": said["article"], "time_status": said.get("time_status", "actual")}
    if "date" in said:
        row |= {"date_start": said["date"], "date_end": said["date"], "date_precision": "day"}
    for name in ("killed", "wounded"):
        if name in said:
            row = {f"{name}_low": said[name], f"{name}_high": said[name]} | row
    if "lon" in said:
        row |= {"place_status": "placed", "geometry": Point(said["lon"], said["lat"])}
    return {"place_status": "unplaced"} | row


def measure_merging(marked: Marked) -> Quality:
    """Merge marked reports and count pairs."""
    merging = find_groups(marked.reports, texts=marked.texts)
    found = _pairs(merging.groups)
    wanted = _pairs(_attacks(marked.attacks))
    proposed = {tuple(sorted((one.left, one.right))) for one in merging.proposals}
    mistakes = [f"wrong {a} {b}" for a, b in sorted(found - wanted)]
    mistakes += [f"missed {a} {b}" for a, b in sorted(wanted - found)]
    return Quality(
        len(marked.attacks),
        len(set(marked.attacks.values())),
        len(merging.groups),
        len(found & wanted),
        len(found - wanted),
        len(wanted - found),
        len(proposed & wanted),
        len(proposed - wanted),
        mistakes,
    )


def _attacks(attacks: dict[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for report, attack in attacks.items():
        groups.setdefault(attack, []).append(report)
    return list(groups.values())


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}
