import re
from datetime import date

import numpy as np
import pytest

from ui.book import make_book
from ui.glance import count_months, describe_glance
from ui.labels import load_labels


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def test_months_have_no_gaps_and_no_undated(book):
    everything = np.ones(len(book), dtype=bool)
    assert count_months(book, everything) == [(date(2023, 3, 1), 3), (date(2023, 4, 1), 3)]
    assert count_months(book, ~everything) == []


def test_bars_count_what_passes_the_filters(book):
    mask = book.events["actor_id"].eq("united-states-army").fillna(False).to_numpy(dtype=bool)
    said = re.sub(r"<[^>]+>", "|", describe_glance(book, mask, load_labels("en")))
    assert "US forces" in said
    assert "Iran-backed" not in said


def test_nothing_is_drawn_for_nothing(book):
    said = describe_glance(book, np.zeros(len(book), dtype=bool), load_labels("ar"))
    assert "<li" not in said
    assert 'dir="rtl"' in said
