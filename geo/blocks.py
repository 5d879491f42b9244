"""Spellings of a gazetteer in blocks of one consonant skeleton: what is compared when a name is not there as written.

A block holds every distinct folded name of one skeleton, column by column, so that a look-up reads a few rows and
compares them all at once, however many places share a name. Skeletons one letter apart are found through the skeletons
less one letter ("gaps").
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt

from geo.spelling import Spelling, deletions

SHORTEST_SKELETON = 2  # shorter ones say too little to be looked for
SHORTEST_FUZZY = 4  # skeletons with fewer letters are not compared with one letter missing
ANY_COUNTRY = "*"  # in the place of a list of countries: more than MOST_COUNTRIES, or a place of no country
MOST_COUNTRIES = 6
_ITEM = "\t"  # no folded name holds it
Numbers = npt.NDArray[np.intp]
MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Forms:
    """Spellings side by side: item n of every column is of one folded name."""

    keys: list[str]
    nears: list[str]
    heards: list[str]
    countries: list[str]  # "SY,IQ", or ANY_COUNTRY
    scripts: str  # one letter a form: l(atin), a(rabic), h(ebrew), o(ther)
    words: str  # one digit a form
    skeletons: list[str]
    which: Numbers  # for each form, the number of its skeleton

    def __len__(self) -> int:
        return len(self.keys)

    def within(self, countries: Sequence[str]) -> "Forms":
        """Only the forms that a place of these countries, or of no known country, has."""
        if not countries:
            return self
        kept = [known == ANY_COUNTRY or any(code in known for code in countries) for known in self.countries]
        lists = (self.keys, self.nears, self.heards, self.countries)
        keys, nears, heards, known = (list(compress(column, kept)) for column in lists)
        scripts, words = ("".join(compress(column, kept)) for column in (self.scripts, self.words))
        which = self.which[np.array(kept, dtype=bool)]
        return Forms(keys, nears, heards, known, scripts, words, self.skeletons, which)


def spellings_as_forms(keys: Sequence[str], spellings: Sequence[Spelling]) -> Forms:
    """Put spellings side by side."""
    return Forms(
        list(keys),
        [item.near for item in spellings],
        [item.heard for item in spellings],
        [ANY_COUNTRY] * len(keys),
        "".join(item.script[0] for item in spellings),
        "".join(str(min(MOST_WORDS, item.words)) for item in spellings),
        [item.bones for item in spellings],
        np.arange(len(keys)),
    )


def join_countries(countries: Iterable[str | None]) -> str:
    """Countries of a form as a block keeps them."""
    codes = set(countries)
    if None in codes or len(codes) > MOST_COUNTRIES:
        return ANY_COUNTRY
    return ",".join(sorted(code for code in codes if code))


def join_items(items: Iterable[str]) -> str:
    """A column of a block as text."""
    return _ITEM.join(items)


def unpack(rows: Sequence[Sequence[str]]) -> Forms:
    """Forms of several blocks: rows of skeleton, keys, nears, heards, countries, scripts, words, as they are stored."""
    if not rows:
        return Forms([], [], [], [], "", "", [], np.zeros(0, dtype=np.intp))
    skeletons, *lists, scripts, words = zip(*rows, strict=True)
    keys, nears, heards, countries = (_ITEM.join(column).split(_ITEM) for column in lists)
    which = np.repeat(np.arange(len(rows)), [len(text) for text in scripts])
    return Forms(keys, nears, heards, countries, "".join(scripts), "".join(words), list(skeletons), which)


def spelling_hash(text: str) -> int:
    """Stable 56-bit number for a spelling key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big")


def gaps_of(skeleton: str) -> Iterator[int]:
    """Numbers of a skeleton less one letter, under which it is found by its neighbours."""
    if len(skeleton) >= SHORTEST_FUZZY:
        yield from map(spelling_hash, deletions(skeleton))


def gaps_to_ask(skeleton: str) -> list[int]:
    """Numbers under which the neighbours of a skeleton are kept: one letter longer, or one letter another."""
    if len(skeleton) < SHORTEST_FUZZY:
        return []
    return [spelling_hash(text) for text in (skeleton, *deletions(skeleton))]


def shorter(skeleton: str) -> set[str]:
    """Skeletons one letter shorter that a name may be looked for under."""
    return deletions(skeleton) if len(skeleton) > SHORTEST_FUZZY else set()
