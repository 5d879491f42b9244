"""Corrections that can become data: aliases, sites, actors and examples, handed over as a patch file for review.

Nothing changes the data by itself: ``git apply`` does, once somebody has looked at the patch.
"""

import csv
import difflib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select, update

from pipeline.files import write_aside
from pipeline.store import audit as trail
from pipeline.store.engine import Store
from pipeline.store.errors import ReviewError
from pipeline.store.events import find_event
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import corrections

_ROOT = Path(__file__).resolve().parent.parent.parent
_NEEDS: dict[str, tuple[str, ...]] = {
    "place_alias": ("place_id", "names"),
    "site": ("place_id", "kind", "lon", "lat", "extent_km", "country"),
    "actor_alias": ("actor_id", "name", "language"),
    "example": ("language", "article_id", "text", "event"),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """Something to add to the data, and the event it was learned from."""

    kind: str
    said: Mapping[str, Any]
    event_id: str | None
    made_by: str
    made_at: str
    number: int = 0


def save_correction(
    store: Store, kind: str, said: Mapping[str, Any], by: Person = LOCAL, event_id: str | None = None
) -> None:
    """Keep a correction that can become data.

    Parameters
    ----------
    kind, said
        ``place_alias`` (place_id, names), ``site`` (the columns of ``sites.csv``), ``actor_alias`` (actor_id, name,
        language) or         ``example`` (language, article_id, text, event).

    Raises
    ------
    ReviewError, NotFoundError, NotAllowedError
        Where the kind is unknown or something is missing, there is no such event, or the person may not.
    """
    if kind not in _NEEDS:
        raise ReviewError(f"There is no correction of kind {kind!r}; kinds: {', '.join(_NEEDS)}")
    if missing := [name for name in _NEEDS[kind] if said.get(name) in (None, "")]:
        raise ReviewError(f"A correction of kind {kind} needs {', '.join(missing)}")
    with store.writing() as connection:
        require(connection, by, Action.CORRECT)
        if event_id is not None:
            find_event(connection, event_id)
        row = {
            "kind": kind,
            "event_id": event_id,
            "said": orjson.dumps(dict(said)).decode(),
            "made_by": by.subject,
            "made_at": trail.now(),
            "state": "open",
        }
        connection.execute(insert(corrections).values(**row))
        trail.append(connection, by, "correction", event_id, new={"kind": kind, "said": dict(said)})


def list_corrections(store: Store, by: Person = LOCAL, *, again: bool = False) -> list[Correction]:
    """Corrections that were not written to a patch yet; all with ``again``."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        return _read(connection, again)


def _read(connection: Connection, again: bool) -> list[Correction]:
    query = select(corrections).order_by(corrections.c.correction_id)
    if not again:
        query = query.where(corrections.c.state == "open")
    return [
        Correction(row.kind, orjson.loads(row.said), row.event_id, row.made_by, row.made_at, row.correction_id)
        for row in connection.execute(query)
    ]


def write_corrections(store: Store, path: Path, by: Person = LOCAL, *, again: bool = False, root: Path = _ROOT) -> int:
    """Write corrections as a patch of the data files under ``root``; answers how many.

    Raises
    ------
    ReviewError
        Where there is none.
    """
    with store.writing() as connection:
        require(connection, by, Action.CORRECT)
        found = _read(connection, again)
        if not found:
            raise ReviewError("There are no corrections to write; 'again' also writes those written before")
        with write_aside(path.absolute()) as draft:
            draft.write_text(make_patch(found, root), encoding="utf-8")
        _mark(connection, found, by)
    return len(found)


def mark_exported(store: Store, found: Sequence[Correction], by: Person = LOCAL) -> None:
    """Say that the patch of some corrections was handed over, so that the next one does not hold them again."""
    with store.writing() as connection:
        require(connection, by, Action.CORRECT)
        _mark(connection, found, by)


def _mark(connection: Connection, found: Sequence[Correction], by: Person) -> None:
    numbers = [one.number for one in found]
    connection.execute(update(corrections).where(corrections.c.correction_id.in_(numbers)).values(state="exported"))
    trail.append(connection, by, "export_corrections", None, new={"corrections": len(found)})


def make_patch(found: Sequence[Correction], root: Path = _ROOT) -> str:
    """Say corrections as a unified diff of the data files."""
    lines: dict[str, list[str]] = {}
    for one in found:
        name, line = _line(one, root)
        if line not in lines.setdefault(name, []):
            lines[name].append(line)
    return "".join(_diff(root, name, added) for name, added in lines.items())


def _line(one: Correction, root: Path) -> tuple[str, str]:
    """File to add to, relative to the root, and the line to add."""
    said = one.said
    if one.kind == "example":
        name = f"data/languages/{said['language']}/examples/corrected.jsonl"
        return name, orjson.dumps(dict(said)).decode() + "\n"
    if one.kind == "actor_alias":
        name = f"data/languages/{said['language']}/actors.csv"
        return name, _csv_line(root / name, {"actor_id": said["actor_id"], "name": said["name"], "strength": "strong"})
    if one.kind == "place_alias":
        name = "data/gazetteer/aliases.csv"
        return name, _csv_line(root / name, dict(said), ("place_id", "names"))
    name = "data/gazetteer/sites.csv"
    return name, _csv_line(root / name, dict(said))


def _csv_line(path: Path, said: Mapping[str, Any], header: Sequence[str] = ()) -> str:
    if path.is_file():
        header = path.read_text("utf-8").splitlines()[0].split(",")
    out = io.StringIO()
    csv.DictWriter(out, header, extrasaction="ignore", lineterminator="\n").writerow(dict(said))
    return out.getvalue()


def _diff(root: Path, name: str, added: Sequence[str]) -> str:
    path = root / name
    before = path.read_text("utf-8").splitlines(keepends=True) if path.is_file() else []
    head = [] if before or not name.endswith(".csv") else ["place_id,names\n"]
    if before and not before[-1].endswith("\n"):
        before[-1] += "\n"
    left = f"a/{name}" if before else "/dev/null"
    return "".join(difflib.unified_diff(before, [*before, *head, *added], left, f"b/{name}"))
