"""Many rows at once, in and out: the same cells come back on SQLite and on PostGIS, and what does not fit is named."""

import pytest
import shapely
from sqlalchemy import select, text
from store_making import article, elsewhere, table, toll

from pipeline.errors import EventsError
from pipeline.plain import plain_rows
from pipeline.store.articles import add_articles
from pipeline.store.engine import Store
from pipeline.store.errors import StoreError
from pipeline.store.events import load_events, load_reports
from pipeline.store.load import read_table
from pipeline.store.schema import articles, events

ODD = "tab\t, backslash \\N, quote \" and ', newline\n, {braces}, \u200f\u0645\u0648\u0642\u0639"


def test_what_went_in_comes_out(store: Store) -> None:
    rows = [
        elsewhere(1, place_name=ODD, **toll(3, 2, 4)),
        elsewhere(2, date_start=None, date_end=None, date_precision=None, published_at=None, weapon_count=0),
        elsewhere(3, place_status="unplaced", precision=None, extent_km=None, geometry=None),
    ]
    reports = table(*rows)
    add_articles(store, [article(number) for number in (1, 2, 3)], reports, merge=False)
    for loaded in (load_reports(store), load_events(store)):
        assert plain_rows(loaded) == plain_rows(reports)
        assert loaded.dtypes.equals(reports.dtypes)
        assert loaded.crs == reports.crs
    with store.reading() as connection:
        query = select(events.c.event_id, events.c.geometry).order_by(events.c.event_id)
        points = [wkb and shapely.from_wkb(bytes(wkb)) for _, wkb in connection.execute(query)]
    assert points == [*reports.geometry[:2], None]


def test_rows_come_by_their_ids_whatever_the_order_they_went_in(store: Store) -> None:
    numbers = [7, 1, 5, 30]
    add_articles(store, [article(number) for number in numbers], table(*map(elsewhere, numbers)), merge=False)
    assert list(load_events(store).index) == ["r1", "r30", "r5", "r7"]
    with store.reading() as connection:
        assert list(read_table(connection, events.c.event_id, events.c.event_id > "r3").index) == ["r30", "r5", "r7"]
        assert read_table(connection, events.c.event_id, events.c.event_id > "z").empty


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    add_articles(store, [article(1)], table(elsewhere(1)))
    with store.writing() as connection:
        connection.execute(text("DELETE FROM articles"))  # so that only the id of the report is in the way
    with pytest.raises(StoreError):
        add_articles(store, [article(2), article(1, text="another")], table(elsewhere(2), elsewhere(1)))
    with store.reading() as connection:
        assert connection.execute(select(articles.c.article_id)).all() == []
    assert list(load_events(store).index) == ["r1"]


def test_a_cell_of_another_kind_is_named(file_store: Store) -> None:
    add_articles(file_store, [article(1)], table(elsewhere(1)))
    with file_store.writing() as connection:
        connection.execute(text("UPDATE events SET killed = 'three'"))
    with pytest.raises(EventsError, match="killed holds a value that is no Int64"):
        load_events(file_store)
