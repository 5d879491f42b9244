from collections.abc import Callable

import pytest

from geo.batch import area_name, country_code, place_list, probable_countries, query_of
from geo.gazetteer import Gazetteer
from geo.place import PlaceQuery
from tests.geo.conftest import make_place


def test_a_query_keeps_what_is_known_beside_the_name(embedded: Gazetteer) -> None:
    query = query_of(embedded, "Homs town", "SY", "Homs governorate", None)
    assert (query.name, query.kind, query.country, query.admin1) == ("Homs", "town", "SY", "Homs")
    assert query_of(embedded, "Homs", "", " ", "city").kind == "city"


def test_countries_come_as_codes_or_names(embedded: Gazetteer) -> None:
    names = ("sy", "SYR", "سوريا", "Yemen (North Yemen)", "Israel", "", None, "Atlantis")
    assert [country_code(embedded, name) for name in names] == ["SY", "SY", "SY", "YE", "IL", None, None, None]


@pytest.mark.parametrize(
    ("admin1", "name"),
    [
        ("Homs governorate", "Homs"),
        ("محافظة حلب", "محافظة حلب"),
        ("ريف دمشق", "ريف دمشق"),
        ("محافظة ريف دمشق", "محافظة ريف دمشق"),
        ("Rif Dimashq governorate", "Rif Dimashq"),
        ("Nowhere province", "Nowhere"),
        (" ", None),
        (None, None),
    ],
)
def test_areas_keep_words_of_their_name(admin1: str | None, name: str | None, embedded: Gazetteer) -> None:
    assert area_name(embedded, admin1, "SY") == name


def test_the_wider_part_of_a_description_is_the_parent(embedded: Gazetteer) -> None:
    for text in ("إدلب - معرة النعمان", "معرة النعمان، إدلب", "Maarat al-Numan, Idlib"):
        query = query_of(embedded, text)
        assert query.parents in (("إدلب",), ("Idlib",)), query


def test_a_list_leans_to_the_country_it_is_about(make_gazetteer: Callable[..., Gazetteer]) -> None:
    rows = [
        (make_place(f"p{number}", f"Bir {number}", 36 + number / 10, 35), (f"Bir {number}",)) for number in range(30)
    ]
    rows.append((make_place("here", "Sarab", 36, 36, population=1_000), ("Sarab",)))
    rows.append((make_place("there", "Sarab", 44, 15, country="YE", population=1_000), ("Sarab",)))
    gazetteer = make_gazetteer(*rows)
    queries = [PlaceQuery(f"Bir {number}") for number in range(30)] + [PlaceQuery("Sarab")]
    assert probable_countries(queries, gazetteer)[0] == ("SY",)
    assert list(place_list(queries, gazetteer))[-1].place_id == "here"
    assert probable_countries(queries[-3:], gazetteer) == ((), 0.0)


def test_in_a_list_of_one_country_its_village_is_meant_before_a_town_elsewhere(
    make_gazetteer: Callable[..., Gazetteer],
) -> None:
    rows = [
        (make_place(f"p{number}", f"Bir {number}", 36 + number / 10, 35), (f"Bir {number}",)) for number in range(30)
    ]
    rows.append((make_place("here", "Sarab", 36, 36, "village"), ("Sarab", "Rih")))
    rows.append((make_place("there", "Sarab", 44, 15, "city", country="YE", population=90_000), ("Sarab",)))
    rows.append((make_place("known", "Rih", 44, 16, "city", country="YE", population=3_000_000), ("Rih",)))
    gazetteer = make_gazetteer(*rows)
    listed = [PlaceQuery(f"Bir {number}") for number in range(30)]
    answers = list(place_list([*listed, PlaceQuery("Sarab"), PlaceQuery("Rih")], gazetteer))
    assert [answer.place_id for answer in answers[-2:]] == ["here", "known"]
    assert answers[-2].query == PlaceQuery("Sarab")
    assert [answer.place_id for answer in place_list([PlaceQuery("Sarab")], gazetteer)] == ["there"]


def test_rows_do_not_speak_for_each_other(make_gazetteer: Callable[..., Gazetteer]) -> None:
    gazetteer = make_gazetteer(
        (make_place("a", "Sarab", 36, 36), ("Sarab",)),
        (make_place("b", "Sarab", 44, 36), ("Sarab",)),
        (make_place("c", "Rih", 36.1, 36), ("Rih",)),
    )
    answers = list(place_list([PlaceQuery("Sarab"), PlaceQuery("Rih")], gazetteer))
    assert [answer.status for answer in answers] == ["ambiguous", "placed"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("البوكمال، دير الزور، SY", "البوكمال", "SY"),
        ("Al-Bukamal, Deir ez-Zor, Syria", "Al-Bukamal", "SY"),
        ("Al-Bukamal, Deir ez-Zor, SYR", "Al-Bukamal", "SY"),
        ("سوريا - حلب - منبج", "منبج", "SY"),
        ("Manbij, Aleppo (Syria)", "Manbij", "SY"),
        ("العراق / نينوى / الموصل", "الموصل", "IQ"),
        ("Tripoli (Lebanon)", "Tripoli", "LB"),
        ("طرابلس - ليبيا", "طرابلس", "LY"),
        ("الزرقاء، عمان", "الزرقاء", None),  # Oman, and a city
        ("Syria", "Syria", None),
        ("Syria, Iraq", "Syria", None),  # two countries state none
    ],
)
def test_a_country_in_the_description_is_stated(text: str, name: str, code: str | None, embedded: Gazetteer) -> None:
    query = query_of(embedded, text)
    assert (query.name, query.country) == (name, code)
    assert not {"SY", "SYR", "Syria", "سوريا", "Iraq", "العراق"} & set(query.parents) or code is None


def test_another_country_than_the_stated_one_is_not_taken_off(embedded: Gazetteer) -> None:
    query = query_of(embedded, "Sarab, Iraq", "SY")
    assert (query.country, query.parents) == ("SY", ("Iraq",))
    assert query_of(embedded, "Sarab, Syria", "SY").parents == ()
