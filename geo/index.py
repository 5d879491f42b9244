"""One gazetteer on disk: an SQLite file of places, names and spelling keys, written once and then only read.

A small Bloom filter over first words answers "no name begins with this word" in memory, so that text can be scanned
word by word; everything else is an indexed look-up, which millions of names do not slow down.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from geo.fold import fold_name
from geo.place import Place
from geo.spelling import Spelling, close, deletions, skeleton, spelling_of

SCHEMA_VERSION = 2
SHORTEST_FUZZY = 4  # skeletons with fewer letters are not compared with one letter missing
_PLACE_COLUMNS = tuple(field.name for field in fields(Place))
_place_values = attrgetter(*_PLACE_COLUMNS)
_spelling_values = attrgetter(*(field.name for field in fields(Spelling)))
_CREATE = f"""
CREATE TABLE place (row INTEGER PRIMARY KEY, {", ".join(_PLACE_COLUMNS)});
CREATE TABLE name (row INTEGER PRIMARY KEY, key TEXT NOT NULL, place INTEGER NOT NULL, text TEXT NOT NULL, scope TEXT,
    country TEXT, near TEXT, bones TEXT, heard TEXT, script TEXT, words INTEGER);
CREATE TABLE spelling (hash INTEGER NOT NULL, name INTEGER NOT NULL);
CREATE TABLE about (item TEXT PRIMARY KEY, value);
"""
_FINISH = """
CREATE INDEX name_key ON name (key);
CREATE INDEX spelling_hash ON spelling (hash, name);
"""
_BITS_PER_WORD = 24
_MOST_ROWS = 4000  # rows read for one set of spelling keys: the commonest skeletons have more, and mean nothing
_NAME_COLUMNS = "name.row, key, place, text, scope"
_SPELLING_COLUMNS = "near, bones, heard, script, words"


class GazetteerError(RuntimeError):
    """A gazetteer cannot be opened or read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one place as stored: its folded key, its spelling, the family of kinds it is limited to (or None)."""

    row: int
    key: str
    place: int
    text: str
    scope: str | None


def spelling_hash(text: str) -> int:
    """Stable 56-bit number for a spelling key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big")


def spelling_hashes(key: str, *, skeletons: bool = True) -> set[int]:
    """Numbers a folded name is found by when its exact key is not: close form, skeleton, skeleton less one letter."""
    keys = {"=" + close(key)}
    bones = skeleton(key) if skeletons else ""
    if len(bones) > 1:
        keys.add(bones)
    if len(bones) >= SHORTEST_FUZZY:
        keys |= {"-" + part for part in deletions(bones)}
    return {spelling_hash(text) for text in keys}


def query_hashes(key: str) -> set[int]:
    """Numbers to look for: close form, same skeleton, and skeletons one letter longer, shorter or different."""
    keys = {"=" + close(key)}
    bones = skeleton(key)
    if len(bones) > 1:
        keys.add(bones)
    if len(bones) >= SHORTEST_FUZZY:
        parts = deletions(bones)
        keys |= {"-" + bones, *("-" + part for part in parts)}
        keys |= parts if len(bones) > SHORTEST_FUZZY else set()
    return {spelling_hash(text) for text in keys}


def _bit_numbers(word: str, size: int) -> tuple[int, int]:
    number = zlib.crc32(word.encode())
    return number % size, (number * 2654435761 + 97) % 4294967291 % size


def make_filter(words: Iterable[str]) -> bytes:
    """Bloom filter (two bits a word) that ``Index.begins`` reads."""
    distinct = set(words)
    size = max(1024, len(distinct) * _BITS_PER_WORD)
    bits = bytearray(size // 8 + 1)
    for word in distinct:
        for number in _bit_numbers(word, size):
            bits[number >> 3] |= 1 << (number & 7)
    return size.to_bytes(8, "big") + bytes(bits)


class IndexWriter:
    """Write an index aside and put it in place when it is whole.

    Use it as a context manager: leaving it without an error finishes the file, leaving it with one removes the trace.
    """

    def __init__(self, path: Path, about: dict[str, str]) -> None:
        self.path = path
        self.partial = path.with_name(path.name + ".partial")
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self.partial.unlink(missing_ok=True)
        self.connection = sqlite3.connect(self.partial)
        self.connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _CREATE)
        self.about = {"schema": str(SCHEMA_VERSION), **about}
        self.places = self.names = 0

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._finish()
            self.connection.close()
            self.partial.replace(self.path)
        else:
            self.connection.close()
            self.partial.unlink(missing_ok=True)

    def add(
        self, place: Place, names: Iterable[str], scoped: Sequence[tuple[str, str]] = (), *, skeletons: bool = True
    ) -> None:
        """Add a place with all its names.

        ``scoped`` are (name, kind family) that count for that family only; without ``skeletons`` the place is found
        by its exact names only, give or take articles and spaces.
        """
        self.places += 1
        marks = ",".join("?" * (len(_PLACE_COLUMNS) + 1))
        self.connection.execute(f"INSERT INTO place VALUES ({marks})", (self.places, *_place_values(place)))
        seen: set[tuple[str, str | None]] = set()
        for text, scope in [*((name, None) for name in names), *scoped]:
            key = fold_name(text)
            if key and (key, scope) not in seen and (key, None) not in seen:
                seen.add((key, scope))
                self._add_name(key, text.strip(), scope, place.country, skeletons)

    def _add_name(self, key: str, text: str, scope: str | None, country: str | None, skeletons: bool) -> None:
        self.names += 1
        row = (self.names, key, self.places, text, scope, country, *_spelling_values(spelling_of(key)))
        self.connection.execute(f"INSERT INTO name VALUES ({','.join('?' * len(row))})", row)
        rows = [(number, self.names) for number in spelling_hashes(key, skeletons=skeletons)]
        self.connection.executemany("INSERT INTO spelling VALUES (?,?)", rows)

    def _finish(self) -> None:
        self.connection.executescript(_FINISH)
        words = (key.split(" ", 1)[0] for (key,) in self.connection.execute("SELECT DISTINCT key FROM name"))
        rows: list[tuple[str, object]] = [*self.about.items(), ("filter", make_filter(words))]
        rows += [("places", self.places), ("names", self.names)]
        self.connection.executemany("INSERT INTO about VALUES (?,?)", rows)
        self.connection.commit()
        self.connection.execute("ANALYZE")
        self.connection.commit()


class Index:
    """A written index, opened for reading; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise GazetteerError(f"no gazetteer at {path}")
        self.connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
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

    def named(self, key: str) -> list[NameRow]:
        """Names with exactly this folded key."""
        rows = self.connection.execute(f"SELECT {_NAME_COLUMNS} FROM name WHERE key = ?", (key,))
        return [NameRow(*row) for row in rows]

    def same_but_for_spaces(self, key: str) -> list[NameRow]:
        """Names with the same letters but for articles, spaces and doubled letters."""
        query = f"""SELECT {_NAME_COLUMNS} FROM spelling JOIN name ON name.row = spelling.name
                    WHERE hash = ? AND near = ?"""
        near = close(key)
        return [NameRow(*row) for row in self.connection.execute(query, (spelling_hash("=" + near), near))]

    def spelled(self, key: str, countries: Sequence[str] = ()) -> list[tuple[NameRow, Spelling]]:
        """Names that share a spelling key with this one, in these countries (or none) where any are given."""
        numbers = list(query_hashes(key))
        within = f"AND (country IN ({','.join('?' * len(countries))}) OR country IS NULL)" if countries else ""
        query = f"""SELECT DISTINCT {_NAME_COLUMNS}, {_SPELLING_COLUMNS}
                    FROM spelling JOIN name ON name.row = spelling.name
                    WHERE hash IN ({",".join("?" * len(numbers))}) {within} LIMIT {_MOST_ROWS}"""
        rows = self.connection.execute(query, (*numbers, *countries))
        return [(NameRow(*row[:5]), Spelling(*row[5:])) for row in rows]

    def _read_place(self, row: int) -> Place:
        columns = ", ".join(_PLACE_COLUMNS)
        found = self.connection.execute(f"SELECT {columns} FROM place WHERE row = ?", (row,)).fetchone()
        return Place(*found)

    def all_places(self) -> Iterator[Place]:
        """Every place of the index, in the order written."""
        for row in self.connection.execute(f"SELECT {', '.join(_PLACE_COLUMNS)} FROM place ORDER BY row"):
            yield Place(*row)
