from collections.abc import Callable

import pytest

from geo.batch import query_of
from geo.gazetteer import Gazetteer
from geo.geocoder import place_all
from geo.place import PLACED, UNPLACED, Placement, PlaceQuery
from tests.geo.conftest import make_place


@pytest.fixture
def small(make_gazetteer: Callable[..., Gazetteer]) -> Gazetteer:
    return make_gazetteer(
        (make_place("qasr", "Qasr al-Rih", 40.0, 35.0, "town", population=9_000), ("Qasr al-Rih", "قصر الريح")),
        (make_place("aleppo", "Aleppo", 37.16, 36.2, "city", population=2_000_000), ("Aleppo", "حلب")),
        (
            make_place("adm1:SY-HL", "Aleppo", 37.5, 36.3, "governorate", admin1="Aleppo", extent_km=90),
            ("Aleppo", "حلب"),
        ),
        (make_place("mirage", "Sarab", 44.0, 33.0, "town", country="IQ"), ("Sarab", "سراب")),
    )


def place(small: Gazetteer, name: str, **more: str) -> Placement:
    return place_all([query_of(small, name, "SY", **more)], small)[0]


@pytest.mark.parametrize("name", ["حي السراب - قصر الريح", "سوق السراب في قصر الريح", "Mirage quarter, Qasr al-Rih"])
def test_an_unknown_quarter_is_in_the_town_that_holds_it(name: str, small: Gazetteer) -> None:
    answer = place(small, name)
    assert (answer.status, answer.place_id, answer.precision) == (PLACED, "qasr", "town")
    assert "name itself is not known" in answer.reasons[0]


def test_an_unknown_village_is_near_its_town_and_wider(small: Gazetteer) -> None:
    answer = place(small, "قرية الندى، قصر الريح")
    assert (answer.place_id, answer.precision) == ("qasr", "near_town")
    assert answer.extent_km is not None and answer.extent_km >= 10


def test_a_province_holds_quarters_of_its_seat_only(small: Gazetteer) -> None:
    assert place(small, "قرية الندى، حلب").status == UNPLACED
    assert place(small, "حي الندى، حلب").place_id == "aleppo"
    assert place(small, "حي الندى", admin1="حلب").place_id == "aleppo"
    assert place(small, "الندى", admin1="حلب").status == UNPLACED


def test_a_quarter_may_bear_the_name_of_a_place_of_another_country(small: Gazetteer) -> None:
    assert place(small, "حي سراب، حلب").place_id == "aleppo"


def test_running_text_needs_a_kind_word(small: Gazetteer) -> None:
    unknown = PlaceQuery("Nida", parents=("Qasr al-Rih",))
    assert place_all([unknown], small)[0].status == UNPLACED
    assert place_all([PlaceQuery("Nida", kind="village", parents=("Qasr al-Rih",))], small)[0].status == PLACED
