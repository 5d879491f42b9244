"""``rasid geocode``: a table of place names in, the same table with places out."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from geo.batch import place_list, query_of
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocoder import place_all
from geo.online import OnlineGeocoder, Proposal, Service, propose_all
from geo.place import Placement, PlaceQuery
from pipeline.console import say, with_progress
from pipeline.errors import UsageError
from pipeline.sources import home_country

ADDED = ("status", "place_id", "matched_name", "lon", "lat", "precision", "extent_km", "candidates")
SHOWN = 50  # rows named one by one
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def geocode(
    names: Annotated[
        Path | None, typer.Argument(help="CSV with a column name; country (alpha-2), admin1 and kind where known")
    ] = None,
    out: Annotated[Path | None, typer.Argument(help="CSV to write: the same rows with their places")] = None,
    explain: Annotated[str | None, typer.Option(help="place one name and say why")] = None,
    near: Annotated[
        list[str] | None, typer.Option(help="with --explain: another name of the same article; may be repeated")
    ] = None,
    country: Annotated[str | None, typer.Option(help="with --explain: its country")] = None,
    admin1: Annotated[str | None, typer.Option(help="with --explain: its first-level area")] = None,
    kind: Annotated[str | None, typer.Option(help="with --explain: its kind, such as field or airport")] = None,
    outlet: Annotated[
        str | None, typer.Option(help="with --explain: who reports it, by name or web address; its country is a hint")
    ] = None,
    online: Annotated[
        str | None,
        typer.Option(help="ask about unplaced names: nominatim, photon or geonames; names leave the machine"),
    ] = None,
    contact: Annotated[str, typer.Option(help="with --online: your e-mail address or web page, sent along")] = "",
    server: Annotated[str | None, typer.Option(help="with --online: your own server's address")] = None,
    username: Annotated[str | None, typer.Option(help="with --online geonames: your account")] = None,
) -> None:
    """Place the names of a table, or one name with all reasons."""
    if (explain is None) == (names is None) or (names is not None and out is None):
        raise UsageError("give either NAMES.csv and OUT.csv, or --explain NAME")
    service = Service(online, contact, server, username) if online else None
    gazetteer = open_gazetteer()
    if explain is not None:
        query = query_of(gazetteer, explain, country, admin1, kind)
        others = [query_of(gazetteer, name) for name in near or ()]
        home = home_country(outlet, outlet)
        typer.echo("\n".join(explain_placement(place_all([query, *others], gazetteer, home=home)[0])))
    elif names is not None and out is not None:
        raise typer.Exit(geocode_file(names, out, gazetteer, OnlineGeocoder(service) if service else None))


def geocode_file(names: Path, out: Path, gazetteer: Gazetteer, online: OnlineGeocoder | None = None) -> int:
    """Place the rows of a CSV file; give the exit code: 1 where a row had no name, else 0."""
    header, rows = read_names(names)
    queries = [query_of(gazetteer, row["name"], row.get("country"), row.get("admin1"), row.get("kind")) for row in rows]
    placements = list(with_progress(place_list(queries, gazetteer), "Placing names", len(rows)))
    proposals = list(with_progress(propose_all(placements, online), "Asking", len(rows))) if online else []
    write_places(out, header, rows, placements, proposals)
    status = Counter(placement.status for placement in placements)
    say(
        f"{len(rows)} names: {status['placed']} placed, {status['ambiguous']} ambiguous, "
        f"{status['unplaced']} unplaced; written to {out}"
    )
    for outcome, number in Counter(item.outcome for item in proposals if item).items():
        say(f"asked {online.service.name if online else ''}: {number} {outcome}")
    nameless = [
        f"refused: {names}:{number}: the name is empty" for number, row in _numbered(rows) if not row["name"].strip()
    ]
    _say_some([*nameless, *_not_used(names, rows, queries)])
    return int(bool(nameless))


def _numbered(rows: Sequence[dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(rows, start=2)  # line 1 is the header


def _not_used(path: Path, rows: Sequence[dict[str, str]], queries: Sequence[PlaceQuery]) -> Iterator[str]:
    for (number, row), query in zip(_numbered(rows), queries, strict=True):
        for column, known in (("country", query.country), ("kind", query.kind)):
            if row.get(column, "").strip() and known is None:
                yield f"note: {path}:{number}: {column} {row[column]!r} is not known and was not used"


def _say_some(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        say(line)
    if len(lines) > SHOWN:
        say(f"... and {len(lines) - SHOWN} more such rows")


def read_names(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Read a CSV file of names (UTF-8): its columns and its rows.

    Raises
    ------
    UsageError
        Where the file is not UTF-8 text or has no column ``name``.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
            header = [name for name in reader.fieldnames or () if name]
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path} is not a CSV table: {error}") from error
    if "name" not in header:
        raise UsageError(f"{path} has no column 'name'; its columns are {', '.join(map(repr, header)) or 'none'}")
    return header, rows


def write_places(
    out: Path,
    header: Sequence[str],
    rows: Sequence[dict[str, str]],
    placements: Sequence[Placement],
    proposals: Sequence[Proposal | None] = (),
) -> None:
    """Write the rows with ``ADDED`` behind; an input column of such a name is kept with "input_" before it.

    What an online service proposed stands among the candidates with its licence, marked as a proposal; a proposal never
    places a row.
    """
    kept = [f"input_{name}" if name in ADDED else name for name in header]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*kept, *ADDED])
        for row, placement, proposal in zip_longest(rows, placements, proposals):
            writer.writerow([*(row.get(name, "") for name in header), *cells_of(placement, proposal)])


def cells_of(placement: Placement, proposal: Proposal | None = None) -> list[str]:
    """Values of ``ADDED`` for one answer; unknown is empty."""
    matched = placement.matched_name or ""
    values = (
        placement.status,
        placement.place_id,
        f"'{matched}" if matched.startswith(_FORMULA) else matched,
        placement.lon,
        placement.lat,
        placement.precision,
        placement.extent_km,
    )
    candidates: list[dict[str, object]] = [
        {
            "place_id": item.place.place_id,
            "name": item.place.name,
            "kind": item.place.kind,
            "lon": round(item.place.lon, 5),
            "lat": round(item.place.lat, 5),
            "country": item.place.country,
            "admin1": item.place.admin1,
            "score": item.score,
        }
        for item in placement.candidates
    ]
    if proposal is not None:
        candidates.append({"proposal": True, **asdict(proposal)})
    return [*("" if value is None else str(value) for value in values), json.dumps(candidates, ensure_ascii=False)]


def explain_placement(placement: Placement) -> Iterator[str]:
    """Lines that say what was asked, what was chosen and why, and what else was considered."""
    yield f"asked: {_describe(placement.query)}"
    yield f"status: {placement.status}"
    if placement.lon is not None:
        yield (
            f"place: {placement.place_id} {placement.matched_name}, lon {placement.lon:.5f} lat {placement.lat:.5f}, "
            f"{placement.precision}, within {placement.extent_km:g} km, {placement.country} {placement.admin1 or ''}"
        )
    yield from (f"  because: {reason}" for reason in placement.reasons)
    for number, item in enumerate(placement.candidates, start=1):
        place = item.place
        yield (
            f"{number}. {item.score:.0%} {place.name} ({place.name_ar or '-'}), {place.kind}, {place.country} "
            f"{place.admin1 or ''}, lon {place.lon:.4f} lat {place.lat:.4f}, {place.source} {place.place_id}"
        )
        yield from (f"     {reason}" for reason in item.reasons)


def _describe(query: PlaceQuery) -> str:
    told = {
        "kind": query.kind, "in": ", ".join(query.parents), "country": query.country, "admin1": query.admin1,
        "also": ", ".join(query.also), "bearing": query.bearing, "km": query.distance_km, "between": query.between,
    }  # fmt: skip
    return "; ".join([query.name, *(f"{key} {value}" for key, value in told.items() if value not in (None, ""))])
