"""Which words of an article name places, and which only contain a place's name."""

from collections.abc import Callable

import pytest

from geo.fold import fold_name
from pipeline.toponym import Toponym

NamePlaces = Callable[[str], list[Toponym]]


def names(found: list[Toponym]) -> list[str]:
    return [toponym.place.name for toponym in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلت القافلة إلى دمشق وحلب", ["دمشق", "حلب"]),
        ("قصف مدينة دير الزور", ["دير الزور"]),
        ("محافظة الأنبار غربي العراق", ["الأنبار", "العراق"]),
        ("قاعدة عين الأسد", ["عين الأسد"]),
        ("Shells fell on Mosul and Tal Afar", ["Mosul", "Tal Afar"]),
        ("the village of Hajin in Deir ez-Zor", ["Hajin", "Deir ez-Zor"]),
    ],
)
def test_known_names_in_text_order(name_places: NamePlaces, text: str, expected: list[str]) -> None:
    assert names(name_places(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "قال المحلل محمد الحمصي إن الوضع هادئ",
        "التقى الوزير أحمد الحلبي وفدا أمس",
        "ذكرت صحيفة القدس العربي الخبر",
        "نشرت صحيفة الشرق الأوسط مقالا",
        "Joe Aleppo, a spokesman, said so",
        "President Ahmed Basra arrived",
        "He saw Colonel Damascus yesterday",
        "التقى العقيد حلب في بيته",
        "رأى محمد دمشق",
        pytest.param(
            "The Baghdad Post reported it",
            marks=pytest.mark.xfail(strict=True, reason="a paper that is not listed is not told from its city"),
        ),
    ],
)
def test_names_of_persons_and_papers_are_no_places(name_places: NamePlaces, text: str) -> None:
    assert names(name_places(text)) == []


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("أعلن تنظيم الدولة الإسلامية في العراق والشام مسؤوليته", "الشام"),
        ("قوات سوريا الديمقراطية تتقدم", "سوريا"),
        ("Iran-backed fighters withdrew", "Iran"),
        ("The Lebanese army deployed", "Lebanese"),
        ("They told us nothing", "us"),
    ],
)
def test_names_of_parties_are_no_places(name_places: NamePlaces, text: str, absent: str) -> None:
    assert absent not in names(name_places(text))


def test_a_month_is_no_place(name_places: NamePlaces) -> None:
    assert names(name_places("وقع ذلك في 5 آذار 2023")) == []
    assert names(name_places("It happened on 5 March 2023")) == []


@pytest.mark.parametrize(
    ("text", "name", "country_words"),
    [
        ("أطلقت من الأراضي العراقية", "العراق", "الأراضي العراقية"),
        ("fired from Iraqi territory", "Iraq", "Iraqi territory"),
    ],
)
def test_territory_of_a_people_is_its_country(
    name_places: NamePlaces, text: str, name: str, country_words: str
) -> None:
    toponym = name_places(text)[0]
    assert fold_name(toponym.place.name) == fold_name(name)
    assert (toponym.place.mention.text, toponym.named) == (country_words, False)
    assert toponym.place.kind == "country"


def test_a_name_is_taken_whole_not_in_parts(name_places: NamePlaces) -> None:
    assert names(name_places("عند مطار أربيل الدولي")) == ["مطار أربيل الدولي"]


def test_nothing_names_no_place(name_places: NamePlaces) -> None:
    assert name_places("") == []
    assert name_places("لا شيء جديد.") == []
