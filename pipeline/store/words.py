"""The words of articles as the store searches them: folded, so that it does not matter how they are written.

SQLite finds any part of a word of three letters or more by an index of trigrams (FTS5), PostgreSQL by ``pg_trgm`` where
it can be had; both are asked the same, and without an index the answer is the same and only later.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, MetaData, Table, Text, delete, func, select, text

from geo.fold import fold
from pipeline.store.bulk import insert_rows
from pipeline.store.columns import POSTGRES
from pipeline.store.schema import article_words, articles

SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE article_fts USING fts5("
    "folded, content='article_words', content_rowid='row_id', tokenize='trigram', detail='none', columnsize=0)"
)
_fts = Table("article_fts", MetaData(), Column("rowid", Integer), Column("folded", Text))
_NAMES = ("row_id", "article_id", "revision", "folded")
_MOST = 2_000  # articles folded at once
MOST_WORDS = 20


def fold_said(title: str | None, source: str | None, body: str) -> str:
    """Fold what can be searched of an article: title, source and text."""
    return fold(" ".join(part for part in (title, source, body) if part))


def add_words(connection: Connection, said: Iterable[tuple[str, int, str]]) -> None:
    """Add articles (id, revision, folded words) to the search, inside a transaction."""
    last = connection.execute(select(func.max(article_words.c.row_id))).scalar() or 0
    rows = [(number, *one) for number, one in enumerate(said, start=last + 1)]
    insert_rows(connection, article_words, _NAMES, rows)
    if connection.dialect.name != POSTGRES:
        insert_rows(connection, _fts, ("rowid", "folded"), [(row[0], row[3]) for row in rows])


def fill_words(connection: Connection) -> int:
    """Make the search anew from the articles that are there, inside a transaction; answers how many."""
    connection.execute(delete(article_words))
    if connection.dialect.name != POSTGRES:
        connection.execute(text("INSERT INTO article_fts(article_fts) VALUES ('rebuild')"))
    keys = [tuple(row) for row in connection.execute(select(articles.c.article_id, articles.c.revision))]
    for first in range(0, len(keys), _MOST):
        part = set(keys[first : first + _MOST])
        query = select(*(articles.c[name] for name in ("article_id", "revision", "title", "source", "text")))
        rows = connection.execute(query.where(articles.c.article_id.in_(sorted({name for name, _ in part}))))
        add_words(connection, [(*row[:2], fold_said(*row[2:])) for row in rows if (row[0], row[1]) in part])
    return len(keys)


def has_words(connection: Connection, said: str) -> ColumnElement[bool]:
    """Condition on ``article_words``: every word of what is said is part of it, however either is written."""
    table = article_words if connection.dialect.name == POSTGRES else _fts
    key = article_words.c.row_id if table is article_words else table.c.rowid
    conditions = [_has(connection, table.c.folded, word) for word in split_words(said)]
    return article_words.c.row_id.in_(select(key).where(*conditions))


def split_words(said: str) -> Sequence[str]:
    """Folded words of a search, the longest first, as these narrow most.

    Examples
    --------
    >>> split_words("Two drones at Dayr")
    ['drones', 'dayr', 'two', 'at']
    """
    return sorted(dict.fromkeys(fold(said).split()), key=len, reverse=True)[:MOST_WORDS]


def _has(connection: Connection, folded: Any, word: str) -> ColumnElement[bool]:
    """LIKE asks the index (it takes any sign for % and _), the second condition makes sure."""
    alike = "%" + word.replace("%", "_").replace("\\", "_") + "%"
    position = func.strpos if connection.dialect.name == POSTGRES else func.instr
    condition: ColumnElement[bool] = folded.like(alike) & (position(folded, word) > 0)
    return condition
