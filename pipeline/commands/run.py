"""``rasid run``: files in, one file of events out."""

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from pipeline.articles import Refusal
from pipeline.console import exit_code, parse_day, say, say_notices, say_refusals, with_progress
from pipeline.export import Provenance, find_writer, write_events
from pipeline.extractor import Extractor, ExtractorOption, choose_reader
from pipeline.ingest import read_inputs
from pipeline.run import read_events
from pipeline.tabulate import tabulate


def run(
    inputs: Annotated[
        list[str], typer.Argument(help=".txt, .jsonl and .html files, folders of these, - for standard input")
    ],
    out: Annotated[Path, typer.Option(help="file to write: .geojson, .gpkg, .parquet, .csv, .kml, .html or .png")],
    published: Annotated[
        str | None, typer.Option(help="day of publication of inputs that name none, YYYY-MM-DD")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="language of inputs that name none: a folder of data/languages")
    ] = None,
    merge: Annotated[bool, typer.Option(help="merge reports of one attack by several articles")] = True,
    extractor: ExtractorOption = Extractor.BUILT_IN,
) -> None:
    """Read the attacks out of articles and write them to a file."""
    find_writer(out)
    notices: list[str] = []
    read = choose_reader(extractor, notices)
    articles, refusals = read_inputs(inputs, published=parse_day(published), language=lang)
    reading = with_progress(articles, "Reading articles", len(articles))
    events = read_events(reading, read=read) if merge else tabulate(read(article, None) for article in reading)
    how = {"inputs": inputs, "merged": merge, "extractor": extractor.value}
    provenance = Provenance(datetime.now(UTC), version("rasid"), how)
    write_events(events, out, provenance)
    say(summarise(len(articles), events, refusals, out))
    say_notices(notices)
    say_refusals(refusals)
    raise typer.Exit(exit_code(refusals))


def summarise(articles: int, events: gpd.GeoDataFrame, refusals: list[Refusal], out: Path) -> str:
    """Say in one line what was read, found and written."""
    status = events["place_status"].value_counts()
    placed, ambiguous, unplaced = (int(status.get(name, 0)) for name in ("placed", "ambiguous", "unplaced"))
    refused = sum(not refusal.kept for refusal in refusals)
    return (
        f"{articles} articles read, {len(events)} events found: {placed} placed, {ambiguous} ambiguous, "
        f"{unplaced} unplaced; {refused} inputs refused; written to {out}"
    )
