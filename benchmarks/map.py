"""Measure the map: filter and cells in Python from a thousand to a million events, then the app in a real browser.

    python benchmarks/map.py                 # columns only: 1k, 10k, 100k, 1M
    python benchmarks/map.py --browser 100000

Everything runs on this machine; medians are printed, times in milliseconds.
"""

import argparse
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import geopandas as gpd
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.codes import event_types  # noqa: E402
from pipeline.events import EVENT_COLUMNS, conform_events  # noqa: E402
from ui.book import Book, make_book  # noqa: E402
from ui.cells import View, draw  # noqa: E402
from ui.filters import EventFilter, count_events, count_options, filter_rows  # noqa: E402
from ui.payload import render_cells  # noqa: E402
from ui.shelf import Shown  # noqa: E402

VIEWS = {
    "world": View(3, -20, -30, 100, 60),
    "region": View(5, 25, 10, 65, 40),
    "province": View(8, 40, 30, 46, 35),
    "town": View(12, 40, 34, 40.3, 34.3),
}


def make_table(number: int, seed: int = 7) -> gpd.GeoDataFrame:
    """Invent an events table: eight hundred places of unequal weight, two thousand days, sixty actors."""
    rng = np.random.default_rng(seed)
    places = rng.uniform((30, 12), (60, 38), (800, 2))
    place = rng.zipf(1.3, number) % 800
    exact = rng.random(number) < 0.5
    lon = places[place, 0] + np.where(exact, 0, rng.normal(0, 0.4, number))
    lat = places[place, 1] + np.where(exact, 0, rng.normal(0, 0.4, number))
    start = (np.datetime64("2019-01-01") + rng.integers(0, 2000, number)).astype("datetime64[ms]")
    precision = rng.choice(["site", "town", "town", "near_town", "adm2", "adm1"], number)
    launched = rng.random(number) < 0.1
    names = np.array([f"Place {index}" for index in range(800)])
    columns: dict[str, object] = dict.fromkeys(EVENT_COLUMNS)
    columns |= {
        "event_type": rng.choice(list(event_types()), number),
        "date_start": start,
        "date_end": start,
        "date_precision": "day",
        "time_status": rng.choice(["actual", "historical"], number),
        "actor_id": rng.choice([f"actor-{index}" for index in range(60)], number),
        "weapon": rng.choice(["rocket", "drone", "artillery"], number),
        "place_name": names[place],
        "place_status": "placed",
        "matched_name": names[place],
        "precision": precision,
        "extent_km": np.where(np.isin(precision, ["site", "town"]), 3.0, 25.0),
        "country": rng.choice(["SY", "IQ", "YE", "SD"], number),
        "origin_lon": np.where(launched, places[(place + 1) % 800, 0], np.nan),
        "origin_lat": np.where(launched, places[(place + 1) % 800, 1], np.nan),
        "origin_extent_km": np.where(launched, 3.0, np.nan),
        "candidates": "[]",
        "members": "[]",
        "evidence": "{}",
        "article_id": "a",
        "language": "en",
        "source": "Benchmark",
        "reports": 1,
        "review_status": "machine",
    }
    del columns["geometry"]
    index = pd.Index([f"b{row}" for row in range(number)], name="event_id")
    table = pd.DataFrame(columns, index=index)
    return conform_events(gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326"))


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


def measure_browser(number: int) -> None:
    """Print what a user waits for, in a real browser against the real app."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        make_table(number).to_parquet(path)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "RASID_EVENTS": str(path)}, stdout=subprocess.DEVNULL
        )
        try:
            _wait(port)
            with sync_playwright() as playwright:
                _drive(playwright, f"http://127.0.0.1:{port}", server.pid, number)
        finally:
            server.terminate()
            server.wait(20)


def _wait(port: int) -> None:
    for _ in range(240):
        try:
            urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.25)


def _drive(playwright: object, address: str, pid: int, number: int) -> None:
    path = (
        os.environ.get("CHROME") or subprocess.check_output(["sh", "scripts/browser.sh"], cwd=ROOT, text=True).strip()
    )
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])  # type: ignore[attr-defined]
    for visit in ("first visit", "second visit"):
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        begun = time.perf_counter()
        page.goto(address, timeout=300_000)
        frame = _map_frame(page)
        print(f"  {visit} to painted map {(time.perf_counter() - begun) * 1000:8.0f}")
        if visit == "first visit":
            page.close()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())) if "/cells/" in answer.url else None)
    taken = [
        _timed(frame, lambda name=name: page.get_by_role("radio", name=name).click())
        for name in ("30 days", "All", "Month", "All") * 2
    ]
    print(f"  filter changed to painted {statistics.median(taken):8.0f}")
    moves = [(31, 41, 6), (33, 44, 6), (15, 45, 6), (35, 40, 7), (20, 35, 5), (33, 44, 8)]
    taken = [
        _timed(
            frame,
            lambda to=to: frame.evaluate(
                "([a, o, z]) => void window.map.setView([a, o], z, {animate: false})", list(to)
            ),
        )
        for to in moves
    ]
    page.wait_for_timeout(300)
    print(f"  moved to painted          {statistics.median(taken):8.0f}")
    print(f"  an answer with cells      {statistics.median(sizes) / 1000:8.1f} kB before compression")
    memory = int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
    print(f"  memory of the server      {memory:8,.0f} MB for {number:,} events")
    browser.close()


def _map_frame(page: object) -> object:
    while True:
        frame = next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)  # type: ignore[attr-defined]
        if frame and frame.evaluate("Number(document.body?.dataset.rasidDrawn || 0)"):
            return frame
        page.wait_for_timeout(20)  # type: ignore[attr-defined]


def _timed(frame: object, act: Callable[[], object]) -> float:
    before = frame.evaluate("Number(document.body.dataset.rasidDrawn)")  # type: ignore[attr-defined]
    begun = time.perf_counter()
    act()
    frame.wait_for_function("n => Number(document.body.dataset.rasidDrawn) > n", arg=before, polling=5)  # type: ignore[attr-defined]
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Read the call and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", type=int, help="measure the app in a browser with so many events")
    asked = parser.parse_args()
    if asked.browser:
        print(f"{asked.browser:,} events in the browser")
        measure_browser(asked.browser)
        return
    for number in (1_000, 10_000, 100_000, 1_000_000):
        measure_columns(number)


if __name__ == "__main__":
    main()
