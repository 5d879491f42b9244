"""One spelling for names and words: the folding that both sides of every comparison use.

Folding forgets what writers vary without meaning anything by it: case, accents and vowel marks, the forms of alef, ya
and ta marbuta, Persian keyboard letters, digit shapes, invisible characters, tatweel and the dots that split a word to
dodge a filter. It knows Unicode, no language.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent.parent / "data" / "folding.toml"
_DROPPED = {"Mn", "Me", "Cf", "Cc"}
_TATWEEL = "\u0640"
_DODGE = re.compile(f"{_TATWEEL}(?:[^\\w\\s]|_)+(?={_TATWEEL})")
_NOT_WORD = re.compile(r"[^\w]+")


def _load_letters() -> dict[str, str]:
    with _TABLE.open("rb") as file:
        letters: dict[str, str] = tomllib.load(file)["letters"]
    return letters


_LETTERS = _load_letters()


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Fold one character; the answer may be empty (a mark) or longer (a ligature)."""
    if character == _TATWEEL:
        return ""
    folded = []
    for part in unicodedata.normalize("NFKD", character.casefold()).casefold():
        if part == _TATWEEL or unicodedata.category(part) in _DROPPED:
            continue
        part = _LETTERS.get(part, part)
        digit = unicodedata.decimal(part, None) if len(part) == 1 else None
        folded.append(part if digit is None else str(digit))
    return "".join(folded)


@lru_cache(maxsize=1)
def _ascii_table() -> dict[int, str]:
    return {code: fold_character(chr(code)) for code in range(128)}


def fold(text: str) -> str:
    """Fold a word or a phrase character by character; spaces and punctuation stay.

    Examples
    --------
    >>> fold("أَبُو كَمَالٍ") == fold("ابو كمال")
    True
    >>> fold("Dayr az-Zawr")
    'dayr az-zawr'
    """
    if text.isascii():
        return text.translate(_ascii_table())
    return "".join(map(fold_character, _DODGE.sub("", text)))


@lru_cache(maxsize=200_000)
def fold_name(name: str) -> str:
    """Fold a name to the key it is looked up by: folded words joined by single spaces.

    Apostrophes vanish, every other mark between words becomes a space.

    Examples
    --------
    >>> fold_name("Deir ez-Zor"), fold_name("Sana'a")
    ('deir ez zor', 'sanaa')
    """
    return _NOT_WORD.sub(" ", fold(name)).strip()
