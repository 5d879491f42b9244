import numpy as np
import pytest

from ui.book import make_book
from ui.filters import EventFilter
from ui.narrow import narrow
from ui.shelf import Shelf

ADDRESS = "z=4&w=30&s=10&e=60&n=42"


@pytest.fixture
def shelf(events, articles):
    return Shelf()


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


@pytest.fixture
def key(shelf, book):
    return shelf.put(book, EventFilter(), np.ones(len(book), dtype=bool))


def narrowed(shelf, key, **pick):
    found = narrow({"key": key, **pick}, shelf.get(key), shelf.get)
    return found.rows.tolist() if found else None


def test_a_cluster_is_exactly_the_events_it_counts(shelf, key):
    assert narrowed(shelf, key, cluster=0, of=f"cells/{key}?{ADDRESS}") == [0, 2, 6]


def test_a_cluster_of_a_period_holds_only_its_days(shelf, key):
    days = f"timeline/cells/{key}?first=19440&last=19440&{ADDRESS}"  # 2023-03-24
    assert narrowed(shelf, key, cluster=0, of=days) == [0, 2]


def test_a_place_is_all_that_is_shown_there(shelf, key):
    assert narrowed(shelf, key, place=0) == [0, 6]
    assert narrowed(shelf, key, place=1) == [1]


def test_a_governorate_is_what_its_count_says(shelf, key):
    assert narrowed(shelf, key, admin1="SY-DY") == [0]


@pytest.mark.parametrize(
    "pick",
    [
        {},
        {"row": 1},
        {"place": -1},
        {"place": True},
        {"place": "0"},
        {"admin1": "nowhere"},
        {"admin1": ["SY-DY"]},
        {"cluster": 0},
        {"cluster": 7, "of": "cells/KEY?" + ADDRESS},
        {"cluster": True, "of": "cells/KEY?" + ADDRESS},
        {"cluster": 0, "of": "cells/other?" + ADDRESS},
        {"cluster": 0, "of": "towns/KEY?" + ADDRESS},
        {"cluster": 0, "of": "cells/KEY?z=4"},
        {"cluster": 0, "of": "cells/KEY?z=4&w=nan&s=0&e=1&n=1"},
        {"cluster": 0, "of": "cells/KEY?z=x&w=1&s=0&e=1&n=1"},
        {"cluster": 0, "of": "timeline/cells/KEY?first=x&last=1&" + ADDRESS},
    ],
)
def test_what_means_nothing_narrows_nothing(shelf, key, pick):
    pick = {name: value.replace("KEY", key) if isinstance(value, str) else value for name, value in pick.items()}
    assert narrowed(shelf, key, **pick) is None


def test_cells_of_another_book_narrow_nothing(shelf, key, events, articles):
    other = shelf.put(make_book(events, articles), EventFilter(text="x"), np.ones(len(events), dtype=bool))
    assert narrowed(shelf, key, cluster=0, of=f"cells/{other}?{ADDRESS}") is None
