"""The record of a place name: what is quoted, and what the bare name is."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.toponym import Toponym, make_toponym

Mark = Callable[..., Notes]


def made(notes: Notes, first: int, prefix: str, stem: str) -> Toponym:
    variants = notes.language.lexicon.morphology.variants(notes.text.tokens[first].text)
    variant = next(v for v in variants if v.prefix == prefix and v.stem == stem)
    return make_toponym(notes, first, first + 1, prefix, known=True, variant=variant)


@pytest.mark.parametrize(
    ("word", "prefix", "stem", "quote", "name"),
    [
        ("بدمشق", "ب", "دمشق", "دمشق", "دمشق"),
        ("وَبِدرعا", "وب", "درعا", "درعا", "درعا"),
        ("للعراق", "ل", "عراق", "لعراق", "العراق"),
        ("والعراق", "و", "عراق", "العراق", "العراق"),
        ("دمشق", "", "دمشق", "دمشق", "دمشق"),
    ],
)
def test_joined_words_are_no_part_of_the_name(
    mark: Mark, word: str, prefix: str, stem: str, quote: str, name: str
) -> None:
    text = f"قيل {word} أمس"
    toponym = made(mark(text), 1, prefix, stem)
    place = toponym.place
    assert (place.mention.text, place.name, toponym.prefix) == (quote, name, prefix)
    assert text[place.mention.start : place.mention.end] == quote


@pytest.mark.parametrize("word", ["Syria's", "Syria’s"])
def test_a_possessive_is_no_part_of_the_name_but_of_the_quote(mark: Mark, word: str) -> None:
    notes = mark(f"In {word} north")
    toponym = make_toponym(notes, 1, 2, "", known=True)
    assert (toponym.place.name, toponym.place.mention.text) == ("Syria", word)


def test_a_new_place_is_only_mentioned(mark: Mark) -> None:
    toponym = make_toponym(mark("قيل دمشق"), 1, 2, "", known=False)
    assert (toponym.place.role, toponym.known, toponym.outer_first, toponym.outer_last) == ("mention", False, 1, 2)
