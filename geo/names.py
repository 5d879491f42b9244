"""Names worth keeping: scripts we read, no codes, no machine transliterations; and kinds of settlements by size."""

import re
import unicodedata
from collections.abc import Sequence

from geo.fold import fold_name
from geo.spelling import script

CITY_POPULATION, TOWN_POPULATION = 100_000, 10_000
_CODE = re.compile(r"^[A-Z]{1,4}$")
_ARABIC = re.compile(r"^[\u0621-\u064a]+$")
_LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0259\u02b0-\u02ff]+$")
_HEBREW = re.compile(r"^[\u05d0-\u05ea]+$")
_ARABIC_SCRIPT = re.compile(r"^[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f]+$")
SHORTEST_NAME = 2


def settlement_kind(population: int) -> str:
    """City, town or village by population."""
    if population >= CITY_POPULATION:
        return "city"
    return "town" if population >= TOWN_POPULATION else "village"


def usable_name(name: str) -> bool:
    """Say whether a name is written in one of our scripts, and is neither a code nor a machine's transliteration."""
    if len(fold_name(name)) < SHORTEST_NAME or _CODE.match(name):
        return False
    if name.isascii():
        return name != name.lower()
    letters = letters_of(name)
    if _LATIN.match(letters):
        return letters != letters.lower()
    return bool(_ARABIC_SCRIPT.match(letters) or _HEBREW.match(letters))


def letters_of(name: str) -> str:
    """Letters of a name, without marks, digits and spaces."""
    return "".join([letter for letter in name if unicodedata.category(letter)[0] == "L"])


def is_arabic(name: str) -> bool:
    """Say whether a name is written in plain Arabic letters."""
    return not name.isascii() and bool(_ARABIC.match(letters_of(name)))


def is_hebrew(name: str) -> bool:
    """Say whether a name is written in Hebrew letters."""
    return bool(_HEBREW.match(letters_of(name)))


def best_arabic(names: Sequence[str]) -> str | None:
    """First name in plain Arabic letters, else the first in Arabic script; none that is broken by a stray space."""
    plain = [name for name in names if is_arabic(name) and not _is_broken(name, names)]
    return next(iter(plain), None) or next((name for name in names if script(fold_name(name)) == "arabic"), None)


def _is_broken(name: str, names: Sequence[str]) -> bool:
    """Say whether a name is another one with a stray space in the middle."""
    return " " in name and name.replace(" ", "") in names
