import csv
from pathlib import Path

import pytest

from geo.kinds import KINDS, is_inside_towns, kind_of, misfit, settlement_extent

GAZETTEER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"
PRECISIONS = {"site", "town", "near_town", "adm2", "adm1", "country", "water"}


def test_every_kind_has_a_known_precision_and_a_positive_extent() -> None:
    for kind in KINDS.values():
        assert kind.precision in PRECISIONS, kind
        assert kind.extent_km > 0, kind
        assert 0 <= kind.prior <= 1, kind


@pytest.mark.parametrize("table", ["sites.csv", "regions.csv", "kind_values.csv"])
def test_tables_use_known_kinds(table: str) -> None:
    with (GAZETTEER / table).open(encoding="utf-8", newline="") as file:
        used = {row["kind"] for row in csv.DictReader(file)}
    assert used - set(KINDS) - {"settlement"} == set()


def test_phrases_name_known_kinds() -> None:
    with (GAZETTEER / "phrases.csv").open(encoding="utf-8", newline="") as file:
        used = {row["value"] for row in csv.DictReader(file) if row["role"] == "kind"}
    assert used - set(KINDS) == set()


def test_an_unknown_kind_counts_as_a_town() -> None:
    assert kind_of("spaceport") is kind_of("town") is kind_of(None)


def test_what_fits_costs_nothing_and_the_rest_costs_more_the_stranger_it_is() -> None:
    assert all(misfit(kind, kind) == 0 for kind in KINDS)
    assert misfit("airport", "airbase") < misfit("airport", "village") < misfit("village", "airport")
    assert misfit("countryside", "governorate") == 0 < misfit("governorate", "city")
    assert misfit("town", "city") < misfit("quarter", "city")


def test_extents_grow_with_population_within_bounds() -> None:
    sizes = [settlement_extent(number) for number in (0, 4_000, 6_000, 300_000, 7_000_000, 30_000_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 3 and sizes[2] == 5 and sizes[-1] == 30


def test_some_kinds_stand_inside_towns() -> None:
    assert is_inside_towns("hospital") and not is_inside_towns("field")


def test_a_mountain_may_be_told_of_a_region() -> None:
    assert misfit("mountain", "region") < 1 < misfit("mountain", "town")


def test_a_region_is_rather_a_governorate_than_its_town_and_a_sea_lies_off_cities_only() -> None:
    assert 0 < misfit("region", "governorate") < misfit("region", "town") < misfit("governorate", "town")
    assert misfit("sea", "city") < misfit("sea", "town")
