import pytest

from ui.viewpoint import Viewpoint, read_viewpoint

NONSENSE = [
    "",
    "7",
    "7/35",
    "7/35/40/1",
    "7/35,4/40",
    "1/35/40",
    "7/-86/40",
    "7/35/181",
    "7/nan/1",
    "٧/35/40",
    "+7/3/4",
]


@pytest.mark.parametrize("word", [*NONSENSE, "7/35/40\n"])
def test_nonsense_is_no_viewpoint(word):
    assert read_viewpoint(word) is None


def test_south_and_west_are_negative():
    assert read_viewpoint("3/-12.5/-77.03") == Viewpoint(3, -12.5, -77.03)
