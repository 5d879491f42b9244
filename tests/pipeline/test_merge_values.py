from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.events import make_events
from pipeline.merge_values import choose_toll, combine, count_sources, who_says_what
from pipeline.plain import plain_rows, table_of


def rows(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    whole: dict[str, Any] = {
        "language": "en",
        "event_type": "drone",
        "time_status": "actual",
        "place_status": "unplaced",
        "date_start": date(2024, 2, 3),
        "date_end": date(2024, 2, 3),
        "date_precision": "day",
    }
    made = [whole | {"event_id": f"r{n}", "article_id": f"a{n}"} | one for n, one in enumerate(changes)]
    return plain_rows(make_events(made))


def killed(number: int, day: int, source: str) -> dict[str, Any]:
    toll = {"killed_low": number, "killed": number, "killed_high": number}
    return {**toll, "published_at": date(2024, 2, day), "source": source}


@pytest.mark.parametrize(
    ("said", "best"),
    [
        ([killed(5, 3, "A"), killed(9, 6, "B")], 9),  # later words replace older ones
        ([killed(5, 3, "A"), killed(9, 3, "B"), killed(5, 4, "C")], 5),  # what most sources say
        ([killed(5, 3, "A"), killed(5, 3, "A"), killed(9, 3, "B"), killed(9, 4, "C")], 9),  # one source, one vote
        ([killed(5, 3, "A"), killed(9, 3, "B")], 5),  # of equals the lower
        ([killed(5, 3, "Reuters"), killed(60, 4, "al-Masirah")], 5),  # a party to the conflict only widens the range
        ([killed(60, 4, "al-Masirah")], 60),  # unless nobody else says anything
        ([killed(5, 3, "A"), killed(8, 5, "A")], 8),  # a source takes back what it said
    ],
)
def test_the_best_toll_follows_the_written_rule(said: list[dict[str, Any]], best: int) -> None:
    for order in permutations(said):
        assert combine(rows(*order))["killed"] == best


def test_low_and_high_are_the_last_words_of_all_sources() -> None:
    merged = combine(rows(killed(5, 3, "A"), killed(8, 5, "A"), killed(60, 4, "al-Masirah")))
    assert (merged["killed_low"], merged["killed"], merged["killed_high"]) == (8, 8, 60)


def test_not_said_is_not_none_killed() -> None:
    assert combine(rows({}, {}))["killed"] is None
    assert combine(rows({}, killed(0, 3, "A")))["killed"] == 0


def test_the_surest_party_is_taken_with_its_words() -> None:
    blamed = {"actor_id": "israel", "actor": "Israel", "actor_basis": "blamed"}
    claimed = {"actor_id": "islamic-state", "actor": "IS", "actor_basis": "claimed"}
    merged = combine(rows(blamed, blamed | {"source": "x"}, claimed))
    assert (merged["actor_id"], merged["actor"], merged["actor_basis"]) == ("islamic-state", "IS", "claimed")


def test_who_says_what_names_the_source_and_marks_what_is_disputed() -> None:
    reports = rows(killed(5, 3, "Reuters"), killed(9, 3, "SANA"), {"weapon": "drone"})
    said = who_says_what(reports, combine(reports))
    tolls = {
        (one.source, one.source_kind, one.value, one.is_chosen, one.is_disputed)
        for one in said
        if one.field == "killed"
    }
    assert tolls == {("Reuters", "agency", 5, True, True), ("SANA", "official", 9, False, True)}
    assert [one.report_id for one in said if one.field == "weapon"] == ["r2"]
    assert count_sources(reports) == {"agency": 1, "official": 1}


def test_choosing_needs_no_day_of_publication() -> None:
    said = rows(killed(5, 3, "A") | {"published_at": None}, killed(7, 3, "B") | {"published_at": None})
    assert choose_toll(said, "killed")["killed"] == 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"n": st.none() | st.integers(0, 50), "day": st.integers(1, 28), "source": st.sampled_from("ABC")}
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_is_combined_keeps_the_promises(said: list[dict[str, Any]]) -> None:
    reports = rows(
        *(
            killed(one["n"], one["day"], one["source"]) if one["n"] is not None else {"source": one["source"]}
            for one in said
        )
    )
    table = table_of([combine(reports)])
    assert table["reports"].iloc[0] == len(said)
