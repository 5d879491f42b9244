"""A store of each kind: an SQLite file, and a PostGIS that the tests start themselves where Debian's can be had."""

import multiprocessing
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from pipeline.store.engine import Store, open_store

STORE_MODULES = ("pipeline.store.articles", "pipeline.store.review", "pipeline.store.check")
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE))  # for store_making, which child processes import too
# What child processes import is imported once; the server they are forked from does not know our folder.
multiprocessing.get_context("forkserver").set_forkserver_preload(["pytest", *STORE_MODULES])


def _as_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then its own user runs it."""
    if os.getuid():
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgis() -> Iterator[str]:
    """URL of a server of our own, on a socket in a folder of its own."""
    found = subprocess.run([ROOT / "scripts" / "postgis.sh"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(found.stderr.strip().splitlines()[0])
    programs = Path(found.stdout.strip())
    folder = Path(tempfile.mkdtemp(prefix="rasid-pg-"))
    folder.chmod(0o755)
    run = {"check": True, "capture_output": True, **_as_user(folder)}
    subprocess.run([programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "rasid", "-E", "UTF8"], **run)
    options = f"-c listen_addresses='' -k {folder}"
    start = [programs / "pg_ctl", "-D", folder / "data", "-w", "-o", options, "-l", folder / "log", "start"]
    subprocess.run(start, **(run | {"capture_output": False, "stdout": subprocess.DEVNULL}))
    try:
        yield f"postgresql://rasid@/{{name}}?host={folder}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder, ignore_errors=True)


_numbers = count(1)


@pytest.fixture
def new_database(postgis: str) -> Callable[[], str]:
    """Make an empty database and answer its URL."""

    def make() -> str:
        name = f"store{next(_numbers)}"
        admin = create_engine(postgis.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"))
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return postgis.format(name=name)

    return make


@pytest.fixture(params=["sqlite", "postgis"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Location of a store that does not exist yet, of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store.rasid")
    return str(request.getfixturevalue("new_database")())


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    opened = open_store(where)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store.rasid")
    yield opened
    opened.close()
