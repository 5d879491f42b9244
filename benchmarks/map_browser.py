"""What a user waits for, in a real headless browser: the same clicks in our app and in the small apps beside it."""

import os
import statistics
import subprocess
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from map_server import OURS, ROOT, Server
from playwright.sync_api import Error, Frame, Page, Playwright, Route

from ui.assets import find_package_folder

_STEPS = ("Year", "All") * 4
_MOVES = [(31, 41, 6), (33, 44, 6), (15, 45, 6), (35, 40, 7), (20, 35, 5), (33, 44, 8), (31, 41, 6), (25, 45, 6)]
_PACKAGES = {
    "leaflet.markercluster@1.5.3": ("leaflet.markercluster", "MarkerCluster"),
    "leaflet.awesome-markers@2.0.5": ("leaflet.awesome-markers",),
    "jquery@3.7.1": ("jquery",),
}
_PATIENCE = 180  # seconds
_CLUSTER = """() => {
    if (!window.map || !window.L || !L.MarkerClusterGroup) return -1;
    const group = Object.values(window.map._layers).find((layer) => layer instanceof L.MarkerClusterGroup);
    return group && document.querySelector('.leaflet-marker-icon') ? group.getLayers().length : -1;
}"""
_FRAMES = """(ms) => new Promise((done) => {
    let count = 0; const begun = performance.now();
    const tick = () => {
        count++;
        const past = performance.now() - begun;
        past < ms ? requestAnimationFrame(tick) : done(count / past * 1000);
    };
    requestAnimationFrame(tick);
})"""


@dataclass
class Seen:
    """What was measured of one app; times in milliseconds."""

    first_visit: float = 0
    second_visit: float = 0
    to_all: list[float] = field(default_factory=list)
    to_year: list[float] = field(default_factory=list)
    pans: list[float] = field(default_factory=list)
    filter_bytes: list[int] = field(default_factory=list)
    pan_bytes: list[int] = field(default_factory=list)
    frames: float = 0
    frames_idle: float = 0

    def median(self, name: str) -> float:
        """The median of a list, NaN where nothing was measured."""
        values = getattr(self, name)
        return statistics.median(values) if values else float("nan")


def drive(playwright: Playwright, server: Server, counts: dict[str, int], steps: int = 8) -> Seen:
    """Visit an app twice, change its period, move its map.

    Parameters
    ----------
    counts
        How many events each period shows in the small apps.
    steps
        How often the period is changed.
    """
    browser = playwright.chromium.launch(executable_path=_find_browser(), args=["--no-sandbox", "--disable-gpu"])
    seen = Seen()
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.route(lambda address: not address.startswith(server.address), _answer_from_here)
        for visit in ("first_visit", "second_visit"):
            page = context.new_page()
            page.set_default_timeout(600_000)
            begun = time.perf_counter()
            page.goto(server.address)
            _wait_painted(page, server, counts["All"], None)
            setattr(seen, visit, (time.perf_counter() - begun) * 1000)
            if visit == "first_visit":
                page.close()
        _change_periods(page, server, counts, seen, steps)
        if server.kind == OURS:
            _move(page, seen)
            _play(page, seen)
    finally:
        browser.close()
    return seen


def _change_periods(page: Page, server: Server, counts: dict[str, int], seen: Seen, steps: int) -> None:
    wire = _Wire(page)
    for period in _STEPS[:steps]:
        page.wait_for_timeout(500)
        before = _mark(page, server)
        wire.received = 0
        begun = time.perf_counter()
        page.get_by_role("radio", name=period, exact=True).click()
        _wait_painted(page, server, counts[period], before)
        (seen.to_all if period == "All" else seen.to_year).append((time.perf_counter() - begun) * 1000)
        page.wait_for_timeout(300)
        seen.filter_bytes.append(wire.received)


def _move(page: Page, seen: Seen) -> None:
    frame, wire = _map_frame(page), _Wire(page)
    for latitude, longitude, zoom in _MOVES:
        page.wait_for_timeout(300)
        wire.received = 0
        before = frame.evaluate("Number(document.body.dataset.rasidDrawn)")
        begun = time.perf_counter()
        frame.evaluate(
            "([a, o, z]) => void window.map.setView([a, o], z, {animate: false})", [latitude, longitude, zoom]
        )
        frame.wait_for_function("n => Number(document.body.dataset.rasidDrawn) > n", arg=before, polling=5)
        seen.pans.append((time.perf_counter() - begun) * 1000)
        page.wait_for_timeout(200)
        seen.pan_bytes.append(wire.received)


def _play(page: Page, seen: Seen) -> None:
    """Count the pictures a second while time plays inside the map."""
    frame = _map_frame(page)
    seen.frames_idle = frame.evaluate(_FRAMES, 2000)
    frame.get_by_role("button", name="Play").first.click()
    page.wait_for_timeout(1500)
    seen.frames = frame.evaluate(_FRAMES, 4000)


def _mark(page: Page, server: Server) -> int | None:
    return _map_frame(page).evaluate("Number(document.body.dataset.rasidDrawn)") if server.kind == OURS else None


def _wait_painted(page: Page, server: Server, count: int, before: int | None) -> None:
    """Wait until the layer is painted; of an empty map, until the run of the script has reached the page."""
    if server.kind == OURS:
        ready: Callable[[Frame], bool] = lambda frame: (  # noqa: E731
            frame.evaluate("Number(document.body?.dataset.rasidDrawn || 0)") > (before or 0)
        )
    elif server.kind == "empty":
        page.get_by_text(f": {count} events", exact=False).wait_for()
        ready = lambda frame: frame.evaluate("Boolean(window.map)")  # noqa: E731
    else:
        ready = lambda frame: frame.evaluate(_CLUSTER) == count  # noqa: E731
    deadline = time.perf_counter() + _PATIENCE
    while time.perf_counter() < deadline:
        try:
            frame = next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)
            if frame and ready(frame):
                return
        except Error:  # a frame that is made anew has no context for a moment
            if page.is_closed():
                raise
        page.wait_for_timeout(5)
    raise TimeoutError(f"{server.kind}: not painted after {_PATIENCE} s")


def _map_frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


class _Wire:
    """Counts the bytes that a page receives: answers as they travel, messages of the socket as they are."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._answer)
        session.on("Network.webSocketFrameReceived", self._message)

    def _answer(self, said: dict[str, Any]) -> None:
        self.received += int(said["encodedDataLength"])

    def _message(self, said: dict[str, Any]) -> None:
        self.received += len(said["response"]["payloadData"]) * 3 // 4


def _find_browser() -> str:
    return (
        os.environ.get("CHROME") or subprocess.check_output(["sh", "scripts/browser.sh"], cwd=ROOT, text=True).strip()
    )


def _answer_from_here(route: Route) -> None:
    """Hand out the scripts that folium asks the web for; what only styles icons is left empty."""
    name = route.request.url.rsplit("/", 1)[-1]
    leaflet = find_package_folder("js_lib_leaflet") / "static" / "js_lib_leaflet" / name
    found = [path for path in (leaflet, *_from_npm(name)) if path.exists()]
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    route.fulfill(body=found[0].read_bytes() if found else b"", content_type=kind, status=200)


def _from_npm(name: str) -> list[Path]:
    """The file of a package that folium needs besides Leaflet, fetched once from npm into var/."""
    package = next((package for package, begins in _PACKAGES.items() if name.startswith(begins)), None)
    if package is None:
        return []
    folder = ROOT / "var" / "bench" / package.replace("@", "-")
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run(["npm", "pack", package], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
    return [folder / "package" / "dist" / ("jquery.min.js" if name.startswith("jquery") else name)]
