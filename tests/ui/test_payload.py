import json

import numpy as np
import pandas as pd

from pipeline.codes import event_types
from ui.book import make_book
from ui.cells import View
from ui.payload import format_days, render_cells
from ui.shelf import Shown


def test_cells_carry_numbers_and_words_as_json(events, articles):
    book = make_book(events, articles)
    cells = json.loads(render_cells(Shown(book, np.ones(len(book), dtype=bool)), View(5, 30, 10, 60, 42)))
    assert set(cells) == {"clusters", "points", "areas", "routes"}
    (sirwah,) = [point for point in cells["points"] if point[8] == "Sirwah"]
    assert sirwah[:3] == [5, 45.02, 15.45]
    assert list(event_types())[sirwah[3]] == "armed_clash"
    assert {area[0] for area in cells["areas"]} == {1, 7}
    assert cells["routes"][0][1:5] == [40.92, 34.45, 40.33, 35.35]


def test_hostile_words_stay_strings(events, articles):
    hostile = "</script><img src=x onerror=alert(1)>${1}`\u202e"
    bad = events.copy()
    bad["matched_name"] = hostile
    book = make_book(bad, articles)
    cells = json.loads(render_cells(Shown(book, np.ones(len(book), dtype=bool)), View(9, 44, 15, 46, 16)))
    assert cells["points"][0][8] == hostile


def test_days():
    day = pd.Timestamp("2024-03-01")
    assert format_days(day, day) == "2024-03-01"
    assert format_days(pd.NaT, pd.NaT) == ""
