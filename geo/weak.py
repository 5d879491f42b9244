"""Names that are ordinary words as well, and small places known the world over: two lists of data/gazetteer.

One name a line, folded on reading: weak_names.txt and strong_names.txt.
"""

from functools import lru_cache
from pathlib import Path

from geo.fold import fold_name

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
SHORTEST_STRONG = 3  # letters


@lru_cache(maxsize=2)
def _names_of(table: str) -> frozenset[str]:
    lines = (_FOLDER / table).read_text(encoding="utf-8").splitlines()
    return frozenset(fold_name(line) for line in lines if line and not line.startswith("#"))


def is_weak_name(folded_name: str) -> bool:
    """Say whether a folded name is too short, or too ordinary a word, to mean a place by itself."""
    return len(folded_name) < SHORTEST_STRONG or folded_name in _names_of("weak_names.txt")


def is_strong_name(folded_name: str) -> bool:
    """Say whether a folded name means its place wherever it stands, small as that is."""
    return folded_name in _names_of("strong_names.txt")
