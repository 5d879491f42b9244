"""Take the pictures of the README and the docs: the app on the samples, in a real browser, into ``docs/images``."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def start_app() -> tuple["subprocess.Popen[bytes]", str]:
    """Run the app on a free port and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urlopen(f"{address}/_stcore/health", timeout=2)
            return server, address
        except OSError:
            time.sleep(0.25)
    raise SystemExit("The app did not start")


def open_map(browser: Browser, address: str, width: int = 1440, height: int = 1000, scheme: str = "light") -> Page:
    """Open the map page and wait until it is drawn."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    wait_for_map(page)
    return page


def wait_for_map(page: Page) -> Frame:
    """Wait until the layer has drawn and the tiles are there."""
    for _ in range(200):
        frame = next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)
        if frame and frame.evaluate("Number(document.body?.dataset.rasidDrawn || 0)"):
            page.wait_for_timeout(1200)
            return frame
        page.wait_for_timeout(100)
    raise SystemExit("The map was not drawn")


def open_event(page: Page, words: str) -> None:
    """Search, then open the first row of the table."""
    search = page.get_by_role("textbox").first
    search.fill(words)
    search.press("Enter")
    page.wait_for_timeout(1500)
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box() or {"x": 0, "y": 0}
    page.mouse.click(box["x"] + 16, box["y"] + 54)
    page.locator(".rasid-report").wait_for()
    page.mouse.move(5, 5)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.wait_for_timeout(1200)


def look_at(page: Page, lat: float, lon: float, zoom: int) -> None:
    """Move the map."""
    wait_for_map(page).evaluate(f"void window.map.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
    page.wait_for_timeout(1200)


def save(page: Page, name: str) -> None:
    """Write one picture."""
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()
    with Image.open(IMAGES / f"{name}.png") as picture:
        # keeps the few pixels of a rare colour, which the usual method melts into its neighbours
        small = picture.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1)
    small.save(IMAGES / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png")


def take_all(browser: Browser, address: str) -> None:
    """Take every picture."""
    page = open_map(browser, address)
    look_at(page, 31.0, 39.5, 5)
    save(page, "map")

    page = open_map(browser, address)
    open_event(page, "البوكمال")
    look_at(page, 35.0, 40.6, 8)
    save(page, "details")

    page = open_map(browser, address)
    page.get_by_role("radio", name="العربية").click()
    page.wait_for_timeout(2000)
    open_event(page, "الحديدة")
    look_at(page, 15.0, 43.8, 7)
    save(page, "arabic")

    page = open_map(browser, f"{address}/?layer=areas&area=polygon:38.2,32.6,45.2,30.9,46.6,34.4,42.6,37.3,38.6,37.1")
    look_at(page, 33.8, 41.0, 6)
    save(page, "areas")

    page = open_map(browser, f"{address}/?from=2024-06-03&to=2024-10-20&split=actor")
    look_at(page, 27.0, 40.0, 5)
    save(page, "timeline")

    page = open_map(browser, address, scheme="dark")
    look_at(page, 33.6, 39.8, 6)
    save(page, "dark")

    page = open_map(browser, address, width=390, height=844)
    save(page, "narrow")

    page = open_map(browser, address)
    page.get_by_role("link", name="Read an article").click()
    text = (ROOT / "docs" / "images" / "article.txt").read_text(encoding="utf-8")
    page.get_by_role("textbox", name="Text of the article").fill(text)
    page.get_by_role("button", name="Read", exact=True).click()
    page.locator(".rasid-found").wait_for()
    page.wait_for_timeout(800)
    save(page, "article")


def main() -> None:
    """Start the app, take the pictures, stop the app."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = (
        os.environ.get("CHROME") or subprocess.check_output(["sh", "scripts/browser.sh"], cwd=ROOT, text=True).strip()
    )
    server, address = start_app()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            take_all(browser, address)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
