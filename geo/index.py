"""One gazetteer on disk, opened for reading: an SQLite file of places, names and spellings.

A small Bloom filter over first words answers "no name begins with this word" in memory, so that text can be scanned
word by word; everything else is an indexed look-up, which millions of names do not slow down. Files are written by
geo/index_write.py.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from geo.blocks import SHORTEST_SKELETON, Forms, gaps_to_ask, shorter, spelling_hash, unpack
from geo.place import Place
from geo.spelling import close, skeleton

SCHEMA_VERSION = 3
BLOCK_COLUMNS = "bones, keys, nears, heards, countries, scripts, words"
PLACE_COLUMNS = tuple(field.name for field in fields(Place))
MOST_NAMESAKES = 400  # places read for one name, the largest first: more of one name decide nothing
_BITS_PER_WORD = 24
_NAME_COLUMNS = "row, key, place, text, scope, weak"
_MANY_ROWS = 800  # names of several keys read at once, whatever the size of their places
_STATEMENTS = 512  # kept prepared


class GazetteerError(RuntimeError):
    """A gazetteer cannot be opened or read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one place as stored; ``scope`` is the family of kinds it is limited to, or None."""

    row: int
    key: str
    place: int
    text: str
    scope: str | None
    weak: int  # 1: an old or colloquial name


def _bit_numbers(word: str, size: int) -> tuple[int, int]:
    number = zlib.crc32(word.encode())
    return number % size, (number * 2654435761 + 97) % 4294967291 % size


def make_filter(words: Iterable[str], count: int) -> bytes:
    """Bloom filter (two bits a word) over some ``count`` words, as ``Index.begins`` reads it."""
    size = max(1024, count * _BITS_PER_WORD)
    bits = bytearray(size // 8 + 1)
    for word in words:
        for number in _bit_numbers(word, size):
            bits[number >> 3] |= 1 << (number & 7)
    return size.to_bytes(8, "big") + bytes(bits)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


class Index:
    """A written index, opened for reading; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise GazetteerError(f"no gazetteer at {path}")
        self.connection = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=_STATEMENTS
        )
        try:
            self.about = dict(self.connection.execute("SELECT item, value FROM about WHERE item <> 'filter'"))
            row = self.connection.execute("SELECT value FROM about WHERE item = 'filter'").fetchone()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"{path} is not a gazetteer index ({error}); remove it and build it again") from error
        if self.about.get("schema") != str(SCHEMA_VERSION) or row is None:
            raise GazetteerError(f"{path} was written by another version of Rasid; remove it and build it again")
        self._size, self._bits = int.from_bytes(row[0][:8], "big"), row[0][8:]
        self.place = lru_cache(maxsize=50_000)(self._read_place)

    def begins(self, word: str) -> bool:
        """Say whether some name may begin with this folded word (rarely true where none does)."""
        number = zlib.crc32(word.encode())
        first = number % self._size
        if not self._bits[first >> 3] >> (first & 7) & 1:
            return False
        second = (number * 2654435761 + 97) % 4294967291 % self._size
        return bool(self._bits[second >> 3] >> (second & 7) & 1)

    def has(self, key: str) -> bool:
        """Say whether a place has this folded name."""
        query = "SELECT 1 FROM name WHERE key = ? LIMIT 1"
        return self.connection.execute(query, (key,)).fetchone() is not None

    def named(self, key: str, countries: Sequence[str] = (), most: int = MOST_NAMESAKES) -> list[NameRow]:
        """Names with exactly this folded key, of the largest places first.

        Parameters
        ----------
        key
            Folded name.
        countries
            ISO 3166 alpha-2 codes; where any are given, names in them (or in no country) come before all others.
        most
            How many at most.
        """
        nearest = f"(country IN ({_marks(countries)}) OR country IS NULL) DESC," if countries else ""
        query = f"SELECT {_NAME_COLUMNS} FROM name WHERE key = ? ORDER BY {nearest} weight DESC LIMIT ?"
        return [NameRow(*row) for row in self.connection.execute(query, (key, *countries, most))]

    def named_any(self, keys: Sequence[str], most: int) -> list[NameRow]:
        """Names with any of these folded keys; where they are very many, ``most`` of each, of the largest places."""
        query = f"SELECT {_NAME_COLUMNS} FROM name WHERE key IN ({_marks(keys)}) LIMIT ?"
        rows = self.connection.execute(query, (*keys, _MANY_ROWS)).fetchall()
        if len(rows) == _MANY_ROWS:
            return [row for key in keys for row in self.named(key, most=most)]
        return [NameRow(*row) for row in rows]

    def same_but_for_spaces(self, key: str, countries: Sequence[str] = ()) -> list[NameRow]:
        """Names with the same letters but for articles, spaces and doubled letters; ``key`` itself among them."""
        near = close(key)
        found = self.connection.execute("SELECT keys FROM near WHERE hash = ?", (spelling_hash(near),)).fetchone()
        keys = [other for other in found[0].split("\n") if close(other) == near] if found else []
        return [row for other in keys for row in self.named(other, countries)]

    def forms(self, key: str, countries: Sequence[str] = ()) -> Forms:
        """Spellings whose consonants are those of a folded name, give or take one letter.

        Parameters
        ----------
        key
            Folded name.
        countries
            Where any are given, only spellings that a place in them (or in no country) has.
        """
        bones = skeleton(key)
        if len(bones) < SHORTEST_SKELETON:
            return unpack(())
        asked = gaps_to_ask(bones)
        rows = self.connection.execute(f"SELECT bones FROM gap WHERE hash IN ({_marks(asked)})", asked)
        others = {other for (text,) in rows for other in text.split("\n")}
        hashes = [spelling_hash(text) for text in others | shorter(bones) | {bones}]
        query = f"SELECT {BLOCK_COLUMNS} FROM block WHERE hash IN ({_marks(hashes)})"
        return unpack(self.connection.execute(query, hashes).fetchall()).within(countries)

    def _read_place(self, row: int) -> Place:
        columns = ", ".join(PLACE_COLUMNS)
        found = self.connection.execute(f"SELECT {columns} FROM place WHERE row = ?", (row,)).fetchone()
        return Place(*found)

    def all_places(self) -> Iterator[Place]:
        """Every place of the index, in the order written."""
        for row in self.connection.execute(f"SELECT {', '.join(PLACE_COLUMNS)} FROM place ORDER BY row"):
            yield Place(*row)
