"""Known names: the longest wins, kind words stay outside, ordinary words need more than their name."""

from collections.abc import Callable

import pytest

from pipeline.toponym import Toponym

NamePlaces = Callable[[str], list[Toponym]]


def names(found: list[Toponym]) -> list[str]:
    return [toponym.place.name for toponym in found if toponym.known]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في محافظة دير الزور", ["دير الزور"]),
        ("في مدينة البوكمال", ["البوكمال"]),
        ("in Deir ez-Zor", ["Deir ez-Zor"]),
        ("in the city of Tal Afar", ["Tal Afar"]),
    ],
)
def test_the_longest_known_name_wins(name_places: NamePlaces, text: str, expected: list[str]) -> None:
    assert names(name_places(text)) == expected


@pytest.mark.parametrize("text", ["حقل عمر النفطي", "حقل العمر النفطي"])
def test_a_kind_word_may_supply_the_article(name_places: NamePlaces, text: str) -> None:
    toponym = name_places(text)[0]
    assert toponym.place.name in text
    assert toponym.place.kind == "field"


@pytest.mark.parametrize("text", ["أجمل حرير في السوق", "باب البيت مفتوح", "ملأ السلة بالتين"])
def test_an_ordinary_word_is_no_place_by_itself(name_places: NamePlaces, text: str) -> None:
    assert names(name_places(text)) == []


def test_a_kind_word_makes_an_ordinary_word_a_place(name_places: NamePlaces) -> None:
    assert names(name_places("وصلوا إلى مدينة الباب")) == ["الباب"]
    assert names(name_places("وصلوا إلى قاعدة حرير")) == ["حرير"]


def test_quotation_marks_after_a_kind_word_do_not_hide_a_name(name_places: NamePlaces) -> None:
    assert names(name_places('وصلوا إلى قاعدة "حرير"')) == ["حرير"]
    assert names(name_places("وصلوا إلى قاعدة «حرير»")) == ["حرير"]


def test_a_lower_case_word_names_nothing_where_names_have_capitals(name_places: NamePlaces) -> None:
    assert names(name_places("they bought turkey and jordan shoes")) == []
    assert names(name_places("they left Turkey and Jordan")) == ["Turkey", "Jordan"]


def test_a_possessive_does_not_hide_a_name(name_places: NamePlaces) -> None:
    assert names(name_places("near Mosul's old bridge")) == ["Mosul"]


def test_a_verb_that_begins_with_and_is_no_village(name_places: NamePlaces) -> None:
    assert names(name_places("شهدت المنطقة وجوداً كثيفاً للقوات")) == []


def test_joined_and_adds_a_known_name(name_places: NamePlaces) -> None:
    assert names(name_places("بين دمشق وحمص")) == ["دمشق", "حمص"]


def test_a_name_that_goes_on_is_not_cut(name_places: NamePlaces) -> None:
    place = name_places("في قرية المنصورة الغامرة قرب تعز")[0].place  # there is an al-Mansurah everyone knows
    assert place.name == "المنصورة الغامرة"
