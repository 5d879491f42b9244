"""How likely two spellings are the same name: a logistic model over skeleton, sound and letters.

Its weights are learned from the alternate names of GeoNames places (benchmarks/geo_learn_spelling.py) and kept in
data/gazetteer/spelling.toml.
"""

import math
import tomllib
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from geo.spelling import close, script, skeleton, sound, stems

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "spelling.toml"
FUZZY_BOUND = 0.08  # spellings less alike than this are other names
SAME_CLOSE = 0.97  # same letters but for articles, spaces and doubled letters
FEATURES = (
    "bias", "skeleton", "sound", "letters", "same_script", "word_difference", "shorter_skeleton", "same_skeleton",
    "same_first_sound", "same_first_consonant", "skeleton_and_sound",
)  # fmt: skip


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    with _TABLE.open("rb") as file:
        table = tomllib.load(file)["weights"]
    return tuple(float(table[name]) for name in FEATURES)


@lru_cache(maxsize=100_000)
def _parts(key: str) -> tuple[str, str, str, str, int]:
    return close(key), skeleton(key), sound(key), script(key), len(stems(key))


def features(key: str, other: str) -> tuple[float, ...]:
    """Features of a pair of folded names, in the order of ``FEATURES``."""
    near, bones, heard, letters, words = _parts(key)
    near_other, bones_other, heard_other, letters_other, words_other = _parts(other)
    by_bones = fuzz.ratio(bones, bones_other) / 100
    by_sound = fuzz.ratio(heard, heard_other) / 100
    same_script = letters == letters_other
    return (
        1.0,
        by_bones,
        by_sound,
        fuzz.ratio(near, near_other) / 100 if same_script else 0.0,
        float(same_script),
        float(abs(words - words_other)),
        float(min(len(bones), len(bones_other))),
        float(bones == bones_other),
        float(heard[:1] == heard_other[:1]),
        float(bones[:1] == bones_other[:1]),
        by_bones * by_sound,
    )


def likeness(key: str, other: str) -> float:
    """Chance (0 to 1) that two folded names, in any scripts, are spellings of one name.

    Examples
    --------
    >>> likeness("deir ez zor", "dayr az zawr") > 0.5 > likeness("deir ez zor", "deir hafir")
    True
    """
    if _parts(key)[0] == _parts(other)[0]:
        return SAME_CLOSE
    odds = sum(map(float.__mul__, _weights(), features(key, other)))
    return min(0.95, 1.0 / (1.0 + math.exp(-odds)))
