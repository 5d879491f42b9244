"""Names no gazetteer knows, given away by the words around them."""

from collections.abc import Callable

import pytest

from pipeline.toponym import Toponym

NamePlaces = Callable[[str], list[Toponym]]


def unknown(found: list[Toponym]) -> list[tuple[str, str | None]]:
    return [(toponym.place.name, toponym.place.kind) for toponym in found if not toponym.known]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت المدفعية بلدة زغروطة ليلا", [("زغروطة", "town")]),
        ("داهموا قرية الشنغورية فجرا", [("الشنغورية", "village")]),
        ('داهموا قرية "شنغورة" فجرا', [("شنغورة", "village")]),
        ("shells hit the village of Zaghrutah", [("Zaghrutah", "village")]),
        ("shells hit the Zaghrutah district", [("Zaghrutah", "district")]),
    ],
)
def test_a_kind_word_gives_a_name_away(
    name_places: NamePlaces, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert unknown(name_places(text)) == expected


@pytest.mark.parametrize("text", ["A blast in Zaghrutah hurt five", "They met at Zaghrutah Hills"])
def test_a_capitalised_name_after_in_or_at_is_a_place(name_places: NamePlaces, text: str) -> None:
    assert [name.split()[0] for name, _ in unknown(name_places(text))] == ["Zaghrutah"]


def test_a_word_after_near_is_a_place(name_places: NamePlaces) -> None:
    assert unknown(name_places("انفجر لغم قرب زغروطة")) == [("زغروطة", None)]


def test_a_name_is_given_away_by_what_it_lies_in(name_places: NamePlaces) -> None:
    assert unknown(name_places("قتل راع في زغروطة بمحافظة حماة")) == [("زغروطة", None)]


@pytest.mark.parametrize(
    "text",
    [
        "دخلوا بلدة قصفها الجيش",
        "وصلوا إلى قرية مجاورة",
        "انتشروا في قرى المنطقة",
        "عادوا إلى مدينة من مدن الشمال",
        "a village nearby was quiet",
        "They met in January",
        pytest.param(
            "She works at the Ministry",
            marks=pytest.mark.xfail(strict=True, reason="an office written with a capital is taken for a place"),
        ),
    ],
)
def test_ordinary_words_after_a_kind_word_are_no_name(name_places: NamePlaces, text: str) -> None:
    assert unknown(name_places(text)) == []


def test_a_guess_is_no_longer_than_three_words(name_places: NamePlaces) -> None:
    found = name_places("قصفت المدفعية بلدة زغروطة الشنغورية الغربوشية الطنبورية المزبورية")
    assert len(found[0].place.name.split()) <= 3


def test_a_guessed_name_has_the_offsets_of_its_words(name_places: NamePlaces) -> None:
    text = "قصفت المدفعية بلدة زَغْـروطة ليلا"
    mention = name_places(text)[0].place.mention
    assert text[mention.start : mention.end] == mention.text == "زَغْـروطة"
