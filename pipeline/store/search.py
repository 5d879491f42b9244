"""Find events by words of the articles that tell of them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from pipeline.store.engine import Store
from pipeline.store.errors import ReviewError
from pipeline.store.events import LIVE
from pipeline.store.permissions import LOCAL, OPERATOR, Action, Person, require
from pipeline.store.schema import article_words, articles, events, reports
from pipeline.store.words import fill_words, has_words, split_words

MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """An event that an article with the words tells of, and the article."""

    event_id: str
    article_id: str
    title: str | None
    source: str | None


def search_events(store: Store, said: str, by: Person = LOCAL, limit: int = MOST_FOUND) -> list[Found]:
    """Find live events whose articles, as they stand now, have all words; any part of a word counts.

    Title, source and text are searched, in whatever spelling: marks, forms of letters and case do not matter.
    The newest events come first, undated ones last.

    Raises
    ------
    ReviewError, NotAllowedError
        Where there are no words, or the person may not.
    """
    if not split_words(said):
        raise ReviewError("A search needs words")
    with store.reading() as connection:
        require(connection, by, Action.READ)
        columns = reports.c.in_event, articles.c.article_id, articles.c.title, articles.c.source
        query = (
            select(*columns, events.c.date_start)
            .distinct()
            .join(articles, (articles.c.article_id == reports.c.article_id) & articles.c.is_current)
            .join(
                article_words,
                (article_words.c.article_id == articles.c.article_id)
                & (article_words.c.revision == articles.c.revision),
            )
            .join(events, events.c.event_id == reports.c.in_event)
            .where(has_words(connection, said), reports.c.is_current, events.c.state == LIVE)
            .order_by(events.c.date_start.desc().nulls_last(), *columns)
            .limit(limit)
        )
        return [Found(*row[:4]) for row in connection.execute(query)]


def rebuild_search(store: Store, by: Person = OPERATOR) -> int:
    """Make the search anew, as after a change of the folding; answers how many articles it has."""
    with store.writing() as connection:
        require(connection, by, Action.ADD)
        return fill_words(connection)


def count_searchable(store: Store) -> tuple[int, int]:
    """Count the versions of articles, and those that the search knows."""
    known = select(article_words.c.row_id).where(
        article_words.c.article_id == articles.c.article_id, article_words.c.revision == articles.c.revision
    )
    with store.reading() as connection:
        total = connection.execute(select(func.count()).select_from(articles)).scalar() or 0
        found = connection.execute(select(func.count()).select_from(articles).where(known.exists())).scalar() or 0
    return int(total), int(found)
