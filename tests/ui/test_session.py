"""The map and the article page on a real store: what is added lasts, what changes shows, what is refused says why."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.store.articles import load_articles
from pipeline.store.engine import open_store
from pipeline.store.events import load_events, read_event
from pipeline.store.permissions import OPERATOR, Person
from pipeline.store.queue import review_queue
from pipeline.store.review import edit_event, set_status
from pipeline.store.users import add_user
from ui import session
from ui.archive import shared_store
from ui.session import ARTICLES_VARIABLE, EVENTS_VARIABLE, base_book, current_book

PAGE = """
from ui.labels import load_labels
from ui.{name}_page import show_{name}_page
from pipeline.errors import RasidError
import streamlit as st
try:
    show_{name}_page(load_labels("en"))
except RasidError as error:
    st.text(str(error))
"""
BOMB = "A roadside bomb exploded in the town of Shaddadi in Syria on 3 February 2024, killing two fighters."
ROCKETS = "Two rockets hit the Ain al-Asad air base in Iraq on 20 January 2024, wounding four soldiers, police said."
VIEWER = Person("https://login.example.org|7")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in (EVENTS_VARIABLE, ARTICLES_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RASID_STORE", str(tmp_path / "store.rasid"))
    shared_store.clear()
    open_store(tmp_path / "store.rasid").close()
    yield tmp_path / "store.rasid"
    shared_store.clear()
    base_book.clear()


def show(name: str) -> AppTest:
    app = AppTest.from_string(PAGE.format(name=name), default_timeout=120).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="article_text").set_value(text)
    next(button for button in app.button if button.label == "Read").click().run()
    app.button(key="add").click().run()
    assert not app.exception
    return app


def test_an_empty_store_is_an_empty_map_and_no_samples(path: Path) -> None:
    assert "of 0 events" in html(show("map"))


def test_what_is_added_is_there_after_a_restart_and_waits_for_review(path: Path) -> None:
    app = paste(show("article"), BOMB)
    assert app.success[0].value == "Reports: 1; new events: 1; joined an event: 0; already known: 0"
    shared_store.clear()
    session._stored_book.clear()
    assert "of 1 events" in html(show("map"))
    store = open_store(path)
    assert [waiting.event.values["killed"] for waiting in review_queue(store)] == [2]
    store.close()


def test_the_same_text_again_adds_nothing_and_says_so(path: Path) -> None:
    paste(show("article"), BOMB)
    app = paste(show("article"), BOMB)
    assert app.success[0].value == "Reports: 0; new events: 0; joined an event: 0; already known: 1"
    assert len(current_book()) == 1


def test_another_pasted_text_does_not_take_the_place_of_the_first(path: Path) -> None:
    paste(show("article"), BOMB)
    paste(show("article"), ROCKETS)
    store = open_store(path)
    assert sorted(article.text for article in load_articles(store)) == [BOMB, ROCKETS]
    assert len(current_book()) == 2
    assert {article.text for article in current_book().articles.values()} == {BOMB, ROCKETS}
    store.close()


def test_the_book_is_loaded_once_until_somebody_changes_the_store(path: Path) -> None:
    paste(show("article"), BOMB)
    before = current_book()
    assert current_book() is before
    store = open_store(path)
    name = before.events.index[0]
    edit_event(store, name, {"killed_low": 3, "killed": 3, "killed_high": 3}, read_event(store, name).version)
    assert current_book().events["killed"].tolist() == [3]
    set_status(store, name, "rejected", read_event(store, name).version, why="told twice")
    assert len(current_book()) == 0
    assert len(load_events(store)) == 1
    store.close()


def test_chosen_days_that_are_gone_do_not_stop_the_map(path: Path) -> None:
    paste(show("article"), BOMB)
    paste(show("article"), ROCKETS)
    app = show("map")
    days = app.session_state["dates"]
    app.date_input(key="dates").set_value((days[1], days[1])).run()
    store = open_store(path)
    last = next(str(name) for name, day in current_book().events["date_start"].items() if day.month == 2)
    set_status(store, last, "rejected", 1, why="told twice")
    store.close()
    app.run()
    assert not app.exception
    assert "of 1 events" in html(app)


def test_a_viewer_sees_the_map_and_cannot_add(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(path)
    add_user(store, "https://login.example.org|1", "admin", OPERATOR)
    add_user(store, VIEWER.subject, "viewer", OPERATOR)
    monkeypatch.setattr(session, "current_person", lambda: VIEWER)
    assert "of 0 events" in html(show("map"))
    app = paste(show("article"), BOMB)
    assert app.error[0].value == "Not saved:"
    assert "is viewer and may not add" in app.text[0].value
    assert not app.success
    assert load_events(store, by=OPERATOR).empty
    store.close()


def test_a_book_that_others_loaded_is_not_shown_without_a_login(path: Path) -> None:
    paste(show("article"), BOMB)
    store = open_store(path)
    add_user(store, "https://login.example.org|1", "admin", OPERATOR)
    add_user(store, VIEWER.subject, "viewer", OPERATOR)
    store.close()
    app = show("map")
    assert app.text
    assert "rasid-shown" not in html(app)


def test_a_locked_store_says_so_and_the_text_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = show("article")
    hasty = open_store(path, timeout=0.1)
    monkeypatch.setattr(session, "shared_store", lambda: hasty)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        paste(app, BOMB)
    assert "locked" in app.text[0].value
    assert app.text_area(key="article_text").value == BOMB
    app.button(key="add").click().run()
    assert app.success
    assert not app.error
    hasty.close()


def test_a_newer_store_says_so_on_the_map(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9001'")
    app = show("map")
    assert "newer Rasid" in app.text[0].value


def test_a_table_given_on_the_command_line_is_shown_and_the_store_left_alone(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_event_files
) -> None:
    write_event_files(tmp_path)
    monkeypatch.setenv(EVENTS_VARIABLE, str(tmp_path / "events.parquet"))
    base_book.clear()
    app = paste(show("article"), BOMB)
    assert "this session: 1 event(s)" in app.success[0].value
    store = open_store(path)
    assert load_events(store).empty
    store.close()
