import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from geo.build import build, embedded_path
from pipeline.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_HOME", str(tmp_path / "home"))
    if not embedded_path().is_file():
        build(embedded_path())


def rasid(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def geocode(tmp_path: Path, text: str) -> tuple[Result, list[dict[str, str]]]:
    result = rasid("geocode", write(tmp_path / "names.csv", text), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return result, list(csv.DictReader(file))


def test_rows_come_back_in_order_with_their_places(tmp_path: Path) -> None:
    result, rows = geocode(
        tmp_path, "id,name,country,admin1,kind\n1,دير الزور,SY,,\n2,Xyzzy,,,\n3,Homs,SY,Homs,governorate\n"
    )
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["status"] for row in rows] == ["placed", "unplaced", "placed"]
    assert rows[0]["place_id"] and float(rows[0]["lon"]) == pytest.approx(40.14, abs=0.1)
    assert (rows[1]["lon"], rows[1]["extent_km"]) == ("", "")
    assert rows[2]["precision"] == "adm1"
    assert {"place_id", "name", "lon", "lat", "score"} <= set(json.loads(rows[0]["candidates"])[0])
    assert list(rows[0])[-8:] == [
        "status", "place_id", "matched_name", "lon", "lat", "precision", "extent_km", "candidates",
    ]  # fmt: skip


def test_input_columns_of_our_names_are_kept(tmp_path: Path) -> None:
    _, rows = geocode(tmp_path, "name,lat,status\nبغداد,1.5,old\n")
    assert (rows[0]["input_lat"], rows[0]["input_status"], rows[0]["status"]) == ("1.5", "old", "placed")


def test_a_row_without_a_name_is_said_and_kept(tmp_path: Path) -> None:
    result, rows = geocode(tmp_path, 'name\nبغداد\n""\n')
    assert result.exit_code == 1
    assert "names.csv:3" in result.stderr
    assert [row["status"] for row in rows] == ["placed", "unplaced"]


@pytest.mark.parametrize("text", ["place\nBaghdad\n", ""])
def test_a_table_without_names_cannot_be_used(text: str, tmp_path: Path) -> None:
    result = rasid("geocode", write(tmp_path / "names.csv", text), tmp_path / "out.csv")
    assert result.exit_code == 2 and "no column 'name'" in result.stderr


def test_a_table_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_bytes("name\nبغداد\n".encode("cp1256"))
    result = rasid("geocode", tmp_path / "names.csv", tmp_path / "out.csv")
    assert result.exit_code == 2 and "UTF-8" in result.stderr


@pytest.mark.parametrize("arguments", [(), ("only.csv",), ("a.csv", "b.csv", "--explain", "X")])
def test_unusable_calls(arguments: tuple[str, ...]) -> None:
    assert rasid("geocode", *arguments).exit_code == 2


def test_a_name_is_explained(tmp_path: Path) -> None:
    result = rasid("geocode", "--explain", "حقل العمر", "--near", "دير الزور")
    assert result.exit_code == 0
    assert "status: placed" in result.stdout and "asked for field" in result.stdout


def test_online_needs_a_contact() -> None:
    result = rasid("geocode", "--explain", "X", "--online", "nominatim")
    assert result.exit_code == 2 and "contact" in result.stderr


def test_a_table_is_installed_listed_used_and_removed(tmp_path: Path) -> None:
    table = write(tmp_path / "own.csv", "name,name_ar,lon,lat,country\nQasr Sarab,قصر السراب,40.5,35.5,SY\n")
    result = rasid("gazetteer", "install", "csv", table, "--title", "Own", "--licence", "CC0")
    assert result.exit_code == 0 and "1 places" in result.stderr and "names name_ar" in result.stderr
    assert "Own: 1 places" in rasid("gazetteer", "info").stdout
    _, rows = geocode(tmp_path, "name\nقصر السراب\n")
    assert rows[0]["place_id"] == "own:0"
    assert rasid("gazetteer", "remove", "Own").exit_code == 0
    assert rasid("gazetteer", "remove", "Own").exit_code == 2


def test_a_table_with_unknown_columns_says_which_are_needed(tmp_path: Path) -> None:
    table = write(tmp_path / "own.csv", "label,a,b\nQasr,40,35\n")
    result = rasid("gazetteer", "install", "csv", table)
    assert result.exit_code == 2 and "no column for the name" in result.stderr
    named = ("--name-column", "label", "--lon-column", "a", "--lat-column", "b")
    assert rasid("gazetteer", "install", "csv", table, *named).exit_code == 0


def test_geojson_is_installed(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [40.5, 35.5]}
    feature = {"type": "Feature", "properties": {"name": "Qasr Sarab"}, "geometry": point}
    path = write(tmp_path / "own.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert rasid("gazetteer", "install", "geojson", path).exit_code == 0


@pytest.mark.parametrize("arguments", [("geonames",), ("geonames", "--country", "Syria"), ("csv", "missing.csv")])
def test_unusable_installations(arguments: tuple[str, ...]) -> None:
    assert rasid("gazetteer", "install", *arguments).exit_code == 2


def test_a_country_or_kind_that_is_not_known_is_said(tmp_path: Path) -> None:
    result, rows = geocode(tmp_path, "name,country,kind\nبغداد,Atlantis,planet\nبغداد,IRQ,PPLC\n")
    assert "country 'Atlantis' is not known" in result.stderr and "kind 'planet' is not known" in result.stderr
    assert "IRQ" not in result.stderr and result.exit_code == 0
    assert [row["status"] for row in rows] == ["placed", "placed"]
