"""Names that are ordinary words as well: data/gazetteer/weak_names.txt, one a line, folded on reading."""

from functools import lru_cache
from pathlib import Path

from geo.fold import fold_name

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "weak_names.txt"
SHORTEST_STRONG = 3  # letters


@lru_cache(maxsize=1)
def _weak_names() -> frozenset[str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(fold_name(line) for line in lines if line and not line.startswith("#"))


def is_weak_name(folded_name: str) -> bool:
    """Say whether a folded name is too short, or too ordinary a word, to mean a place by itself."""
    return len(folded_name) < SHORTEST_STRONG or folded_name in _weak_names()
