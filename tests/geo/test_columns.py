import pytest

from geo.columns import guess_columns
from geo.table import Columns, TableError

NONE = Columns("", "", "")


def test_common_headers_are_understood() -> None:
    found = guess_columns(NONE, ["ID", "Name", "name_ar", "Longitude", "Latitude", "country_code", "population"])
    assert (found.name, found.lon, found.lat, found.place_id) == ("Name", "Longitude", "Latitude", "ID")
    assert (found.names, found.country, found.population) == (("name_ar",), "country_code", "population")


def test_named_columns_win() -> None:
    given = Columns("label", "x2", "y2", ("other",), kind="sort", skip=(("a", "b"),))
    found = guess_columns(given, ["name", "lon", "lat", "label", "x2", "y2", "other", "sort", "kind", "superseded"])
    assert (found.name, found.lon, found.lat, found.names, found.kind) == ("label", "x2", "y2", ("other",), "sort")
    assert found.skip == (("a", "b"),)


def test_withdrawn_rows_are_left_out_where_the_table_says_so() -> None:
    assert guess_columns(NONE, ["name", "lon", "lat", "superseded"]).skip == (("superseded", "yes"),)


@pytest.mark.parametrize("header", [["lon", "lat"], ["name", "lat"], ["name", "lon"]])
def test_what_cannot_be_guessed_is_named(header: list[str]) -> None:
    with pytest.raises(TableError, match="no column for the"):
        guess_columns(NONE, header)
