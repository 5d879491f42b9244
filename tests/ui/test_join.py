from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest

from pipeline.events import empty_events
from ui.columns import Category, Columns, build_columns
from ui.join import join_categories, join_columns
from ui.search import SearchText


@pytest.mark.parametrize("cuts", [(0, 3, 8), (0, 1, 2, 8), (0, 0, 8, 8), (0, 8)])
def test_pieces_have_the_columns_of_the_whole(events, cuts):
    pieces = [build_columns(events.iloc[first:last]) for first, last in pairwise(cuts)]
    joined, whole = join_columns(pieces), build_columns(events)
    for field in fields(Columns):
        one, other = getattr(joined, field.name), getattr(whole, field.name)
        if isinstance(other, Category):
            assert one.values == other.values
            one, other = one.codes, other.codes
        if isinstance(other, SearchText):
            one, other = ([text.as_py() for part in side.parts for text in part] for side in (one, other))
            assert one == other
        else:
            assert one.dtype == other.dtype
            assert np.array_equal(one, other), field.name


def test_nothing_and_nothing_is_nothing():
    assert len(join_columns([build_columns(empty_events())] * 2)) == 0


def test_words_keep_their_rows():
    one, other = Category(("", "b"), np.array([1, 0], np.int32)), Category(("a", "b"), np.array([0, 1], np.int32))
    joined = join_categories([one, other])
    assert [joined.values[code] for code in joined.codes] == ["b", "", "a", "b"]
