"""``rasid evaluate``: the scoreboard on annotated articles."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from pipeline.baseline import keyword_prediction
from pipeline.console import exit_code, say_refusals, with_progress
from pipeline.errors import UsageError
from pipeline.ingest import read_inputs
from pipeline.predict import to_prediction
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.score import score
from pipeline.scoreboard import Board, format_board


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="annotated articles, one JSON object a line: id, lang, published, text, events, places"),
    ],
    lang: Annotated[str | None, typer.Option(help="only the articles of one language")] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="print what a keyword search scores in a second column")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Read annotated articles afresh and print how well the reading agrees with the annotation."""
    answers = _read_gold(gold, lang)
    articles, refusals = read_inputs([gold])
    articles = [article for article in articles if article.article_id in answers]
    start = time.perf_counter()
    predictions = [to_prediction(read_placed(article)) for article in with_progress(articles, "Reading", len(articles))]
    rate = len(articles) / (time.perf_counter() - start) if articles else None
    board = score(answers.values(), predictions)
    board["articles"]["articles_a_second"] = rate
    beside = _score_baseline(answers, articles) if baseline else None
    typer.echo(_as_json(board, beside) if as_json else format_board(board, beside))
    say_refusals(refusals)
    raise typer.Exit(exit_code(refusals))


def _read_gold(path: Path, language: str | None) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        raise UsageError(f"There is no {path}; give a file of annotated articles")
    answers: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: not valid JSON ({error})") from error
        if missing := [name for name in ("id", "events", "places") if name not in answer]:
            raise UsageError(f"{path}, line {number}: no {', '.join(missing)}; this is no annotated article")
        if language in (None, answer.get("lang")):
            answers[str(answer["id"])] = answer | {"id": str(answer["id"])}
    return answers


def _score_baseline(answers: dict[str, dict[str, Any]], articles: list[Article]) -> Board:
    return score(answers.values(), map(keyword_prediction, articles))


def _as_json(board: Board, beside: Board | None) -> str:
    said = {"rasid": board} if beside is None else {"rasid": board, "baseline": beside}
    return orjson.dumps(said, option=orjson.OPT_INDENT_2).decode()
