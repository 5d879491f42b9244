"""How likely two spellings are the same name: a logistic model over skeleton, sound and letters.

Its weights are learned from the alternate names of GeoNames places (benchmarks/geo_learn_spelling.py) and kept in
data/gazetteer/spelling.toml.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from geo.spelling import Spelling, spelling_of

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "spelling.toml"
FUZZY_BOUND = 0.08  # spellings less alike than this are other names
SAME_CLOSE = 0.97  # same letters but for articles, spaces and doubled letters
MOST_ALIKE = 0.95  # no other spelling is surer than that
FEATURES = (
    "bias", "skeleton", "sound", "letters", "same_script", "word_difference", "shorter_skeleton", "same_skeleton",
    "same_first_sound", "same_first_consonant", "skeleton_and_sound", "both_arabic", "arabic_letters",
)  # fmt: skip
Numbers = npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def _weights() -> Numbers:
    with _TABLE.open("rb") as file:
        table = tomllib.load(file)["weights"]
    return np.array([float(table[name]) for name in FEATURES])


def features(key: str, others: Sequence[Spelling]) -> Numbers:
    """Features of a folded name beside each of the others: one row an other, one column a member of ``FEATURES``."""
    mine = spelling_of(key)
    bones = [other.bones for other in others]
    by_bones = _ratios(mine.bones, bones)
    by_sound = _ratios(mine.heard, [other.heard for other in others])
    same_script = np.array([other.script == mine.script for other in others], dtype=float)
    letters = _ratios(mine.near, [other.near for other in others]) * same_script
    arabic = same_script * float(mine.script == "arabic")
    return np.column_stack(
        [
            np.ones(len(others)),
            by_bones,
            by_sound,
            letters,
            same_script,
            [abs(mine.words - other.words) for other in others],
            [min(len(mine.bones), len(text)) for text in bones],
            [mine.bones == text for text in bones],
            [mine.heard[:1] == other.heard[:1] for other in others],
            [mine.bones[:1] == text[:1] for text in bones],
            by_bones * by_sound,
            arabic,
            arabic * letters,
        ]
    )


def _ratios(text: str, others: Sequence[str]) -> Numbers:
    ratios: Numbers = cdist([text], others, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
    return ratios


def likenesses(key: str, others: Sequence[Spelling]) -> list[float]:
    """Chance (0 to 1) for each of the others that it is another spelling of the folded name ``key``."""
    if not others:
        return []
    odds = features(key, others) @ _weights()
    chances = np.minimum(MOST_ALIKE, 1.0 / (1.0 + np.exp(-odds))).tolist()
    near = spelling_of(key).near
    return [SAME_CLOSE if other.near == near else chance for other, chance in zip(others, chances, strict=True)]


def likeness(key: str, other: str) -> float:
    """Chance (0 to 1) that two folded names, in any scripts, are spellings of one name.

    Examples
    --------
    >>> likeness("deir ez zor", "dayr az zawr") > 0.5 > likeness("deir ez zor", "deir hafir")
    True
    """
    return likenesses(key, [spelling_of(other)])[0]
