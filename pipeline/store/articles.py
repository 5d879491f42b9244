"""Articles and their reports into the store: the same text twice changes nothing, a correction supersedes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import geopandas as gpd
import orjson
from sqlalchemy import Connection, Row, insert, select, update

from pipeline.events import validate_events
from pipeline.plain import plain_rows
from pipeline.records import Article
from pipeline.sources import source_kind
from pipeline.store import audit as trail
from pipeline.store.attach import Arrival, attach
from pipeline.store.engine import Store
from pipeline.store.errors import NotFoundError
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import articles, reports

_HASHED = ("language", "text", "published_at", "source", "url", "title")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding articles changed: ids of articles, and numbers of reports and events."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # the very same content was there
    corrected: tuple[str, ...] = ()  # took the place of an older version
    reports: int = 0
    new_events: int = 0
    joined: int = 0  # reports that joined an event that was there
    proposed: int = 0  # merges left to a person


@dataclass(frozen=True, slots=True)
class _Incoming:
    article: Article
    content_hash: str
    replaces: tuple[str, ...]  # article ids whose current version this one supersedes


def hash_article(article: Article) -> str:
    """Fingerprint of what was published; the id an article goes by is no part of it."""
    said = [str(value) if isinstance(value, date) else value for value in (getattr(article, name) for name in _HASHED)]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def known_articles(store: Store, candidates: Iterable[Article], by: Person = LOCAL) -> set[str]:
    """Ids of articles whose very content the store has already, so that they need not be read again."""
    with store.reading() as connection:
        require(connection, by, Action.READ)
        return {one.article_id for one in candidates if _has_content(connection, hash_article(one))}


def _has_content(connection: Connection, content_hash: str) -> bool:
    query = select(articles.c.article_id).where(articles.c.content_hash == content_hash).limit(1)
    return connection.execute(query).first() is not None


def add_articles(
    store: Store, added: Sequence[Article], events: gpd.GeoDataFrame, by: Person = LOCAL, *, merge: bool = True
) -> Added:
    """Add articles and the reports read from them, in one transaction; returns once both are on the disk.

    Parameters
    ----------
    added
        Articles; several hundred at once are quicker than one by one.
    events
        An events table with one row a report, read from ``added`` (``article_id`` says which).
    merge
        Whether to look for events that the reports tell of.

    Raises
    ------
    EventsError, NotFoundError, NotAllowedError, StoreError
        Where the table breaks its promises or names an article that is not among ``added``, the person may not, or the
        database fails; nothing was changed then.
    """
    validate_events(events)
    _require_articles(added, events)
    with store.writing() as connection:
        require(connection, by, Action.ADD)
        incoming, known = _sort_out(connection, added)
        if not incoming:
            return Added(known=tuple(known))
        retired = [name for one in incoming for name in one.replaces]
        lost = _retire(connection, retired)
        revisions = {one.article.article_id: _insert_article(connection, one) for one in incoming}
        fresh = [row for row in plain_rows(events) if row["article_id"] in revisions]
        arrival = Arrival(
            [(row, revisions[row["article_id"]]) for row in fresh], lost, {a.article_id: a.text for a in added}
        )
        done = attach(connection, arrival, by, merge=merge)
        for one in incoming:
            _tell(
                connection, one, by, [row["event_id"] for row in fresh if row["article_id"] == one.article.article_id]
            )
    corrected = tuple(one.article.article_id for one in incoming if one.replaces)
    new = tuple(one.article.article_id for one in incoming if not one.replaces)
    return Added(new, tuple(known), corrected, len(fresh), done.new_events, done.joined, done.proposed)


def _require_articles(added: Sequence[Article], events: gpd.GeoDataFrame) -> None:
    strange = set(events["article_id"]) - {article.article_id for article in added}
    if strange:
        raise NotFoundError(f"Reports name articles that were not handed over: {', '.join(sorted(strange)[:3])}")


def _sort_out(connection: Connection, added: Sequence[Article]) -> tuple[list[_Incoming], list[str]]:
    """What is new or corrected, and the ids of what is known already."""
    incoming: list[_Incoming] = []
    known: list[str] = []
    seen: set[str] = set()
    for article in added:
        content_hash = hash_article(article)
        if content_hash in seen or _has_content(connection, content_hash):
            known.append(article.article_id)
            continue
        seen.add(content_hash)
        incoming.append(_Incoming(article, content_hash, _replaced(connection, article)))
    return incoming, known


def _replaced(connection: Connection, article: Article) -> tuple[str, ...]:
    """Ids of current articles that this one is a new version of: those of its id or its address."""
    is_older = articles.c.article_id == article.article_id
    if article.url and urlsplit(article.url).path.strip("/"):
        is_older |= articles.c.url == article.url
    rows = connection.execute(select(articles.c.article_id).where(articles.c.is_current.is_(True), is_older))
    return tuple(sorted({row.article_id for row in rows}))


def _retire(connection: Connection, retired: Sequence[str]) -> list[Row[Any]]:
    """Make the current version of articles an old one; answers their reports."""
    if not retired:
        return []
    connection.execute(update(articles).where(articles.c.article_id.in_(retired)).values(is_current=False))
    is_lost = reports.c.article_id.in_(retired) & reports.c.is_current.is_(True)
    lost = list(connection.execute(select(reports).where(is_lost)))
    connection.execute(update(reports).where(is_lost).values(is_current=False))
    return lost


def _insert_article(connection: Connection, one: _Incoming) -> int:
    article = one.article
    query = select(articles.c.revision).where(articles.c.article_id == article.article_id)
    revision = max(connection.execute(query).scalars(), default=0) + 1
    row = {
        "article_id": article.article_id,
        "revision": revision,
        "is_current": True,
        "content_hash": one.content_hash,
        "language": article.language,
        "text": article.text,
        "published_at": article.published_at and article.published_at.isoformat(),
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "added_at": trail.now(),
        "source_kind": source_kind(article.source),
    }
    connection.execute(insert(articles).values(**row))
    return revision


def _tell(connection: Connection, one: _Incoming, by: Person, report_ids: Sequence[str]) -> None:
    new = {"content_hash": one.content_hash, "reports": list(report_ids), "replaces": list(one.replaces)}
    trail.append(connection, by, "correct_article" if one.replaces else "add_article", one.article.article_id, new=new)


def read_article(store: Store, article_id: str, by: Person = LOCAL, revision: int | None = None) -> Article:
    """Read the text an event rests on: the current version of an article, or a certain one.

    Raises
    ------
    NotFoundError
        Where there is none.
    """
    found = load_articles(store, [article_id], by, revision=revision)
    if not found:
        raise NotFoundError(
            f"The store holds no article {article_id}{'' if revision is None else f' in version {revision}'}"
        )
    return found[0]


def load_articles(
    store: Store, ids: Iterable[str] | None = None, by: Person = LOCAL, *, revision: int | None = None
) -> list[Article]:
    """Load the newest version of articles, of all where ``ids`` is None."""
    query = select(articles).order_by(articles.c.article_id, articles.c.revision)
    if ids is not None:
        query = query.where(articles.c.article_id.in_(list(ids)))
    if revision is not None:
        query = query.where(articles.c.revision == revision)
    elif ids is None:
        query = query.where(articles.c.is_current.is_(True))
    with store.reading() as connection:
        require(connection, by, Action.READ)
        newest = {row.article_id: row for row in connection.execute(query)}
    return [_to_article(row) for row in newest.values()]


def _to_article(row: Row[Any]) -> Article:
    published = row.published_at and date.fromisoformat(row.published_at)
    return Article(row.article_id, row.language, row.text, published, row.source, row.url, row.title)
