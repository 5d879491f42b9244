from pathlib import Path

import pytest

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from geo.weak import is_strong_name, is_weak_name

FOLDER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"


@pytest.mark.parametrize("name", ["النصر", "السلام", "of", "Reading", "T4", "واشنطن"])
def test_ordinary_words_and_very_short_names_are_weak(name: str) -> None:
    assert is_weak_name(fold_name(name)) == (name != "واشنطن")


def test_no_name_is_in_both_lists() -> None:
    names = [
        {
            fold_name(line)
            for line in (FOLDER / table).read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        }
        for table in ("weak_names.txt", "strong_names.txt")
    ]
    assert names[0] & names[1] == set()


@pytest.mark.parametrize(
    "name",
    [
        "سوريا",
        "دمشق",
        "Deir ez-Zor",
        "دير الزور",
        "حلب",
        "Gaza",
        "صنعاء",
        "Iraq",
        "البحر الأحمر",
        "Washington",
        "جنيف",
        "كونوكو",
    ],
)
def test_names_that_mean_a_place_by_themselves(name: str, embedded: Gazetteer) -> None:
    assert embedded.strength(fold_name(name)) == "strong"


@pytest.mark.parametrize("name", ["مدينة", "الخميس", "العاصمة", "صور", "البيضاء", "Hope", "Martin", "said"])
def test_names_that_need_something_beside_them(name: str, embedded: Gazetteer) -> None:
    assert embedded.strength(fold_name(name)) in ("weak", None)


def test_strong_names_are_names(embedded: Gazetteer) -> None:
    assert is_strong_name("geneva")
    assert embedded.strength("guantanamo xyz") is None
