"""What the processes do that work on one store together, or are killed while they do; each tells what was kept.

They are forked from a server that has imported this module, so that a hundred of them take no time to start.
"""

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from store_making import article, elsewhere, table

from pipeline.store.articles import add_articles
from pipeline.store.engine import Store, open_store
from pipeline.store.errors import ConflictError
from pipeline.store.events import load_events, read_event
from pipeline.store.review import edit_event

Told = tuple[Any, ...]


def start(action: str, where: str, *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start a process; what it tells comes through the connection."""
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(action, where, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def listen(connection: Connection) -> list[Told]:
    """All that a process tells until it ends or is killed; half a word is none."""
    told: list[Told] = []
    try:
        while True:
            told.append(connection.recv())
    except (EOFError, OSError):
        return told


def work(action: str, where: str, connection: Connection, *arguments: Any) -> None:
    """Do one of the actions below on the store at ``where``."""
    store = open_store(where)
    connection.send(("open",))
    try:
        {"ingest": ingest, "review": review, "edit": edit, "read": read, "make": make}[action](
            store, connection, *arguments
        )
    except Exception as error:  # noqa: BLE001 - a test must see whatever it is
        connection.send(("error", f"{type(error).__name__}: {error}"))
    store.close()


def ingest(store: Store, connection: Connection, first: int) -> None:
    """Each batch is two articles and the four reports read from them."""
    for number in range(first, first + 100_000, 2):
        texts = [article(number), article(number + 1)]
        rows = [
            elsewhere(one * 10 + part, article_id=f"a{one}", event_id=f"r{one}-{part}")
            for one in (number, number + 1)
            for part in (1, 2)
        ]
        add_articles(store, texts, table(*rows), merge=False)
        connection.send(("added", number))


def review(store: Store, connection: Connection, first: int) -> None:
    """Edit one event again and again."""
    version = read_event(store, "r1").version
    for number in range(first, first + 100_000):
        version = edit_event(store, "r1", {"attribution": f"edit {number}"}, version).version
        connection.send(("edited", version))


def edit(store: Store, connection: Connection, count: int) -> None:
    """Count one event up ``count`` times, as a person who looks again after every conflict."""
    done = conflicts = 0
    while done < count:
        seen = read_event(store, "r1")
        try:
            edit_event(store, "r1", {"weapon_count": int(seen.values["weapon_count"] or 0) + 1}, seen.version)
            done += 1
        except ConflictError:
            conflicts += 1
    connection.send(("done", done, conflicts))


def read(store: Store, connection: Connection, count: int) -> None:
    """Load all events ``count`` times; what was counted once is never less later."""
    seen = 0
    for _ in range(count):
        counted = load_events(store)["weapon_count"].fillna(0)["r1"]
        assert counted >= seen, (counted, seen)
        seen = int(counted)
    connection.send(("done", count, 0))


def make(store: Store, connection: Connection) -> None:
    """Nothing more than opening it."""
