"""Words of place descriptions, from data/gazetteer/phrases.csv: a text cut into them and into the words of names."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.fold import fold_name

_TABLE = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "phrases.csv"
ROAD = "road"  # value of the words for one
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\s]+")


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """One row of the word list: what a word or a word group does in a place description."""

    role: str  # kind, bearing, between, near, unit, and, of, in, filler
    value: str


@lru_cache(maxsize=1)
def phrase_words() -> dict[tuple[str, ...], PhraseWord]:
    """Word list by folded words."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            tuple(fold_name(row["word"]).split()): PhraseWord(row["role"], row["value"]) for row in csv.DictReader(file)
        }


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, phrase_words()))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(word for words in phrase_words() for word in words)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a name as written, or a word or word group of the list."""

    raw: str
    word: PhraseWord | None  # None: a word of a name
    number: float | None = None


def cut(text: str) -> list[Unit]:
    """Words of a text, those of the list marked; a preposition joined to one is a unit of its own, without text."""
    words = _WORD.findall(text)
    folded = [fold_name(word) for word in words]
    units: list[Unit] = []
    position = 0
    while position < len(words):
        joined = _joined_in(folded[position])
        if joined:
            units.append(Unit("", PhraseWord("in", "")))
            words[position], folded[position] = words[position][joined:], folded[position][joined:]
        for length in range(min(_longest(), len(words) - position), 0, -1):
            known = phrase_words().get(tuple(" ".join(folded[position : position + length]).split()))
            if known:
                units.append(Unit(" ".join(words[position : position + length]), known))
                break
        else:
            length = 1
            digits = folded[position].replace(" ", ".")
            units.append(Unit(words[position], None, float(digits) if _NUMBER.match(digits) else None))
        position += length
    return units


def _joined_in(folded: str) -> int:
    """Length of a preposition joined to a kind word, a side or the like; 0 where there is none."""
    for joined in joined_words():
        rest = folded[len(joined) :]
        if folded.startswith(joined) and len(rest) > 1 and (rest,) in phrase_words():
            return len(joined)
    return 0


@lru_cache(maxsize=1)
def joined_words() -> tuple[str, ...]:
    """Prepositions that are written together with the word they govern."""
    return tuple(words[0] for words, row in phrase_words().items() if row.role == "joined_in")


def bare_name(text: str) -> str:
    """Name without the kind words at either end; a name of kind words only stays as it is.

    Examples
    --------
    >>> bare_name("Homs governorate"), bare_name("Muhafazat Halab"), bare_name("Northern")
    ('Homs', 'Halab', 'Northern')
    """
    units = cut(text)
    start, end = 0, len(units)
    while start < end and has_role(units[start], "kind"):
        start += 1
    while end > start and has_role(units[end - 1], "kind"):
        end -= 1
    return join_words(unit.raw for unit in units[start:end]) or text


def is_only_phrase_words(text: str) -> bool:
    """Say whether nothing of ``text`` is a name: kind words, sides and the like only."""
    known = _vocabulary()
    if any(word not in known and word[1:] not in known for word in fold_name(text).split()):
        return False
    return all(unit.word is not None for unit in cut(text))


def join_words(words: Iterable[str]) -> str:
    """Words with a space between them; empty ones left out."""
    return " ".join(word for word in words if word)


def has_role(unit: Unit, *roles: str) -> bool:
    """Say whether a unit is a word of the list with one of these roles."""
    return unit.word is not None and unit.word.role in roles


def is_road(unit: Unit) -> bool:
    """Say whether a unit is a word for a road that leads from one place to another."""
    return unit.word is not None and unit.word.value == ROAD
