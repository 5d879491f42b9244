"""The book of a store follows every change by reading what changed, and is what reading everything would give."""

from pathlib import Path

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from pipeline.events import make_events
from pipeline.records import Article
from pipeline.store.articles import add_articles
from pipeline.store.audit import read_head
from pipeline.store.changes import read_changes
from pipeline.store.engine import Store, open_store
from pipeline.store.errors import NotAllowedError
from pipeline.store.events import load_events
from pipeline.store.merges import merge_events, split_event
from pipeline.store.permissions import LOCAL, OPERATOR, Person
from pipeline.store.review import add_note, edit_event, move_pin, set_status
from pipeline.store.users import add_user
from ui import stored_book
from ui.stored_book import SHOWN, StoredBook


@pytest.fixture
def store(tmp_path: Path):
    opened = open_store(tmp_path / "store.rasid")
    yield opened
    opened.close()


def add(store: Store, *names: str, text: str = "said", **changes) -> None:
    rows = [
        {"event_id": f"e{name}", "article_id": f"a{name}", "language": "en", "event_type": "drone"}
        | {"time_status": "actual", "place_status": "unplaced", "place_name": f"Place {name}"}
        | changes
        for name in names
    ]
    add_articles(store, [Article(f"a{name}", "en", f"{text} {name}") for name in names], make_events(rows), merge=False)


def check(held: StoredBook, store: Store) -> None:
    """Whatever was read again, all is as if everything had been."""
    book, whole = held.current(store, LOCAL), StoredBook().current(store, LOCAL)
    assert_frame_equal(book.events, load_events(store, SHOWN))
    assert [book.row_of(name) for name in book.events.index] == list(range(len(book)))
    for name in ("x", "y", "start", "end", "extent_km", "precision", "placed", "spot"):
        assert np.array_equal(getattr(book.columns, name), getattr(whole.columns, name)), name
    for name in ("event_type", "review_status", "place"):
        one, other = getattr(book.columns, name), getattr(whole.columns, name)
        assert [one.values[code] for code in one.codes] == [other.values[code] for code in other.codes]
    assert whole.articles.items() <= book.articles.items()


@pytest.mark.parametrize("piece", [2, 3, 8_192])
def test_every_change_is_followed_without_reading_all_again(store: Store, monkeypatch, piece: int) -> None:
    monkeypatch.setattr(stored_book, "PIECE", piece)
    add(store, *"bdfhk")
    held = StoredBook()
    held.current(store, LOCAL)
    monkeypatch.setattr(stored_book, "_read_all", lambda *_: pytest.fail("all was read again"))
    whole = stored_book.StoredBook.current
    changes = [
        lambda: add(store, *"acz"),
        lambda: edit_event(store, "ed", {"place_name": "elsewhere"}, 1),
        lambda: move_pin(store, "ef", 40.0, 35.0, 1),
        lambda: set_status(store, "eh", "rejected", 1, why="told twice"),
        lambda: set_status(store, "eh", "machine", 2),
        lambda: merge_events(store, ["ea", "eb"], [1, 1]),
        lambda: split_event(store, "ea", ["eb"], 2),
        lambda: add(store, "d", text="corrected", weapon="drone"),
        lambda: add_note(store, "ed", "words"),
        lambda: [set_status(store, f"e{name}", "rejected", 1, why="no") for name in "kz"],
    ]
    for change in changes:
        change()
        book = whole(held, store, LOCAL)
        assert_frame_equal(book.events, load_events(store, SHOWN))
        assert [book.row_of(name) for name in book.events.index] == list(range(len(book)))
    assert book.articles["ad"].text == "corrected d"


def test_columns_and_articles_are_those_of_a_fresh_book(store: Store) -> None:
    add(store, *"bd")
    held = StoredBook()
    held.current(store, LOCAL)
    add(store, "c")
    move_pin(store, "ed", 40.0, 35.0, 1)
    check(held, store)


def test_nothing_changed_is_the_very_same_book(store: Store) -> None:
    add(store, "a")
    held = StoredBook()
    book = held.current(store, LOCAL)
    assert held.current(store, LOCAL) is book
    add_note(store, "ea", "words")
    assert held.current(store, LOCAL) is book


def test_another_store_in_the_place_of_the_first_is_read_whole(store: Store, tmp_path: Path) -> None:
    add(store, *"ab")
    head = read_head(store, LOCAL)
    other = open_store(tmp_path / "other.rasid")
    add(other, *"xyz")
    assert read_changes(other, head) is None
    held = StoredBook()
    held.current(store, LOCAL)
    assert list(held.current(other, LOCAL).events.index) == ["ex", "ey", "ez"]
    other.close()


def test_who_may_not_read_gets_no_book_though_others_have_it(store: Store) -> None:
    add(store, "a")
    held = StoredBook()
    held.current(store, LOCAL)
    add_user(store, "https://x|1", "admin", OPERATOR)
    for person in (LOCAL, Person("https://x|2")):
        with pytest.raises(NotAllowedError):
            held.current(store, person)
        with pytest.raises(NotAllowedError):
            read_changes(store, (1, ""), person)
