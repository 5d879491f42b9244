import numpy as np
import pytest

from ui.book import make_book
from ui.map_page import rows_picked


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def everything(book):
    return np.ones(len(book), dtype=bool)


def test_a_point_means_one_event(book):
    assert rows_picked(book, everything(book), {"row": 2}) == [2]


def test_a_spot_means_all_that_are_shown_there(book):
    assert rows_picked(book, everything(book), {"place": 0}) == [0, 6]
    mask = everything(book)
    mask[6] = False
    assert rows_picked(book, mask, {"place": 0}) == [0]


def test_an_area_means_the_events_of_that_area(book):
    assert rows_picked(book, everything(book), {"place": 1}) == [1]


@pytest.mark.parametrize(
    "pick", [{}, {"row": -1}, {"row": 99}, {"row": "0"}, {"row": True}, {"place": None}, {"row": 1.0}]
)
def test_nonsense_means_nothing(book, pick):
    assert rows_picked(book, everything(book), pick) == []
