"""Who generic names stand for: "the army", "the group" - from the article, else from the country."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.records import Actor
from pipeline.stand_in import actor_kind, actor_rows, name_party

Mark = Callable[..., Notes]


def party(notes: Notes, words: str, country: str | None) -> str | None:
    """Who ``words`` mean where they stand last in the text."""
    start = notes.article.text.rindex(words)
    match = next(m for m in notes.matches["actor"] if notes.text.tokens[m.first].start == start)
    return name_party(notes, Actor("initiator", notes.text.mention(match.first, match.last), match.value), country)


@pytest.mark.parametrize(
    ("country", "actor_id"),
    [("SY", "syria-army"), ("IQ", "iraq-army"), ("YE", "yemen-army"), ("ZZ", None), (None, None)],
)
def test_the_army_is_that_of_the_country(mark: Mark, country: str | None, actor_id: str | None) -> None:
    assert party(mark("قصف الجيش البلدة"), "الجيش", country) == actor_id
    assert party(mark("the army shelled the town"), "the army", country) == actor_id


def test_an_army_named_before_is_the_army(mark: Mark) -> None:
    assert party(mark("وصلت القوات المسلحة العراقية. قصف الجيش البلدة"), "الجيش", "SY") == "iraq-army"


def test_the_group_is_the_one_named_before(mark: Mark) -> None:
    assert party(mark("Hezbollah spoke. Islamic State denied it. Then the group fired"), "the group", "SY") == (
        "islamic-state"
    )
    assert party(mark("Nobody spoke. Then the group fired"), "the group", "SY") is None


def test_a_state_named_before_is_not_the_group(mark: Mark) -> None:
    assert party(mark("Hezbollah spoke to the Turkish army. Then the group fired"), "the group", "SY") == "hezbollah"


def test_a_party_named_by_name_stands_for_itself(mark: Mark) -> None:
    assert party(mark("قصف حزب الله الموقع"), "حزب الله", "SY") == "hezbollah"


def test_nobody_known_is_nobody(mark: Mark) -> None:
    assert party(mark("قتل مجهولون ضابطا"), "مجهولون", "IQ") is None


def test_kinds_of_parties() -> None:
    assert actor_kind("syria-army") == "state_forces"
    assert actor_kind("no such party") == ""
    assert actor_kind(None) == ""


def test_parents_of_parties_are_parties() -> None:
    rows = actor_rows()
    assert all(not row["parent_id"] or row["parent_id"] in rows for row in rows.values())
