"""How likely two spellings are the same name: a logistic model over skeleton, sound and letters.

Its weights are learned from the alternate names of GeoNames places (benchmarks/geo_learn_spelling.py) and kept in
data/gazetteer/spelling.toml.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from geo.blocks import MOST_WORDS, Forms, spellings_as_forms
from geo.spelling import Spelling, spelling_of

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "spelling.toml"
FUZZY_BOUND = 0.08  # spellings less alike than this are other names
SAME_CLOSE = 0.97  # same letters but for articles, spaces and doubled letters
MOST_ALIKE = 0.95  # no other spelling is surer than that
FEATURES = (
    "bias", "skeleton", "sound", "letters", "same_script", "word_difference", "shorter_skeleton", "same_skeleton",
    "same_first_sound", "same_first_consonant", "skeleton_and_sound", "both_arabic", "arabic_letters",
    "spelled_out",
)  # fmt: skip
_OPEN, _LATIN = "a", "l"  # the vowel that scripts write least; the script that writes them all
SAME_SCRIPT = FEATURES.index("same_script")
GROUPS = ("two_scripts", "one_script")  # spellings of one script differ otherwise than those of two
Numbers = npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def _weights() -> Numbers:
    """One row for pairs of two scripts, one for pairs of one script."""
    with _TABLE.open("rb") as file:
        table = tomllib.load(file)
    return np.array([[float(table[group][name]) for name in FEATURES] for group in GROUPS])


def features(key: str, others: Forms) -> Numbers:
    """Features of a folded name beside each of the others: one row an other, one column a member of ``FEATURES``."""
    mine = spelling_of(key)
    which = others.which
    by_bones = _ratios(mine.bones, others.skeletons)[which]
    by_sound = _ratios(mine.heard, others.heards)
    same_script = _letters(others.scripts) == ord(mine.script[0])
    letters = np.zeros(len(others))
    letters[same_script] = _ratios(mine.near, list(compress(others.nears, same_script.tolist())))
    shared = same_script.astype(np.float64)
    arabic = shared * float(mine.script == "arabic")
    table = np.empty((len(others), len(FEATURES)))
    columns = (
        1.0,
        by_bones,
        by_sound,
        letters,
        shared,
        np.abs(min(mine.words, MOST_WORDS) - (_letters(others.words) - np.float64(ord("0")))),
        np.array([min(len(mine.bones), len(text)) for text in others.skeletons], dtype=np.float64)[which],
        np.array([mine.bones == text for text in others.skeletons], dtype=np.float64)[which],
        [mine.heard[:1] == text[:1] for text in others.heards],
        np.array([mine.bones[:1] == text[:1] for text in others.skeletons], dtype=np.float64)[which],
        by_bones * by_sound,
        arabic,
        arabic * letters,
        _spelled_out(mine, others),
    )
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


def _spelled_out(mine: Spelling, others: Forms) -> list[bool]:
    """Say of each other whether it is in another script and one of the two spells out the vowels of the other.

    Scripts that leave short vowels out write the long ones: a Latin spelling of such a name holds all its letters but
    those for "a", which also stand for throat sounds, and in their order.
    """
    tight = mine.heard.replace(_OPEN, "")
    same = [mine.bones == text for text in others.skeletons]
    found = []
    for heard, script, which in zip(others.heards, others.scripts, others.which.tolist(), strict=True):
        if not same[which] or script == mine.script[0] or _LATIN not in (script, mine.script[0]):
            found.append(False)
        elif script == _LATIN:
            found.append(_is_within(tight, heard))
        else:
            found.append(_is_within(heard.replace(_OPEN, ""), mine.heard))
    return found


def _is_within(short: str, long: str) -> bool:
    """Say whether all letters of ``short`` stand in ``long``, in their order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _letters(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("ascii"), dtype=np.uint8)


def _ratios(text: str, others: Sequence[str]) -> Numbers:
    ratios: Numbers = cdist([text], others, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
    return ratios


def likenesses(key: str, others: Forms) -> Numbers:
    """Chance (0 to 1) for each of the others that it is another spelling of the folded name ``key``."""
    if not len(others):
        return np.zeros(0)
    measured = features(key, others)
    odds = np.where(measured[:, SAME_SCRIPT] > 0, *(measured @ weights for weights in _weights()[::-1]))
    chances: Numbers = np.minimum(MOST_ALIKE, 1.0 / (1.0 + np.exp(-odds)))
    near = spelling_of(key).near
    return np.where([other == near for other in others.nears], SAME_CLOSE, chances)


def likeness(key: str, other: str) -> float:
    """Chance (0 to 1) that two folded names, in any scripts, are spellings of one name.

    Examples
    --------
    >>> likeness("deir ez zor", "dayr az zawr") > 0.5 > likeness("deir ez zor", "deir hafir")
    True
    """
    return float(likenesses(key, spellings_as_forms([other], [spelling_of(other)]))[0])
