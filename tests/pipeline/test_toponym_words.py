"""The words around a name that belong to it: kind, direction, distance, nearness."""

from collections.abc import Callable

import pytest

from pipeline.records import Offset
from pipeline.toponym import Toponym

NamePlaces = Callable[[str], list[Toponym]]
N, NE, E, SE, S, W = 0.0, 45.0, 90.0, 135.0, 180.0, 270.0


def first(found: list[Toponym], name: str) -> Toponym:
    return next(toponym for toponym in found if toponym.place.name == name)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("قصفوا مدينة درعا", "درعا", "city"),
        ("قصفوا حقل العمر", "العمر", "field"),
        ("بمحافظة الأنبار", "الأنبار", "governorate"),
        ("معبر نصيب الحدودي", "معبر نصيب", "crossing"),
        ("في ريف حماة", "حماة", "countryside"),
        ("في درعا", "درعا", None),
        ("the town of Masyaf", "Masyaf", "town"),
        ("in Hama province", "Hama", "governorate"),
        ("in Mosul", "Mosul", None),
    ],
)
def test_kinds(name_places: NamePlaces, text: str, name: str, kind: str | None) -> None:
    assert first(name_places(text), name).place.kind == kind


@pytest.mark.parametrize(
    ("text", "name", "offset"),
    [
        ("شرق دير الزور", "دير الزور", Offset(E)),
        ("شمال شرقي العراق", "العراق", Offset(NE)),
        ("في ريف إدلب الجنوبي", "إدلب", Offset(S, inside=True)),
        ("في ريف حلب الغربي", "حلب", Offset(W, inside=True)),
        ("على بعد 20 كيلومتراً جنوب شرق تدمر", "تدمر", Offset(SE, 20.0)),
        ("قرب مدينة درعا", "درعا", Offset()),
        ("في محيط مدينة درعا", "درعا", Offset()),
        ("15 km south of Kirkuk", "Kirkuk", Offset(S, 15.0)),
        ("10 miles north of Mosul", "Mosul", Offset(N, pytest.approx(16.09344))),
        ("near Palmyra", "Palmyra", Offset()),
        ("in eastern Syria", "Syria", Offset(E)),
        ("in the northern countryside of Hama", "Hama", Offset(N, inside=True)),
        ("in Mosul", "Mosul", None),
    ],
)
def test_directions_distances_and_nearness(
    name_places: NamePlaces, text: str, name: str, offset: Offset | None
) -> None:
    assert first(name_places(text), name).place.offset == offset


def test_the_eastern_city_of_x_says_nothing_of_where_in_x(name_places: NamePlaces) -> None:
    place = first(name_places("in the eastern town of Masyaf"), "Masyaf").place
    assert (place.kind, place.offset) == ("town", None)


def test_the_city_of_x_is_a_city(name_places: NamePlaces) -> None:
    assert first(name_places("the city of Mosul"), "Mosul").place.kind == "city"


def test_the_phrase_holds_the_words_that_belong_to_the_name(name_places: NamePlaces) -> None:
    toponym = first(name_places("وقع شرق مدينة درعا أمس"), "درعا")
    assert (toponym.outer_first, toponym.first, toponym.outer_last) == (1, 3, 4)


def test_the_phrase_holds_a_direction_after_the_name(name_places: NamePlaces) -> None:
    toponym = first(name_places("وقع في ريف حماة الشمالي أمس"), "حماة")
    assert (toponym.outer_first, toponym.first, toponym.outer_last) == (2, 3, 5)


def test_a_kind_inside_the_name_counts(name_places: NamePlaces) -> None:
    assert first(name_places("in the Red Sea"), "Red Sea").place.kind == "sea"
