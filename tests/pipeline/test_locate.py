"""What a name is said to lie in, the other end of "between", and one question for one name said again."""

from collections.abc import Callable

import pytest

from geo.gazetteer import Gazetteer
from geo.place import AMBIGUOUS, PLACED, UNPLACED
from pipeline.annotate import Notes
from pipeline.locate import is_coordinated, locate
from pipeline.toponym import Toponym

NamePlaces = Callable[[str], list[Toponym]]
Mark = Callable[..., Notes]


def parents(found: list[Toponym]) -> dict[str, tuple[str, ...]]:
    return {toponym.place.name: toponym.place.parents for toponym in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في بلدة سرمدا بريف إدلب", {"سرمدا": ("إدلب",), "إدلب": ()}),
        ("في حي المزة بدمشق", {"حي المزة": ("دمشق",), "دمشق": ()}),
        (
            "في بلدة الباغوز بريف دير الزور شرقي سوريا",
            {"الباغوز": ("دير الزور", "سوريا"), "دير الزور": ("سوريا",), "سوريا": ()},
        ),
        ("in the town of Masyaf in Hama province", {"Masyaf": ("Hama",), "Hama": ()}),
        ("in Mosul, Iraq", {"Mosul": ("Iraq",), "Iraq": ()}),
        ("in Mosul and Baghdad", {"Mosul": (), "Baghdad": ()}),
        ("في دمشق وحلب", {"دمشق": (), "حلب": ()}),
        ("في دمشق. قرب حلب", {"دمشق": (), "حلب": ()}),
    ],
)
def test_parents(name_places: NamePlaces, text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert parents(name_places(text)) == expected


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("بين مدينة تدمر وبلدة السخنة", "السخنة"),
        ("بين دمشق وحمص", "حمص"),
        ("between Mosul and Tal Afar", "Tal Afar"),
        ("في دمشق وحمص", None),
        ("in Mosul and Tal Afar", None),
    ],
)
def test_the_other_end_of_between(name_places: NamePlaces, text: str, other: str | None) -> None:
    assert name_places(text)[0].place.between == other


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("في دمشق وحمص", True),
        ("في دمشق وفي حمص", True),
        ("مدينة دمشق ومدينة حمص", True),
        ("in Mosul and Kirkuk", True),
        ("في دمشق قرب حمص", False),
        ("in Mosul near Kirkuk", False),
    ],
)
def test_coordination(name_places: NamePlaces, mark: Mark, text: str, answer: bool) -> None:
    found = name_places(text)
    assert len(found) == 2
    assert is_coordinated(mark(text), found[1]) is answer
    assert is_coordinated(mark(text), found[0]) is False


def test_every_name_gets_one_answer_in_order(name_places: NamePlaces, mark: Mark, gazetteer: Gazetteer) -> None:
    text = "قصفوا دمشق ثم بلدة زغروطة ثم دمشق"
    placements = locate(mark(text), name_places(text), gazetteer)
    assert [placement.query.name for placement in placements] == ["دمشق", "زغروطة", "دمشق"]
    assert [placement.status for placement in placements] == [PLACED, UNPLACED, PLACED]
    assert placements[0] is placements[2]


def test_no_names_no_answers(mark: Mark, gazetteer: Gazetteer) -> None:
    assert locate(mark("لا شيء"), [], gazetteer) == []


def test_what_is_not_placed_has_no_coordinates(name_places: NamePlaces, mark: Mark, gazetteer: Gazetteer) -> None:
    text = "في قرية المنصورة وقرية الصالحية وبلدة زغروطة ومدينة دمشق"
    for placement in locate(mark(text), name_places(text), gazetteer):
        placed = placement.status == PLACED
        assert placement.status in (PLACED, AMBIGUOUS, UNPLACED)
        assert (placement.lon is not None, placement.lat is not None) == (placed, placed)
        assert (placement.extent_km or 0) > 0 if placed else placement.place_id is None


def test_a_parent_decides_between_places_of_one_name(name_places: NamePlaces, mark: Mark, gazetteer: Gazetteer) -> None:
    for parent, country in (("اليمن", "YE"), ("سوريا", "SY")):
        text = f"في بلدة المنصورة في {parent}"
        placement = locate(mark(text), name_places(text), gazetteer)[0]
        assert placement.country == country


def test_a_side_of_a_place_is_not_its_middle(name_places: NamePlaces, mark: Mark, gazetteer: Gazetteer) -> None:
    text = "على بعد 20 كيلومتراً شرق تدمر. في تدمر"
    away, itself = locate(mark(text), name_places(text), gazetteer)
    assert away.lon is not None and itself.lon is not None
    assert 0.15 < away.lon - itself.lon < 0.3
    assert away.precision == "near_town"
