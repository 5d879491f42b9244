"""Which installed language a text is in, by its script, its commonest words and letters it would not write."""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import LANGUAGES, installed_languages, load_language

_SAMPLE = 20_000  # characters a text is judged by
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_SHARE = 0.5  # of the letters that must be in the language's script
_MOST_FOREIGN = 0.01  # of the letters that may be none of the language's
_LONG = 25  # words, from which on common words must occur
_LEAST_COMMON = 0.03  # of the words of a long text


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text in a language shows."""

    script: str
    common: frozenset[str]
    foreign: frozenset[str]


@lru_cache(maxsize=1)
def language_signs() -> dict[str, Signs]:
    """Signs of every installed language, by its code."""
    return {code: _read_signs(code) for code in installed_languages()}


def _read_signs(code: str) -> Signs:
    """Read ``detect.toml``; a language without one is told by its script alone."""
    path = LANGUAGES / code / "detect.toml"
    signs = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return Signs(load_language(code).script, frozenset(signs.get("common", ())), frozenset(signs.get("foreign", "")))


def detect_language(text: str) -> str | None:
    """Code of the installed language ``text`` is in, None where it is none of them.

    Examples
    --------
    >>> detect_language("Two drones hit the base near the border"), detect_language("Дрон упал на базу")
    ('en', None)
    """
    letters = Counter(character for character in text[:_SAMPLE] if character.isalpha())
    scripts = _scripts(letters)
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    shown = [code for code, signs in language_signs().items() if _shows(signs, letters, scripts, words)]
    return max(shown, key=lambda code: _common_words(language_signs()[code], words), default=None)


def script_share(text: str, code: str) -> float:
    """Share of the letters of ``text`` that are in the script of language ``code``; 0 without letters."""
    letters = Counter(character for character in text[:_SAMPLE] if character.isalpha())
    return _scripts(letters)[language_signs()[code].script] / (letters.total() or 1)


def _scripts(letters: Counter[str]) -> Counter[str]:
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    return scripts


def _shows(signs: Signs, letters: Counter[str], scripts: Counter[str], words: list[str]) -> bool:
    total = letters.total()
    if not total or scripts[signs.script] < _LEAST_SHARE * total:
        return False
    if sum(letters[letter] for letter in signs.foreign) > _MOST_FOREIGN * total:
        return False
    if len(words) < _LONG or not signs.common:
        return True
    return _common_words(signs, words) >= _LEAST_COMMON * len(words)


def _common_words(signs: Signs, words: list[str]) -> int:
    return sum(word in signs.common for word in words)
