"""Users, logins, and every action by every role, asked of the service functions themselves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_making import article, elsewhere, table

from pipeline.store.articles import add_articles, load_articles
from pipeline.store.audit import read_audit
from pipeline.store.changes import read_changes
from pipeline.store.corrections import list_corrections, mark_exported, save_correction, write_corrections
from pipeline.store.engine import Store
from pipeline.store.errors import NotAllowedError, NotFoundError
from pipeline.store.events import load_events, load_reports, read_event
from pipeline.store.merges import (
    decline_proposal,
    explain_event,
    list_proposals,
    merge_events,
    read_sources,
    reconsider,
    split_event,
    undo_split,
)
from pipeline.store.permissions import LOCAL, OPERATOR, Person
from pipeline.store.queue import list_by_status, review_queue
from pipeline.store.review import (
    add_note,
    choose_candidate,
    edit_event,
    last_action,
    move_pin,
    read_notes,
    set_status,
    undo,
    why_rejected,
)
from pipeline.store.search import rebuild_search, search_events
from pipeline.store.users import User, add_user, change_user, check_login, find_user, list_users

ISSUER = "https://login.example.org"
NOW = 1_700_000_000.0
CANDIDATE = {"place_id": "x", "name": "X", "lon": 41.0, "lat": 35.0, "extent_km": 3.0, "precision": "town"}


def subject(name: str) -> str:
    return f"{ISSUER}|{name}"


@pytest.fixture
def team(store: Store) -> Store:
    rows = [elsewhere(number, candidates=[CANDIDATE]) for number in range(1, 9)]
    add_articles(store, [article(number) for number in range(1, 9)], table(*rows), LOCAL, merge=False)
    add_user(store, subject("admin"), "admin", OPERATOR)
    for role in ("viewer", "reviewer"):
        add_user(store, subject(role), role, Person(subject("admin")))
    add_user(store, subject("gone"), "admin", Person(subject("admin")))
    change_user(store, subject("gone"), Person(subject("admin")), is_disabled=True)
    return store


def version_of(store: Store, event_id: str) -> int:
    return read_event(store, event_id, OPERATOR).version


READ: dict[str, Callable[[Store, Person, Path], Any]] = {
    "load_events": lambda store, by, _: load_events(store, None, by),
    "load_reports": lambda store, by, _: load_reports(store, None, by),
    "load_articles": lambda store, by, _: load_articles(store, None, by),
    "read_event": lambda store, by, _: read_event(store, "r1", by),
    "read_notes": lambda store, by, _: read_notes(store, "r1", by),
    "review_queue": lambda store, by, _: review_queue(store, by),
    "list_proposals": lambda store, by, _: list_proposals(store, by),
    "explain_event": lambda store, by, _: explain_event(store, "r1", by),
    "read_sources": lambda store, by, _: read_sources(store, "r1", by),
    "list_corrections": lambda store, by, _: list_corrections(store, by),
    "list_by_status": lambda store, by, _: list_by_status(store, "rejected", by),
    "why_rejected": lambda store, by, _: why_rejected(store, "r1", by),
    "last_action": lambda store, by, _: last_action(store, "r1", by),
    "search_events": lambda store, by, _: search_events(store, "drone", by),
    "read_changes": lambda store, by, _: read_changes(store, (1, ""), by),
}
WORK: dict[str, Callable[[Store, Person, Path], Any]] = {
    "add_articles": lambda store, by, _: add_articles(store, [article(50)], table(elsewhere(50)), by),
    "edit_event": lambda store, by, _: edit_event(store, "r1", {"weapon": "drone"}, 1, by),
    "move_pin": lambda store, by, _: move_pin(store, "r2", 41.0, 35.0, 1, by),
    "choose_candidate": lambda store, by, _: choose_candidate(store, "r3", 0, 1, by),
    "set_status": lambda store, by, _: set_status(store, "r4", "reviewed", 1, by),
    "add_note": lambda store, by, _: add_note(store, "r1", "words", by),
    "merge_events": lambda store, by, _: merge_events(store, ["r5", "r6"], [1, 1], by),
    "decline": lambda store, by, _: decline_proposal(store, "r1", "r2", by),
    "reconsider": lambda store, by, _: reconsider(store, "r1", "r2", by),
    "save_correction": lambda store, by, _: save_correction(store, "place_alias", {"place_id": "x", "names": "y"}, by),
    "mark_exported": lambda store, by, _: mark_exported(store, [], by),
    "rebuild_search": lambda store, by, _: rebuild_search(store, by),
    "read_audit": lambda store, by, _: read_audit(store, by),
}
MANAGE: dict[str, Callable[[Store, Person, Path], Any]] = {
    "list_users": lambda store, by, _: list_users(store, by),
    "add_user": lambda store, by, _: add_user(store, subject("new"), "viewer", by),
    "change_user": lambda store, by, _: change_user(store, subject("viewer"), by, role="reviewer"),
}


AFTER: dict[str, Callable[[Store, Person, Path], Any]] = {
    "undo": lambda store, by, _: undo(store, "r1", 2, by),
    "split_event": lambda store, by, _: split_event(store, "r5", ["r6"], version_of(store, "r5"), by),
    "undo_split": lambda store, by, _: undo_split(store, "r5", version_of(store, "r5"), by),
    "publish": lambda store, by, _: set_status(store, "r4", "published", 2, by),
    "write_corrections": lambda store, by, folder: write_corrections(store, folder / "corrections.patch", by),
}
PEOPLE = {
    "anonymous": Person("", "user"),
    "unknown": Person(subject("nobody")),
    "made up": Person("operator", "root"),
    "local": LOCAL,
    "disabled": Person(subject("gone")),
    "viewer": Person(subject("viewer")),
    "reviewer": Person(subject("reviewer")),
    "admin": Person(subject("admin")),
    "operator": OPERATOR,
}
NOBODIES = ("anonymous", "unknown", "made up", "local", "disabled")


def allowed(who: str, action: str) -> bool:
    if who in NOBODIES:
        return False
    if action in READ:
        return True
    return who in ("admin", "operator") or (who == "reviewer" and action not in MANAGE)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_may_do_what_the_table_says_and_nothing_else(team: Store, tmp_path: Path, who: str) -> None:
    """One line of the matrix; changes that need an earlier one are tried after an operator has made it."""
    wrong, cells = [], 0
    for action, call in (READ | WORK | MANAGE | AFTER).items():
        cells += 1
        if action in AFTER and not allowed(who, action):
            prepare(team, action)
        audit = len(read_audit(team, OPERATOR, limit=10_000))
        try:
            call(team, PEOPLE[who], tmp_path)
            was_allowed = True
        except NotAllowedError:
            was_allowed = False
            wrong += [f"{action} left an audit row"] * (len(read_audit(team, OPERATOR, limit=10_000)) != audit)
        if was_allowed != allowed(who, action):
            wrong.append(action)
    print(f"S7 who={who} cells={cells} wrong={len(wrong)}")
    assert wrong == []


def prepare(store: Store, action: str) -> None:
    """Do as operator, once, what the actions of ``AFTER`` build on."""
    if read_event(store, "r1", OPERATOR).version == 1:
        for name, call in WORK.items():
            if name in ("edit_event", "set_status", "merge_events", "save_correction"):
                call(store, OPERATOR, Path())
    if action == "undo_split":
        split_event(store, "r5", ["r6"], version_of(store, "r5"), OPERATOR)


def test_on_a_laptop_without_users_the_one_person_may_do_everything_but_add_the_first_user(store: Store) -> None:
    add_articles(store, [article(1)], table(elsewhere(1)), LOCAL)
    set_status(store, "r1", "reviewed", 1, LOCAL)
    for role in ("viewer", "admin"):
        with pytest.raises(NotAllowedError, match="command line"):
            add_user(store, subject("x"), role, LOCAL)
    with pytest.raises(NotAllowedError, match="must be an admin"):
        add_user(store, subject("x"), "viewer", OPERATOR)


def test_the_last_admin_stays(team: Store) -> None:
    for change in ({"role": "viewer"}, {"is_disabled": True}):
        with pytest.raises(NotAllowedError, match="without an admin"):
            change_user(team, subject("admin"), OPERATOR, **change)
    found = find_user(team, subject("admin"))
    assert found is not None
    assert (found.role, found.is_disabled) == ("admin", False)


def test_users_are_changed_in_words_that_help(team: Store) -> None:
    with pytest.raises(NotFoundError, match="user list"):
        change_user(team, subject("nobody"), OPERATOR, role="viewer")
    with pytest.raises(NotAllowedError, match="viewer, reviewer, admin"):
        change_user(team, subject("viewer"), OPERATOR, role="king")
    with pytest.raises(NotAllowedError, match="already"):
        add_user(team, subject("viewer"), "viewer", OPERATOR)
    with pytest.raises(NotAllowedError, match="no name"):
        change_user(team, subject("viewer"), OPERATOR, name="x")
    assert [entry.action for entry in read_audit(team, OPERATOR, limit=3)] == ["change_user", "add_user", "add_user"]


def claims(**changes: Any) -> dict[str, Any]:
    return {"iss": ISSUER, "sub": "viewer", "iat": NOW - 60, "exp": NOW - 30} | changes


USER = User(subject("viewer"), None, "viewer")


def test_a_login_counts_though_its_token_has_expired() -> None:
    assert check_login(claims(), USER, NOW) == Person(subject("viewer"))


@pytest.mark.parametrize(
    ("said", "user", "reason"),
    [
        (claims(iat=NOW - 13 * 3600), USER, "older than 12 hours"),
        (claims(iat=NOW + 3600), USER, "future"),
        (claims(iat=None), USER, "when it was made"),
        (claims(iat="1"), USER, "when it was made"),
        (claims(iat=True), USER, "when it was made"),
        (claims(iat=float("nan")), USER, "when it was made"),
        (claims(iss=None), USER, "no issuer"),
        (claims(sub=""), USER, "no issuer"),
        (claims(), None, "no user"),
        (claims(sub="admin"), USER, "no user"),
        (claims(iss="https://other.example.org"), USER, "no user"),
        (claims(), User(subject("viewer"), None, "viewer", is_disabled=True), "disabled"),
        (claims(), User(subject("viewer"), None, "viewer", not_before=NOW - 10), "logged out everywhere"),
        ({}, USER, "no issuer"),
    ],
)
def test_a_login_that_does_not_count_is_refused(said: dict[str, Any], user: User | None, reason: str) -> None:
    with pytest.raises(NotAllowedError, match=reason):
        check_login(said, user, NOW)
