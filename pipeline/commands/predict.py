"""``rasid predict``: one line of JSON an article, for scorers and other tools."""

from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer

from pipeline.articles import Asked, Refusal
from pipeline.console import exit_code, parse_day, say, say_notices, say_refusals, with_progress
from pipeline.extractor import Extractor, ExtractorOption, Reader, choose_reader
from pipeline.files import write_aside
from pipeline.ingest import iter_inputs
from pipeline.predict import to_prediction


def predict(
    inputs: Annotated[str, typer.Argument(help="articles, one JSON object a line (or any input of `rasid run`)")],
    out: Annotated[Path, typer.Argument(help="file to write, one JSON object an article, in the order read")],
    published: Annotated[
        str | None, typer.Option(help="day of publication of inputs that name none, YYYY-MM-DD")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="language of inputs that name none")] = None,
    extractor: ExtractorOption = Extractor.BUILT_IN,
) -> None:
    """Write what is read from each article: its events and places, unknown as null."""
    notices: list[str] = []
    read = choose_reader(extractor, notices)
    asked = Asked(date.today(), parse_day(published), lang)
    with write_aside(out) as draft, draft.open("wb") as file:
        written, refusals = _write_lines(inputs, asked, file, read)
    say(f"{written} articles read, {sum(not one.kept for one in refusals)} inputs refused; written to {out}")
    say_notices(notices)
    say_refusals(refusals)
    raise typer.Exit(exit_code(refusals))


def _write_lines(inputs: str, asked: Asked, file: BinaryIO, read: Reader) -> tuple[int, list[Refusal]]:
    refusals: list[Refusal] = []
    written = 0
    for item in with_progress(iter_inputs([inputs], asked), "Reading articles", None):
        if isinstance(item, Refusal):
            refusals.append(item)
            continue
        file.write(orjson.dumps(to_prediction(read(item, None)), option=orjson.OPT_APPEND_NEWLINE))
        written += 1
    return written, refusals
