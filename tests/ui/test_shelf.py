import numpy as np

from ui.book import make_book
from ui.filters import EventFilter
from ui.shelf import Shelf


def test_the_same_view_shares_a_key_and_another_does_not(events, articles):
    shelf, book = Shelf(), make_book(events, articles)
    mask = np.ones(len(book), dtype=bool)
    first = shelf.put(book, EventFilter(), mask)
    assert shelf.put(book, EventFilter(), mask) == first
    assert shelf.put(book, EventFilter(text="x"), mask) != first
    assert shelf.put(make_book(events, articles), EventFilter(), mask) != first
    assert Shelf().put(book, EventFilter(), mask) != first
    assert shelf.get(first).book is book


def test_the_least_used_goes_first(events, articles):
    shelf, book = Shelf(size=2), make_book(events, articles)
    mask = np.ones(len(book), dtype=bool)
    keys = [shelf.put(book, EventFilter(text=word), mask) for word in "ab"]
    assert shelf.get(keys[0])
    third = shelf.put(book, EventFilter(text="c"), mask)
    assert shelf.get(keys[1]) is None
    assert shelf.get(keys[0])
    assert shelf.get(third)


def test_an_unknown_key_is_nothing():
    assert Shelf().get("../../etc/passwd") is None
