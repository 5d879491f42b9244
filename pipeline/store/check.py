"""Is the store whole: the file, every row against its fingerprint, every reference, the audit and the promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select

from pipeline.errors import EventsError
from pipeline.plain import PLAIN
from pipeline.records import Article
from pipeline.store.articles import hash_article, load_articles
from pipeline.store.audit import verify_audit
from pipeline.store.backup import check_file
from pipeline.store.engine import Store
from pipeline.store.errors import StoreDamagedError
from pipeline.store.events import LIVE, load_events
from pipeline.store.migrate import read_version
from pipeline.store.permissions import OPERATOR
from pipeline.store.rows import hash_row
from pipeline.store.schema import articles, audit, events, metadata, notes, reports, users
from pipeline.store.search import count_searchable


@dataclass(frozen=True, slots=True)
class Health:
    """What checking a store found."""

    version: str | None
    counts: dict[str, int]
    faults: tuple[str, ...]
    audit_head: str

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def describe(store: Store) -> tuple[str | None, dict[str, int]]:
    """Version of a store and the number of rows of its tables."""
    with store.reading() as connection:
        counts = {
            "articles": _count(connection, select(func.count()).select_from(articles).where(articles.c.is_current)),
            "old_versions": _count(
                connection, select(func.count()).select_from(articles).where(~articles.c.is_current)
            ),
            "reports": _count(connection, select(func.count()).select_from(reports).where(reports.c.is_current)),
            "events": _count(connection, select(func.count()).select_from(events).where(events.c.state == LIVE)),
            "notes": _count(connection, select(func.count()).select_from(notes)),
            "users": _count(connection, select(func.count()).select_from(users)),
            "audit": _count(connection, select(func.count()).select_from(audit)),
        }
        return read_version(connection), counts


def _count(connection: Connection, query: object) -> int:
    return int(connection.execute(query).scalar() or 0)  # type: ignore[call-overload]


def check_store(store: Store) -> Health:
    """Check everything; reads the whole store."""
    faults = list(_file_faults(store))
    if faults:
        return Health(None, {}, tuple(faults), "")
    version, counts = describe(store)
    for check in _CHECKS:
        faults.extend(check(store))
    chain = verify_audit(store)
    if not chain.is_ok:
        faults.append(f"the audit does not fit its chain from row {chain.broken_at} on")
    return Health(version, counts, tuple(faults), chain.head)


def _file_faults(store: Store) -> Iterator[str]:
    if store.path is None:
        return
    try:
        check_file(store.path)
    except StoreDamagedError as error:
        yield str(error)


def _row_faults(store: Store) -> Iterator[str]:
    for table, key in ((events, "event_id"), (reports, "report_id")):
        query = select(table.c[key], table.c.row_hash, *(table.c[name] for name in PLAIN))
        with store.reading() as connection:
            wrong = [row[0] for row in connection.execute(query) if hash_row(dict(row._mapping)) != row[1]]
        if wrong:
            yield f"{len(wrong)} {table.name} were changed from outside or damaged: {', '.join(wrong[:3])}"


def _article_faults(store: Store) -> Iterator[str]:
    with store.reading() as connection:
        hashes = {
            row.article_id: row.content_hash
            for row in connection.execute(select(articles).where(articles.c.is_current))
        }
    wrong = [one.article_id for one in load_articles(store, by=OPERATOR) if _differs(one, hashes)]
    if wrong:
        yield f"{len(wrong)} articles were changed from outside or damaged: {', '.join(wrong[:3])}"


def _differs(article: Article, hashes: dict[str, str]) -> bool:
    return hash_article(article) != hashes[article.article_id]


def _reference_faults(store: Store) -> Iterator[str]:
    live = select(events.c.event_id).where(events.c.state == LIVE)
    homes = select(reports.c.in_event).where(reports.c.is_current)
    current = select(articles.c.article_id).where(articles.c.is_current)
    questions = {
        "current reports are in no live event": select(reports.c.report_id).where(
            reports.c.is_current, reports.c.in_event.not_in(live)
        ),
        "machine events have no report": select(events.c.event_id).where(
            events.c.state == LIVE,
            events.c.event_id.not_in(homes),
            events.c.review_status == "machine",
            events.c.edits == "{}",
        ),
        "current reports have no current article": select(reports.c.report_id).where(
            reports.c.is_current, reports.c.article_id.not_in(current)
        ),
    }
    with store.reading() as connection:
        for said, query in questions.items():
            if names := list(connection.execute(query).scalars()):
                yield f"{len(names)} {said}: {', '.join(names[:3])}"


def _promise_faults(store: Store) -> Iterator[str]:
    try:
        load_events(store, by=OPERATOR)
    except EventsError as error:
        yield str(error)


def _version_faults(store: Store) -> Iterator[str]:
    """Every event that was ever changed must have the version its last audit row says."""
    told = select(audit.c.subject, func.max(audit.c.version).label("version")).group_by(audit.c.subject).subquery()
    query = select(events.c.event_id).outerjoin(told, told.c.subject == events.c.event_id)
    query = query.where(events.c.version != func.coalesce(told.c.version, 1))
    with store.reading() as connection:
        names = list(connection.execute(query).scalars())
    if names:
        yield f"{len(names)} events have a version that the audit does not tell of: {', '.join(names[:3])}"


def _search_faults(store: Store) -> Iterator[str]:
    total, known = count_searchable(store)
    if total != known:
        yield f"{total - known} articles cannot be found by their words: rasid store reindex"


def _table_faults(store: Store) -> Iterator[str]:
    with store.reading() as connection:
        present = set(inspect(connection).get_table_names())
    if missing := sorted(set(metadata.tables) - present):
        yield f"tables are missing: {', '.join(missing)}"


_CHECKS: tuple[Callable[[Store], Iterator[str]], ...] = (
    _table_faults,
    _row_faults,
    _article_faults,
    _reference_faults,
    _promise_faults,
    _version_faults,
    _search_faults,
)
