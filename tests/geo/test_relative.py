import pytest

from geo.place import Placement, PlaceQuery
from geo.relative import spot_between, spot_of
from geo.sphere import distance_km, midpoint, move
from tests.geo.conftest import make_place

TOWN = make_place("t", "Town", 40.0, 35.0, "town")


def test_the_place_itself_keeps_its_point_and_extent() -> None:
    spot = spot_of(TOWN, PlaceQuery("Town"))
    assert (spot.lon, spot.lat, spot.extent_km, spot.precision) == (40.0, 35.0, 5.0, "town")


@pytest.mark.parametrize("bearing", [0, 45, 90, 135, 180, 225, 270, 315])
def test_a_distance_moves_the_point_and_widens_the_extent(bearing: float) -> None:
    near, far = (spot_of(TOWN, PlaceQuery("Town", bearing=bearing, distance_km=km)) for km in (5, 50))
    assert distance_km(40, 35, near.lon, near.lat) == pytest.approx(5, abs=0.01)
    assert distance_km(40, 35, far.lon, far.lat) == pytest.approx(50, abs=0.1)
    assert far.extent_km > near.extent_km and near.precision == "near_town"


def test_a_distance_without_a_side_is_a_ring_around_the_town() -> None:
    spot = spot_of(TOWN, PlaceQuery("Town", distance_km=20))
    assert (spot.lon, spot.lat, spot.extent_km) == (40, 35, 25)


def test_a_side_of_a_town_is_a_few_km_off_and_covers_the_town() -> None:
    spot = spot_of(TOWN, PlaceQuery("Town", bearing=90))
    assert spot.lon > 40 and spot.precision == "near_town"
    assert distance_km(40, 35, spot.lon, spot.lat) <= spot.extent_km


def test_near_a_town_is_wider_than_the_town() -> None:
    assert spot_of(TOWN, PlaceQuery("Town", near=True)).extent_km > TOWN.extent_km


def test_a_side_of_a_country_lies_inside_it() -> None:
    country = make_place("c", "Syria", 38.5, 35.0, "country", extent_km=300)
    spot = spot_of(country, PlaceQuery("Syria", bearing=90, inside=True))
    assert spot.lon > 39 and spot.precision == "adm1" and 100 < spot.extent_km < 300


@pytest.mark.parametrize("kind", ["city", "governorate"])
def test_the_countryside_of_a_seat_is_its_governorate(kind: str) -> None:
    seat = make_place("i", "Idlib", 36.63, 35.93, kind, admin1="Idlib")
    whole = spot_of(seat, PlaceQuery("Idlib", kind="countryside"))
    south = spot_of(seat, PlaceQuery("Idlib", kind="countryside", bearing=180, inside=True))
    assert whole.precision == "adm1" and south.precision == "adm2"
    assert south.lat < whole.lat and south.extent_km < whole.extent_km


def test_a_site_that_only_its_town_is_known_of_stays_near_the_town() -> None:
    airport = spot_of(TOWN, PlaceQuery("Town", kind="airport"))
    hospital = spot_of(TOWN, PlaceQuery("Town", kind="hospital"))
    assert airport.precision == "near_town" and airport.extent_km > TOWN.extent_km
    assert hospital.precision == "town"


def test_between_is_half_way_with_half_the_distance() -> None:
    other = Placement("placed", PlaceQuery("B"), "b", "B", 41.0, 35.0, "town", 5.0)
    spot = spot_between(TOWN, other)
    whole = distance_km(40, 35, 41, 35)
    assert distance_km(40, 35, spot.lon, spot.lat) == pytest.approx(whole / 2, rel=0.01)
    assert spot.extent_km >= whole / 2


def test_between_a_town_and_nowhere_is_an_error() -> None:
    with pytest.raises(ValueError, match="no position"):
        spot_between(TOWN, Placement("unplaced", PlaceQuery("B")))


def test_moves_and_midpoints_cross_the_date_line() -> None:
    lon, lat = move(179.9, 0, 90, 50)
    assert lon < -179 and lat == pytest.approx(0, abs=1e-9)
    assert abs(midpoint(179, 0, -179, 0)[0]) == pytest.approx(180)


def test_a_region_that_only_its_town_is_known_of_lies_around_the_town() -> None:
    known, unknown = make_place("k", "K", 40, 35, admin1="Idlib"), make_place("u", "U", 12.6, 13.3, country="NE")
    around, wide = spot_of(known, PlaceQuery("K", kind="region")), spot_of(unknown, PlaceQuery("U", kind="region"))
    assert (around.lon, around.lat, around.precision) == (40, 35, "adm2")
    assert (wide.lon, wide.lat, wide.precision) == (12.6, 13.3, "adm1")
    assert TOWN.extent_km < around.extent_km < wide.extent_km


def test_the_sea_off_a_city_is_near_it() -> None:
    spot = spot_of(make_place("p", "Port", 45, 2, "city"), PlaceQuery("Port", kind="sea"))
    assert (spot.lon, spot.lat, spot.precision) == (45, 2, "near_town")
    assert spot.extent_km > 15
