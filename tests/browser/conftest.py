"""A real browser at the real app: every request must stay on this machine and nothing may go wrong on the way."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LOCAL = {"127.0.0.1", "localhost"}


def find_browser() -> str:
    """Path of a Chrome or Chromium: $CHROME, else what ``scripts/browser.sh`` finds; without one the tests fail."""
    if chosen := os.environ.get("CHROME"):
        return chosen
    found = subprocess.run(["sh", "scripts/browser.sh"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(f"The browser tests need a browser. {found.stderr.strip()}", pytrace=False)
    return found.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(environment: dict[str, str], log: Path, words: Sequence[str] = (), port: int = 0) -> Iterator[str]:
    """Run the app on a loopback port, a free one unless it is said; with ``words`` by ``rasid serve``."""
    port = port or free_port()
    by_us = ["-m", "pipeline.cli", "serve", "--port", str(port), *words]
    by_streamlit = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command = [sys.executable, *(by_us if words else by_streamlit)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output)
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_up(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"The app did not start:\n{log.read_text()}", pytrace=False)
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"The app did not answer:\n{log.read_text()}", pytrace=False)


@pytest.fixture(scope="module")  # while it is open, no other test can run an event loop
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def port() -> Callable[[], int]:
    return free_port


@pytest.fixture(scope="session")
def serve_app() -> Callable[..., AbstractContextManager[str]]:
    return serve


@pytest.fixture(scope="session")
def fixture_app(tmp_path_factory, write_event_files) -> Iterator[str]:
    """The app on the small table of tests/conftest.py."""
    folder = tmp_path_factory.mktemp("app")
    write_event_files(folder)
    environment = {"RASID_EVENTS": str(folder / "events.parquet"), "RASID_ARTICLES": str(folder / "articles.jsonl")}
    with serve(environment, folder / "log.txt") as address:
        yield address


class Watch:
    """A page whose every request and complaint is noted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._note_request)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in LOCAL:
            self.outside.append(request.url)

    def check(self) -> None:
        assert self.outside == []
        assert self.complaints == []


class Screen:
    """The app as a user sees it: the page and, in it, the map."""

    def __init__(self, page: Page, address: str, watch: Watch) -> None:
        self.page, self.watch = page, watch
        page.goto(address)

    @property
    def map(self) -> Frame:
        """The frame of the map, once its layer has drawn."""
        for _ in range(200):
            frame = next((frame for frame in self.page.frames if "streamlit_folium" in frame.url), None)
            if frame and frame.evaluate("Number(document.body?.dataset.rasidDrawn || 0)"):
                return frame
            self.page.wait_for_timeout(100)
        raise AssertionError(f"The map was not drawn; frames: {[frame.url for frame in self.page.frames]}")

    @property
    def drawn(self) -> int:
        """How many events the layer has drawn."""
        return int(self.map.evaluate("document.body.dataset.rasidEvents"))

    @property
    def shown(self) -> int:
        """The counter of events on the map."""
        return int(self.page.locator(".rasid-shown").inner_text().replace(",", ""))

    def wait_for(self, count: int) -> None:
        """Wait until both the counter and the layer show so many events."""
        for _ in range(150):
            if self.shown == count == self.drawn:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{count} events were expected; the counter says {self.shown}, the map {self.drawn}")

    def choose(self, label: str, option: str) -> None:
        """Pick an option of a multiselect."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option").filter(has_text=option).first.click()
        self.page.locator(".rasid-brand").click()  # the first click outside only closes the list

    def click_shape(self, row: int) -> None:
        """Click the shape of a row on the map, as a hand would."""
        x, y = self.position(row)
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)

    def point_at(self, row: int) -> tuple[float, float]:
        """Hold the mouse over the shape of a row until its words appear: the map may still be coming to rest."""
        tip = self.map.locator(".rasid-tip")
        for _ in range(20):
            x, y = self.position(row)
            self.page.mouse.move(x, y)
            self.page.wait_for_timeout(400)
            if tip.is_visible():
                return x, y
            self.page.mouse.move(x - 40, y - 40)
            self.page.wait_for_timeout(100)  # the map looks at the mouse every 32 ms
        raise AssertionError(f"no words appeared at the shape of row {row}")

    def position(self, row: int) -> tuple[float, float]:
        """Where the shape of a row lies on the page."""
        box = self.page.locator('iframe[title^="streamlit_folium"]').bounding_box()
        at = self.map.evaluate("row => window.rasid.where(row)", row)
        assert at, f"row {row} has no shape of its own"
        return box["x"] + at["x"], box["y"] + at["y"]


@pytest.fixture
def open_screen(browser) -> Iterator[Callable[..., Screen]]:
    """Open the app at an address; at the end nothing may have left the machine or gone wrong."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(address: str, width: int = 1440, **options) -> Screen:
        context = browser.new_context(viewport={"width": width, "height": 1000}, accept_downloads=True, **options)
        page = context.new_page()
        page.set_default_timeout(20_000)
        watch = Watch(page)
        opened.append((context, watch))
        return Screen(page, address, watch)

    yield open_one
    for context, watch in opened:
        watch.check()
        context.close()


@pytest.fixture
def screen(open_screen, fixture_app) -> Screen:
    """The app on the small table."""
    return open_screen(fixture_app)
