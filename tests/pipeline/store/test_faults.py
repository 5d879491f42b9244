"""Full disk, read-only, locked, damaged, newer, foreign: a clear error, and the old data intact."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from store_making import article, elsewhere, report, table

from pipeline.store.articles import add_articles
from pipeline.store.check import check_store
from pipeline.store.engine import Store, open_store
from pipeline.store.errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreMissingError,
    StoreNewerError,
    StoreUnavailableError,
)
from pipeline.store.events import load_events

AS_NOBODY = "import os; os.setgid(65534); os.setuid(65534)\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "store.rasid")
    add_articles(store, [article(1)], table(report(1)))
    store.close()
    return tmp_path / "store.rasid"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    if (
        os.getuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False).returncode
    ):
        pytest.skip("a small disk can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_said_and_all_that_was_acknowledged_stays(small_disk: Path) -> None:
    store = open_store(small_disk / "store.rasid")
    acknowledged = 0
    with pytest.raises(StoreFullError, match="disk is full; nothing was changed"):
        while True:
            number = acknowledged + 1
            add_articles(store, [article(number, "x" * 60_000)], table(elsewhere(number)), merge=False)
            acknowledged = number
    print(f"F2 error=StoreFull acked={acknowledged} rows={len(load_events(store))}")
    assert len(load_events(store)) == acknowledged > 0
    assert check_store(store).is_ok
    subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
    add_articles(store, [article(9999)], table(elsewhere(9999)))
    assert len(load_events(store)) == acknowledged + 1
    store.close()


def test_a_locked_store_can_be_read_and_a_write_says_who_holds_it(path: Path) -> None:
    hold = "c.execute('BEGIN IMMEDIATE'); print(1, flush=True); input()"
    code = f"import sqlite3; c=sqlite3.connect({str(path)!r}); {hold}"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        store = open_store(path, timeout=0.3)
        assert len(load_events(store)) == 1
        with pytest.raises(StoreLockedError, match=r"locked by (process|another)") as caught:
            add_articles(store, [article(2)], table(elsewhere(2)))
        if Path("/proc/locks").exists():
            assert f"process {holder.pid};" in str(caught.value)
        holder.communicate("\n")
    add_articles(store, [article(2)], table(elsewhere(2)))
    assert len(load_events(store)) == 2
    store.close()


def test_a_file_that_may_not_be_written_is_said(path: Path) -> None:
    path.chmod(0o444)
    for folder in path.parents[:4]:
        folder.chmod(folder.stat().st_mode | 0o555)
    code = f"""
import sqlite3
import sqlalchemy
from pipeline.store.engine import open_store
from pipeline.store.errors import StoreReadOnlyError
sqlalchemy.create_engine("sqlite://").connect().close()  # all is loaded before: nobody may not read a root's checkout
{AS_NOBODY if os.getuid() == 0 else ""}
try:
    store = open_store({str(path)!r})
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM notes")
except StoreReadOnlyError as error:
    print(error)
"""
    for name in ("-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "may not be written; nothing was changed" in done.stdout, done.stderr


def damage_truncated(data: bytearray) -> bytes:
    return bytes(data[: len(data) // 2])


def damage_header(data: bytearray) -> bytes:
    return b"x" * 100 + bytes(data[100:])


def damage_page(data: bytearray) -> bytes:
    middle = len(data) // 2 // 4096 * 4096
    return bytes(data[:middle]) + bytes(4096) + bytes(data[middle + 4096 :])


def damage_cell(data: bytearray) -> bytes:
    """A text cell overwritten: SQLite itself does not notice."""
    return bytes(data).replace(b"the base", b"the bale")


@pytest.mark.parametrize("damage", [damage_truncated, damage_header, damage_page, damage_cell])
def test_damage_is_detected_and_said_and_the_backup_brings_all_back(
    path: Path, damage: Callable[[bytearray], bytes]
) -> None:
    from pipeline.store.backup import back_up_file, restore_file

    backup = path.with_name("backup.rasid")
    back_up_file(path, backup)
    path.write_bytes(damage(bytearray(path.read_bytes())))
    try:
        store = open_store(path)
        faults = check_store(store).faults
        store.close()
    except StoreDamagedError as error:
        assert "rasid store restore" in str(error)
        faults = (str(error),)
    assert faults
    kept = restore_file(backup, path)
    assert kept is not None
    assert kept.exists()
    store = open_store(path)
    assert check_store(store).is_ok
    assert len(load_events(store)) == 1
    store.close()


def test_a_store_of_a_newer_rasid_is_left_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9001'")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreNewerError, match=r"9001.*newer Rasid"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_newer_store_on_a_server_is_left_as_it_is(new_database: Callable[[], str]) -> None:
    url = new_database()
    open_store(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9001'"))
    engine.dispose()
    with pytest.raises(StoreNewerError, match="9001"):
        open_store(url)


def test_what_is_no_store_is_not_made_one(tmp_path: Path) -> None:
    (tmp_path / "text.rasid").write_text("words, not a database, long enough to be read as a header" * 3)
    with pytest.raises(StoreDamagedError, match="does not begin as one"):
        open_store(tmp_path / "text.rasid")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE a (b)")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="something else"):
        open_store(tmp_path / "other.db")
    with pytest.raises(StoreMissingError, match="--store"):
        open_store(tmp_path / "none.rasid", create=False)
    assert not (tmp_path / "none.rasid").exists()


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be reached") as caught:
        open_store("postgresql://rasid:secret@127.0.0.1:9/none")
    assert "secret" not in str(caught.value)
    with pytest.raises(StoreError, match="plain files"):
        open_store("mysql://localhost/x")


def test_a_cell_changed_behind_the_back_of_the_store_is_found(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1)))
    with store.writing() as connection:
        connection.execute(text("UPDATE events SET killed = 99, killed_low = 99, killed_high = 99"))
        connection.execute(text("UPDATE articles SET text = 'other words'"))
    faults = check_store(store).faults
    assert any("events were changed from outside" in fault for fault in faults)
    assert any("articles were changed from outside" in fault for fault in faults)


def test_the_audit_refuses_to_be_changed_and_notices_when_it_was(store: Store, where: str) -> None:
    from pipeline.store.audit import verify_audit

    add_articles(store, [article(1), article(2)], table(elsewhere(1), elsewhere(2)))
    for statement in ("UPDATE audit SET who = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(StoreError, match="append-only"), store.writing() as connection:
            connection.execute(text(statement))
    assert verify_audit(store).is_ok
    triggers = "DROP TRIGGER audit_no_UPDATE" if store.path else "ALTER TABLE audit DISABLE TRIGGER ALL"
    with store.writing() as connection:
        connection.execute(text(triggers))
        connection.execute(text("UPDATE audit SET who = 'nobody' WHERE seq = 1"))
    chain = verify_audit(store)
    assert (chain.is_ok, chain.broken_at) == (False, 1)
    assert any("chain" in fault for fault in check_store(store).faults)


def test_copies_are_whole_while_others_write(path: Path, tmp_path: Path) -> None:
    from pipeline.store.backup import back_up_file

    store = open_store(path)
    for number in range(2, 6):
        add_articles(store, [article(number)], table(elsewhere(number)), merge=False)
        back_up_file(path, tmp_path / f"copy{number}.rasid")
    shutil.copyfile(tmp_path / "copy5.rasid", tmp_path / "moved.rasid")
    store.close()
    copy = open_store(tmp_path / "moved.rasid")
    assert len(load_events(copy)) == 5
    assert check_store(copy).is_ok
    copy.close()
