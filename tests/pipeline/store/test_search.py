"""Words of articles find events, however they are written, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import select, text
from store_making import article, elsewhere, table

from pipeline.store.articles import add_articles
from pipeline.store.check import check_store
from pipeline.store.engine import Store
from pipeline.store.errors import NotAllowedError, ReviewError
from pipeline.store.permissions import OPERATOR, Person
from pipeline.store.review import edit_event
from pipeline.store.schema import article_words
from pipeline.store.search import rebuild_search, search_events
from pipeline.store.users import add_user
from pipeline.store.words import has_words

TEXTS = {
    1: "استهدف قصف بالبوكمال أمس",
    2: "A drone fell near the Café of Albu Kamal; 100% lost, a_b.",
    3: "Rockets fell elsewhere: 1000 lost, axb.",
}


@pytest.fixture
def filled(store: Store) -> Store:
    texts = [article(number, text=said, source=f"Wire {number}") for number, said in TEXTS.items()]
    add_articles(store, texts, table(*map(elsewhere, TEXTS)), merge=False)
    return store


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("البوكمال", ["r1"]),  # without the preposition that is written to it
        (
            "البُوكـمال امس",
            ["r1"],
        ),  # vowels, tatweel, another alef
        ("CAFE drone", ["r2"]),
        ("fell lost", ["r2", "r3"]),
        ("100%", ["r2"]),
        ("a_b", ["r2"]),
        ("ax", ["r3"]),  # shorter than the index knows
        ("fell \\", []),
        ("wire 3", ["r3"]),
        ("drone rockets", []),
        ("' OR 1=1 --", []),
        ('"', []),
    ],
)
def test_words_are_found_in_any_spelling(filled: Store, said: str, found: list[str]) -> None:
    assert sorted(one.event_id for one in search_events(filled, said)) == found


def test_the_index_is_asked_and_not_every_article(file_store: Store) -> None:
    with file_store.reading() as connection:
        query = select(article_words.c.row_id).where(has_words(connection, "drone"))
        said = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")]
    assert any("article_fts VIRTUAL TABLE INDEX 0:L" in line for line in plan), plan


def test_a_corrected_article_is_found_by_its_new_words_only(filled: Store) -> None:
    corrected = article(2, text="A balloon fell.", source="Wire 2")
    add_articles(filled, [corrected], table(elsewhere(2)), merge=False)
    assert not search_events(filled, "drone")
    assert [(one.event_id, one.article_id, one.source) for one in search_events(filled, "balloon")] == [
        ("r2", "a2", "Wire 2")
    ]
    assert check_store(filled).is_ok


def test_the_newest_come_first_and_no_more_than_asked(filled: Store) -> None:
    edit_event(filled, "r3", {"date_start": "2024-02-09", "date_end": "2024-02-09"}, 1)
    assert [one.event_id for one in search_events(filled, "fell")] == ["r3", "r2"]
    assert [one.event_id for one in search_events(filled, "fell", limit=1)] == ["r3"]


def test_articles_that_the_search_lost_are_noticed_and_found_again(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute(text("DELETE FROM article_words WHERE article_id = 'a1'"))
    assert any("reindex" in fault for fault in check_store(filled).faults)
    assert rebuild_search(filled) == 3
    assert check_store(filled).is_ok
    assert [one.event_id for one in search_events(filled, TEXTS[1])] == ["r1"]


def test_a_search_needs_words_and_the_right_to_read(filled: Store) -> None:
    with pytest.raises(ReviewError, match="needs words"):
        search_events(filled, " \u0640 ")
    add_user(filled, "https://x|1", "admin", OPERATOR)
    with pytest.raises(NotAllowedError):
        search_events(filled, "drone", Person("https://x|2"))
