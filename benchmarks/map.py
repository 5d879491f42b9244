"""Measure the map beside what folium and Streamlit do by themselves, in one run on one machine.

    python benchmarks/map.py columns                   # filter and cells in Python: 1k, 10k, 100k, 1M
    python benchmarks/map.py browser                   # a real headless browser: ours and the small apps beside it
    python benchmarks/map.py sessions                  # 1, 20 and 50 sessions at once
    python benchmarks/map.py export                    # a million events as GeoJSON and CSV
    python benchmarks/map.py all

``--events`` chooses other sizes of our table, ``--slow`` adds FastMarkerCluster at 100,000. Medians are printed, times
in milliseconds; other work on the machine bends them, so read the ratios, which are of one run.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from map_events import make_table, write_table  # noqa: E402
from map_server import OURS, serve  # noqa: E402
from map_sessions import ask_for_export, measure_sessions  # noqa: E402

from ui.book import Book, make_book  # noqa: E402
from ui.cells import View, draw  # noqa: E402
from ui.downloads import FORMATS, stream_file  # noqa: E402
from ui.filters import EventFilter, count_events, count_options, filter_rows  # noqa: E402
from ui.packed import open_table  # noqa: E402
from ui.payload import render_cells  # noqa: E402
from ui.shelf import Shown  # noqa: E402

VIEWS = {
    "world": View(3, -20, -30, 100, 60),
    "region": View(5, 25, 10, 65, 40),
    "province": View(8, 40, 30, 46, 35),
    "town": View(12, 40, 34, 40.3, 34.3),
}
BESIDE = (("empty", 1_000), ("MarkerCluster", 1_000), ("FastMarkerCluster", 10_000))
SLOW = ("FastMarkerCluster", 100_000)
SESSIONS = (1, 20, 50)


def median_ms(call: Callable[[], object], times: int = 7) -> float:
    """Time a call; the median of some runs, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def measure_columns(number: int) -> None:
    """Print what filtering and drawing cost at one size, beside the time to read the columns' bytes once."""
    table = make_table(number)
    begun = time.perf_counter()
    book = make_book(table, [])
    built = time.perf_counter() - begun
    columns = book.columns
    year = EventFilter(first=date(2020, 1, 1), last=date(2020, 12, 31), actor=("actor-1", "actor-2"))
    arrays = [columns.x, columns.y, columns.start, columns.end, columns.precision, columns.actor.codes]
    floor = median_ms(lambda: [array.max() for array in arrays])
    print(f"\n{number:,} events (columns packed in {built:.1f} s; floor {floor:.1f} ms)")
    print(f"  filter a year and two actors {median_ms(lambda: filter_rows(columns, year)):8.1f}")
    print(f"  counters                     {median_ms(lambda: count_events(columns, year)):8.1f}")
    print(f"  options with counts          {median_ms(lambda: count_options(columns, year)):8.1f}")
    for mask_name, chosen in (("all", EventFilter()), ("a year, two actors", year)):
        _measure_views(book, mask_name, chosen)
    print(f"  peak memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _measure_views(book: Book, name: str, chosen: EventFilter) -> None:
    mask = filter_rows(book.columns, chosen)
    for view_name, view in VIEWS.items():
        drawing = draw(book.columns, mask, view)
        size = len(render_cells(Shown(book, mask), view))
        cells = median_ms(lambda view=view: draw(book.columns, mask, view))
        whole = median_ms(lambda view=view: render_cells(Shown(book, mask), view))
        features = len(drawing.clusters) + len(drawing.points) + len(drawing.areas) + len(drawing.routes)
        cost = f"cells {cells:7.1f}  with JSON {whole:7.1f}"
        print(f"  {name}, {view_name:9} {cost}  {features:5} shapes {size / 1000:6.1f} kB")


def measure_browser(folder: Path, sizes: list[int], *, slow: bool) -> None:
    """Print what a user waits for, and how it compares with each of the small apps."""
    from map_browser import Seen, drive
    from playwright.sync_api import sync_playwright

    rows: dict[str, Seen] = {}
    heads = {"start": 8, "visit 1": 9, "visit 2": 9, "to All": 9, "to Year": 9, "pan": 7, "kB": 7, "kB pan": 8}
    heads |= {"fps": 6, "RSS": 7, "anon": 6}
    print(f"{'app':32}" + "".join(f"{head:>{width}}" for head, width in heads.items()))
    with sync_playwright() as playwright:
        for kind, number in [*BESIDE, *((OURS, number) for number in sizes), *([SLOW] if slow else [])]:
            path = table_file(folder, number)
            with serve(kind, path, folder / "var") as server:
                try:
                    seen = drive(playwright, server, _period_counts(path), steps=2 if (kind, number) == SLOW else 8)
                except TimeoutError as error:
                    print(f"{kind} {number:,}: {error}")
                    continue
                rows[name := f"{kind} {number:,}"] = seen
                _print_seen(name, server.started, seen, server.memory())
    _print_ratios(rows)


def _print_seen(name: str, started: float, seen: "Seen", memory: tuple[float, float]) -> None:  # type: ignore[name-defined]  # noqa: F821
    visits = f"{started * 1000:8,.0f}{seen.first_visit:9,.0f}{seen.second_visit:9,.0f}"
    waits = f"{seen.median('to_all'):9,.0f}{seen.median('to_year'):9,.0f}{seen.median('pans'):7,.0f}"
    wire = f"{seen.median('filter_bytes') / 1000:7,.1f}{seen.median('pan_bytes') / 1000:8,.1f}"
    print(f"{name:32}{visits}{waits}{wire}{seen.frames:6.0f}{memory[0]:7,.0f}{memory[1]:6,.0f}", flush=True)


def _print_ratios(rows: "dict[str, Seen]") -> None:  # type: ignore[name-defined]  # noqa: F821
    print("\nhow many times faster a change to All is painted than")
    beside = [name for name in rows if not name.startswith(OURS)]
    for name in (name for name in rows if name.startswith(OURS)):
        ours = rows[name]
        said = [f"{other} {rows[other].median('to_all') / ours.median('to_all'):.1f}" for other in beside]
        empty = next(rows[other] for other in beside if other.startswith("empty"))
        print(f"  {name}: {', '.join(said)}; pan / rerun of empty {ours.median('pans') / empty.median('to_all'):.2f}")


def measure_many(folder: Path, sizes: list[int]) -> None:
    """Print the median of a change with many sessions at once, and with one while a large file is written."""
    found: dict[tuple[str, int], float] = {}
    for kind, number in [("empty", 1_000), *((OURS, number) for number in sizes)]:
        with serve(kind, table_file(folder, number), folder / "var") as server:
            for sessions in SESSIONS:
                found[f"{kind} {number:,}", sessions] = measure_sessions(server, sessions)
            said = "  ".join(f"{sessions}: {found[f'{kind} {number:,}', sessions]:,.0f}" for sessions in SESSIONS)
            print(f"p50 of sessions, {kind} {number:,}: {said}; RSS {server.memory()[0]:,.0f} MB", flush=True)
            if kind == OURS and number > 50_000:
                ask_for_export(server)
                print(f"  1 session while GeoJSON is written: {measure_sessions(server, 1, 4):,.0f}", flush=True)
    for number in sizes:
        shares = [found[f"{OURS} {number:,}", count] / found["empty 1,000", count] for count in SESSIONS]
        said = ", ".join(f"{count}: {share:.2f}" for count, share in zip(SESSIONS, shares, strict=True))
        print(f"{OURS} {number:,} / empty: {said}")


def measure_export(folder: Path, number: int) -> None:
    """Print what writing all events costs, beside ``GeoDataFrame.to_json`` of the same events."""
    path = table_file(folder, number)
    taken: dict[str, float] = {}
    for what in ("geojson", "csv", "to_json"):
        command = [sys.executable, __file__, "one-export", str(path), what, str(folder / f"out.{what}")]
        said = subprocess.run(
            command, env={**os.environ, "RASID_VAR": str(folder / "var")}, capture_output=True, text=True, check=False
        )
        if said.returncode:
            print(f"{what} of {number:,}: failed\n{said.stderr[-500:]}")
            continue
        taken[what], size, added = map(float, said.stdout.split())
        print(
            f"{what:8} of {number:,}: {taken[what]:7.1f} s  {size / 1e6:7,.0f} MB  added memory {added:6,.0f} MB",
            flush=True,
        )
    if {"geojson", "to_json"} <= taken.keys():
        print(f"GeoJSON is written {taken['to_json'] / taken['geojson']:.1f} times as fast as by to_json")


def write_one(path: Path, what: str, out: Path) -> None:
    """Write one file in this process; prints seconds, bytes, MB of memory added at the peak."""
    if what == "to_json":
        from pipeline.export import add_codes, read_events_file

        table = read_events_file(path)
        days = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("date_start", "date_end", "published_at")}
        table = add_codes(table).assign(**days)
        before, begun = _peak_anew(), time.perf_counter()
        out.write_text(table.to_json())
    else:
        book = open_table(path)
        kind = next(kind for kind in FORMATS if kind.suffix == what)
        every = np.ones(len(book), dtype=bool)
        before, begun = _peak_anew(), time.perf_counter()
        with out.open("wb") as file:
            for piece, _ in stream_file(kind, book, every, EventFilter()):
                file.write(piece)
    print(time.perf_counter() - begun, out.stat().st_size, _status("VmHWM") - before)
    out.unlink()


def _peak_anew() -> float:
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _status(name: str) -> float:
    return int(Path("/proc/self/status").read_text().split(f"{name}:")[1].split()[0]) / 1024


def table_file(folder: Path, number: int) -> Path:
    """The GeoParquet file of an invented table, written once."""
    path = folder / f"events-{number}.parquet"
    if not path.exists():
        write_table(number, path)
    return path


def _period_counts(path: Path) -> dict[str, int]:
    """How many events each period of the small apps shows."""
    days = pq.read_table(path, columns=["date_start"]).to_pandas()["date_start"]
    lasts = {"Year": 365, "All": 40_000}
    return {name: int((days > days.max() - pd.Timedelta(days=last)).sum()) for name, last in lasts.items()}


def main() -> None:
    """Read the call and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["columns", "browser", "sessions", "export", "all"])
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 100_000, 1_000_000], help="sizes of our table")
    parser.add_argument("--slow", action="store_true", help="measure FastMarkerCluster at 100,000 too")
    parser.add_argument("--folder", type=Path, help="keep invented tables and packed books here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        _link_built(folder / "var")
        print(
            f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; times in ms, sizes in MB and kB"
        )
        if asked.what in ("columns", "all"):
            for number in (1_000, 10_000, 100_000, 1_000_000):
                measure_columns(number)
        if asked.what in ("browser", "all"):
            measure_browser(folder, asked.events, slow=asked.slow)
        if asked.what in ("sessions", "all"):
            measure_many(folder, asked.events)
        if asked.what in ("export", "all"):
            measure_export(folder, max(asked.events))
        print(f"load of the machine at the end {os.getloadavg()[0]:.1f}")


def _link_built(var: Path) -> None:
    """Lend our app what set-up has built, in a folder of its own for packed books."""
    var.mkdir(parents=True, exist_ok=True)
    for built in (HERE.parent / "var").iterdir():
        if built.name != "books" and not (var / built.name).exists():
            (var / built.name).symlink_to(built)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one-export"]:
        write_one(Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
    else:
        main()
