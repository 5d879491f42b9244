"""What speaks for a word being a place name, and what against it."""

from collections.abc import Callable

import pytest

from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.lexicon import Variant
from pipeline.toponym_signs import (
    follows_kind,
    follows_quoted_kind,
    is_compound,
    is_grammar,
    is_joined_ordinary_word,
    is_located,
    is_major,
    is_ordinary_word,
    looks_like_person,
    may_be_name,
    needs_no_introduction,
    speaks_for_a_place,
)

Mark = Callable[..., Notes]


def at(notes: Notes, raw: str) -> int:
    return next(index for index, token in enumerate(notes.text.tokens) if token.raw == raw)


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("في مدينة حلب", "حلب", True),
        ("في حلب", "حلب", False),
        ('في قاعدة "حلب"', "حلب", True),
        ("the town near Aleppo", "Aleppo", False),
    ],
)
def test_a_kind_word_before(mark: Mark, text: str, word: str, answer: bool) -> None:
    notes = mark(text)
    assert follows_kind(notes, at(notes, word)) is answer


def test_a_quoted_kind_needs_the_quotation_mark(mark: Mark) -> None:
    quoted, plain = mark("قاعدة «حرير»"), mark("قاعدة حرير")
    assert follows_quoted_kind(quoted, at(quoted, "حرير"))
    assert not follows_quoted_kind(plain, at(plain, "حرير"))


def test_ordinary_words(mark: Mark) -> None:
    notes = mark("كلام")
    assert is_ordinary_word(notes, "بيت")
    assert is_ordinary_word(notes, "البيت")
    assert not is_ordinary_word(notes, "زغروطه")
    assert not is_ordinary_word(notes, "البيت زغروطه")


def test_joined_ordinary_words(mark: Mark) -> None:
    notes = mark("وبيت زغروطة")
    assert is_joined_ordinary_word(notes, notes.text.tokens[0])
    assert not is_joined_ordinary_word(notes, notes.text.tokens[1])


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("بلدة زغروطة", "زغروطة", True),
        ("بلدة قصف", "قصف", False),
        ("بلدة في", "في", False),
        ("بلدة صواريخ", "صواريخ", False),
        ("بلدة 12", "12", False),
        ("بلدة قالت", "قالت", False),
    ],
)
def test_what_may_be_a_name(mark: Mark, text: str, word: str, answer: bool) -> None:
    notes = mark(text)
    index = at(notes, word)
    assert may_be_name(notes, index, index, set()) is answer
    assert not may_be_name(notes, index, index, {index})


@pytest.mark.parametrize(("text", "answer"), [("Iran-backed groups", True), ("Iran - he said", False), ("Iran", False)])
def test_a_name_that_only_describes(mark: Mark, text: str, answer: bool) -> None:
    assert is_compound(mark(text), 1) is answer


@pytest.mark.parametrize(
    ("text", "answer"), [("مدينة", True), ("قصف", True), ("شمال", True), ("دمشق", False), ("زغروطة", False)]
)
def test_words_that_tell_things_are_no_names(mark: Mark, text: str, answer: bool) -> None:
    assert is_grammar(mark(text), 0, 1) is answer


@pytest.mark.parametrize(
    ("name", "great", "major"),
    [
        ("baghdad", True, True),
        ("syria", True, True),
        ("دمشق", True, True),
        ("نبل", False, False),
        ("no such", False, False),
    ],
)
def test_places_that_need_no_introduction(gazetteer: Gazetteer, name: str, great: bool, major: bool) -> None:
    assert needs_no_introduction(gazetteer, name) is great
    assert is_major(gazetteer, name) is major


@pytest.mark.parametrize(
    ("text", "word", "prefix", "answer"),
    [
        ("وقع في حلب", "حلب", "", True),
        ("وقع بحلب", "بحلب", "ب", True),
        ("قال حلب", "حلب", "", False),
        ("fled from Aleppo", "Aleppo", "", True),
        ("said Aleppo", "Aleppo", "", False),
    ],
)
def test_located(mark: Mark, text: str, word: str, prefix: str, answer: bool) -> None:
    notes = mark(text)
    assert is_located(notes, at(notes, word), Variant("حلب", prefix)) is answer


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("العقيد الحلبي", "الحلبي", True),
        ("محمد درعا", "درعا", True),
        ("في درعا", "درعا", False),
        ("General Basra", "Basra", True),
    ],
)
def test_persons(mark: Mark, text: str, word: str, answer: bool) -> None:
    notes = mark(text)
    index = at(notes, word)
    assert looks_like_person(notes, index, index + 1) is answer


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("مدينة نبل", "نبل", True),
        ("شرق نبل", "نبل", True),
        ("قرب نبل", "نبل", True),
        ("رجل نبل", "نبل", False),
        ("in Nubl", "Nubl", True),
        ("Nubl district", "Nubl", True),
        ("eastern Nubl", "Nubl", True),
        ("said Nubl", "Nubl", False),
    ],
)
def test_words_that_speak_for_a_place(mark: Mark, text: str, word: str, answer: bool) -> None:
    notes = mark(text)
    index = at(notes, word)
    assert speaks_for_a_place(notes, index, index + 1, Variant("نبل")) is answer
