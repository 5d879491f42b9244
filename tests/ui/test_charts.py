import numpy as np
import pandas as pd
import pytest

from ui.book import make_book
from ui.charts import MOST_BARS, describe_charts, top_counts
from ui.columns import Category
from ui.labels import load_labels


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def test_the_charts_follow_the_filter(book):
    labels, everything = load_labels("en"), np.ones(len(book), dtype=bool)
    said = describe_charts(book, everything, labels)
    assert said.count("<section>") == 4
    assert "Hasakah · Syria" in said
    only = np.arange(len(book)) == 5
    fewer = describe_charts(book, only, labels)
    assert "Hasakah · Syria" not in fewer
    assert "Armed clash" in fewer


def test_nothing_says_so(book):
    assert describe_charts(book, np.zeros(len(book), dtype=bool), load_labels("ar")).count("لا حدث") == 4


def test_every_row_is_in_a_bar():
    words = tuple(f"w{number}" for number in range(20))
    category = Category(("", *words), np.repeat(np.arange(21, dtype=np.int32), 3))
    mask = np.ones(63, dtype=bool)
    mask[-1] = False
    top, others, unsaid = top_counts(category, mask)
    assert len(top) == MOST_BARS
    assert sum(top.values()) + others + unsaid == 62
    assert unsaid == 3


def test_hostile_words_are_escaped(events, articles):
    changed = events.assign(actor="<img src=x onerror=alert(1)>", admin1="<b>x</b>", country="SY")
    changed["actor_id"] = pd.Series([None] * len(changed), changed.index, dtype="str")
    said = describe_charts(make_book(changed, articles), np.ones(len(changed), dtype=bool), load_labels("en"))
    assert "<img" not in said
    assert "<b>x" not in said
    assert "&lt;img" in said
