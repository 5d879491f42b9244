"""From the first released form of the store to the newest, killed before every statement: the old or the new one."""

import os
import signal
import sqlite3
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text
from store_making import article, report, table

from pipeline.store.articles import add_articles, read_article
from pipeline.store.check import check_store
from pipeline.store.engine import Store, connect_store, open_store
from pipeline.store.events import load_events
from pipeline.store.migrate import known_versions, newest_version, read_version, upgrade
from pipeline.store.schema import metadata

FIRST = "0001"
NOT_OURS = ("spatial_ref_sys", "events_by_place", "words_by_part")  # of PostGIS, or said by a migration only


def make_old(where: str) -> None:
    """A store as the first release left it, with an article, a report, an event and an audit row."""
    newest = open_store(f"{where}.new" if "://" not in where else where)
    add_articles(newest, [article(1)], table(report(1)))
    if newest.path is not None:
        store = connect_store(where)
        with store.writing() as connection:
            upgrade(connection, FIRST)
        store.close()
        with sqlite3.connect(newest.path) as raw:
            raw.execute("ATTACH ? AS old", (where,))
            for name in ("articles", "events", "reports", "audit"):
                columns = [row[1] for row in raw.execute(f"PRAGMA old.table_info({name})")]
                raw.execute(f"INSERT INTO old.{name} ({','.join(columns)}) SELECT {','.join(columns)} FROM main.{name}")
            raw.commit()
        raw.close()
    else:
        with newest.writing() as connection:
            connection.execute(text("DROP TABLE corrections"))
            connection.execute(text("DROP TABLE article_words"))
            connection.execute(text("ALTER TABLE articles DROP COLUMN source_kind"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    newest.close()


def version_of(where: str) -> tuple[str | None, bool, list[str]]:
    """Version, whether the new table is there, and the triggers."""
    store = connect_store(where)
    with store.reading() as connection:
        version = read_version(connection)
        names = inspect(connection).get_table_names()
        found = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
            if store.path
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        )
        triggers = list(connection.execute(text(found)).scalars())
    store.close()
    return version, "corrections" in names, triggers


def open_and_die(where: str, at: int) -> None:
    """Open the store and be killed before statement number ``at`` of the migration."""
    count = 0

    def die(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    store = connect_store(where)
    event.listen(store.engine, "before_cursor_execute", die)
    with store.writing() as connection:
        upgrade(connection)
    event.remove(store.engine, "before_cursor_execute", die)
    store.close()


def test_an_old_store_is_brought_forward_with_all_that_is_in_it(where: str) -> None:
    make_old(where)
    version, is_new, triggers = version_of(where)
    assert (version, is_new) == (FIRST, False)
    store = open_store(where)
    assert list(load_events(store).index) == ["r1"]
    assert read_article(store, "a1") == article(1)
    assert check_store(store).is_ok
    store.close()
    assert version_of(where) == (newest_version(), True, triggers)
    assert triggers


def test_a_backup_is_made_before(tmp_path: Path) -> None:
    where = tmp_path / "store.rasid"
    make_old(str(where))
    open_store(where).close()
    (backup,) = tmp_path.glob("store.rasid.before-*")
    assert backup.name.endswith("-from-0001")
    with sqlite3.connect(backup) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (FIRST,)
        assert raw.execute("SELECT count(*) FROM events").fetchone() == (1,)
    raw.close()


@pytest.mark.slow
def test_killed_before_any_statement_it_is_the_old_form_or_the_new(where: str) -> None:
    make_old(where)
    states = []
    for at in range(1, 60):
        process = get_context("forkserver").Process(target=open_and_die, args=(where, at))
        process.start()
        process.join(60)
        version, is_new, triggers = version_of(where)
        assert (version, is_new) in ((FIRST, False), (newest_version(), True)), f"half migrated at statement {at}"
        assert triggers
        states.append(version)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        assert version == FIRST, "killed before the commit, yet the new form is there"
    print(f"M1 kills={len(states) - 1} old={states.count(FIRST)} new={len(states) - states.count(FIRST)} half=0")
    assert states[-1] == newest_version()
    assert len(states) > 3
    store = open_store(where)
    assert list(load_events(store).index) == ["r1"]
    assert check_store(store).is_ok
    store.close()


def test_the_steps_lead_to_the_tables_that_the_code_expects(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, *_: name not in NOT_OURS and not name.startswith("article_fts")
            },
        )
        assert compare_metadata(context, metadata) == []
    assert known_versions()[0] == FIRST


def test_both_kinds_of_store_keep_the_same_rows(tmp_path: Path, new_database: Callable[[], str]) -> None:
    hashes = []
    for where in (str(tmp_path / "store.rasid"), new_database()):
        store = open_store(where)
        add_articles(
            store,
            [article(1), article(2)],
            table(report(1), report(2, origin_lon=0.1, origin_lat=1 / 3, origin_extent_km=1e-3)),
        )
        with store.reading() as connection:
            hashes.append(list(connection.execute(text("SELECT row_hash FROM reports ORDER BY report_id")).scalars()))
        assert check_store(store).is_ok
        store.close()
    assert hashes[0] == hashes[1]
