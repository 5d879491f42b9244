"""What the store does under load: many writers and readers, killed writers, a million rows.

Run with ``python benchmarks/store.py together [seconds] [where]``, ``kills [number] [where]``, ``load [rows] [where]``;
``where`` is a path or the URL of an empty PostgreSQL database, a new file where not given. Prints one line each.
"""

import multiprocessing
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent / "tests" / "pipeline" / "store"):
    sys.path.insert(0, str(folder))

from merge import make_reports  # noqa: E402
from store_making import article, elsewhere, report, table  # noqa: E402

from pipeline.records import Article  # noqa: E402
from pipeline.store.articles import add_articles  # noqa: E402
from pipeline.store.audit import verify_audit  # noqa: E402
from pipeline.store.check import check_store  # noqa: E402
from pipeline.store.engine import open_store  # noqa: E402
from pipeline.store.errors import ConflictError  # noqa: E402
from pipeline.store.events import load_events, read_event  # noqa: E402
from pipeline.store.review import edit_event  # noqa: E402

WRITERS = READERS = 8


def new_place() -> str:
    return str(Path(tempfile.mkdtemp(prefix="rasid-bench-")) / "store.rasid")


def write(where: str, until: float, out: "multiprocessing.Queue[tuple[str, int, int, list[float], str]]") -> None:
    """Count one event up until the time is over."""
    store, done, conflicts, waits, error = open_store(where), 0, 0, [], ""
    try:
        while time.time() < until:
            start = time.perf_counter()
            seen = read_event(store, "r1")
            try:
                edit_event(store, "r1", {"weapon_count": int(seen.values["weapon_count"] or 0) + 1}, seen.version)
                done += 1
            except ConflictError:
                conflicts += 1
            waits.append(time.perf_counter() - start)
            time.sleep(random.uniform(0, 0.2))
    except Exception as fault:  # noqa: BLE001 - whatever it is, it must show in the line
        error = repr(fault)
    out.put(("write", done, conflicts, waits, error))


def read(where: str, until: float, out: "multiprocessing.Queue[tuple[str, int, int, list[float], str]]") -> None:
    """Load all events until the time is over."""
    store, done, waits, error = open_store(where), 0, [], ""
    try:
        while time.time() < until:
            start = time.perf_counter()
            load_events(store)
            done += 1
            waits.append(time.perf_counter() - start)
    except Exception as fault:  # noqa: BLE001
        error = repr(fault)
    out.put(("read", done, 0, waits, error))


def together(seconds: float, where: str) -> None:
    """Eight writers and eight readers at once."""
    store = open_store(where)
    add_articles(store, [article(1), *map(article, range(2, 100))], table(report(1), *map(elsewhere, range(2, 100))))
    store.close()
    context = multiprocessing.get_context("forkserver")
    out, until = context.Queue(), time.time() + seconds
    jobs = [context.Process(target=job, args=(where, until, out)) for job in [write] * WRITERS + [read] * READERS]
    for job in jobs:
        job.start()
    answers = [out.get() for _ in jobs]
    store = open_store(where)
    got, health = int(read_event(store, "r1").values["weapon_count"] or 0), check_store(store)
    expected = sum(done for kind, done, *_ in answers if kind == "write")
    errors = [error for *_, error in answers if error]
    is_whole = got == expected and not errors and health.is_ok
    tails = {
        kind: np.percentile([w for k, _, _, waits, _ in answers if k == kind for w in waits], 99)
        for kind in ("write", "read")
    }
    print(
        f"C3 seconds={seconds:.0f} writers={WRITERS} readers={READERS} expected={expected} got={got} "
        f"conflicts={sum(answer[2] for answer in answers)} reads={sum(a[1] for a in answers if a[0] == 'read')} "
        f"errors={len(errors)} writer_p99_ms={tails['write'] * 1000:.0f} reader_p99_ms={tails['read'] * 1000:.0f} "
        f"chain_ok={int(verify_audit(store).is_ok)} {'PASS' if is_whole else 'FAIL'}"
    )


def kills(number: int, where: str) -> None:
    """Kill a writer again and again."""
    from test_kill import kill_many

    counts = kill_many(where, number, seed=5)
    whole = not (counts.corrupt or counts.lost_acked or counts.partial or counts.duplicates)
    print(counts, f"acknowledged={len(counts.added) + counts.version - 1}", "PASS" if whole else "FAIL")


def load(rows: int, where: str) -> None:
    """Write and load many rows; seconds of this process, and by the clock."""
    store = open_store(where)
    reports = make_reports(rows)
    texts = [Article(name, "en", f"text of {name}") for name in reports["article_id"]]
    clocks = time.process_time, time.perf_counter
    start = [clock() for clock in clocks]
    step = 50_000
    for first in range(0, rows, step):
        add_articles(store, texts[first : first + step], reports.iloc[first : first + step], merge=False)
    wrote = [clock() - begin for clock, begin in zip(clocks, start, strict=True)]
    start = [clock() for clock in clocks]
    events = load_events(store)
    read = [clock() - begin for clock, begin in zip(clocks, start, strict=True)]
    print(
        f"L3 rows={len(events)} write_cpu_s={wrote[0]:.1f} write_s={wrote[1]:.1f} rows_per_s={rows / wrote[0]:.0f} "
        f"load_cpu_s={read[0]:.1f} load_s={read[1]:.1f}"
    )


def main() -> None:
    """Do what was asked."""
    what, *more = sys.argv[1:] or ["together"]
    if what == "together":
        together(float(more[0]) if more else 60.0, more[1] if more[1:] else new_place())
    elif what == "kills":
        kills(int(more[0]) if more else 100, more[1] if more[1:] else new_place())
    else:
        load(int(more[0]) if more else 1_000_000, more[1] if more[1:] else new_place())


if __name__ == "__main__":
    multiprocessing.get_context("forkserver").set_forkserver_preload(
        ["pipeline.store.articles", "pipeline.store.review", "pipeline.store.check"]
    )
    main()
