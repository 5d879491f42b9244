import numpy as np
import pandas as pd
import pytest

from ui.book import make_book
from ui.labels import load_labels
from ui.table import latest_first, make_table, make_tray

EN = load_labels("en")


def test_the_latest_come_first_and_the_undated_last(events, articles):
    book = make_book(events, articles)
    rows = latest_first(book, np.ones(len(book), dtype=bool))
    assert events.index[rows].tolist() == ["e8", "e7", "e4", "e3", "e1", "e2", "e5", "e6"]
    assert len(latest_first(book, np.ones(len(book), dtype=bool), limit=3)) == 3


def test_counts_stay_numbers_and_unknown_stays_empty(events, articles):
    table = make_table(make_book(events, articles), np.arange(3), EN)
    assert table["Killed"].tolist()[:2] == [0, 1]
    assert table["Killed"].isna().tolist() == [False, False, True]
    assert pd.api.types.is_integer_dtype(table["Killed"])


def test_ids_become_names(events, articles):
    table = make_table(make_book(events, articles), np.arange(3), EN)
    assert table["Kind"].tolist() == ["Rocket or missile", "Drone", "Air strike"]
    assert table["Country"].tolist() == ["Syria"] * 3


def test_the_tray_says_why(events, articles):
    tray = make_tray(make_book(events, articles), np.array([3, 4]), EN)
    assert tray.iloc[:, 3].tolist() == ["unknown", "could be several"]


@pytest.mark.parametrize("limit", [1, 3, 7, 8, 100])
def test_a_cut_list_begins_like_the_whole(events, articles, limit):
    book = make_book(events, articles)
    every = np.ones(len(book), dtype=bool)
    assert latest_first(book, every, limit).tolist() == latest_first(book, every, 1000).tolist()[:limit]
