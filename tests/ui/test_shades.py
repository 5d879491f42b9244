import json
from itertools import pairwise

import numpy as np
import pytest

from geo.admin import load_areas
from ui.book import make_book
from ui.shades import DARK, LIGHT, Shades, choose_classes, count_areas, render_shades, rows_of_area
from ui.shelf import Shown


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def luminance(colour):
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def everything(book):
    return np.ones(len(book), dtype=bool)


def test_placed_events_are_counted_in_their_area_and_the_others_apart(book):
    shades = count_areas(book.columns, everything(book))
    names = {area.area_id: area.name for area in load_areas().areas}
    assert {names[area_id]: count for area_id, count in shades.counts.items()} == {"Deir ez-Zor": 1, "Hasakah": 1}
    assert shades.elsewhere == 4


def test_the_rows_of_an_area_are_those_it_counts(book):
    shades = count_areas(book.columns, everything(book))
    for area_id, count in shades.counts.items():
        assert rows_of_area(book.columns, everything(book), area_id).sum() == count
    assert rows_of_area(book.columns, everything(book), "nowhere").sum() == 0


@pytest.mark.parametrize("counts", [[1], [2, 1], [5], [6], [1, 9], [3, 77, 1000], [10**6], [99]])
def test_every_count_has_a_class_and_classes_grow(counts):
    classes = choose_classes(counts)
    shades = Shades({}, 0, classes)
    assert list(classes) == sorted(set(classes))
    assert classes[0] == 1
    assert classes[-1] <= max(counts)
    assert all(0 <= shades.class_of(count) < len(classes) for count in counts)
    assert len(shades.colours("light")) == len(classes) <= 5


def test_the_scale_can_be_read_by_its_lightness_alone():
    light, dark = ([luminance(colour) for colour in scale] for scale in (LIGHT, DARK))
    assert all(before - after > 0.06 for before, after in pairwise(light))
    assert all(after - before > 0.03 for before, after in pairwise(dark))


def test_areas_are_named_in_the_language_of_the_screen(book):
    shown = Shown(book, everything(book))
    english, arabic = (json.loads(render_shades(shown, shown, code))["areas"] for code in ("en", "ar"))
    assert english.keys() == arabic.keys()
    assert {said[2] for said in english.values()} == {"Deir ez-Zor", "Hasakah"}
    assert all("\u0600" < said[2][0] < "\u0700" for said in arabic.values())
