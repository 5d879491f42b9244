"""The files of the download menu, read back; and what exported files do with hostile words in a real browser."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image

from pipeline.export_html import write_html
from pipeline.export_kml import write_kml
from pipeline.provenance import Provenance

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<img src=x onerror=\"document.title='RAN'\">",
    "</script><script>document.title='RAN'</script>",
    "${document.title='RAN'}`;document.title='RAN';`",
    "<svg onload=\"document.title='RAN'\"><a xlink:href=\"javascript:document.title='RAN'\">x",
    "<iframe srcdoc=\"<script>parent.document.title='RAN'</script>\">",
    "javascript:document.title='RAN'",
    "]]><script>document.title='RAN'</script>",
    "&lt;img src=x onerror=&quot;document.title='RAN'&quot;&gt;",
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


@pytest.fixture(params=PAYLOADS)
def poisoned(request, events):
    """The small table with a payload in every field of text, and where it was told how it was made."""
    text = request.param
    quotes = json.dumps({"actor": {"article_id": "a1", "start": 0, "end": 3, "quote": text}})
    changed = events.assign(**dict.fromkeys(TEXTS, text), weapon=text, evidence=quotes)
    return changed, Provenance(datetime.now(UTC), text, {"text": text, text: text})


def open_file(browser, path):
    """Open a file from the disk; nothing but itself may be asked for."""
    page, asked, complaints = browser.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    return page, asked, complaints


def test_the_offline_page_runs_nothing_of_the_news_and_asks_for_nothing(browser, poisoned, tmp_path):
    events, provenance = poisoned
    write_html(events, tmp_path / "events.html", provenance)
    page, asked, complaints = open_file(browser, tmp_path / "events.html")
    page.wait_for_function("document.body.dataset.drawn === '6'")
    for row in range(page.locator("#side li button").count()):
        page.locator("#side li button").nth(row).click()
        page.locator(".details h2").wait_for()
        page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="العربية").click()
    page.locator("#search").fill("zzz")
    page.wait_for_timeout(200)
    assert "RAN" not in page.title()
    assert page.locator("#side img, #side svg, #side iframe, footer img").count() == 0
    assert asked == [(tmp_path / "events.html").as_uri()]
    assert complaints == []
    page.close()


def test_the_offline_page_shows_searches_and_turns_arabic(browser, events, tmp_path):
    write_html(events, tmp_path / "events.html", Provenance(datetime.now(UTC), "0.1.0", {"actor": ["x"]}))
    page, _asked, complaints = open_file(browser, tmp_path / "events.html")
    page.wait_for_function("document.body.dataset.drawn === '6'")
    page.locator("#search").fill("البُوكمالِ")  # folded as in the app
    page.wait_for_function("document.body.dataset.drawn === '1'")
    page.locator("#side li button").first.click()
    assert page.locator(".details q").first.inner_text()
    page.get_by_role("button", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("button", name="English").click()
    page.keyboard.press("Escape")
    page.locator("#search").fill("")
    page.locator("#legend label").filter(has_text="Drone").locator("input").uncheck()
    page.wait_for_function("document.body.dataset.drawn === '5'")
    assert complaints == []
    page.close()


def test_a_balloon_of_a_globe_runs_nothing(browser, poisoned, tmp_path):
    """A globe shows descriptions as HTML: shown so, they run nothing."""
    events, provenance = poisoned
    write_kml(events, tmp_path / "events.kml", provenance)
    said = [
        found.text for found in ElementTree.parse(tmp_path / "events.kml").iter() if found.tag.endswith("description")
    ]
    page = browser.new_page()
    page.set_content("<title>calm</title>" + "".join(said))
    page.wait_for_timeout(200)
    assert page.title() == "calm"
    assert page.locator("body img, body script, body svg, body iframe").count() == 0
    page.close()


def download(screen, name):
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name=re.compile(rf"{re.escape(name)} .*\d")).click()
    return waiting.value.path()


def test_every_kind_of_file_reads_back(screen, tmp_path):
    screen.wait_for(5)
    assert len(gpd.read_file(download(screen, "GeoJSON"))) == 5
    assert len(pd.read_csv(download(screen, "CSV"))) == 7
    screen.page.get_by_role("button", name="More formats").click()
    assert len(gpd.read_parquet(download(screen, "GeoParquet"))) == 7
    for name, suffix in (("GeoPackage", "gpkg"), ("KML", "kml")):
        path = tmp_path / f"events.{suffix}"
        path.write_bytes(download(screen, name).read_bytes())
        table = gpd.read_file(path)
        assert (len(table), table.crs.to_epsg(), int(table.geometry.isna().sum())) == (7, 4326, 2)
    page = download(screen, "Offline map").read_text(encoding="utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert len(data["events"]) == 7
    assert json.loads(dict(data["made"])["filter"])["time_status"] == ["actual", "historical"]
    assert "version" in Image.open(download(screen, "Picture")).text
