import pytest

from geo.phrase import parse_phrase
from geo.phrase_words import bare_name, is_only_phrase_words
from geo.place import PlaceQuery

KNOWN = {"Green Village", "القرية الخضراء", "ريف دمشق", "Tall Abyad", "تل أبيض", "Western Ghouta", "باب الهوى", "حلب"}


def read(text: str) -> PlaceQuery:
    wide = {"حلب": 4, "إدلب": 4, "Idlib": 4, "دمشق": 4}
    return parse_phrase(text, KNOWN.__contains__, lambda name, kind: 4 if kind == "countryside" else wide.get(name, 1))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Sarab town", "Sarab", "town"),
        ("Sarab  village", "Sarab", "village"),
        ("Sarab governorate", "Sarab", "governorate"),
        ("بلدة سراب", "سراب", "town"),
        ("محافظة سراب", "سراب", "governorate"),
        ("مدينة سراب", "سراب", "city"),
        ("حقل سراب النفطي", "سراب", "field"),
        ("Sarab refugee camp", "Sarab", "camp"),
        ("military airport Sarab", "Sarab", "airbase"),
        ("Sarab area", "Sarab", "area"),
        ("Sarab", "Sarab", None),
    ],
)
def test_kind_words_come_off_either_end(text: str, name: str, kind: str | None) -> None:
    query = read(text)
    assert (query.name, query.kind) == (name, kind)


@pytest.mark.parametrize("text", ["Green Village", "القرية الخضراء", "ريف دمشق", "Western Ghouta", "Tall Abyad"])
def test_words_of_a_known_name_are_not_taken_apart(text: str) -> None:
    assert read(text) == PlaceQuery(text)


def test_a_known_name_keeps_the_kind_beside_it() -> None:
    assert read("تل أبيض مدينة").name == "تل أبيض"
    assert read("Tall Abyad town").kind == "town"


@pytest.mark.parametrize(
    ("text", "name", "bearing", "inside"),
    [
        ("شرق سراب", "سراب", 90.0, True),
        ("شمال شرقي سراب", "سراب", 45.0, True),
        ("ريف سراب الجنوبي الغربي", "سراب", 225.0, True),
        ("north-eastern Sarab", "Sarab", 45.0, True),
        ("southwest of Sarab", "Sarab", 225.0, False),
    ],
)
def test_sides(text: str, name: str, bearing: float, inside: bool) -> None:
    query = read(text)
    assert (query.name, query.bearing, query.inside) == (name, bearing, inside)


@pytest.mark.parametrize("text", ["سراب الشرقية", "قرية سراب الشرقية", "سراب الشرقية (حلب)"])
def test_a_side_that_follows_a_village_is_part_of_its_name(text: str) -> None:
    query = read(text)
    assert (query.name, query.bearing) == ("سراب الشرقية", None)


def test_a_side_that_follows_an_area_is_its_side() -> None:
    assert [read(text).bearing for text in ("حلب الجنوبية", "منطقة سراب الشرقية")] == [180.0, 90.0]


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("10 km north of Sarab", 10, 0),
        ("على بعد ١٥ كم غرب سراب", 15, 270),
        ("2.5 kilometres south-east of Sarab", 2.5, 135),
        ("3 miles from Sarab", 3 * 1.609, None),
    ],
)
def test_distances(text: str, km: float, bearing: float | None) -> None:
    query = read(text)
    assert query.distance_km == pytest.approx(km)
    assert query.bearing == bearing and not query.inside
    assert query.name in ("Sarab", "سراب")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("between Sarab and Qasr al-Rih", ("Sarab", "Qasr al-Rih")),
        ("بين باب الهوى وسراب", ("باب الهوى", "سراب")),
        ("on the road between Sarab village and Qasr town", ("Sarab", "Qasr")),
        ("بين سراب و قصر الريح", ("سراب", "قصر الريح")),
    ],
)
def test_between(text: str, ends: tuple[str, str]) -> None:
    query = read(text)
    assert (query.name, query.between) == ends


@pytest.mark.parametrize(
    "text", ["near Sarab", "outskirts of Sarab", "in the vicinity of Sarab", "محيط سراب", "قرب سراب"]
)
def test_near(text: str) -> None:
    assert read(text).near


@pytest.mark.parametrize(
    "text",
    [
        "سراب، إدلب",
        "إدلب - سراب",
        "إدلب: سراب",
        "سراب (إدلب)",
        "قرية سراب بريف إدلب",
        "سراب في ريف إدلب الجنوبي",
        "إدلب-سراب",
    ],
)
def test_the_narrower_part_is_the_place_and_the_wider_one_holds_it(text: str) -> None:
    query = read(text)
    assert query.name == "سراب"
    assert query.parents == ("إدلب",)


def test_a_second_name_as_wide_as_the_first_is_another_name() -> None:
    query = read("Sarab (Mirage)")
    assert (query.name, query.also, query.parents) == ("Sarab", ("Mirage",), ())
    assert read("Sarab / Mirage village").also == ("Mirage",)


def test_kind_words_that_may_belong_to_the_name_are_kept_as_another_name() -> None:
    assert "جبل سراب" in read("جبل سراب").also


@pytest.mark.parametrize("text", ["", "  ", "،", "north", "village", "شرق", "10 km"])
def test_nothing_but_phrase_words_comes_back_as_it_is(text: str) -> None:
    assert read(text).name.strip() == text.strip()


def test_bare_names() -> None:
    assert bare_name("محافظة حلب") == "حلب"
    assert bare_name("Sarab province") == "Sarab"
    assert bare_name("Central") == "Central"
    assert is_only_phrase_words("Northern District") and not is_only_phrase_words("Sarab District")


@pytest.mark.parametrize(
    ("text", "name", "parents"),
    [
        ("قرية سراب - ناحية الريح - منطقة الكثيب - محافظة إدلب", "سراب", ("الريح", "الكثيب", "إدلب")),
        ("محافظة إدلب - منطقة الكثيب - ناحية الريح - قرية سراب", "سراب", ("إدلب", "الكثيب", "الريح")),
        ("محافظة إدلب، منطقة الكثيب، ناحية الريح", "الريح", ("إدلب", "الكثيب")),
        ("Sarab village, Rih sub-district, Idlib governorate", "Sarab", ("Rih", "Idlib")),
        ("Sarab (Idlib district)", "Sarab", ("Idlib",)),
        ("Sarab (Rih district)", "Sarab", ("Rih",)),
        ("ريف إدلب الجنوبي/ سراب", "سراب", ("إدلب",)),
        ("إدلب \\ سراب", "سراب", ("إدلب",)),
        ("إدلب > سراب", "سراب", ("إدلب",)),
        ("إدلب || سراب", "سراب", ("إدلب",)),
        ("سراب .. ريف إدلب", "سراب", ("إدلب",)),
        ("سراب (ريف إدلب ، الكثيب)", "سراب", ("إدلب", "الكثيب")),
        ("حلب-Idlib", "حلب", ("Idlib",)),
    ],
)
def test_administrative_levels_in_one_string(text: str, name: str, parents: tuple[str, ...]) -> None:
    query = parse_phrase(text, {*KNOWN, "Idlib"}.__contains__, levels)
    assert (query.name, query.parents) == (name, parents)


def levels(name: str, kind: str | None) -> int:
    """How wide: governorates 4, districts and areas 3 and 2, everything else a village."""
    wide = {"governorate": 4, "countryside": 4, "district": 3, "area": 3}
    return wide.get(kind or "", 4 if name in ("إدلب", "Idlib") else 1)


@pytest.mark.parametrize(
    ("text", "name", "kind", "parent"),
    [
        ("بلدة سراب شمال حلب", "سراب", "town", "حلب"),
        ("قرية سراب قرب حلب", "سراب", "village", "حلب"),
        ("حي سراب شرق مدينة حلب", "سراب", "quarter", "حلب"),
        ("Sarab village near Tall Abyad", "Sarab", "village", "Tall Abyad"),
        ("Sarab west of Tall Abyad", "Sarab", None, "Tall Abyad"),
        ("مخيم سراب لحلب", "سراب", "camp", "حلب"),
    ],
)
def test_what_a_place_lies_beside_holds_it(text: str, name: str, kind: str | None, parent: str) -> None:
    query = read(text)
    assert (query.name, query.kind, query.parents, query.bearing) == (name, kind, (parent,), None)


def test_a_side_before_in_stays_with_the_name_before_it() -> None:
    query = read("قرية سراب الشمالي في ريف حلب")
    assert (query.name, query.parents) == ("سراب الشمالي", ("حلب",))
    assert read("بيت ريحان بحر").parents == ()  # a letter that may be a joined preposition, before no town


@pytest.mark.parametrize("text", ["طريق حلب - Tall Abyad", "طريق حلب Tall Abyad الدولي", "حلب-تل أبيض طريق"])
def test_roads_lead_from_one_place_to_another(text: str) -> None:
    query = read(text)
    assert query.name == "حلب" and query.between in ("Tall Abyad", "تل أبيض")


def test_a_road_named_after_one_place_is_no_road_between_two() -> None:
    assert (read("طريق حلب").name, read("طريق حلب").between) == ("حلب", None)


def test_remarks_without_a_name_are_said_of_the_name_before_them() -> None:
    assert read("حلب (الشرقية)").bearing == 90.0
    assert read("Sarab: market").kind == "market"
    assert read("Sarab and surroundings").near
