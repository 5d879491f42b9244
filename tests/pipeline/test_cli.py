import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.export import read_events_file

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples" / "articles.jsonl"
EVENT_KEYS = {
    *("date_start", "date_end", "time", "event_type", "actor", "target", "weapon", "killed", "wounded", "place_name"),
    *("lat", "lon", "origin_place", "origin_lat", "origin_lon", "time_status", "evidence"),
}
REPORT = (
    "قالت وكالة إن ثلاثة صواريخ سقطت على مطار بغداد فجر الأحد 7 مايو 2023، ما أدى إلى مقتل جندي وإصابة أربعة آخرين."
)


def call(*words: Any, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, words)), input=stdin)


def write_lines(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """One good article between bad ones."""
    good = {"id": "good", "lang": "ar", "published": "2023-05-08", "text": REPORT}
    return write_lines(tmp_path / "mixed.jsonl", "{broken", good, {"id": "empty", "text": ""})


def test_predict_writes_one_line_an_article_in_the_promised_form(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = call("predict", SAMPLES, out)
    assert result.exit_code == 0, result.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in map(json.loads, SAMPLES.read_text("utf-8").splitlines())}
    assert [line["id"] for line in lines] == list(texts)
    for line in lines:
        assert line.keys() == {"id", "events", "places"}
        for event in line["events"]:
            assert event.keys() == EVENT_KEYS
            for quote in event["evidence"].values():
                assert texts[line["id"]][quote["start"] : quote["end"]] == quote["quote"]
        for place in line["places"]:
            assert place.keys() == {"name", "start", "end", "lat", "lon", "role"}
            assert place["role"] in {"event", "origin", "background"}
            assert texts[line["id"]][place["start"] : place["end"]]
    assert sum(bool(line["events"]) for line in lines) >= len(lines) / 2


def test_predict_goes_on_past_bad_input_and_says_so(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = call("predict", mixed, out)
    assert result.exit_code == 1
    (line,) = map(json.loads, out.read_text("utf-8").splitlines())
    (event,) = line["events"]
    assert (event["event_type"], event["date_start"], event["killed"], event["wounded"]) == (
        "rocket_or_missile",
        "2023-05-07",
        1,
        4,
    )
    assert f"refused: {mixed}, line 1: not valid JSON" in result.stderr
    assert f"refused: {mixed}, line 3: its text ''" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "parquet", "csv"])
def test_run_writes_every_format_and_a_summary(mixed: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"events.{suffix}"
    result = call("run", mixed, "--out", out)
    assert result.exit_code == 1
    assert "1 articles read, 1 events found: 1 placed, 0 ambiguous, 0 unplaced; 2 inputs refused" in result.stderr
    assert out.stat().st_size > 0


def test_run_reads_standard_input_with_the_day_given(tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    text = "Two rockets hit Baghdad airport on Sunday evening, killing one soldier, the army said."
    result = call("run", "-", "--out", out, "--published", "2023-05-08", stdin=text)
    assert result.exit_code == 0, result.stderr
    (event,) = read_events_file(out).itertuples()
    assert str(event.date_start.date()) == "2023-05-07"
    assert (event.language, event.killed) == ("en", 1)


def test_the_same_articles_give_the_same_events_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.geojson", tmp_path / "second.geojson"
    call("run", SAMPLES, "--out", first)
    call("run", SAMPLES, SAMPLES, "--out", second)
    tables = [gpd.read_file(path) for path in (first, second)]
    assert tables[0].equals(tables[1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "nowhere.txt", "--out", "x.csv"), "There is no nowhere.txt"),
        (("run", SAMPLES, "--out", "x.xlsx"), "'.xlsx' is none of .geojson"),
        (("run", SAMPLES, "--out", "nowhere/x.csv"), "there is no folder nowhere"),
        (("run", SAMPLES, "--out", "x.csv", "--published", "10/04/2023"), "'10/04/2023' is no day"),
        (("run", SAMPLES, "--out", "x.csv", "--lang", "xx"), "'xx' is not installed; installed: ar"),
        (("run", SAMPLES), "--out"),
        (("predict", SAMPLES, "nowhere/out.jsonl"), "nowhere"),
        (("evaluate", "nowhere.jsonl"), "There is no nowhere.jsonl"),
        (("evaluate", SAMPLES), "line 1: no events, places; this is no annotated article"),
        (("unheard-of",), "No such command"),
    ],
)
def test_an_unusable_call_ends_with_two_and_says_why(
    words: tuple[Any, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_evaluate_prints_a_perfect_board_for_a_perfect_answer(tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    call("predict", SAMPLES, out)
    articles = map(json.loads, SAMPLES.read_text("utf-8").splitlines())
    answers = map(json.loads, out.read_text("utf-8").splitlines())
    gold = [article | _as_gold(answer) for article, answer in zip(articles, answers, strict=True)]
    path = write_lines(tmp_path / "gold.jsonl", *gold)
    result = call("evaluate", path, "--json", "--baseline")
    assert result.exit_code == 0, result.stderr
    boards = json.loads(result.stdout)
    assert boards["rasid"]["event"]["strict_f1"] == 1.0
    assert boards["rasid"]["articles"]["articles_a_second"] > 0
    assert boards["baseline"]["event"]["strict_f1"] < 0.9
    shown = call("evaluate", path, "--lang", "en")
    assert "strict_f1" in shown.stdout


def _as_gold(answer: dict[str, Any]) -> dict[str, Any]:
    tolerance = {"tolerance_km": 5}
    return {name: [one | tolerance for one in answer[name]] for name in ("events", "places")}


def test_the_installed_command_answers() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("rasid"), "--help"], capture_output=True, text=True, check=True
    )
    assert "predict" in done.stdout
