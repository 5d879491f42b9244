"""``rasid export``: a table of events into any kind of file, whole or narrowed by days, places and parties."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import numpy as np
import pandas as pd
import typer

from pipeline.codes import event_types
from pipeline.console import parse_day, say
from pipeline.errors import UsageError
from pipeline.export import find_writer, read_events_file, write_events
from pipeline.promises import PRECISIONS
from pipeline.provenance import Provenance

_REVIEWED, _PUBLISHED = ["reviewed", "published"], ["published"]


def export(
    events: Annotated[Path, typer.Argument(help="events to export: a .parquet file written by rasid run")],
    out: Annotated[Path, typer.Argument(help="file to write: .geojson, .csv, .gpkg, .parquet, .kml, .html or .png")],
    since: Annotated[str | None, typer.Option(help="first day, YYYY-MM-DD; what is undated is then left out")] = None,
    until: Annotated[str | None, typer.Option(help="last day, YYYY-MM-DD")] = None,
    country: Annotated[list[str] | None, typer.Option(help="two letters; may be given again")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="kind of event; may be given again")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="id of data/actors.csv; may be given again")] = None,
    coarsest: Annotated[str | None, typer.Option(help=f"widest place still wanted: {', '.join(PRECISIONS)}")] = None,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="only what was reviewed or published")] = False,
    published: Annotated[bool, typer.Option("--published", help="only what was published")] = False,
) -> None:
    """Write a table of events as another kind of file, as the download buttons of the app do."""
    find_writer(out)
    if not events.is_file():
        raise UsageError(f"{events} cannot be exported: there is no such file")
    chosen = {"country": country, "event_type": kind, "actor_id": actor}
    table = _read(events)
    statuses = _PUBLISHED if published else _REVIEWED if reviewed else None
    kept = select_events(table, (parse_day(since), parse_day(until)), chosen | {"review_status": statuses}, coarsest)
    how = {"since": since, "until": until, **chosen, "coarsest": coarsest, "review_status": statuses}
    said = {"events": events.name, **{name: value for name, value in how.items() if value}}
    write_events(kept, out, Provenance(datetime.now(UTC), version("rasid"), said))
    say(f"{len(kept)} of {len(table)} events written to {out}")


def _read(path: Path) -> gpd.GeoDataFrame:
    try:
        return read_events_file(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no events table; write one with: rasid run ... --out {path.name}") from error


def select_events(
    table: gpd.GeoDataFrame,
    days: tuple[date | None, date | None],
    chosen: dict[str, list[str] | None],
    coarsest: str | None = None,
) -> gpd.GeoDataFrame:
    """Keep the events that are asked for; a vague date is kept where it overlaps the days.

    Parameters
    ----------
    days
        First and last; None for no bound. Where one is given, undated events are left out.
    chosen
        Column -> words wanted; None or none for all.
    coarsest
        Widest precision still wanted.

    Raises
    ------
    UsageError
        Where a word is none of those there are.
    """
    _check("event type", chosen.get("event_type") or [], list(event_types()))
    _check("precision", [coarsest] if coarsest else [], PRECISIONS)
    kept = np.ones(len(table), dtype=bool)
    first, last = days
    if first or last:
        start, end = table["date_start"].fillna(table["date_end"]), table["date_end"].fillna(table["date_start"])
        kept &= start.notna().to_numpy()
        kept &= (start <= pd.Timestamp(last)).to_numpy() if last else True
        kept &= (end >= pd.Timestamp(first)).to_numpy() if first else True
    for column, words in chosen.items():
        kept &= table[column].isin(words).to_numpy() if words else True
    if coarsest:
        kept &= table["precision"].isin(PRECISIONS[: PRECISIONS.index(coarsest) + 1]).to_numpy()
    return table[kept]


def _check(what: str, words: Sequence[str], known: Sequence[str]) -> None:
    for word in words:
        if word not in known:
            raise UsageError(f"{word!r} is no {what}; known are: {', '.join(known)}")
