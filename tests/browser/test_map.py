"""The map page in a real browser."""

import json
from io import BytesIO
from urllib.parse import urlencode

import geopandas as gpd
import pytest

pytestmark = pytest.mark.browser

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def test_tiles_and_events_are_drawn(screen):
    frame = screen.map
    frame.wait_for_selector("img.leaflet-tile-loaded")
    assert frame.evaluate("document.querySelectorAll('img.leaflet-tile-loaded').length") >= 4
    assert frame.evaluate("document.querySelector('.leaflet-rasid-pane canvas').width") > 0
    screen.wait_for(5)
    assert "of 8 events" in screen.page.locator(".rasid-counts").inner_text()
    assert screen.page.locator(".rasid-unplaced").inner_text() == "2"


def test_the_canvas_is_painted(screen):
    painted = """() => {
        const canvas = document.querySelector('.leaflet-rasid-pane canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let seen = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i]) seen++;
        return seen;
    }"""
    screen.wait_for(5)
    screen.page.wait_for_timeout(300)
    assert screen.map.evaluate(painted) > 200
    screen.page.get_by_role("textbox", name="Search").fill("no such place")
    screen.page.keyboard.press("Enter")
    screen.wait_for(0)
    screen.page.wait_for_timeout(300)
    assert screen.map.evaluate(painted) == 0


def test_filters_change_the_layer_and_never_the_map(screen):
    screen.wait_for(5)
    frame = screen.map
    frame.evaluate("window.mark = 1; void window.map.setView([28, 42], 4, {animate: false})")
    screen.page.get_by_role("radio", name="7 days").click()
    screen.wait_for(1)
    assert frame.evaluate("[window.mark, window.map.getZoom(), Math.round(window.map.getCenter().lng)]") == [1, 4, 42]
    screen.page.get_by_role("radio", name="All").click()
    screen.wait_for(5)
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    assert frame.evaluate("window.mark") == 1
    screen.page.get_by_role("button", name="Clear filters").click()
    screen.wait_for(5)


def test_a_date_range_typed_by_hand_narrows(screen):
    screen.wait_for(5)
    screen.page.get_by_role("spinbutton", name="year, From – to start date").click()
    screen.page.keyboard.type("20230324")
    screen.page.get_by_role("spinbutton", name="year, From – to end date").click()
    screen.page.keyboard.type("20230325")
    screen.page.locator(".rasid-brand").click()
    screen.wait_for(2)  # of the 24th, and of some day in March
    assert screen.page.locator(".rasid-undated").inner_text() == "2"


def test_a_pin_opens_its_report_with_the_quote(screen):
    screen.wait_for(5)
    screen.map.evaluate("void (window.map.setView([35.35, 40.33], 9, {animate: false}))")
    screen.page.get_by_role("textbox", name="Search").fill("conoco")
    screen.page.keyboard.press("Enter")
    screen.wait_for(2)
    screen.page.wait_for_timeout(400)
    centre = screen.map.locator("#map_div").bounding_box()
    screen.page.mouse.click(centre["x"] + centre["width"] / 2, centre["y"] + centre["height"] / 2)
    details = screen.page.locator(".st-key-details")
    details.get_by_text("2 events at this place").wait_for()
    details.locator("mark").first.wait_for()
    assert details.locator("mark.rasid-where").all_inner_texts() == ["البوكمال", "حقل كونوكو للغاز"]
    report = details.locator(".rasid-report")
    assert report.get_attribute("dir") == "rtl"
    assert report.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert "Launched from" in details.inner_text()


def test_an_area_is_clicked_at_its_ring(screen):
    screen.wait_for(5)
    screen.map.evaluate("void (window.map.setView([36.5, 40.74], 7, {animate: false}))")
    screen.page.wait_for_timeout(600)
    screen.click_shape(1)
    details = screen.page.locator(".st-key-details")
    details.get_by_text("within 90 km").wait_for()
    assert details.locator("mark.rasid-harm").inner_text() == "killing one man"


def test_a_table_row_opens_its_report_and_the_map_goes_there(screen):
    screen.wait_for(5)
    screen.map.evaluate("void (window.map.setView([36.5, 40.74], 8, {animate: false}))")
    table = screen.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    screen.page.mouse.click(box["x"] + 16, box["y"] + 35 + 4.5 * 35)  # the last of five rows: Sirwah, undated
    details = screen.page.locator(".st-key-details")
    details.get_by_role("heading", name="Sirwah").wait_for()
    for _ in range(50):
        if abs(screen.map.evaluate("window.map.getCenter().lat") - 15.45) < 1:
            break
        screen.page.wait_for_timeout(100)
    assert abs(screen.map.evaluate("window.map.getCenter().lat") - 15.45) < 1


def test_the_tray_lists_what_could_not_be_placed(screen):
    screen.wait_for(5)
    screen.page.get_by_role("tab", name="Not placed (2)").click()
    screen.page.get_by_text("could not be put on the map").wait_for()


def test_geojson_is_exactly_what_is_shown(screen):
    screen.wait_for(5)
    screen.choose("Actor", "US forces")
    screen.wait_for(1)
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="GeoJSON").click()
    content = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename == "rasid-events.geojson"
    said = json.loads(content)
    assert "crs" not in said
    assert [feature["id"] for feature in said["features"]] == ["e3"]
    table = gpd.read_file(BytesIO(content))
    assert (len(table), table.crs.to_epsg()) == (1, 4326)
    assert (table.geometry[0].x, table.geometry[0].y) == (40.92, 34.45)


def test_a_cluster_zooms_in(screen):
    screen.wait_for(5)
    screen.map.evaluate("void (window.map.setView([35, 40.6], 4, {animate: false}))")
    screen.page.wait_for_timeout(600)
    centre = screen.map.locator("#map_div").bounding_box()
    screen.page.mouse.click(centre["x"] + centre["width"] / 2, centre["y"] + centre["height"] / 2)
    screen.page.wait_for_timeout(1200)
    assert screen.map.evaluate("window.map.getZoom()") > 4


def test_arabic_turns_the_page_but_not_the_map(screen):
    screen.wait_for(5)
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    screen.page.get_by_role("radio", name="العربية").click()
    screen.page.get_by_text("على الخريطة · من أصل 8 حدثاً").wait_for()
    direction = "element => getComputedStyle(element).direction"
    assert screen.page.locator(".stApp").evaluate(direction) == "rtl"
    assert screen.page.locator('iframe[title^="streamlit_folium"]').evaluate(direction) == "ltr"
    assert screen.map.locator("body").evaluate(direction) == "ltr"
    screen.wait_for(2)


def test_a_narrow_screen_does_not_scroll_sideways(open_screen, fixture_app):
    screen = open_screen(fixture_app, width=390)
    screen.wait_for(5)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert screen.page.locator('iframe[title^="streamlit_folium"]').bounding_box()["width"] <= 390


def test_web_tiles_are_asked_for_only_when_switched_on(screen):
    screen.wait_for(5)
    assert screen.watch.outside == []
    screen.page.route(
        "https://tile.openstreetmap.org/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    screen.page.get_by_role("combobox", name="Base map").click()
    screen.page.get_by_role("option", name="Streets (web)").click()
    for _ in range(100):
        if screen.watch.outside:
            break
        screen.page.wait_for_timeout(100)
    assert screen.watch.outside
    assert all(address.startswith("https://tile.openstreetmap.org/") for address in screen.watch.outside)
    screen.page.get_by_role("combobox", name="Base map").click()
    screen.page.get_by_role("option", name="Embedded").click()
    screen.map.wait_for_function("document.querySelectorAll('.rasid-web').length === 0")
    screen.watch.outside.clear()
    screen.map.evaluate("void window.map.setView([33, 44], 6, {animate: false})")
    screen.page.wait_for_timeout(500)  # the check at the end finds nothing more outside


def test_the_address_of_an_open_event_opens_it_elsewhere(screen, open_screen):
    screen.wait_for(5)
    screen.map.evaluate("void window.map.setView([15.45, 45.02], 8, {animate: false})")
    screen.page.wait_for_timeout(600)
    screen.click_shape(5)
    screen.page.locator(".rasid-detail h3").wait_for()
    screen.page.wait_for_function("location.search.includes('event=e6')")
    other = open_screen(screen.page.url)
    other.page.get_by_role("heading", name="Sirwah").wait_for()
    other.page.get_by_role("button", name="Close").click()
    other.page.wait_for_function("!location.search.includes('event=')")


def test_the_address_of_a_filtered_map_opens_the_same_elsewhere_and_after_a_reload(screen, open_screen):
    screen.wait_for(5)
    screen.choose("Actor", "United States")
    screen.wait_for(1)
    screen.page.get_by_role("textbox", name="Search").fill("البوكمال")
    screen.page.keyboard.press("Enter")
    screen.wait_for(0)
    screen.page.get_by_role("textbox", name="Search").fill("bukamal")
    screen.page.keyboard.press("Enter")
    screen.wait_for(1)
    screen.page.wait_for_function("location.search.includes('bukamal') && location.search.includes('united-states')")
    other = open_screen(screen.page.url)
    other.wait_for(1)
    assert other.page.get_by_role("textbox", name="Search").input_value() == "bukamal"
    other.page.reload()
    other.wait_for(1)
    other.page.get_by_role("button", name="Clear filters").click()
    other.page.locator(".rasid-shown").get_by_text("5").wait_for()  # the map stays where it was
    other.page.wait_for_function("location.search === ''")


def test_an_address_of_nonsense_is_told_and_harms_nothing(open_screen, fixture_app):
    image = "![x](https://example.org/x.png)<img src=https://example.org/x.png onerror=alert(1)>"
    screen = open_screen(f"{fixture_app}/?{urlencode({'actor': image, 'from': '2031-01-01', 'country': 'YE'})}")
    screen.wait_for(1)
    told = screen.page.locator(".rasid-refusal")
    assert "2031-01-01" in told.inner_text()
    assert told.locator("img").count() == 0
    screen.page.wait_for_function("location.search === '?country=YE'")


def test_other_formats_are_one_click_further_and_hold_what_they_say(screen, tmp_path):
    screen.wait_for(5)
    screen.page.get_by_role("button", name="More formats").click()
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="GeoPackage").click()
    assert waiting.value.suggested_filename == "rasid-events.gpkg"
    waiting.value.save_as(tmp_path / "events.gpkg")
    assert len(gpd.read_file(tmp_path / "events.gpkg")) == 7
