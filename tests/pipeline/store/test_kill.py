"""kill -9 of a writer during ingest and review: nothing damaged, lost once acknowledged, half done or done twice."""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select
from store_making import article, report, table
from store_writer import Told, listen, start

from pipeline.store.articles import add_articles
from pipeline.store.check import check_store
from pipeline.store.engine import open_store
from pipeline.store.events import read_event
from pipeline.store.schema import articles, reports

KILLS = 100


@dataclass
class Counts:
    """What the kills did; every number but the first must stay 0."""

    kills: int = 0
    corrupt: int = 0
    lost_acked: int = 0
    partial: int = 0
    duplicates: int = 0
    added: list[int] = field(default_factory=list)
    version: int = 1

    def __str__(self) -> str:
        return (
            f"F1 kills={self.kills} corrupt={self.corrupt} lost_acked={self.lost_acked} partial={self.partial} "
            f"duplicates={self.duplicates}"
        )


def run_and_kill(where: str, first: int, action: str, chance: random.Random) -> list[Told]:
    """Start a writer, kill it at a random moment, mostly while it is at work, and say what it acknowledged."""
    writer, connection = start(action, where, first)
    assert connection.recv() == ("open",)
    told = [connection.recv()] if chance.random() < 0.7 else []
    time.sleep(chance.uniform(0.0, 0.2))
    writer.kill()
    told += listen(connection)
    writer.join()
    return told


def judge(where: str, counts: Counts) -> int:
    """Compare the store with what was acknowledged; answers the next number to add."""
    store = open_store(where)
    health = check_store(store)
    counts.corrupt += not health.is_ok
    with store.reading() as connection:
        kept = dict(
            connection.execute(select(articles.c.article_id, func.count()).group_by(articles.c.article_id)).all()
        )
        told = dict(connection.execute(select(reports.c.article_id, func.count()).group_by(reports.c.article_id)).all())
    version = read_event(store, "r1").version
    store.close()
    numbers = sorted(int(name[1:]) for name in kept if name != "a1")
    counts.lost_acked += sum(f"a{number}" not in kept or f"a{number + 1}" not in kept for number in counts.added)
    counts.lost_acked += version < counts.version
    counts.partial += sum(told.get(f"a{number}") != 2 for number in numbers) + len(numbers) % 2
    counts.duplicates += sum(number != 1 for number in kept.values())
    counts.version = version
    return max(numbers, default=1000) + 1


def kill_many(where: str, kills: int, seed: int) -> Counts:
    store = open_store(where)
    add_articles(store, [article(1)], table(report(1)))
    store.close()
    chance, counts, first = random.Random(seed), Counts(), 1001
    for number in range(kills):
        action = "review" if number % 2 else "ingest"
        for word, value in run_and_kill(where, first, action, chance):
            assert word != "error", value
            if word == "added":
                counts.added.append(value)
            else:
                counts.version = max(counts.version, value)
        counts.kills += 1
        first = judge(where, counts)
    return counts


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_the_store_whole(tmp_path: Path) -> None:
    counts = kill_many(str(tmp_path / "store.rasid"), KILLS, seed=5)
    print(counts)
    assert str(counts) == f"F1 kills={KILLS} corrupt=0 lost_acked=0 partial=0 duplicates=0"
    assert counts.added, "the writer never came to write anything"
    assert counts.version > 1


def test_a_client_of_the_server_killed_at_any_moment_leaves_the_store_whole(where: str) -> None:
    counts = kill_many(where, 8, seed=6)
    print(counts)
    assert str(counts) == "F1 kills=8 corrupt=0 lost_acked=0 partial=0 duplicates=0"
