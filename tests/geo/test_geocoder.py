from collections.abc import Callable

import pytest

from geo.gazetteer import Gazetteer
from geo.geocoder import place_all
from geo.place import Placement, PlaceQuery
from geo.sphere import distance_km
from tests.geo.conftest import make_place

# Where they are, to a tenth of a degree: (lon, lat), and the names by which people call them.
TWENTY = {
    "Deir ez-Zor": (40.1, 35.3, ["Deir ez-Zor", "Deir Ezzor", "Dayr az-Zawr", "Dair Alzour", "دير الزور", "ديرالزور"]),
    "Al-Bukamal": (
        40.9,
        34.5,
        ["Al-Bukamal", "Abu Kamal", "Albu Kamal", "البوكمال", "البو كمال", "أبو كمال", "ابوكمال"],
    ),
    "Al-Tanf": (38.6, 33.5, ["Al-Tanf", "Tanf", "at-Tanf", "التنف", "قاعدة التنف"]),
    "Conoco": (40.3, 35.3, ["Conoco", "Conoco field", "كونوكو", "كونيكو", "حقل كونوكو"]),
    "al-Omar field": (40.6, 35.1, ["al-Omar field", "Omar oil field", "حقل العمر", "حقل العمر النفطي"]),
    "Green Village": (40.6, 35.1, ["Green Village", "القرية الخضراء"]),
    "Hasakah": (40.7, 36.5, ["Hasakah", "Al-Hasakah", "Hasaka", "Hassakeh", "الحسكة", "الحسكه"]),
    "Shaddadi": (40.7, 36.1, ["Shaddadi", "Al-Shaddadi", "Shadadi", "الشدادي", "شدادي"]),
    "Raqqa": (39.0, 35.95, ["Raqqa", "Ar-Raqqah", "Rakka", "الرقة", "الرقه"]),
    "Ayn al-Asad": (42.4, 33.8, ["Ayn al-Asad", "Ain al-Assad", "Ein al-Asad", "عين الأسد", "قاعدة عين الأسد"]),
    "Erbil airport": (44.0, 36.2, ["Erbil airport", "Erbil International Airport", "مطار أربيل", "مطار اربيل الدولي"]),
    "Mayadin": (40.45, 35.0, ["Mayadin", "Al-Mayadin", "Mayadeen", "الميادين"]),
    "Kharab al-Jir": (42.1, 36.9, ["Kharab al-Jir", "Kharab al-Jeer", "Kharab Aljir", "خراب الجير"]),
    "Rmelan": (41.95, 37.0, ["Rmelan", "Rumaylan", "Rmeilan", "رميلان", "الرميلان"]),
    "Khasham": (40.3, 35.3, ["Khasham", "Khusham", "خشام"]),
    "Tower 22": (38.7, 33.3, ["Tower 22", "البرج 22", "برج 22"]),
    "Baghdad": (44.4, 33.3, ["Baghdad", "بغداد"]),
    "Gaza": (34.45, 31.5, ["Gaza", "غزة", "غزه"]),
    "Idlib": (36.6, 35.9, ["Idlib", "Idleb", "إدلب", "ادلب"]),
    "Kobani": (38.35, 36.9, ["Kobani", "Kobane", "Ayn al-Arab", "عين العرب", "كوباني"]),
}


@pytest.mark.parametrize(("place", "name"), [(place, name) for place, row in TWENTY.items() for name in row[2]])
def test_the_twenty_places_under_their_names(place: str, name: str, embedded: Gazetteer) -> None:
    lon, lat, _ = TWENTY[place]
    (answer,) = place_all([PlaceQuery(name)], embedded)
    assert answer.status == "placed", answer.candidates[:3]
    assert answer.lon is not None and answer.lat is not None
    assert distance_km(answer.lon, answer.lat, lon, lat) < 25, answer


def place_one(gazetteer: Gazetteer, name: str, **more: object) -> Placement:
    return place_all([PlaceQuery(name, **more)], gazetteer)[0]  # type: ignore[arg-type]


@pytest.fixture
def twins(make_gazetteer: Callable[..., Gazetteer]) -> Gazetteer:
    """Two towns of one name, and neighbours of each."""
    return make_gazetteer(
        (make_place("west", "Sarab", 36.6, 35.9, admin1="Idlib"), ("Sarab", "سراب")),
        (make_place("east", "Sarab", 40.9, 36.5, admin1="Hasakah"), ("Sarab", "سراب")),
        (make_place("wind", "Rih", 36.8, 36.0, admin1="Idlib"), ("Rih", "الريح")),
        (make_place("dune", "Kathib", 40.7, 36.4, admin1="Hasakah"), ("Kathib", "الكثيب")),
        (make_place("field", "Sarab", 40.3, 35.2, "field", admin1="Deir ez-Zor"), ("Sarab field",)),
        (make_place("idlib", "Idlib", 36.68, 35.78, "governorate", extent_km=47, admin1="Idlib"), ("Idlib", "إدلب")),
        (make_place("iraqi", "Wahat", 43.0, 36.0, country="IQ", admin1="Nineveh"), ("Wahat",)),
    )


def test_two_places_of_one_name_are_ambiguous_and_both_are_shown(twins: Gazetteer) -> None:
    answer = place_one(twins, "سراب")
    assert answer.status == "ambiguous"
    assert answer.lon is None and answer.lat is None and answer.extent_km is None
    assert {item.place.place_id for item in answer.candidates} == {"west", "east"}
    assert all(item.reasons for item in answer.candidates)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"admin1": "Idlib", "country": "SY"}, "west"),
        ({"admin1": "Al Hasakah", "country": "SY"}, "east"),
        ({"parents": ("إدلب",)}, "west"),
        ({"parents": ("Kathib",)}, "east"),
    ],
)
def test_parents_and_areas_choose(
    more: dict[str, object], expected: str, twins: Gazetteer, embedded: Gazetteer
) -> None:
    both = Gazetteer([*twins.indexes, *embedded.indexes])
    assert place_one(both, "سراب", **more).place_id == expected


@pytest.mark.parametrize(("neighbour", "expected"), [("Rih", "west"), ("الكثيب", "east")])
def test_neighbours_in_the_article_choose(neighbour: str, expected: str, twins: Gazetteer) -> None:
    answers = place_all([PlaceQuery("سراب"), PlaceQuery(neighbour)], twins)
    assert answers[0].place_id == expected
    assert any("other names" in reason for reason in answers[0].reasons)


def test_the_same_name_twice_does_not_speak_for_itself(twins: Gazetteer) -> None:
    assert {answer.status for answer in place_all([PlaceQuery("سراب")] * 5, twins)} == {"ambiguous"}


def test_kind_words_choose(twins: Gazetteer) -> None:
    assert place_one(twins, "Sarab field").place_id == "field"
    assert place_one(twins, "Wahat", kind="governorate").status == "unplaced"


def test_a_stated_country_is_kept_to(twins: Gazetteer) -> None:
    assert place_one(twins, "Wahat", country="IQ").status == "placed"
    answer = place_one(twins, "Wahat", country="SY")
    assert answer.status == "unplaced" and answer.candidates


def test_countries_of_the_outlet_are_a_prior_not_a_filter(twins: Gazetteer) -> None:
    (answer,) = place_all([PlaceQuery("Wahat")], twins, countries=["SY"])
    assert answer.status == "placed" and answer.country == "IQ"


def test_unknown_names_are_unplaced_and_spoil_nothing(twins: Gazetteer) -> None:
    answers = place_all([PlaceQuery("Xyzzy"), PlaceQuery("Rih"), PlaceQuery("")], twins)
    assert [answer.status for answer in answers] == ["unplaced", "placed", "unplaced"]
    assert place_all([], twins) == []


def test_places_of_one_name_close_together_make_one_wider_spot(make_gazetteer: Callable[..., Gazetteer]) -> None:
    gazetteer = make_gazetteer(
        (make_place("a", "Sarab", 40.0, 35.0), ("Sarab",)), (make_place("b", "Sarab", 40.2, 35.0), ("Sarab",))
    )
    answer = place_one(gazetteer, "Sarab")
    assert answer.status == "placed"
    assert answer.extent_km is not None and answer.extent_km >= distance_km(40.0, 35.0, 40.2, 35.0)


def test_rows_of_several_gazetteers_for_one_place_are_one_candidate(make_gazetteer: Callable[..., Gazetteer]) -> None:
    first = make_gazetteer((make_place("a", "Sarab", 40.0, 35.0), ("Sarab",)), name="one")
    second = make_gazetteer((make_place("b", "Sarab", 40.01, 35.0), ("Sarab",)), name="two")
    answer = place_one(Gazetteer([*first.indexes, *second.indexes]), "Sarab")
    assert answer.status == "placed" and len(answer.candidates) == 1


@pytest.mark.parametrize("name", ["Deir ez-Zor", "حلب", "إدلب", "Hasakah", "الرقة", "Homs", "درعا", "Kirkuk"])
def test_a_bare_name_means_the_city_and_a_kind_word_the_governorate(name: str, embedded: Gazetteer) -> None:
    city, area = place_one(embedded, name), place_one(embedded, name, kind="governorate")
    countryside = place_one(embedded, name, kind="countryside", bearing=90.0, inside=True)
    assert city.precision == "town" and area.precision == "adm1"
    assert countryside.precision == "adm2"
    assert city.extent_km is not None and area.extent_km is not None and city.extent_km < area.extent_km


def test_sides_of_countries_are_wide_areas_inside(embedded: Gazetteer) -> None:
    answer = place_one(embedded, "سوريا", bearing=90.0, inside=True)
    assert (answer.status, answer.precision, answer.country) == ("placed", "adm1", "SY")
    assert answer.lon is not None and answer.lon > 39
    assert answer.extent_km is not None and answer.extent_km > 100


def test_between_two_towns(embedded: Gazetteer) -> None:
    answer = place_one(embedded, "حلب", between="إدلب")
    assert answer.status == "placed" and answer.precision == "near_town"
    assert 36.6 < (answer.lon or 0) < 37.2


def test_between_a_town_and_an_unknown_name_stays_at_the_town(embedded: Gazetteer) -> None:
    answer = place_one(embedded, "Idlib", between="Xyzzyville")
    assert answer.status == "placed" and (answer.extent_km or 0) >= 10


def test_every_placement_says_country_and_first_level_area(embedded: Gazetteer) -> None:
    for name in ("Mosul", "صنعاء", "Kobani", "Tower 22", "Khan Yunis", "بنغازي", "الفاشر"):
        answer = place_one(embedded, name)
        assert answer.status == "placed" and answer.country and answer.admin1, name


def test_seas_have_no_country(embedded: Gazetteer) -> None:
    answer = place_one(embedded, "البحر الأحمر")
    assert (answer.status, answer.precision, answer.admin1) == ("placed", "water", None)


def test_answers_are_the_same_every_time(embedded: Gazetteer) -> None:
    queries = [PlaceQuery(name) for name in ("الجديدة", "حلب", "Sarab", "غزة", "المنصورة")]
    assert place_all(queries, embedded) == place_all(queries, embedded)


def test_a_small_town_far_from_everything_else_in_the_article_is_not_pinned(
    make_gazetteer: Callable[..., Gazetteer],
) -> None:
    gazetteer = make_gazetteer(
        (make_place("far", "Sarab", -8.5, 33.2, country="MA", population=90_000), ("Sarab",)),
        (make_place("city", "Madina", -7.0, 33.9, "city", country="MA", population=3_000_000), ("Madina",)),
        *(
            (make_place(name, name, 37 + number / 9, 36), (name,))
            for number, name in enumerate(("Rih", "Kathib", "Wahat"))
        ),
    )
    others = [PlaceQuery(name) for name in ("Rih", "Kathib", "Wahat")]
    answer = place_all([PlaceQuery("Sarab"), *others], gazetteer)[0]
    assert answer.status == "ambiguous" and "far from" in answer.reasons[0]
    assert place_all([PlaceQuery("Sarab")], gazetteer)[0].status == "placed"
    assert place_all([PlaceQuery("Madina"), *others], gazetteer)[0].status == "placed"
    assert place_all([PlaceQuery("Sarab"), PlaceQuery("Madina"), *others], gazetteer)[0].status == "placed"


def test_very_many_places_of_one_name_side_by_side_make_one_wide_spot(make_gazetteer: Callable[..., Gazetteer]) -> None:
    rows = [
        (make_place(f"p{number}", "Sarab", 44 + number / 60, 15, "village", country="YE"), ("Sarab",))
        for number in range(0, 20, 2)
    ]
    (answer,) = place_all([PlaceQuery("Sarab", country="YE")], make_gazetteer(*rows))
    assert answer.status in ("placed", "ambiguous")


@pytest.fixture
def across_the_border(make_gazetteer: Callable[..., Gazetteer]) -> Gazetteer:
    """One name on either side of a border, and other places on both sides."""
    return make_gazetteer(
        (make_place("here", "Sarab", 37.0, 35.0), ("Sarab",)),
        (make_place("there", "Sarab", 44.0, 33.0, country="IQ"), ("Sarab",)),
        (make_place("dune", "Kathib", 39.0, 36.0), ("Kathib",)),
        (make_place("wind", "Rih", 46.0, 31.0, country="IQ"), ("Rih",)),
        (make_place("iraq", "Iraq", 43.0, 33.0, "country", country="IQ"), ("Iraq",)),
        (make_place("oasis", "Wahat", 45.5, 30.5, country="IQ"), ("Wahat",)),
    )


@pytest.mark.parametrize(("home", "expected"), [("SY", "here"), ("IQ", "there"), ("YE", None), (None, None)])
def test_the_home_of_the_outlet_decides_what_nothing_else_does(
    home: str | None, expected: str | None, across_the_border: Gazetteer
) -> None:
    (answer,) = place_all([PlaceQuery("Sarab")], across_the_border, home=home)
    assert answer.place_id == expected
    told = [reason for reason in answer.reasons if "where the outlet is at home" in reason]
    assert bool(told) == (expected is not None)
    assert all(f"in {home}" in reason for reason in told)


@pytest.mark.parametrize("neighbours", [("Rih",), ("Iraq",), ("Rih", "Wahat")])
def test_neighbours_win_over_the_home_of_the_outlet(neighbours: tuple[str, ...], across_the_border: Gazetteer) -> None:
    queries = [PlaceQuery("Sarab"), *map(PlaceQuery, neighbours)]
    assert place_all(queries, across_the_border, home="SY")[0].place_id == "there"


def test_a_named_parent_and_a_stated_country_win_over_the_home_of_the_outlet(across_the_border: Gazetteer) -> None:
    for query in (PlaceQuery("Sarab", parents=("Iraq",)), PlaceQuery("Sarab", country="IQ")):
        assert place_all([query], across_the_border, home="SY")[0].place_id == "there"


def test_a_name_of_another_country_alone_is_placed_whatever_the_outlet(across_the_border: Gazetteer) -> None:
    answers = [place_all([PlaceQuery("Rih")], across_the_border, home=home)[0] for home in (None, "SY", "IQ")]
    assert [answer.place_id for answer in answers] == ["wind"] * 3


@pytest.mark.parametrize(
    ("name", "kind"), [("Diffa", "region"), ("Mogadiscio", None), ("Mogadiscio", "sea"), ("Ouallam", None)]
)
def test_towns_of_the_horn_and_the_sahel_under_their_french_names(
    name: str, kind: str | None, embedded: Gazetteer
) -> None:
    assert place_one(embedded, name, kind=kind).country in ("NE", "SO")
