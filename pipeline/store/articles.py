"""Articles and their reports into the store: the same text twice changes nothing, a correction supersedes."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import geopandas as gpd
import orjson
from sqlalchemy import Connection, Row, select, update

from pipeline.events import validate_events
from pipeline.plain import plain_rows
from pipeline.records import Article
from pipeline.sources import source_kind
from pipeline.store import audit as trail
from pipeline.store.attach import Arrival, attach
from pipeline.store.bulk import insert_mappings
from pipeline.store.engine import Store
from pipeline.store.errors import NotFoundError, StoreError
from pipeline.store.permissions import LOCAL, Action, Person, require
from pipeline.store.schema import articles, reports
from pipeline.store.words import add_words, fold_said

_MOST_ASKED = 10_000  # values in one query; SQLite takes 32,766
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
        revisions = _insert_articles(connection, incoming)
        fresh = [row for row in plain_rows(events) if row["article_id"] in revisions]
        texts = {one.article_id: one.text for one in added}
        arrival = Arrival([(row, revisions[row["article_id"]]) for row in fresh], lost, texts)
        done = attach(connection, arrival, by, merge=merge)
        _tell(connection, incoming, by, fresh)
    corrected = tuple(one.article.article_id for one in incoming if one.replaces)
    new = tuple(one.article.article_id for one in incoming if not one.replaces)
    return Added(new, tuple(known), corrected, len(fresh), done.new_events, done.joined, done.proposed)


def _require_articles(added: Sequence[Article], events: gpd.GeoDataFrame) -> None:
    names = Counter(article.article_id for article in added)
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise StoreError(f"Several articles are called {', '.join(twice[:3])}; add them one after the other")
    strange = set(events["article_id"]) - names.keys()
    if strange:
        raise NotFoundError(f"Reports name articles that were not handed over: {', '.join(sorted(strange)[:3])}")


def _sort_out(connection: Connection, added: Sequence[Article]) -> tuple[list[_Incoming], list[str]]:
    """What is new or corrected, and the ids of what is known already."""
    hashes = [hash_article(article) for article in added]
    seen = _find(connection, articles.c.content_hash, hashes, articles.c.content_hash).keys()
    fresh: dict[str, Article] = {}
    known: list[str] = []
    for article, content_hash in zip(added, hashes, strict=True):
        if content_hash in seen or content_hash in fresh:
            known.append(article.article_id)
        else:
            fresh[content_hash] = article
    older = _replaced(connection, list(fresh.values()))
    return [_Incoming(one, content_hash, older[one.article_id]) for content_hash, one in fresh.items()], known


def _find(connection: Connection, key: Any, wanted: Sequence[str], value: Any, *conditions: Any) -> dict[str, set[Any]]:
    """Values of rows by a key that is one of those wanted."""
    found: dict[str, set[Any]] = {}
    for first in range(0, len(wanted), _MOST_ASKED):
        query = select(key, value).where(key.in_(wanted[first : first + _MOST_ASKED]), *conditions)
        for row in connection.execute(query):
            found.setdefault(row[0], set()).add(row[1])
    return found


def _replaced(connection: Connection, fresh: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    """Ids of current articles that each is a new version of: those of its id or its address."""
    is_current = articles.c.is_current.is_(True)
    urls = {one.article_id: one.url for one in fresh if one.url and urlsplit(one.url).path.strip("/")}
    names = [one.article_id for one in fresh]
    by_name = _find(connection, articles.c.article_id, names, articles.c.article_id, is_current)
    by_url = _find(connection, articles.c.url, sorted(set(urls.values())), articles.c.article_id, is_current)
    return {name: tuple(sorted(by_name.get(name, set()) | by_url.get(urls.get(name, ""), set()))) for name in names}


def _retire(connection: Connection, retired: Sequence[str]) -> list[Row[Any]]:
    """Make the current version of articles an old one; answers their reports."""
    if not retired:
        return []
    connection.execute(update(articles).where(articles.c.article_id.in_(retired)).values(is_current=False))
    is_lost = reports.c.article_id.in_(retired) & reports.c.is_current.is_(True)
    lost = list(connection.execute(select(reports).where(is_lost)))
    connection.execute(update(reports).where(is_lost).values(is_current=False))
    return lost


def _insert_articles(connection: Connection, incoming: Sequence[_Incoming]) -> dict[str, int]:
    """Insert articles as the newest version of each; answers which version that is, by id."""
    names = [one.article.article_id for one in incoming]
    before = _find(connection, articles.c.article_id, names, articles.c.revision)
    revisions = {name: max(before.get(name, {0})) + 1 for name in names}
    if incoming:
        at = trail.now()
        rows = [_article_row(one, revisions[one.article.article_id], at) for one in incoming]
        insert_mappings(connection, articles, rows)
        said = (one.article for one in incoming)
        add_words(
            connection,
            [(one.article_id, revisions[one.article_id], fold_said(one.title, one.source, one.text)) for one in said],
        )
    return revisions


def _article_row(one: _Incoming, revision: int, at: str) -> dict[str, Any]:
    article = one.article
    return {
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
        "added_at": at,
        "source_kind": source_kind(article.source),
    }


def _tell(connection: Connection, incoming: Sequence[_Incoming], by: Person, fresh: Sequence[dict[str, Any]]) -> None:
    told: dict[str, list[str]] = {}
    for row in fresh:
        told.setdefault(row["article_id"], []).append(row["event_id"])
    deeds = [
        trail.Deed(
            "correct_article" if one.replaces else "add_article",
            one.article.article_id,
            new={
                "content_hash": one.content_hash,
                "reports": told.get(one.article.article_id, []),
                "replaces": list(one.replaces),
            },
        )
        for one in incoming
    ]
    trail.append_all(connection, by, deeds)


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
