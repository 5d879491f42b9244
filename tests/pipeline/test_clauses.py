"""Clauses: every token in one, and cut where another attack begins."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.clauses import Clause, cut_clauses
from pipeline.toponyms import find_toponyms

Mark = Callable[..., Notes]
Cut = Callable[[str], list[str]]
NEWS = (
    "قصف الطيران مدينة درعا ، وقتل جنديان فيما استهدفت طائرة مسيرة قاعدة حرير . كما ( قال مصدر ) ; — "
    "يوم الخميس ردا على هجوم"
)


def clauses_of(notes: Notes, gazetteer: Gazetteer) -> list[Clause]:
    return cut_clauses(notes, find_toponyms(notes, gazetteer))


@pytest.fixture(scope="session")
def cut(mark: Mark, gazetteer: Gazetteer) -> Cut:
    """Words of every clause of a text."""

    def cut_text(text: str) -> list[str]:
        notes = mark(text)
        return [notes.text.mention(c.first, c.last).text for c in clauses_of(notes, gazetteer)]

    return cut_text


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(NEWS.split()), max_size=40))
def test_every_token_is_in_one_clause_and_one_piece(mark: Mark, gazetteer: Gazetteer, words: list[str]) -> None:
    notes = mark(" ".join(words))
    clauses = clauses_of(notes, gazetteer)
    assert [i for c in clauses for i in range(c.first, c.last)] == list(range(len(notes.text.tokens)))
    assert [i for c in clauses for a, b in c.pieces for i in range(a, b)] == list(range(len(notes.text.tokens)))
    for clause in clauses:
        first, last = notes.text.sentences[clause.sentence]
        assert first <= clause.first < clause.last <= last


@pytest.mark.parametrize(
    "text",
    [
        "قصف الطيران مدينة درعا، ما أدى إلى مقتل جنديين، وإصابة ثلاثة.",
        "استهدفت طائرة مسيرة قاعدة حرير، بحسب مصدر أمني.",
        "A drone hit the town of Masyaf, killing three people, and wounded seven.",
        "في الـ24 من مارس، قصف الطيران مدينة درعا.",
    ],
)
def test_what_belongs_to_one_attack_stays_together(cut: Cut, text: str) -> None:
    assert len(cut(text)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قصف الطيران مدينة درعا، فيما استهدفت طائرة مسيرة قاعدة حرير.", 2),
        ("قصف الطيران مدينة درعا، وانفجرت عبوة ناسفة في مدينة تدمر، وقتل ثلاثة في اشتباكات بمدينة نوى.", 3),
        ("شن الطيران غارات على مدينة حماة، ردا على هجوم صاروخي استهدف مدينة صفد.", 2),
        ("شن الطيران غارات على مدينة حماة، ردا على هجوم صاروخي.", 2),
        ("A drone hit Masyaf, and a car bomb exploded in Mosul.", 2),
        ("قصف الطيران درعا. وقصف الطيران حماة.", 2),
    ],
)
def test_another_place_with_another_attack_is_another_clause(cut: Cut, text: str, count: int) -> None:
    assert len(cut(text)) == count


def test_links_to_other_pages_are_left_out(cut: Cut) -> None:
    assert cut("اقرأ أيضا: قصف الطيران مدينة درعا") == []


def test_nothing_has_no_clauses(cut: Cut) -> None:
    assert cut("") == []
