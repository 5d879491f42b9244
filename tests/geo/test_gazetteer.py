from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, home_folder, open_gazetteer
from geo.index import GazetteerError
from geo.names import best_arabic
from tests.geo.conftest import make_place


@pytest.fixture
def small(make_gazetteer: Callable[..., Gazetteer]) -> Gazetteer:
    return make_gazetteer(
        (make_place("big", "Madinat al-Rih", 40.0, 35.0, "city", population=90_000), ("Madinat al-Rih", "مدينة الريح")),
        (make_place("small", "Rih", 41.0, 36.0, "village"), ("Rih", "الريح")),
        (make_place("base", "Qaidat Sarab", 42.0, 34.0, "base"), ("Sarab base", "قاعدة سراب", "سراب")),
        (make_place("of", "Of", 39.0, 36.0, "town", population=40_000), ("Of",)),
    )


def test_longest_name_prefers_more_words(small: Gazetteer) -> None:
    assert small.longest_name("مدينه", ["الريح", "اليوم"]) == 2
    assert small.longest_name("الريح", ["اليوم"]) == 1
    assert small.longest_name("مدينه", ["اخري"]) == 0
    assert small.longest_name("قصف", ["مدينه"]) == 0


def test_strength_tells_what_a_name_says_alone(small: Gazetteer) -> None:
    assert small.strength("madinat al rih") == "strong"
    assert small.strength("الريح") == "weak"
    assert small.strength("سراب") == "strong"
    assert small.strength("of") == "weak"
    assert small.strength("nowhere") is None


def test_lookup_finds_exact_close_and_other_spellings(small: Gazetteer) -> None:
    exact, close, spelled = (small.lookup(name)[0] for name in ("مدينة الريح", "مدينةالريح", "Medinet er-Reeh"))
    assert [item.place.place_id for item in (exact, close, spelled)] == ["big"] * 3
    assert 1 == exact.score > close.score > spelled.score > 0


def test_lookup_without_fuzzy_keeps_to_the_letters(small: Gazetteer) -> None:
    assert small.lookup("Medinet er-Reeh", fuzzy=False) == ()
    assert small.lookup("مدينةالريح", fuzzy=False)


def test_an_unknown_name_is_an_empty_answer(small: Gazetteer) -> None:
    assert small.lookup("") == small.lookup("؟") == small.lookup("Xyzzy") == ()


def test_a_missing_index_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_VAR", str(tmp_path))
    with pytest.raises(GazetteerError, match="make setup"):
        open_gazetteer()


def test_installed_gazetteers_lie_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_HOME", str(tmp_path))
    assert home_folder() == tmp_path / "gazetteers"


def test_airports_go_by_their_city_only_where_an_airport_is_asked_for(embedded: Gazetteer) -> None:
    kinds = {item.place.kind for item in embedded.lookup("أربيل", fuzzy=False)}
    assert "city" in kinds and "airport" not in kinds
    assert "airport" in {item.place.kind for item in embedded.lookup("أربيل", fuzzy=False, kind="airport")}


def test_the_embedded_gazetteer_says_where_it_comes_from(embedded: Gazetteer) -> None:
    (about,) = embedded.info()
    assert int(about["places"]) > 40_000
    assert "GeoNames" in about["licence"]


def test_one_gazetteer_serves_many_threads(embedded: Gazetteer) -> None:
    names = ["دير الزور", "Baghdad", "صنعاء", "Kasr Sarab", "غزة", "Homs"] * 20
    expected = [embedded.lookup(name) for name in names]
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(embedded.lookup, names)) == expected


def test_a_name_broken_by_a_stray_space_is_not_shown() -> None:
    assert best_arabic(["د مشق", "دمشق"]) == "دمشق"
    assert best_arabic(["دير الزور", "الدير"]) == "دير الزور"


def test_a_latin_spelling_speaks_less_for_a_place_whose_arabic_name_is_another(
    make_gazetteer: Callable[..., Gazetteer],
) -> None:
    named = make_place("named", "Qinaytirah", 40.0, 35.0, name_ar="القنيطرة")
    nameless = make_place("nameless", "Qinaytirah", 41.0, 36.0)
    foreign = make_place("foreign", "Qinaytirah", 42.0, 37.0, name_ar="القنيطرة", country="TR")
    small = make_gazetteer((named, ("Qinaytirah", "القنيطرة")), (nameless, ("Qinaytirah",)), (foreign, ("Qinaytirah",)))
    scores = {item.place.place_id: item.score for item in small.lookup("القناطر")}
    assert scores.get("named", 0.0) < scores["nameless"] == scores["foreign"]


def test_names_are_known_in_a_country_or_anywhere(small: Gazetteer) -> None:
    assert small.is_known("الريح") and small.is_known("الريح", "SY")
    assert not small.is_known("الريح", "IQ") and not small.is_known("Nowhere")
