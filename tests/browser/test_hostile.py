"""Words of the news are text: whatever they are, in whatever field, in whatever view, nothing of them runs."""

import pytest
from shapely import Point

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<img src=x onerror=\"parent.document.title='RAN'\">",
    "${parent.document.title='RAN'}",
    "</script><script>parent.document.title='RAN'</script>",
    "`;parent.document.title='RAN';`",
    "'-(parent.document.title='RAN')-'",
    "\\\"};parent.document.title='RAN';//",
    "{{ parent.document.title='RAN' }}{% raw %}",
    "<svg onload=\"top.document.title='RAN'\"><a xlink:href=\"javascript:top.document.title='RAN'\">x",
    "[x](javascript:document.title='RAN') :material/delete: $\\href{javascript:document.title='RAN'}{x}$",
    "\u202egpj.exe\u2066\u2028\u2029 <iframe srcdoc=\"<script>parent.document.title='RAN'</script>\">",
]
TEXTS = (
    "actor",
    "target",
    "place_name",
    "matched_name",
    "admin1",
    "origin_name",
    "attribution",
    "source",
    "title",
    "url",
)


PLACED = [number for number in range(16) if number % 8 not in {3, 4}]


def place(number):
    return 36 + 2 * number, 33 + number % 2


def look_at(screen, row):
    lon, lat = place(row)
    screen.map.evaluate(f"void window.map.setView([{lat}, {lon}], 8, {{animate: false}})")
    screen.map.wait_for_function(f"window.rasid.rows().includes({row})")
    screen.page.wait_for_timeout(100)


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory, write_event_files, serve_app):
    """Ten points in a row, each with another payload in every field of text."""
    folder = tmp_path_factory.mktemp("hostile")
    numbers = iter(range(100))

    def poison(row):
        number = next(numbers)
        payload = PAYLOADS[number % len(PAYLOADS)]
        row |= dict.fromkeys(TEXTS, payload)
        row |= {
            "actor_id": None,
            "target_id": None,
            "weapon": payload,
            "time_status": "actual",
            "event_id": f"h{number}",
        }
        row |= {"candidates": [{"name": payload, "admin1": payload, "country": payload, "reasons": [payload]}]}
        row |= {"evidence": {"actor": {"article_id": "a1", "start": 0, "end": len(payload), "quote": payload}}}
        if row["place_status"] == "placed":
            row |= {"geometry": Point(*place(number)), "precision": "site", "extent_km": 1.0}

    write_event_files(folder, change=poison, article_text=" ".join(PAYLOADS), copies=2)
    environment = {"RASID_EVENTS": str(folder / "events.parquet"), "RASID_ARTICLES": str(folder / "articles.jsonl")}
    with serve_app(environment, folder / "log.txt") as address:
        yield address


def nothing_ran(screen):
    titles = [frame.evaluate("document.title") for frame in screen.page.frames]
    assert not any("RAN" in title for title in [screen.page.title(), *titles])


def test_hostile_words_run_nowhere(open_screen, hostile_app):
    screen = open_screen(hostile_app)
    screen.wait_for(12)
    for row in PLACED:
        look_at(screen, row)
        screen.page.mouse.click(*screen.point_at(row))
        screen.page.locator(".st-key-details .rasid-report").first.wait_for()
        screen.page.wait_for_timeout(250)
        nothing_ran(screen)
    screen.page.get_by_role("tab", name="Charts").click()
    screen.page.locator(".rasid-charts section").first.wait_for()
    assert screen.page.locator(".rasid-charts img, .rasid-charts svg, .rasid-charts iframe").count() == 0
    for layer in ("Heat", "Governorates", "Events"):
        screen.page.get_by_role("radio", name=layer, exact=True).click()
        screen.page.wait_for_timeout(800)
        nothing_ran(screen)
    screen.page.get_by_role("tab", name="Not placed (4)").click()
    screen.page.get_by_role("combobox", name="Actor").click()
    screen.page.get_by_role("option").first.wait_for()
    screen.page.keyboard.press("Escape")
    screen.page.locator(".rasid-brand").click()
    screen.page.get_by_role("radio", name="العربية").click()
    screen.page.wait_for_timeout(1500)
    nothing_ran(screen)
    assert screen.map.evaluate("document.querySelectorAll('img:not(.leaflet-tile)').length") == 0


def test_hostile_words_are_shown_as_they_are(open_screen, hostile_app):
    screen = open_screen(hostile_app)
    screen.wait_for(12)
    look_at(screen, 0)
    x, y = screen.point_at(0)
    assert screen.map.locator(".rasid-tip-title").inner_text() == PAYLOADS[0]
    screen.page.mouse.click(x, y)
    screen.page.locator(".rasid-detail h3").wait_for()
    assert screen.page.locator(".rasid-detail h3").inner_text() == PAYLOADS[0]
    assert "</script><script>" in screen.page.locator(".rasid-report").first.inner_text()


def test_a_hostile_article_is_read_as_text(open_screen, fixture_app):
    screen = open_screen(fixture_app)
    screen.wait_for(5)
    screen.page.get_by_role("link", name="Read an article").click()
    screen.page.get_by_role("textbox", name="Text of the article").fill(
        "A drone hit Hasakah on Monday. " + " ".join(PAYLOADS)
    )
    read = screen.page.get_by_role("button", name="Read", exact=True)
    read.click()
    screen.page.locator(".rasid-refusal").wait_for()  # no language can be made out
    nothing_ran(screen)
    screen.page.get_by_role("combobox", name="Language").click()
    screen.page.get_by_role("option", name="English").click()
    read.click()
    screen.page.locator(".rasid-found").wait_for()
    screen.page.wait_for_timeout(500)
    nothing_ran(screen)
