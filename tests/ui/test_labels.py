import csv
import re

import pytest

from pipeline.codes import event_types
from pipeline.errors import UsageError
from pipeline.promises import ACTOR_BASES, DATE_PRECISIONS, PLACE_STATUSES, PRECISIONS, REVIEW_STATUSES, TIME_STATUSES
from ui.assets import DATA
from ui.labels import direction_of, load_labels, screen_languages


def known_kinds():
    with (DATA / "gazetteer" / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return [row["kind"] for row in csv.DictReader(file)]


def test_english_comes_first():
    assert screen_languages()[0] == "en"
    assert "ar" in screen_languages()


@pytest.mark.parametrize("code", screen_languages())
def test_every_language_says_everything(code):
    english, words = load_labels("en").words, load_labels(code).words
    assert words.keys() == english.keys()
    for key in words:
        assert words[key].strip(), key
        assert set(re.findall(r"{\w+}", words[key])) == set(re.findall(r"{\w+}", english[key])), key


@pytest.mark.parametrize("code", screen_languages())
@pytest.mark.parametrize(
    ("group", "known"),
    [
        ("event_type", event_types()),
        ("time_status", TIME_STATUSES),
        ("precision", PRECISIONS),
        ("place_status", PLACE_STATUSES),
        ("date_precision", DATE_PRECISIONS),
        ("actor_basis", ACTOR_BASES),
        ("review_status", REVIEW_STATUSES),
        ("kind", known_kinds()),
    ],
)
def test_every_closed_word_has_a_label(code, group, known):
    assert {f"{group}.{word}" for word in known} <= load_labels(code).words.keys()


def test_words_are_filled_in():
    assert load_labels("en")("detail.several", count=3) == "3 events at this place"


def test_a_missing_key_says_where():
    with pytest.raises(UsageError, match=r"en/screen.toml has no 'page.nothing'"):
        load_labels("en")("page.nothing")


def test_unknown_words_are_shown_as_they_are():
    assert load_labels("ar").name("country", "ZZ") == "ZZ"
    assert load_labels("en").name("actor_basis", None) == "not said"


def test_directions():
    assert (direction_of("ar"), direction_of("en"), direction_of("../en")) == ("rtl", "ltr", "auto")
