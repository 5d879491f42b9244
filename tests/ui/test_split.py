import numpy as np
import pytest

from pipeline.codes import event_types
from ui.book import make_book
from ui.columns import build_columns
from ui.split import OTHERS, all_kinds, choose_parts


@pytest.fixture
def columns(events, articles):
    return make_book(events, articles).columns


def test_kinds_have_the_colours_of_their_table(columns):
    order = list(event_types())
    for parts in (all_kinds(columns), choose_parts(columns, np.ones(len(columns), dtype=bool), "event_type")):
        colours = parts.colours()[columns.event_type.codes]
        assert [order[number] for number in colours] == [columns.event_type.values[c] for c in columns.event_type.codes]


def test_the_most_frequent_actors_have_a_colour_and_nobody_is_grey(columns):
    parts = choose_parts(columns, np.ones(len(columns), dtype=bool), "actor")
    assert parts.words == ("", "iran-backed-militias", "united-states-army")
    assert parts.numbers.tolist() == [len(event_types()), 0, 1]


def test_all_other_actors_are_one_grey_part(events):
    many = build_columns(events.iloc[[0] * 20].assign(actor_id=None, actor=[f"Actor {n % 10}" for n in range(20)]))
    parts = choose_parts(many, np.ones(20, dtype=bool), "actor")
    assert parts.words[-1] == OTHERS
    assert len(parts.words) == 8
    colours = parts.colours()[many.actor.codes]
    assert (colours == len(event_types()) + 1).sum() == 6


def test_parts_follow_the_mask(columns):
    parts = choose_parts(columns, columns.event_type.mask(("drone",)), "event_type")
    assert parts.words == ("drone",)
