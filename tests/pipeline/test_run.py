"""The whole story on whole articles: the shared seed report where it is present, and one of our own as hard as it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.export import read_events_file
from pipeline.ingest import read_inputs
from pipeline.run import read_events

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "articles" / "seed.txt"


def rows(events: gpd.GeoDataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Events as tuples of the named columns, latest first; days as ISO text, unknown as None."""
    table = events.assign(day=events["date_start"].dt.strftime("%Y-%m-%d")).sort_values(
        ["date_start", "event_type", "place_id"], ascending=[False, True, True]
    )
    columns = (table[name].astype("object").where(table[name].notna(), None) for name in names)
    return list(zip(*columns, strict=True))


def quoted(events: gpd.GeoDataFrame, texts: dict[str, str]) -> None:
    """Every field that rests on words has them, and they stand where they are said to."""
    for event in events.itertuples():
        evidence = json.loads(event.evidence)
        assert evidence.keys() >= {"event_type", "place_name"} - ({"place_name"} if event.place_name is None else set())
        for quote in evidence.values():
            assert texts[quote["article_id"]][quote["start"] : quote["end"]] == quote["quote"]


def test_our_own_report_with_background_attacks() -> None:
    articles, _ = read_inputs([ROOT / "data" / "samples" / "articles.jsonl"])
    article = next(one for one in articles if one.article_id == "sample-01")
    events = read_events([article])
    assert rows(events, "day", "event_type", "weapon_count", "killed", "wounded", "precision") == [
        ("2023-11-06", "rocket_or_missile", 4, None, 0, "site"),
        ("2023-11-04", "drone", None, None, 2, "site"),
        ("2023-10-26", "airstrike", None, None, None, "town"),
    ]
    first = events[events["event_type"] == "rocket_or_missile"].iloc[0]
    assert (first["time"], first["actor_id"], first["actor_basis"]) == ("dawn", "iran-backed-militias", "blamed")
    assert first["origin_lat"] == pytest.approx(34.45, abs=0.1)
    assert events["time_status"].tolist().count("historical") >= 1
    quoted(events, {article.article_id: article.text})


@pytest.mark.skipif(not SEED.exists(), reason="../shared is not here: the seed report cannot be read")
def test_the_seed_report_gives_exactly_its_attacks(tmp_path: Path) -> None:
    out = tmp_path / "seed.parquet"
    result = CliRunner().invoke(main, ["run", str(SEED), "--published", "2023-04-10", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    events = read_events_file(out)
    assert rows(events, "day", "time", "event_type", "weapon_count", "killed", "wounded") == [
        ("2023-04-10", "05:51", "rocket_or_missile", 1, 0, 0),
        ("2023-03-25", None, "rocket_or_missile", None, None, None),
        ("2023-03-25", None, "rocket_or_missile", None, None, None),
        ("2023-03-24", None, "rocket_or_missile", 10, None, 0),
        ("2023-03-23", None, "airstrike", None, None, None),
        ("2023-03-23", None, "drone", None, 1, 5),
    ]
    assert events.loc[events["event_type"] == "drone", "precision"].tolist() == ["adm1"]
    today = events[events["date_start"] == str(date(2023, 4, 10))].iloc[0]
    assert (today["actor_id"], today["time_status"]) == ("iran-backed-militias", "actual")
    assert today["actor_basis"] in {"blamed", "suspected"}  # fired from where they are
    assert (today["origin_lon"], today["origin_lat"]) == (pytest.approx(40.92, abs=0.1), pytest.approx(34.45, abs=0.1))
    assert set(events.loc[events["date_start"] < "2023-04-01", "time_status"]) == {"historical"}
    places = events[events["precision"] == "site"].geometry
    assert len({(round(point.x, 1), round(point.y, 1)) for point in places}) == 3
    text = SEED.read_text("utf-8")
    quoted(events, {"seed": text})
