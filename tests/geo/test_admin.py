import csv

import pytest
from shapely import box

from geo.admin import DATA, SNAP_KM, circle, distance_to, load_areas, side
from geo.sphere import distance_km


def test_points_fall_into_their_areas() -> None:
    found = load_areas().locate_all([40.14, 44.4, 44.2, 34.46, 13.2, 55.3], [35.33, 33.3, 15.35, 31.5, 32.85, 25.2])
    assert [area and area.country for area in found] == ["SY", "IQ", "YE", "PS", "LY", "AE"]
    assert found[0] is not None and found[0].name == "Deir ez-Zor"


def test_the_open_sea_is_in_no_area() -> None:
    assert load_areas().locate(33.0, 34.2) is None


def test_border_towns_snap_to_the_nearest_area() -> None:
    areas = load_areas()
    lon, lat = 38.353, 36.891  # Kobani, at the very border
    area = areas.locate(lon, lat)
    assert area is not None
    assert distance_to(area.geometry, lon, lat) <= SNAP_KM


def test_corrections_name_areas_that_exist() -> None:
    ids = {area.area_id for area in load_areas().areas}
    with (DATA / "gazetteer" / "admin1.csv").open(encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} - ids == set()


def test_every_area_has_a_country_a_name_and_a_valid_shape() -> None:
    for area in load_areas().areas:
        assert len(area.country) == 2 and area.name, area.area_id
        assert area.geometry.is_valid and area.geometry.area > 0, area.area_id


def test_a_circle_holds_most_of_its_area() -> None:
    lon, lat, extent = circle(box(40, 35, 41, 36))
    assert (lon, lat) == pytest.approx((40.5, 35.5))
    assert 50 < extent < distance_km(40.5, 35.5, 41, 36)


@pytest.mark.parametrize(("bearing", "east", "north"), [(0, 0, 1), (90, 1, 0), (180, 0, -1), (315, -1, 1)])
def test_a_side_lies_on_its_side(bearing: float, east: int, north: int) -> None:
    lon, lat, extent = side(box(40, 35, 42, 37), bearing)
    whole = circle(box(40, 35, 42, 37))
    assert (lon - whole[0]) * east >= 0 and (lat - whole[1]) * north >= 0
    assert abs(lon - whole[0]) + abs(lat - whole[1]) > 0.3
    assert extent < whole[2]


def test_countries_are_the_union_of_their_areas() -> None:
    syria = load_areas().country("SY")
    assert syria is not None
    assert distance_to(syria.geometry, 36.3, 33.5) == 0
    assert load_areas().country("FR") is None
