"""The rules of merging, read from ``data/merge.toml`` and ``data/actors.csv``: points, spans of the day, relations."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import event_types

_DATA = Path(__file__).resolve().parent.parent / "data"
UNLIKE, RELATED, EQUAL, OPEN = 0, 1, 2, 3  # OPEN: one of the two may be anything
_UNNAMED = frozenset({"unidentified", "generic", "kind"})


@dataclass(frozen=True, slots=True)
class Rules:
    """``data/merge.toml``."""

    merge_from: float
    propose_from: float
    least_in_group: float
    most_hours_apart: float
    part_of_day: Mapping[str, tuple[float, float]]
    points: Mapping[str, float]


@dataclass(frozen=True)
class Relations:
    """Numbers of event types and actors, and tables [number, number] of how two relate (UNLIKE ... OPEN)."""

    kinds: Mapping[str, int]
    kind_table: NDArray[np.int8]
    actors: Mapping[str, int]
    actor_table: NDArray[np.int8]
    unnamed: frozenset[str]  # ids that name nobody: "the army", "gunmen"


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Read ``data/merge.toml``."""
    said = _read_toml()
    spans = {name: (float(first), float(last)) for name, (first, last) in said["part_of_day"].items()}
    return Rules(
        said["merge_from"],
        said["propose_from"],
        said["least_in_group"],
        said["most_hours_apart"],
        spans,
        {name: float(points) for name, points in said["points"].items()},
    )


def _read_toml() -> dict[str, Any]:
    with (_DATA / "merge.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def load_relations() -> Relations:
    """Work out which event types and which actors go together."""
    kinds = {name: number for number, name in enumerate(event_types())}
    parents, unnamed = _read_actors()
    actors = {name: number for number, name in enumerate(name for name in parents if name not in unnamed)}
    return Relations(kinds, _kind_table(kinds), actors, _actor_table(actors, parents), frozenset(unnamed))


def _kind_table(kinds: Mapping[str, int]) -> NDArray[np.int8]:
    said = _read_toml()
    table = np.full((len(kinds), len(kinds)), UNLIKE, dtype=np.int8)
    for one, other in said["same_attack"]:
        table[kinds[one], kinds[other]] = table[kinds[other], kinds[one]] = RELATED
    for name in said["any_attack"]:
        table[kinds[name], :] = table[:, kinds[name]] = OPEN
    np.fill_diagonal(table, EQUAL)
    return table


def _read_actors() -> tuple[dict[str, str], set[str]]:
    with (_DATA / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["actor_id"]: row["parent_id"] for row in rows}, {
        row["actor_id"] for row in rows if row["kind"] in _UNNAMED
    }


def _actor_table(actors: Mapping[str, int], parents: Mapping[str, str]) -> NDArray[np.int8]:
    table = np.full((len(actors), len(actors)), UNLIKE, dtype=np.int8)
    for name, number in actors.items():
        for above in _line(name, parents):
            if above in actors:
                table[number, actors[above]] = table[actors[above], number] = RELATED
    np.fill_diagonal(table, EQUAL)
    return table


def _line(actor: str, parents: Mapping[str, str]) -> list[str]:
    """All that an actor belongs to, nearest first."""
    line: list[str] = []
    above = parents.get(actor)
    while above and above not in line:
        line.append(above)
        above = parents.get(above)
    return line
