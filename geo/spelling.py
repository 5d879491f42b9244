"""Keys under which the spellings of one name meet, from close to coarse.

``close`` forgets articles and spaces inside one script; ``skeleton`` keeps consonants only, in one alphabet for every
script; ``sound`` adds the vowels, to compare spellings that share a skeleton. The letters are in
data/gazetteer/transliteration.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "transliteration.toml"
_DOUBLED = re.compile(r"([^\W\d])\1+")
_SHORTEST_STEM = 2


def _load_table() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


_ROWS = _load_table()
_FREE = frozenset(_ROWS["articles"]["free"])
_JOINED: tuple[str, ...] = tuple(_ROWS["articles"]["joined"])
_OPENINGS: dict[str, str] = _ROWS["openings"]
_CONSTRUCT: dict[str, str] = _ROWS["construct"]
_SKELETON: dict[str, str] = _ROWS["skeleton"]
_FINALS: dict[str, str] = _ROWS["finals"]
_SOUND: dict[str, str] = _ROWS["sound"]


def _units(table: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) + "|.")


_SKELETON_UNITS, _SOUND_UNITS = _units(_SKELETON), _units(_SOUND)


@lru_cache(maxsize=100_000)
def strip_article(word: str) -> str:
    """Take a joined article off a folded word where enough of the word is left, and settle openings that vary.

    Examples
    --------
    >>> strip_article("alzour"), strip_article("ali")
    ('zour', 'ali')
    """
    for opening, stands_for in _OPENINGS.items():
        if word.startswith(opening):
            return stands_for + word[len(opening) :]
    for article in _JOINED:
        if word.startswith(article) and len(word) - len(article) > _SHORTEST_STEM:
            return word[len(article) :]
    return word


def stems(key: str) -> list[str]:
    """Words of a folded name without articles; a name of articles only stays as it is."""
    words = key.split()
    kept = [strip_article(word) for word in words if word not in _FREE] or words
    return [*map(_loosen, kept[:-1]), kept[-1]] if kept else kept


def _loosen(word: str) -> str:
    ending = word[-2:]
    return word[:-2] + _CONSTRUCT[ending] if ending in _CONSTRUCT and len(word) > _SHORTEST_STEM + 1 else word


def split_at_articles(key: str) -> list[str]:
    """Spellings of a folded name with a space before an article that stands inside a word.

    Examples
    --------
    >>> split_at_articles("deiralzor")
    ['deir alzor']
    """
    found = []
    for article in _JOINED:
        start = key.find(article, _SHORTEST_STEM)
        while start != -1:
            if key[start - 1] != " " and len(key) - start - len(article) >= _SHORTEST_STEM:
                found.append(f"{key[:start]} {key[start:]}")
            start = key.find(article, start + 1)
    return found


@lru_cache(maxsize=100_000)
def close(key: str) -> str:
    """Folded name without articles, spaces and doubled letters.

    Examples
    --------
    >>> close("deir ez zor") == close("deir al zor") == close("deirezzor".replace("ezz", "z"))
    True
    """
    return _DOUBLED.sub(r"\1", "".join(stems(key)))


@lru_cache(maxsize=100_000)
def skeleton(key: str) -> str:
    """Consonants of a folded name in one alphabet, whatever its script; "" where the script has no table.

    Examples
    --------
    >>> [skeleton(key) for key in ("dayr az zawr", "deir ezzor", "dair alzour", "albu kamal", "abu kamal")]
    ['drzr', 'drzr', 'drzr', 'bkml', 'bkml']
    """
    return _DOUBLED.sub(r"\1", "".join(map(_skeleton_of_word, stems(key))))


@lru_cache(maxsize=100_000)
def sound(key: str) -> str:
    """Folded name by sound, vowels kept, articles and spaces gone.

    Examples
    --------
    >>> sound("hreitan"), sound("al hasakah")
    ('hritan', 'hasaka')
    """
    return _DOUBLED.sub(r"\1", "".join(map(_sound_of_word, stems(key))))


@lru_cache(maxsize=100_000)
def _skeleton_of_word(word: str) -> str:
    return _spell(_SKELETON_UNITS.findall(word), _SKELETON)


@lru_cache(maxsize=100_000)
def _sound_of_word(word: str) -> str:
    return _spell(_SOUND_UNITS.findall(word), _SOUND)


def _spell(units: list[str], table: dict[str, str]) -> str:
    if len(units) > 1 and units[-1] in _FINALS:
        units[-1] = ""
    return "".join([unit if unit.isdigit() else table.get(unit, "") for unit in units])


@dataclass(frozen=True, slots=True)
class Spelling:
    """All forms of one folded name that spellings are compared by."""

    near: str
    bones: str
    heard: str
    script: str
    words: int


@lru_cache(maxsize=100_000)
def spelling_of(key: str) -> Spelling:
    """Forms of a folded name."""
    words = stems(key)
    columns = (words, map(_skeleton_of_word, words), map(_sound_of_word, words))
    near, bones, heard = (_DOUBLED.sub(r"\1", "".join(column)) for column in columns)
    return Spelling(near, bones, heard, script(key), len(words))


def deletions(text: str) -> set[str]:
    """All strings that lack one letter of ``text``: two texts one edit apart share one of these or each other.

    Examples
    --------
    >>> sorted(deletions("abc"))
    ['ab', 'ac', 'bc']
    """
    return {text[:position] + text[position + 1 :] for position in range(len(text))}


def script(key: str) -> str:
    """Name the script of a folded name's first letter: latin, arabic, hebrew or other."""
    for letter in key:
        if "a" <= letter <= "z":
            return "latin"
        if "\u0600" <= letter <= "\u06ff":
            return "arabic"
        if "\u0590" <= letter <= "\u05ff":
            return "hebrew"
    return "other"
