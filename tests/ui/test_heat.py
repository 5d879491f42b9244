import json
from dataclasses import replace

import numpy as np
import pytest

from ui.book import make_book
from ui.cells import View
from ui.columns import project
from ui.heat import MOST_SQUARES, count_heat, count_left_out, render_heat
from ui.shelf import Shown

VIEW = View(6, 36, 32, 46, 38)


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def test_only_sites_and_towns_are_warm(book):
    everything = np.ones(len(book), dtype=bool)
    heat = count_heat(book.columns, everything, VIEW)
    assert sorted(heat.counts.tolist()) == [1, 2]  # the town, and two events at one site
    assert count_left_out(book.columns, everything) == 2


def test_the_heat_follows_the_filter(book):
    only = np.zeros(len(book), dtype=bool)
    only[0] = True
    assert count_heat(book.columns, only, VIEW).counts.tolist() == [1]


def test_a_square_lies_where_its_events_do(book):
    said = json.loads(render_heat(Shown(book, np.arange(len(book)) == 2), VIEW))
    left, _, right, _ = said["box"]
    x, _, count = said["cells"]
    at = (left + (x + 0.5) * (right - left) / said["size"][0]) * 360 - 180
    assert count == 1
    assert at == pytest.approx(40.92, abs=0.35)  # half a square of 16 pixels at zoom 6


def test_where_everything_is_warm_the_squares_grow(book):
    number = 60_000
    rng = np.random.default_rng(1)
    x, y = project(rng.uniform(36, 46, number), rng.uniform(32, 38, number))
    many = replace(book.columns, x=x, y=y, precision=np.zeros(number, dtype=np.int8))
    heat = count_heat(many, np.ones(number, dtype=bool), VIEW)
    assert len(heat.counts) <= MOST_SQUARES
    assert heat.counts.sum() == number
