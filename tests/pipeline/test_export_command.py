from datetime import date

import geopandas as gpd
import pytest
from PIL import Image
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.commands.export import select_events
from pipeline.errors import UsageError


@pytest.fixture
def table(events, tmp_path):
    events.to_parquet(tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def run(*words):
    return CliRunner().invoke(main, ["export", *map(str, words)])


@pytest.mark.parametrize("suffix", ["geojson", "csv", "gpkg", "parquet", "kml", "html", "png"])
def test_every_kind_of_file_is_written(table, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    done = run(table, out)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 500
    if suffix in ("geojson", "gpkg", "kml"):
        assert len(gpd.read_file(out)) == 8
    if suffix == "png":
        assert Image.open(out).text["filter"] == '{"events": "events.parquet"}'


def test_it_narrows_and_says_so_in_the_file(table, tmp_path):
    out = tmp_path / "out.geojson"
    words = ["--since", "2023-03-24", "--country", "SY", "--kind", "rocket_or_missile"]
    assert run(table, out, *words).exit_code == 0
    assert gpd.read_file(out)["event_id"].tolist() == ["e1", "e7"]
    assert '"since":"2023-03-24"' in out.read_text()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"days": (date(2023, 3, 24), date(2023, 3, 24))}, ["e1", "e3"]),
        ({"days": (None, date(2023, 3, 23))}, ["e2", "e3"]),
        ({"chosen": {"actor_id": ["united-states-army"]}}, ["e3", "e4"]),
        ({"coarsest": "site"}, ["e1", "e7"]),
        ({"chosen": {"review_status": ["reviewed", "published"]}}, ["e7"]),
        ({"chosen": {"review_status": ["published"]}}, []),
        ({}, ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8"]),
    ],
)
def test_what_is_asked_for_is_kept(events, asked, kept):
    assert select_events(events, **{"days": (None, None), "chosen": {}, **asked}).index.tolist() == kept


@pytest.mark.parametrize(("flag", "count"), [("--reviewed", 1), ("--published", 0)])
def test_only_what_was_looked_at_is_written_and_the_file_says_so(table, tmp_path, flag, count):
    out = tmp_path / "out.geojson"
    assert f"{count} of 8 events" in run(table, out, flag).output
    assert '"review_status":[' in out.read_text().split('"features"')[0]


@pytest.mark.parametrize("suffix", ["geojson", "csv", "kml", "html"])
def test_every_event_of_a_file_says_whether_somebody_looked_at_it(table, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    run(table, out)
    said = out.read_text("utf-8")
    assert said.count("machine") >= 7
    assert "review_status" in said or '"review":"machine"' in said


def test_a_word_that_is_none_is_named(events):
    with pytest.raises(UsageError, match="'bombs' is no event type; known are: rocket_or_missile"):
        select_events(events, (None, None), {"event_type": ["bombs"]})
    with pytest.raises(UsageError, match="'village' is no precision"):
        select_events(events, (None, None), {}, "village")


def test_what_cannot_be_read_or_written_is_told(tmp_path, table):
    assert "there is no such file" in run(tmp_path / "none.parquet", tmp_path / "out.kml").output
    assert ".shp" in run(table, tmp_path / "out.shp").output
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    assert "is no events table" in run(tmp_path / "bad.parquet", tmp_path / "out.kml").output
