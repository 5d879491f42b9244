"""The review page in a real browser: paste, see why reports are one, split; a queue by keyboard; two editors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from pipeline.records import Article
from pipeline.store.articles import add_articles
from pipeline.store.engine import open_store
from pipeline.store.events import load_events, read_event
from pipeline.store.queue import count_statuses
from pipeline.store.review import set_status

pytestmark = pytest.mark.browser

REPORTS = (
    (
        "Wire One",
        "Two rockets hit the Ain al-Asad air base in Iraq on 20 January 2024, wounding four soldiers, police said.",
    ),
    ("Wire Two", "Rockets struck Ain al-Asad base in western Iraq on 20 January 2024. Four soldiers were wounded."),
    (
        "Wire Three",
        "A roadside bomb exploded in the town of Shaddadi in Syria on 3 February 2024, killing two fighters.",
    ),
)


@pytest.fixture
def kept(tmp_path: Path, serve_app) -> Iterator[tuple[str, Path]]:
    """The app on an empty store."""
    path = tmp_path / "store.rasid"
    open_store(path).close()
    with serve_app({"RASID_STORE": str(path)}, tmp_path / "log.txt") as address:
        yield address, path


def fill(path: Path, rows) -> None:
    from pipeline.events import make_events

    store = open_store(path)
    names = {row["article_id"] for row in rows}
    texts = [Article(name, "en", f"Report {name}: something happened.", source="Wire") for name in sorted(names)]
    add_articles(store, texts, make_events(rows), merge=False)
    store.close()


def event_rows(count: int):
    return [
        {
            "event_id": f"event{number:02d}",
            "article_id": f"a{number}",
            "language": "en",
            "event_type": "drone",
            "date_start": "2024-02-03",
            "date_end": "2024-02-03",
            "date_precision": "day",
            "time_status": "actual",
            "place_name": f"Place {number:02d}",
            "place_status": "unplaced",
        }
        for number in range(count)
    ]


def wait_until_idle(page) -> None:
    """Keys count once the script has run to its end."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def open_review(screen, tab: str = "Queue"):
    screen.page.set_default_timeout(60_000)
    screen.page.get_by_role("link", name="Review").click()
    screen.page.get_by_text("The least certain first").wait_for()
    choose_tab(screen, tab)
    return screen.page


def choose_tab(screen, tab: str) -> None:
    screen.page.get_by_role("radio", name=tab).or_(screen.page.get_by_role("button", name=tab)).first.click()


def paste(page, source: str, text: str) -> None:
    page.get_by_role("textbox", name="Source").fill(source)
    page.get_by_role("textbox", name="Text of the article").fill(text)
    page.get_by_role("button", name="Add", exact=True).click()


def test_three_reports_become_two_events_explained_split_and_put_together_again(kept, open_screen):
    address, path = kept
    screen = open_screen(address)
    page = open_review(screen, "Add a report")
    fresh, joined = "new events: 1; joined an event: 0", "new events: 0; joined an event: 1"
    for (source, text), outcome in zip(REPORTS, (fresh, joined, fresh), strict=True):
        paste(page, source, text)
        page.get_by_text(outcome).wait_for()
    store = open_store(path)
    assert sorted(load_events(store)["reports"]) == [1, 2]
    choose_tab(screen, "Queue")
    page.get_by_text("Waiting: 2").wait_for()
    wait_until_idle(page)
    try:
        page.locator(".rasid-reasons").first.wait_for(timeout=10_000)
    except PlaywrightTimeout:  # the queue began with the other event
        page.keyboard.press("j")
        page.locator(".rasid-reasons").first.wait_for()
    assert "place" in page.locator(".rasid-reasons").first.inner_text()
    page.get_by_role("combobox", name="Reports to take out").click()
    page.get_by_role("option").filter(has_text="Wire Two").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Split").click()
    page.get_by_text("Waiting: 3").wait_for()
    assert sorted(load_events(store)["reports"]) == [1, 1, 1]
    wait_until_idle(page)
    page.keyboard.press("u")
    page.get_by_text("Waiting: 2").wait_for()
    assert sorted(load_events(store)["reports"]) == [1, 2]
    choose_tab(screen, "Audit")
    page.get_by_text("the chain holds").wait_for()
    store.close()


def test_a_queue_of_ten_is_reviewed_by_keyboard(kept, open_screen):
    address, path = kept
    fill(path, event_rows(10))
    screen = open_screen(address)
    page = open_review(screen)
    for left in range(10, 0, -1):
        page.get_by_text(f"Waiting: {left}", exact=True).wait_for()
        wait_until_idle(page)
        page.keyboard.press("a")
    page.get_by_text("Nothing waits for review.").wait_for()
    store = open_store(path)
    assert count_statuses(store) == {"reviewed": 10}
    choose_tab(screen, "Approved")
    page.get_by_text("Reviewed: 10", exact=True).wait_for()
    wait_until_idle(page)
    page.keyboard.press("p")
    page.get_by_text("Reviewed: 9", exact=True).wait_for()
    assert count_statuses(store) == {"reviewed": 9, "published": 1}
    store.close()


def test_a_click_on_the_map_moves_the_pin(kept, open_screen):
    address, path = kept
    fill(path, event_rows(1))
    screen = open_screen(address)
    page = open_review(screen)
    page.get_by_text("Waiting: 1", exact=True).wait_for()
    wait_until_idle(page)
    page.get_by_text("Places considered: 0").click()
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator(".leaflet-tile-loaded").first.wait_for()
    frame.locator(".leaflet-container").click()
    latitude = page.get_by_role("spinbutton", name="Latitude")
    expect(latitude).not_to_have_value("", timeout=30_000)
    wait_until_idle(page)
    page.get_by_role("button", name="Move the pin here").click()
    store = open_store(path)
    for _ in range(200):
        values = read_event(store, "event00").values
        if values["place_status"] == "placed":
            break
        page.wait_for_timeout(100)
    assert values["place_status"] == "placed"
    assert abs(values["lat"] - 31.5) < 1.5
    assert abs(values["lon"] - 42.0) < 1.5
    store.close()


def test_the_second_of_two_editors_sees_the_difference(kept, open_screen):
    address, path = kept
    fill(path, event_rows(1))
    pages = [open_review(open_screen(address)) for _ in range(2)]
    for page in pages:
        page.get_by_text("Waiting: 1", exact=True).wait_for()
    for page, value in zip(pages, ("3", "5"), strict=True):
        page.get_by_role("textbox", name="New value").fill(value)
        page.get_by_role("button", name="Save").click()
        page.wait_for_timeout(1500)
    difference = pages[1].locator(".rasid-diff")
    difference.wait_for()
    assert "local changed this event" in pages[1].inner_text("body")
    assert "killed\tNone\t3\t5" in difference.inner_text()
    store = open_store(path)
    assert load_events(store)["killed"].tolist() == [3]
    store.close()


def test_a_pasted_article_is_still_on_the_map_after_a_reload_and_rejected_is_gone(kept, open_screen):
    address, path = kept
    screen = open_screen(address)
    page = screen.page
    page.set_default_timeout(60_000)
    page.get_by_role("link", name="Read an article").click()
    for outcome in (
        "new events: 1; joined an event: 0; already known: 0",
        "new events: 0; joined an event: 0; already known: 1",
    ):
        page.get_by_role("textbox", name="Text of the article").fill(REPORTS[2][1])
        page.get_by_role("button", name="Read", exact=True).click()
        page.get_by_text("already known").wait_for(state="detached")
        page.get_by_role("button", name="Add 1 to the map").wait_for()
        wait_until_idle(page)
        page.get_by_role("button", name="Add 1 to the map").click()
        page.get_by_text(outcome).wait_for()
    page.get_by_role("link", name="Map").click()
    screen.wait_for(1)
    page.reload()
    page.locator(".rasid-shown").wait_for()
    screen.wait_for(1)
    other = open_screen(address)
    other.wait_for(1)
    store = open_store(path)
    set_status(store, load_events(store).index[0], "rejected", 1, why="told twice")
    store.close()
    other.page.get_by_role("textbox", name="Search").fill("town")
    other.page.keyboard.press("Enter")
    other.page.get_by_text("of 0 events").wait_for()
