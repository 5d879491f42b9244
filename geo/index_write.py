"""Write a gazetteer to disk: places and names as they come, then the spellings, sorted by SQLite outside of memory.

Memory stays bounded whatever the number of rows: names are handed over in batches, and everything that has to be
grouped (names that differ by spaces only, skeletons) is sorted in a scratch file beside the index.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from geo.blocks import MOST_WORDS, SHORTEST_SKELETON, gaps_of, join_countries, join_items, spelling_hash
from geo.fold import fold_name
from geo.index import BLOCK_COLUMNS, PLACE_COLUMNS, SCHEMA_VERSION, make_filter
from geo.place import Place
from geo.spelling import spelling_of

BATCH = 20_000
_place_values = attrgetter(*PLACE_COLUMNS)
_CREATE = f"""
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;
CREATE TABLE place (row INTEGER PRIMARY KEY, {", ".join(PLACE_COLUMNS)});
CREATE TABLE name (row INTEGER PRIMARY KEY, key TEXT NOT NULL, place INTEGER NOT NULL, text TEXT NOT NULL, scope TEXT,
    country TEXT, weight INTEGER NOT NULL, weak INTEGER NOT NULL, loose INTEGER NOT NULL);
CREATE TABLE near (hash INTEGER PRIMARY KEY, keys TEXT NOT NULL);
CREATE TABLE block (hash INTEGER PRIMARY KEY, {BLOCK_COLUMNS});
CREATE TABLE gap (hash INTEGER PRIMARY KEY, bones TEXT NOT NULL);
CREATE TABLE about (item TEXT PRIMARY KEY, value);
"""
_SCRATCH = """
PRAGMA scratch.journal_mode=OFF; PRAGMA scratch.synchronous=OFF;
CREATE TABLE scratch.form (near_hash INTEGER, bones_hash INTEGER, loose INTEGER, key, near, heard, bones, script, words,
    countries);
CREATE TABLE scratch.gap_pair (hash INTEGER, bones TEXT);
"""
_FIRST_WORDS = "SELECT DISTINCT substr(key, 1, instr(key || ' ', ' ') - 1) FROM name"


class IndexWriter:
    """Write an index aside and put it in place when it is whole.

    Use it as a context manager: leaving it without an error finishes the file, leaving it with one removes the trace.
    """

    def __init__(self, path: Path, about: dict[str, str]) -> None:
        self.path = path
        self.partial = path.with_name(path.name + ".partial")
        self._scratch = path.with_name(path.name + ".scratch")
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self._remove_traces()
        self.connection = sqlite3.connect(self.partial)
        self.connection.executescript(_CREATE)
        self.about = {"schema": str(SCHEMA_VERSION), **about}
        self.places = self.names = 0
        self._place_rows: list[tuple[object, ...]] = []
        self._name_rows: list[tuple[object, ...]] = []

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self._finish()
                self.connection.close()
                self.partial.replace(self.path)
        finally:
            self.connection.close()
            self._remove_traces()

    def _remove_traces(self) -> None:
        self.partial.unlink(missing_ok=True)
        self._scratch.unlink(missing_ok=True)

    def add(
        self,
        place: Place,
        names: Iterable[str],
        scoped: Sequence[tuple[str, str]] = (),
        *,
        weak: Iterable[str] = (),
        skeletons: bool = True,
    ) -> None:
        """Add a place with all its names.

        Parameters
        ----------
        place, names
            The place and what it is called.
        scoped
            (name, kind family): names that count for that family only.
        weak
            Old and colloquial names, which yield to places that bear the name today.
        skeletons
            False: the place is found by its exact names only, give or take articles and spaces.
        """
        self.places += 1
        self._place_rows.append((self.places, *_place_values(place)))
        seen: set[tuple[str, str | None]] = set()
        given = [*((name, None, 0) for name in names), *((name, scope, 0) for name, scope in scoped)]
        for text, scope, is_weak in [*given, *((name, None, 1) for name in weak)]:
            key = fold_name(text)
            if key and (key, scope) not in seen and (key, None) not in seen:
                seen.add((key, scope))
                weight = 2 * place.population + (text in (place.name, place.name_ar))
                self.names += 1
                self._name_rows.append(
                    (self.names, key, self.places, text.strip(), scope, place.country, weight, is_weak, int(skeletons))
                )
        if len(self._name_rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        for table, rows in (("place", self._place_rows), ("name", self._name_rows)):
            if rows:
                self.connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
                rows.clear()

    def _finish(self) -> None:
        self._flush()
        self.connection.execute("CREATE INDEX name_key ON name (key, weight DESC, country, loose)")
        self.connection.commit()
        self.connection.execute("ATTACH ? AS scratch", (str(self._scratch),))
        self.connection.executescript(_SCRATCH)
        self._fill("scratch.form", self._forms())
        self._fill("near", self._nears())
        self._fill("block", self._blocks())
        self._fill("scratch.gap_pair", self._gap_pairs())
        self._fill("gap", self._gaps())
        count = self.connection.execute(f"SELECT count(*) FROM ({_FIRST_WORDS})").fetchone()[0]
        words = (word for (word,) in self.connection.execute(_FIRST_WORDS))
        rows: list[tuple[object, ...]] = [*self.about.items(), ("filter", make_filter(words, count))]
        self._fill("about", iter([*rows, ("places", self.places), ("names", self.names)]))
        self.connection.execute("DETACH scratch")

    def _fill(self, table: str, rows: Iterator[tuple[object, ...]]) -> None:
        first = next(rows, None)
        if first is not None:
            statement = f"INSERT INTO {table} VALUES ({','.join('?' * len(first))})"
            self.connection.execute(statement, first)
            self.connection.executemany(statement, rows)
        self.connection.commit()

    def _read(self, query: str) -> Iterator[tuple[str, ...]]:
        """Rows of a query, read ahead in batches on a cursor of their own."""
        cursor = self.connection.cursor()
        cursor.arraysize = BATCH
        return iter(cursor.execute(query))

    def _forms(self) -> Iterator[tuple[object, ...]]:
        rows = self._read("SELECT key, country, loose FROM name ORDER BY key")
        for key, group in groupby(rows, itemgetter(0)):
            uses = list(group)
            form = spelling_of(key)
            loose = len(form.bones) >= SHORTEST_SKELETON and max(int(use[2]) for use in uses)
            yield (
                spelling_hash(form.near), spelling_hash(form.bones), loose,
                key, form.near, form.heard, form.bones, form.script[0], str(min(MOST_WORDS, form.words)),
                join_countries(use[1] for use in uses),
            )  # fmt: skip

    def _nears(self) -> Iterator[tuple[object, ...]]:
        rows = self._read("SELECT near_hash, key FROM scratch.form ORDER BY near_hash")
        for number, group in groupby(rows, itemgetter(0)):
            yield number, "\n".join(key for _, key in group)

    def _blocks(self) -> Iterator[tuple[object, ...]]:
        query = """SELECT bones_hash, bones, key, near, heard, countries, script, words FROM scratch.form
                   WHERE loose ORDER BY bones_hash"""
        for number, group in groupby(self._read(query), itemgetter(0)):
            _, bones, *lists, scripts, words = zip(*group, strict=True)
            yield number, bones[0], *map(join_items, lists), "".join(scripts), "".join(words)

    def _gap_pairs(self) -> Iterator[tuple[object, ...]]:
        for (bones,) in self._read("SELECT bones FROM block"):
            yield from ((number, bones) for number in gaps_of(bones))

    def _gaps(self) -> Iterator[tuple[object, ...]]:
        rows = self._read("SELECT hash, bones FROM scratch.gap_pair ORDER BY hash")
        for number, group in groupby(rows, itemgetter(0)):
            yield number, "\n".join(bones for _, bones in group)
