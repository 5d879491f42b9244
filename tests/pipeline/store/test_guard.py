"""The fault this guards against: GDAL reading the live store in a process that has it open damaged 8 of 8 files."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from store_making import article, report, table

from pipeline.errors import UsageError
from pipeline.ingest import read_inputs
from pipeline.store.articles import add_articles
from pipeline.store.check import check_store
from pipeline.store.engine import Store
from pipeline.store.errors import LiveStoreError, StoreError
from pipeline.store.guard import read_header, refuse_store_path
from pipeline.store.snapshot import write_snapshot


@pytest.fixture
def filled(file_store: Store) -> Store:
    add_articles(file_store, [article(1)], table(report(1)))
    return file_store


def path_of(store: Store) -> Path:
    assert store.path is not None
    return store.path


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_the_live_store_and_the_files_beside_it_are_refused(filled: Store, suffix: str) -> None:
    with pytest.raises(LiveStoreError, match="snapshot"):
        refuse_store_path(f"{path_of(filled)}{suffix}")


def test_a_store_is_known_by_its_content_under_any_name(filled: Store, tmp_path: Path) -> None:
    link = tmp_path / "events.gpkg"
    link.hardlink_to(path_of(filled))
    with pytest.raises(LiveStoreError):
        refuse_store_path(link)
    soft = tmp_path / "soft.sqlite"
    soft.symlink_to(path_of(filled))
    with pytest.raises(LiveStoreError):
        refuse_store_path(soft)


def test_other_files_pass(tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    sqlite3.connect(other).execute("CREATE TABLE a (b)").connection.close()
    refuse_store_path(other)
    refuse_store_path(tmp_path / "not there.geojson")
    refuse_store_path(tmp_path)


def test_looking_at_a_file_that_is_open_leaves_its_locks(filled: Store) -> None:
    """A second handle that is closed again would drop every lock of this process: another process would get in."""
    other = f"import sqlite3; sqlite3.connect({str(path_of(filled))!r}, timeout=0).execute('BEGIN IMMEDIATE')"
    with filled.writing():
        read_header(path_of(filled))
        done = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert "locked" in done.stderr


def test_input_does_not_read_a_store(filled: Store) -> None:
    articles, refusals = read_inputs([path_of(filled).parent])
    assert articles == []
    assert any("store.rasid" in str(refusal) for refusal in refusals)


def test_a_snapshot_is_made_by_a_process_of_its_own_while_the_store_is_open(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "snapshot.gpkg"
    with filled.reading():
        write_snapshot(str(path_of(filled)), target)
    assert gpd.read_file(target)["event_id"].tolist() == ["r1"]
    write_snapshot(str(path_of(filled)), tmp_path / "snapshot.parquet", ["published"])
    assert len(gpd.read_parquet(tmp_path / "snapshot.parquet")) == 0
    assert check_store(filled).is_ok


def test_a_snapshot_never_takes_the_place_of_a_store_and_a_failed_one_leaves_the_older(
    filled: Store, tmp_path: Path
) -> None:
    with pytest.raises(LiveStoreError):
        write_snapshot(str(path_of(filled)), path_of(filled))
    with pytest.raises(UsageError):
        write_snapshot(str(path_of(filled)), tmp_path / "snapshot.shp")
    older = tmp_path / "snapshot.csv"
    older.write_text("older")
    with pytest.raises(StoreError):
        write_snapshot(str(tmp_path / "no.rasid"), older)
    assert older.read_text() == "older"


def test_a_copy_that_is_not_live_any_more_is_still_no_input(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copyfile(path_of(filled), copy)
    with pytest.raises(LiveStoreError):
        refuse_store_path(copy)
