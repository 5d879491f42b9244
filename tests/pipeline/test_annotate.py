"""Marking an article: inner matches, blockers, dates before triggers, and looking things up by where they stand."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes

Mark = Callable[..., Notes]


def said(notes: Notes, category: str) -> list[str]:
    return [notes.text.mention(m.first, m.last).text for m in notes.matches.get(category, ())]


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("سقط صاروخ باليستي أمس", "weapon", ["صاروخ باليستي"]),
        ("وقع انفجار سيارة مفخخة", "trigger", ["انفجار سيارة مفخخة"]),
        ("A roadside bomb went off", "weapon", ["roadside bomb"]),
    ],
)
def test_of_matches_inside_one_another_the_longest_stays(
    mark: Mark, text: str, category: str, expected: list[str]
) -> None:
    assert said(mark(text), category) == expected


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("رحبت الأمم بوقف إطلاق النار", "trigger"),
        ("مباحثات حول وقف إطلاق النار", "trigger"),
        ("African American voters", "actor"),
        ("Their base salary rose", "target"),
    ],
)
def test_blockers_hide_the_words_in_them(mark: Mark, text: str, category: str) -> None:
    assert said(mark(text), category) == []


def test_a_part_of_day_inside_a_date_is_no_explosion(mark: Mark) -> None:
    assert said(mark("وصل الوفد فجر السبت 20 يناير 2024"), "trigger") == []
    assert said(mark("فجر المسلحون الجسر"), "trigger") == ["فجر"]


def test_a_word_inside_a_weapons_name_tells_no_attack_by_itself(mark: Mark) -> None:
    notes = mark("A suicide drone was shown")
    assert said(notes, "weapon") == ["suicide drone"]
    assert said(notes, "trigger") == []


def test_lookups_by_place(mark: Mark) -> None:
    notes = mark("قصف الجيش مدينة درعا ثم قصف الطيران بلدة نصيب")
    tokens = [token.raw for token in notes.text.tokens]
    city, town = tokens.index("مدينة"), tokens.index("بلدة")
    kinds = notes.matches["kind"]
    assert [m.first for m in kinds] == [city, town]
    assert list(notes.within("kind", 0, town)) == kinds[:1]
    assert list(notes.within("kind", city, town + 1)) == kinds
    assert notes.at("kind", town) == kinds[1]
    assert notes.at("kind", town + 1) is None
    assert notes.ending("kind", city + 1) == kinds[0]
    assert notes.ending("kind", city) is None
    assert notes.has("kind", city, city + 1) and not notes.has("kind", 0, city)
    assert not notes.has("no such category", 0, len(tokens))


def test_dates_and_numbers_by_place(mark: Mark) -> None:
    notes = mark("Rockets killed 12 people on Thursday and wounded 3 on Friday")
    thursday = next(i for i, t in enumerate(notes.text.tokens) if t.raw == "Thursday")
    assert len(notes.dates) == 2
    assert len(notes.dates_in(thursday - 1, thursday + 1)) == 1
    assert [n.best for n in notes.numbers_in(0, thursday)] == [12]
    assert [n.best for n in notes.numbers_in(thursday, len(notes.text.tokens))] == [3]


def test_figures_of_a_date_count_nothing(mark: Mark) -> None:
    notes = mark("في 24 مارس 2023 قتل 5 مدنيين")
    assert [n.best for n in notes.numbers if n.kind == "count"] == [5]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\u200f\u202b"])
def test_an_article_of_nothing_has_nothing_marked(mark: Mark, text: str) -> None:
    notes = mark(text)
    assert notes.dates == () and tuple(notes.numbers) == ()
    assert not any(notes.matches.values())
