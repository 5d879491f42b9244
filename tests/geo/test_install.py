import gzip
import json
from pathlib import Path

import pytest

from geo.gazetteer import installed_paths, open_gazetteer
from geo.geocoder import place_all
from geo.install import install, read_kind
from geo.place import PlaceQuery
from geo.table import Columns, TableError, read_csv, read_geojson, read_point

COLUMNS = Columns("name", "lon", "lat", ("more",), "id", "kind", "country", None, None, "people")
ROW = {
    "name": "Qasr Sarab",
    "lon": "40.5",
    "lat": "35.5",
    "more": "قصر سراب|Sarab Castle",
    "id": "7",
    "kind": "village",
    "country": "sy",
    "people": "1200",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_installed_places_serve_under_all_their_names() -> None:
    report = install("My Villages", [ROW], COLUMNS, licence="CC0")
    assert (report.places, report.refused) == (1, 0)
    assert installed_paths() == [report.path]
    gazetteer = open_gazetteer(installed_paths())
    for name in ("Qasr Sarab", "قصر سراب", "Sarab Castle", "Kasr Saraab"):
        (answer,) = place_all([PlaceQuery(name, country="SY")], gazetteer)
        assert answer.place_id == "my-villages:7", name
    place = gazetteer.lookup("Qasr Sarab")[0].place
    assert (place.country, place.admin1, place.population, place.name_ar) == ("SY", "Deir ez-Zor", 1200, "قصر سراب")
    assert gazetteer.info()[0]["licence"] == "CC0"


def test_installing_again_replaces() -> None:
    install("x", [ROW, ROW | {"id": "8", "name": "Other"}], COLUMNS)
    install("x", [ROW], COLUMNS)
    assert len(installed_paths()) == 1
    assert not open_gazetteer(installed_paths()).lookup("Other", fuzzy=False)


def test_rows_that_cannot_be_used_are_counted_and_named() -> None:
    bad = [
        ROW | {"lon": "x"},
        ROW | {"lat": "95"},
        ROW | {"lon": "nan"},
        ROW | {"lat": ""},
        ROW | {"name": "代尔", "more": ""},
    ]
    report = install("x", [*bad, ROW], COLUMNS)
    assert (report.places, report.refused) == (1, 5)
    assert len(report.problems) == 5 and "95" in report.problems[1]


def test_rows_can_be_left_out_on_purpose() -> None:
    report = install(
        "x", [ROW | {"old": "yes"}, ROW | {"old": "no"}], Columns("name", "lon", "lat", skip=(("old", "yes"),))
    )
    assert (report.places, report.skipped) == (1, 1)


def test_nothing_usable_is_an_error_and_leaves_nothing() -> None:
    with pytest.raises(TableError, match="no usable place among 1 rows"):
        install("x", [ROW | {"lon": ""}], COLUMNS)
    assert installed_paths() == []


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="'people'"):
        install("x", [{"name": "a", "lon": "1", "lat": "2"}], Columns("name", "lon", "lat", population="people"))


@pytest.mark.parametrize(("lon", "lat"), [("1e9", "0"), ("inf", "0"), ("0", "-91"), (None, "1"), ("1,5", "2")])
def test_points_off_the_globe_are_refused(lon: str | None, lat: str) -> None:
    with pytest.raises(ValueError, match="longitude"):
        read_point(lon, lat)


def test_kinds_of_other_gazetteers_are_understood() -> None:
    assert [read_kind(word) for word in ("ADM1", "region", "PPLX", "OILF", "campus", "whatever")] == [
        "governorate", "governorate", "quarter", "field", "airport", "village",
    ]  # fmt: skip


def test_first_level_areas_take_our_polygon() -> None:
    row = ROW | {"name": "Idlib Governorate", "kind": "region", "lon": "36.7", "lat": "35.9", "more": "محافظة إدلب"}
    install("x", [row], COLUMNS)
    place = open_gazetteer(installed_paths()).lookup("Idlib Governorate")[0].place
    assert place.place_id == "adm1:SY-ID" and place.extent_km > 30


def test_geojson_points_and_areas(tmp_path: Path) -> None:
    square = [[[40, 35], [41, 35], [41, 36], [40, 36], [40, 35]]]
    features = [
        {"type": "Feature", "properties": {"name": "Sarab", "names": ["سراب", "Mirage"]},
         "geometry": {"type": "Point", "coordinates": [40.5, 35.5]}},
        {"type": "Feature", "properties": {"name": "Square"}, "geometry": {"type": "Polygon", "coordinates": square}},
        {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": None},
    ]  # fmt: skip
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    rows = list(read_geojson(path))
    assert [(row["name"], row["lon"], row["lat"]) for row in rows] == [
        ("Sarab", "40.5", "35.5"), ("Square", "40.5", "35.5"), ("Nowhere", "", ""),
    ]  # fmt: skip
    report = install("x", rows, Columns("name", "lon", "lat"))
    assert (report.places, report.refused) == (2, 1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": 3}', "[" * 100_000, "<OGRVRTDataSource/>"])
def test_what_is_no_geojson_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"x\.geojson: not a GeoJSON"):
        list(read_geojson(path))


def test_csv_files_may_be_compressed_and_must_be_utf8(tmp_path: Path) -> None:
    text = "name,lon,lat\nسراب,40,35\n"
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "b.csv").write_bytes(text.encode("cp1256"))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(text.encode())[:-12])
    assert next(read_csv(tmp_path / "a.csv.gz"))["name"] == "سراب"
    for name in ("b.csv", "c.csv.gz"):
        with pytest.raises(TableError, match="cannot be read"):
            list(read_csv(tmp_path / name))


def test_old_names_yield_to_places_that_bear_the_name_today() -> None:
    now = ROW | {"id": "8", "name": "Madinat al-Rih", "more": "مدينة الريح", "old": "", "lon": "36.5", "people": "20"}
    before = ROW | {"old": "Madinat al-Rih|Qala al-Rih", "people": "90000"}
    install("x", [before, now], Columns("name", "lon", "lat", ("more",), "id", weak_names="old"))
    gazetteer = open_gazetteer(installed_paths())
    places = [place_all([PlaceQuery(name)], gazetteer)[0].place_id for name in ("Madinat al-Rih", "Qala al-Rih")]
    assert places == ["x:8", "x:7"]
    assert "old or colloquial" in gazetteer.lookup("Qala al-Rih")[0].reasons[0]


@pytest.mark.slow
def test_the_reference_gazetteer_installs_and_serves(reference_files: list[Path]) -> None:
    columns = Columns(
        "name",
        "lon",
        "lat",
        ("names_ar", "names_latin"),
        "id",
        "placetype",
        "country",
        "admin1",
        "admin2",
        "population",
        skip=(("superseded", "yes"),),
    )
    report = install("reference", (row for path in reference_files for row in read_csv(path)), columns)
    rows = sum(1 for path in reference_files for _ in read_csv(path))
    assert rows == report.places + report.skipped + report.refused == 81_804
    assert report.refused < 50
    gazetteer = open_gazetteer(installed_paths())
    for row in list(read_csv(reference_files[0]))[100:2000:100]:
        assert row["superseded"] == "yes" or gazetteer.lookup(row["name"], fuzzy=False), row["name"]
