"""Which installed language a text is in, by its script, its commonest words and letters it would not write."""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGES = Path(__file__).resolve().parent.parent / "data" / "languages"
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
def installed_languages() -> dict[str, Signs]:
    """Codes of the folders of ``data/languages``, with the signs of each."""
    found = {}
    for path in sorted(LANGUAGES.glob("*/detect.toml")):
        signs = tomllib.loads(path.read_text("utf-8"))
        script = tomllib.loads(path.with_name("language.toml").read_text("utf-8"))["script"]
        found[path.parent.name] = Signs(script, frozenset(signs["common"]), frozenset(signs["foreign"]))
    return found


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
    for code, signs in installed_languages().items():
        if _shows(signs, letters, scripts, words):
            return code
    return None


def script_share(text: str, code: str) -> float:
    """Share of the letters of ``text`` that are in the script of language ``code``; 0 without letters."""
    letters = Counter(character for character in text[:_SAMPLE] if character.isalpha())
    return _scripts(letters)[installed_languages()[code].script] / (letters.total() or 1)


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
    return len(words) < _LONG or sum(word in signs.common for word in words) >= _LEAST_COMMON * len(words)
