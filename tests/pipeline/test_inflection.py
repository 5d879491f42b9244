"""Forms made of the words that report violence."""

import pytest

from pipeline.inflection import Inflection, load_inflection, noun_forms, verb_forms
from pipeline.language import load_language
from pipeline.text import tokenize


@pytest.fixture
def table() -> Inflection:
    return load_inflection(
        {"past": ["_", "_t"], "present": ["y_", "y_un"], "closed": ["h"], "joint": ["al"]}, indefinite="a"
    )


def test_a_noun_stands_as_an_object_too(table: Inflection) -> None:
    assert noun_forms(table, "hujum") == ["hujum", "hujuma"]


def test_its_adjectives_follow_it_and_what_follows_a_preposition_does_not(table: Inflection) -> None:
    assert set(noun_forms(table, "qasf madfai")) == {"qasf madfai", "qasfa madfaia", "qasfa madfai"}


@pytest.mark.parametrize("word", ["gharah", "alhujum"])
def test_closed_words_keep_their_form(table: Inflection, word: str) -> None:
    assert noun_forms(table, word) == [word]


def test_a_verb_has_its_persons(table: Inflection) -> None:
    assert verb_forms(table, "qasaf yqsif") == ["qasaf", "yqsif", "qasaft", "yqsifun"]


def test_a_language_without_the_table_lists_its_forms() -> None:
    assert noun_forms(load_inflection({}, indefinite="a"), "strike") == ["strike"]


@pytest.mark.parametrize(
    "text",
    [
        "شن التنظيم هجوماً على حافلة",
        "شنت قصفاً مدفعياً على البلدة",
        "مجهولون يستهدفون سيارة",
        "نصبت لهم كميناً محكماً",
        "قصفنا القاعدة",
    ],
)
def test_arabic_words_of_attack_are_found_in_every_form(text: str) -> None:
    language = load_language("ar")
    found = [match for match in language.lexicon.find(tokenize(text)) if match.category == "trigger"]
    assert any(language.triggers[match.value].kind == "attack" for match in found)


def test_no_form_is_the_name_of_a_town() -> None:
    found = load_language("ar").lexicon.find(tokenize("قرب مدينة تدمر"))
    assert not [match for match in found if match.category == "trigger"]
