import pytest
from store_making import article, elsewhere, report, table, toll

from pipeline.store.articles import add_articles
from pipeline.store.audit import read_audit
from pipeline.store.check import check_store
from pipeline.store.engine import Store
from pipeline.store.errors import ConflictError, NotFoundError, ReviewError
from pipeline.store.events import load_events, read_event
from pipeline.store.merges import (
    decline_proposal,
    event_of,
    explain_event,
    list_proposals,
    merge_events,
    read_sources,
    reconsider,
    split_event,
    undo_split,
)
from pipeline.store.permissions import LOCAL
from pipeline.store.review import edit_event, last_action, set_status


@pytest.fixture
def two(store: Store) -> Store:
    """Two reports of one attack, one event."""
    rows = table(report(1, source="Reuters", **toll(2)), report(2, source="SANA", **toll(3)))
    add_articles(store, [article(1), article(2)], rows)
    return store


def test_a_merge_is_explained_for_and_against(two: Store) -> None:
    (pair,) = explain_event(two, "r1")
    assert {pair.left, pair.right} == {"r1", "r2"}
    assert {reason.feature for reason in pair.reasons} >= {"day", "place", "type"}
    assert pair.score == pytest.approx(sum(reason.points for reason in pair.reasons))
    assert not pair.is_barred


def test_a_split_is_kept_when_more_reports_come(two: Store) -> None:
    kept, taken = split_event(two, "r1", ["r2"], 1, why="another drone")
    assert (kept.values["members"], taken.values["members"]) == ('["r1"]', '["r2"]')
    assert (kept.values["killed"], taken.values["killed"]) == (2, 3)
    add_articles(two, [article(3)], table(report(3, **toll(3))))
    groups = sorted(load_events(two)["members"])
    assert len(groups) == 2
    assert '["r1","r2","r3"]' not in groups
    assert check_store(two).is_ok


def test_split_and_merged_again_is_what_it_was(two: Store) -> None:
    before = load_events(two)
    kept, taken = split_event(two, "r1", ["r2"], 1)
    merge_events(two, ["r1", taken.event_id], [kept.version, taken.version])
    assert before.equals(load_events(two))
    assert read_event(two, taken.event_id).state == "merged"
    assert read_event(two, taken.event_id).merged_into == "r1"
    assert check_store(two).is_ok


def test_a_merge_by_hand_is_taken_back_with_the_edits_of_both(store: Store) -> None:
    add_articles(store, [article(1), article(2)], table(elsewhere(1), elsewhere(2)))
    edit_event(store, "r2", {"weapon": "drone"}, 1)
    merged = merge_events(store, ["r1", "r2"], [1, 2], why="one convoy")
    assert merged.values["reports"] == 2
    assert list(load_events(store).index) == ["r1"]
    _, back = split_event(store, "r1", ["r2"], merged.version)
    assert (back.event_id, back.values["weapon"], back.state) == ("r2", "drone", "live")
    assert list(load_events(store).index) == ["r1", "r2"]


def test_a_merge_on_an_older_version_is_a_conflict_and_changes_nothing(two: Store) -> None:
    add_articles(two, [article(5)], table(elsewhere(5)))
    edit_event(two, "r5", {"weapon": "drone"}, 1)
    with pytest.raises(ConflictError):
        merge_events(two, ["r1", "r5"], [1, 1])
    assert len(load_events(two)) == 2


def test_merging_takes_back_what_was_approved(store: Store) -> None:
    add_articles(store, [article(1), article(2)], table(elsewhere(1), elsewhere(2)))
    set_status(store, "r1", "reviewed", 1)
    assert merge_events(store, ["r1", "r2"], [2, 1]).values["review_status"] == "machine"


def test_splitting_needs_some_of_the_reports(two: Store) -> None:
    for wrong in ([], ["r1", "r2"], ["r9"]):
        with pytest.raises(ReviewError):
            split_event(two, "r1", wrong, 1)
    with pytest.raises(ReviewError):
        merge_events(two, ["r1", "r1"], [1, 1])


def test_doubtful_merges_are_proposed_and_stay_declined(store: Store) -> None:
    area = {"place_id": "governorate", "precision": "adm1", "extent_km": 90.0}
    add_articles(store, [article(1), article(2)], table(report(1, **area), report(2, **area)), merge=True)
    (proposal,) = list_proposals(store)
    assert {proposal.left, proposal.right} == {"r1", "r2"}
    assert proposal.reasons
    assert event_of(store, "r2") == "r2"
    decline_proposal(store, proposal.left, proposal.right)
    assert list_proposals(store) == []
    add_articles(store, [article(2, "corrected")], table(report(2, **area)))
    assert list_proposals(store) == []
    reconsider(store, proposal.left, proposal.right)
    add_articles(store, [article(2, "corrected again")], table(report(2, **area)))
    assert len(list_proposals(store)) == 1


def test_two_attacks_on_one_base_on_one_day_stay_two(store: Store) -> None:
    rows = [report(1, time="05:00"), report(2, article_id="a1", time="21:00"), report(3, time="21:30")]
    add_articles(store, [article(1)], table(*rows[:2]))
    add_articles(store, [article(3)], table(rows[2]))
    assert sorted(load_events(store)["members"]) == ['["r1"]', '["r2","r3"]']


def test_who_says_what_shows_the_disagreement(two: Store) -> None:
    sources = read_sources(two, "r1")
    killed = {
        said.source: (said.value, said.is_disputed, said.is_chosen) for said in sources.said if said.field == "killed"
    }
    assert killed == {"Reuters": (2, True, True), "SANA": (3, True, False)}
    assert sources.kinds == {"agency": 1, "official": 1}
    assert not any(said.is_disputed for said in sources.said if said.field == "event_type")
    with pytest.raises(NotFoundError):
        read_sources(two, "r9")


def test_a_split_is_undone_and_the_reports_may_merge_again(two: Store) -> None:
    split, taken = split_event(two, "r1", ["r2"], 1)
    assert last_action(two, "r1") == "split"
    whole = undo_split(two, "r1", split.version, why="one after all")
    assert (whole.values["reports"], whole.state) == (2, "live")
    assert list(load_events(two).index) == ["r1"]
    assert read_event(two, taken.event_id).merged_into == "r1"
    assert read_audit(two, LOCAL, "r1")[0].why == "one after all"
    assert check_store(two).is_ok
    add_articles(two, [article(2, "corrected", source="SANA")], table(report(2, source="SANA", **toll(4))))
    assert list(load_events(two).index) == ["r1"]
    with pytest.raises(ReviewError):
        undo_split(two, "r1", read_event(two, "r1").version)


def test_a_split_is_not_undone_over_what_somebody_did_since(two: Store) -> None:
    split, taken = split_event(two, "r1", ["r2"], 1)
    edit_event(two, taken.event_id, {"weapon": "drone"}, taken.version)
    with pytest.raises(ReviewError, match="changed since"):
        undo_split(two, "r1", split.version)
    with pytest.raises(ConflictError):
        undo_split(two, "r1", 1)
    assert len(load_events(two)) == 2
