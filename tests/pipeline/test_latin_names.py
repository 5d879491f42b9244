"""Names and figures where letters are Latin: small words that lose their vowel, endings, kind words inside a name."""

from datetime import date

import pytest

from pipeline.annotate import annotate
from pipeline.language import load_language
from pipeline.predict import to_prediction
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.text import tokenize


def places(code: str, text: str) -> list[str]:
    reading = read_placed(Article("a1", code, text, date(2024, 1, 7)))
    for place, _ in reading.places:
        assert text[place.mention.start : place.mention.end] == place.mention.text
    return [place.name for place, _ in reading.places]


@pytest.mark.parametrize(
    ("word", "capitalised"),
    [
        ("Alep", True),
        ("d'Alep", True),
        ("L’Irak", True),
        ("d'abord", False),
        ("l’armée", False),
        ("aujourd'hui", False),
    ],
)
def test_a_capital_behind_an_elided_word_counts(word: str, capitalised: bool) -> None:
    assert tokenize(word).tokens[0].is_capitalised is capitalised


def test_an_elided_word_is_no_part_of_a_known_name() -> None:
    assert places("fr", "Des roquettes sont tombées près d'Alep et sur l'aéroport d'Abha.") == ["Alep", "Abha"]


def test_an_elided_word_is_no_part_of_an_unknown_name() -> None:
    assert places("fr", "Un attentat a visé le village d'Ourzagate lundi.") == ["Ourzagate"]


def test_a_small_kind_word_may_begin_a_name() -> None:
    assert places("fr", "Un navire a été attaqué en mer Rouge mardi.") == ["mer Rouge"]


@pytest.mark.parametrize(
    ("code", "text"), [("en", "A leader of Hamas was killed."), ("fr", "Un chef du Hamas a été tué.")]
)
def test_a_party_is_no_place_with_an_ending(code: str, text: str) -> None:
    assert places(code, text) == []


def test_an_ending_is_still_taken_off_a_place() -> None:
    assert places("en", "A bomb went off in Hamas old town, Hamas mayor said, near Aleppo's citadel.")[-1] == "Aleppo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("faisant 2 000 morts", 2000),
        ("faisant 1 234 567 morts", 1234567),
        ("faisant 2\u00a0000 morts", 2000),
        ("le 3 200 morts", 3200),
        ("faisant 12 morts", 12),
        ("faisant 007 morts", 7),
        ("au point 2, 000 morts", 0),
    ],
)
def test_a_space_may_stand_between_thousands(text: str, expected: int) -> None:
    notes = annotate(Article("a1", "fr", text), load_language("fr"))
    assert notes.numbers[-1].best == expected


def test_english_writes_no_space_between_thousands() -> None:
    notes = annotate(Article("a1", "en", "at post 2 000 men"), load_language("en"))
    assert [number.best for number in notes.numbers] == [2, 0]


def test_an_adjective_may_stand_behind_the_attack_it_belongs_to() -> None:
    text = "Une frappe israélienne a tué deux personnes lundi à Tyr."
    (event,) = to_prediction(read_placed(Article("a1", "fr", text, date(2024, 1, 9))))["events"]
    assert (event["actor"], event["killed"], event["place_name"]) == ("Israel", 2, "Tyr")


@pytest.mark.parametrize("where", ["dans le nord du", "au nord du"])
def test_a_side_of_a_country_stays_inside_its_border(where: str) -> None:
    article = Article("a1", "fr", f"Des combats ont éclaté {where} Mali.", date(2024, 1, 9))
    placement = read_placed(article).places[0][1]
    assert placement.lat is not None
    assert 17.6 < placement.lat < 25.0
