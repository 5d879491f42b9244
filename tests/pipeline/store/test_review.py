from typing import Any

import orjson
import pytest
from store_making import article, elsewhere, report, table, toll

from pipeline.errors import EventsError
from pipeline.store.articles import add_articles
from pipeline.store.audit import read_audit, verify_audit
from pipeline.store.check import check_store
from pipeline.store.engine import Store
from pipeline.store.errors import ConflictError, NotFoundError, ReviewError
from pipeline.store.events import load_events, read_event
from pipeline.store.permissions import LOCAL
from pipeline.store.queue import count_statuses, list_by_status, review_queue
from pipeline.store.review import (
    add_note,
    choose_candidate,
    edit_event,
    move_pin,
    read_notes,
    set_status,
    undo,
    why_rejected,
)


@pytest.fixture
def one(store: Store) -> Store:
    add_articles(store, [article(1)], table(report(1, **toll(1))))
    return store


def test_an_edit_keeps_the_old_value_and_outlives_later_reports(one: Store) -> None:
    edited = edit_event(one, "r1", {"actor": "the group", "actor_basis": "claimed"}, 1, why="said so itself")
    assert (edited.version, edited.values["actor"]) == (2, "the group")
    add_articles(one, [article(2)], table(report(2, actor="gunmen", actor_basis="blamed", **toll(4))))
    event = read_event(one, "r1")
    assert (event.values["actor"], event.values["killed"], event.values["reports"]) == ("the group", 1, 2)
    entry = next(entry for entry in read_audit(one, LOCAL, "r1") if entry.action == "edit")
    assert (entry.old["actor"], entry.new["actor"], entry.why, entry.who) == (
        None,
        "the group",
        "said so itself",
        "local",
    )


def test_the_second_of_two_editors_is_told_and_shown_the_difference_and_nothing_is_lost(one: Store) -> None:
    edit_event(one, "r1", {"killed": 5, "killed_high": 5}, 1)
    edit_event(one, "r1", {"weapon": "drone"}, 2)
    before = check_store(one).counts["audit"]
    with pytest.raises(ConflictError) as caught:
        edit_event(one, "r1", {"killed": 7, "killed_high": 7}, 1)
    conflict = caught.value
    assert conflict.theirs == {"killed": (1, 5), "killed_high": (1, 5), "weapon": (None, "drone")}
    assert (conflict.yours, conflict.version, conflict.who) == ({"killed": 7, "killed_high": 7}, 3, "local")
    assert "1 -> 5" in str(conflict)
    assert read_event(one, "r1").values["killed"] == 5
    assert check_store(one).counts["audit"] == before, "a refused change leaves no audit row"


def test_a_change_that_breaks_a_promise_is_refused_in_words(one: Store) -> None:
    with pytest.raises(EventsError, match="killed_low <= killed <= killed_high"):
        edit_event(one, "r1", {"killed": 9}, 1)
    with pytest.raises(ReviewError, match="members"):
        edit_event(one, "r1", {"members": "[]"}, 1)
    with pytest.raises(NotFoundError, match="r9"):
        edit_event(one, "r9", {"killed": 9}, 1)
    assert read_event(one, "r1").version == 1


def test_an_edit_that_changes_nothing_makes_no_version(one: Store) -> None:
    assert edit_event(one, "r1", {"killed": 1}, 1).version == 1


def test_a_pin_is_moved_and_moved_back(one: Store) -> None:
    moved = move_pin(one, "r1", 40.5, 35.5, 1)
    (event,) = load_events(one).itertuples()
    assert (event.geometry.x, event.geometry.y, event.extent_km, event.place_status) == (40.5, 35.5, 1.0, "placed")
    back = undo(one, "r1", moved.version)
    assert (back.values["lon"], back.values["place_id"], back.edits) == (40.3, "base", {})


def test_an_unplaced_event_gets_a_place_by_candidate(store: Store) -> None:
    place: dict[str, Any] = {"place_id": "x1", "name": "X", "lon": 41.0, "lat": 35.0, "extent_km": 3.0}
    candidates = [place | {"precision": "town", "country": "SY", "admin1": None}, {"name": "nowhere"}]
    unplaced = {"place_status": "ambiguous", "geometry": None, "precision": None, "extent_km": None, "place_id": None}
    add_articles(store, [article(1)], table(report(1, candidates=candidates, **unplaced)))
    with pytest.raises(ReviewError, match="2 candidates"):
        choose_candidate(store, "r1", 2, 1)
    with pytest.raises(ReviewError, match="no lon"):
        choose_candidate(store, "r1", 1, 1)
    chosen = choose_candidate(store, "r1", 0, 1)
    assert (chosen.values["place_id"], chosen.values["matched_name"], chosen.values["lon"]) == ("x1", "X", 41.0)
    assert load_events(store)["place_status"].tolist() == ["placed"]


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        (["reviewed", "published", "reviewed", "machine"], True),
        (["reviewed", "rejected", "machine"], True),
        (["rejected", "machine", "reviewed"], True),
        (["published"], False),
        (["rejected", "published"], False),
        (["reviewed", "reviewed"], False),
        (["nonsense"], False),
    ],
)
def test_review_status_goes_step_by_step(one: Store, path: list[str], is_allowed: bool) -> None:
    version = 1
    for status in path[:-1]:
        version = set_status(one, "r1", status, version, why="because").version
    if is_allowed:
        assert set_status(one, "r1", path[-1], version, why="because").values["review_status"] == path[-1]
        return
    with pytest.raises(ReviewError, match="cannot become"):
        set_status(one, "r1", path[-1], version, why="because")


def test_a_rejection_needs_a_reason(one: Store) -> None:
    with pytest.raises(ReviewError, match="why"):
        set_status(one, "r1", "rejected", 1, why=" ")


def test_undo_walks_back_one_change_at_a_time(one: Store) -> None:
    edit_event(one, "r1", {"weapon": "drone"}, 1)
    set_status(one, "r1", "reviewed", 2)
    edit_event(one, "r1", {"weapon": "missile"}, 3)
    seen = []
    for version in (4, 5, 6):
        event = undo(one, "r1", version)
        seen.append((event.values["weapon"], event.values["review_status"]))
    assert seen == [("drone", "reviewed"), ("drone", "machine"), (None, "machine")]
    assert read_event(one, "r1").edits == {}
    with pytest.raises(ReviewError, match="nothing to undo"):
        undo(one, "r1", 7)
    assert check_store(one).is_ok


def test_notes_are_kept_in_order_and_need_words(one: Store) -> None:
    add_note(one, "r1", "ask the stringer")
    add_note(one, "r1", "asked: a drone")
    assert [note.text for note in read_notes(one, "r1")] == ["ask the stringer", "asked: a drone"]
    with pytest.raises(ReviewError):
        add_note(one, "r1", "  ")


def test_the_queue_begins_with_the_least_certain(store: Store) -> None:
    unplaced = {"place_status": "ambiguous", "geometry": None, "precision": None, "extent_km": None, "place_id": None}
    sure = {"actor_id": "us", "actor": "x", "actor_basis": "stated"}
    rows = [elsewhere(1, **sure), elsewhere(2, **toll(3, 1, 9), **sure), elsewhere(3, **unplaced), elsewhere(4, **sure)]
    add_articles(store, [article(number) for number in (1, 2, 3, 4)], table(*rows))
    set_status(store, "r4", "reviewed", 1)
    queue = review_queue(store)
    assert [waiting.event.event_id for waiting in queue] == ["r3", "r2", "r1"]
    assert "place_ambiguous" in queue[0].doubts
    assert queue[1].doubts == ("toll_disputed",)
    assert count_statuses(store) == {"machine": 3, "reviewed": 1}


def test_the_rejected_are_listed_with_the_reason_and_come_back(store: Store) -> None:
    add_articles(store, [article(number) for number in (1, 2, 3)], table(*map(elsewhere, (1, 2, 3))))
    for name, reason in (("r1", "told twice"), ("r3", "a drill")):
        set_status(store, name, "rejected", 1, why=reason)
    assert set(list_by_status(store, "rejected")) == {"r1", "r3"}
    assert list_by_status(store, "rejected", among={"r2", "r3"}) == ["r3"]
    who, _, why = why_rejected(store, "r3")
    assert (who, why) == ("local", "a drill")
    assert why_rejected(store, "r2") is None
    set_status(store, "r3", "machine", 2)
    assert list_by_status(store, "rejected") == ["r1"]
    assert {waiting.event.event_id for waiting in review_queue(store)} == {"r2", "r3"}
    assert [waiting.event.event_id for waiting in review_queue(store, among={"r3", "r1"})] == ["r3"]


def test_everything_that_was_done_is_in_the_audit_and_its_chain_holds(one: Store) -> None:
    edit_event(one, "r1", {"weapon": "drone"}, 1)
    set_status(one, "r1", "reviewed", 2, why="two sources")
    undo(one, "r1", 3)
    add_note(one, "r1", "words")
    actions = [entry.action for entry in read_audit(one, LOCAL)]
    assert actions == ["note", "undo", "status", "edit", "add_article"]
    chain = verify_audit(one)
    assert (chain.rows, chain.is_ok) == (5, True)
    assert orjson.dumps(read_audit(one, LOCAL)[2].new).startswith(b"{")
