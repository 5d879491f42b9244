"""A dump of a PostgreSQL store brings back all that was in it, in one transaction, and a bad one changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_making import article, elsewhere, table
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.store.articles import add_articles, load_articles
from pipeline.store.audit import verify_audit
from pipeline.store.backup import back_up_server, restore_server
from pipeline.store.check import check_store
from pipeline.store.engine import open_store
from pipeline.store.errors import StoreError
from pipeline.store.events import load_events
from pipeline.store.permissions import OPERATOR
from pipeline.store.review import add_note, edit_event, read_notes
from pipeline.store.search import search_events
from pipeline.store.users import add_user, list_users


@pytest.fixture
def filled(new_database: Callable[[], str]) -> str:
    where = new_database()
    store = open_store(where)
    numbers = range(1, 30)
    add_articles(store, [article(number) for number in numbers], table(*map(elsewhere, numbers)), merge=False)
    edit_event(store, "r1", {"weapon": "drone"}, 1)
    add_note(store, "r1", "words")
    add_user(store, "https://x|1", "admin", OPERATOR)
    store.close()
    return where


def call(*words: str) -> object:
    return CliRunner().invoke(main, ["store", *words])


def test_a_dump_taken_is_a_store_brought_back(filled: str, new_database: Callable[[], str], tmp_path: Path) -> None:
    dump = tmp_path / "store.dump"
    done = call("backup", str(dump), "--store", filled)
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.iterdir()] == ["store.dump"]
    store = open_store(filled)
    before, articles, chain = load_events(store, by=OPERATOR), load_articles(store, by=OPERATOR), verify_audit(store)
    with store.writing() as connection:
        connection.execute(text("DELETE FROM notes"))
        connection.execute(text("DROP TABLE reports"))
        connection.execute(text("UPDATE events SET killed = 99"))
    store.close()
    for where in (filled, new_database()):
        done = call("restore", str(dump), "--store", where)
        assert done.exit_code == 0, done.output
        assert "whole" in done.output
        store = open_store(where)
        assert check_store(store).is_ok
        assert verify_audit(store) == chain
        assert_frame_equal(load_events(store, by=OPERATOR), before)
        assert load_articles(store, by=OPERATOR) == articles
        assert [note.text for note in read_notes(store, "r1", OPERATOR)] == ["words"]
        assert [user.role for user in list_users(store, OPERATOR)] == ["admin"]
        assert len(search_events(store, "report 29", OPERATOR)) == 1
        with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
            connection.execute(text("DELETE FROM audit"))
        edit_event(store, "r2", {"weapon": "drone"}, 1, OPERATOR)
        add_articles(store, [article(50)], table(elsewhere(50)), OPERATOR)
        add_note(store, "r2", "more words", OPERATOR)
        assert check_store(store).is_ok
        store.close()


def test_a_dump_that_is_none_leaves_the_store_as_it_was(filled: str, tmp_path: Path) -> None:
    dump = tmp_path / "store.dump"
    back_up_server(filled, dump)
    whole = dump.read_bytes()
    for bad in (b"", b"no dump", whole[: len(whole) // 2]):
        dump.write_bytes(bad)
        with pytest.raises(StoreError, match="pg_restore failed"):
            restore_server(filled, dump)
        store = open_store(filled)
        assert check_store(store).is_ok
        assert len(load_events(store, by=OPERATOR)) == 29
        store.close()


def test_a_dump_that_fails_leaves_no_file(tmp_path: Path, postgis: str) -> None:
    with pytest.raises(StoreError, match="pg_dump failed"):
        back_up_server(postgis.format(name="nowhere"), tmp_path / "store.dump")
    assert not list(tmp_path.iterdir())
