import numpy as np

from ui.cells import View
from ui.columns import project
from ui.towns import MOST_NAMES, Towns, choose_towns


def make(*rows):
    lon, lat = (np.array([row[place] for row in rows], dtype=float) for place in (2, 3))
    return Towns({"en": [row[0] for row in rows], "ar": [row[1] for row in rows]}, lon, lat, *project(lon, lat))


TOWNS = make(
    ("Deir ez-Zor", "دير الزور", 40.14, 35.34),
    ("Huwayja", "حويجة", 40.15, 35.34),
    ("Mayadin", "الميادين", 40.45, 35.02),
)


def test_the_larger_of_two_that_crowd_is_written():
    assert [name for name, *_ in choose_towns(TOWNS, View(8, 39, 34, 42, 36), "en")] == ["Deir ez-Zor", "Mayadin"]


def test_zooming_in_writes_both():
    names = [name for name, *_ in choose_towns(TOWNS, View(14, 40.1, 35.3, 40.2, 35.4), "en")]
    assert names == ["Deir ez-Zor", "Huwayja"]


def test_names_come_in_the_language_of_the_screen():
    assert choose_towns(TOWNS, View(8, 39, 34, 42, 36), "ar")[0] == ("دير الزور", 40.14, 35.34)
    assert choose_towns(TOWNS, View(8, 39, 34, 42, 36), "xx")[0][0] == "Deir ez-Zor"


def test_there_are_never_too_many():
    rng = np.random.default_rng(2)
    many = make(*((f"t{n}", "", lon, lat) for n, (lon, lat) in enumerate(rng.uniform((30, 12), (58, 38), (4000, 2)))))
    assert len(choose_towns(many, View(7, 30, 20, 50, 35), "en")) == MOST_NAMES
    assert choose_towns(many, View(7, -90, -20, -80, -15), "en") == []
