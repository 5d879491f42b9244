"""Finding on the map: areas drawn and uploaded, layers, the map's view in the address, clusters and rows."""

import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytestmark = pytest.mark.browser

FRAME = 'iframe[title^="streamlit_folium"]'
HOSTILE_NAME = "<img src=x onerror=parent.document.title='RAN'>.geojson"


def look_at(screen, lat, lon, zoom):
    screen.map.evaluate(f"void window.map.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
    screen.page.wait_for_timeout(500)


def spot(screen, lat, lon):
    """Where a position lies on the page."""
    box = screen.page.locator(FRAME).bounding_box()
    at = screen.map.evaluate(f"(({{x, y}}) => [x, y])(window.map.latLngToContainerPoint([{lat}, {lon}]))")
    return box["x"] + at[0], box["y"] + at[1]


def drag(screen, start, end):
    screen.page.mouse.move(*spot(screen, *start))
    screen.page.mouse.down()
    screen.page.mouse.move(*spot(screen, *end), steps=4)
    screen.page.mouse.up()


def wait_for_counter(screen, count):
    """Wait for the counter alone, where not all that passes is in view."""
    screen.page.locator(".rasid-shown").get_by_text(str(count), exact=True).wait_for()


def tool(screen, name):
    screen.map.get_by_role("button", name=name).click()


def address(screen):
    return {name: values[0] for name, values in parse_qs(urlsplit(screen.page.url).query).items()}


def wait_for_address(screen, name, pattern):
    for _ in range(100):
        if re.search(pattern, address(screen).get(name, "")):
            return address(screen)[name]
        screen.page.wait_for_timeout(100)
    raise AssertionError(f"{name} of {screen.page.url} is not {pattern}")


def upload(screen, said, name="zone.geojson"):
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    section = screen.page.locator("details").filter(has_text="upload polygons")
    if section.get_attribute("open") is None:
        section.locator("summary").click()
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "application/geo+json", "buffer": data}]
    )


def test_a_box_keeps_what_lies_in_it_and_stands_in_the_address(screen, open_screen):
    screen.wait_for(5)
    look_at(screen, 35, 41, 7)
    screen.map.evaluate("window.mark = 1")
    tool(screen, "Draw a box")
    drag(screen, (35.6, 40.0), (35.1, 40.6))
    screen.wait_for(2)  # the two at Conoco
    assert screen.map.evaluate("window.mark") == 1
    assert screen.page.locator(".rasid-area").inner_text() == "In the box drawn"
    word = wait_for_address(screen, "area", "^box:")
    assert [round(float(edge), 1) for edge in word[4:].split(",")] == [40.0, 35.1, 40.6, 35.6]
    other = open_screen(screen.page.url)
    other.wait_for(2)
    other.page.get_by_role("button", name="Remove the area").click()
    wait_for_counter(other, 5)


def test_a_circle_says_what_it_only_touches(screen):
    screen.wait_for(5)
    look_at(screen, 36, 41, 7)
    tool(screen, "Draw a circle")
    drag(screen, (35.35, 40.33), (35.35, 41.3))
    screen.wait_for(3)
    note = screen.page.locator(".rasid-area").inner_text()
    assert re.search(r"Within \d\d(\.\d)? km of a point", note)
    assert "1 of them are known only as a wider place" in note
    tool(screen, "Remove the area")
    wait_for_counter(screen, 5)


def test_a_polygon_is_clicked_corner_by_corner_and_escape_stops(screen):
    screen.wait_for(5)
    look_at(screen, 35, 41, 7)
    tool(screen, "Draw a polygon")
    screen.map.get_by_text("Click the corners").wait_for()
    screen.page.mouse.click(*spot(screen, 34.9, 40.0))
    screen.page.keyboard.press("Escape")
    assert not screen.map.get_by_text("Click the corners").is_visible()
    tool(screen, "Draw a polygon")
    corners = [(34.0, 40.5), (34.0, 41.4), (34.9, 41.4), (34.9, 40.5)]
    for corner in [*corners, corners[0]]:
        screen.page.mouse.click(*spot(screen, *corner))
        screen.page.wait_for_timeout(350)
    screen.wait_for(1)  # Al-Bukamal
    assert wait_for_address(screen, "area", "^polygon:").count(",") == 7


def test_what_is_in_view_is_an_area_by_keyboard(screen):
    screen.wait_for(5)
    look_at(screen, 15.4, 45, 9)
    screen.map.get_by_role("button", name="Only what is in view").press("Enter")
    screen.wait_for(1)
    wait_for_address(screen, "area", "^box:")


def test_an_uploaded_area_narrows_and_is_named(screen):
    screen.wait_for(5)
    ring = [[44, 15], [46, 15], [46, 16], [44, 16], [44, 15]]
    upload(screen, {"type": "Polygon", "coordinates": [ring]}, name=HOSTILE_NAME)
    screen.wait_for(1)
    note = screen.page.locator(".rasid-area")
    assert "onerror" in note.inner_text()
    assert note.locator("img").count() == 0
    assert screen.page.title() != "RAN"
    wait_for_address(screen, "area", "^polygon:")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"{", "It is not GeoJSON"),
        ({"type": "Point", "coordinates": [1, 2]}, "It holds a Point; only Polygon and MultiPolygon"),
        (
            {"type": "Polygon", "coordinates": [[[400000, 1], [500000, 1], [500000, 9], [400000, 1]]]},
            "not degrees of longitude and latitude",
        ),
        ({"type": "<img src=x onerror=alert(1)>"}, "<img src=x onerror=alert(1)>"),
    ],
)
def test_a_file_that_is_no_area_is_refused_with_a_reason(screen, said, words):
    screen.wait_for(5)
    upload(screen, said)
    told = screen.page.locator(".rasid-refusal")
    told.wait_for()
    assert words in told.inner_text()
    assert told.locator("img").count() == 0
    screen.wait_for(5)


def test_heat_follows_the_filters_without_making_the_map_again(screen):
    screen.wait_for(5)
    frame = screen.map
    frame.evaluate("window.mark = 1")
    screen.page.get_by_role("radio", name="Heat").click()
    frame.wait_for_function("document.body.dataset.rasidLayer === 'heat' && document.body.dataset.rasidShaded === '4'")
    assert frame.locator("img.rasid-heat").count() == 1
    assert "rasid-away" in frame.locator(".leaflet-rasid-pane").get_attribute("class")
    screen.page.get_by_text("not in the heat: 1").wait_for()
    screen.choose("Actor", "Iran-backed")
    frame.wait_for_function("document.body.dataset.rasidShaded === '2'")
    wait_for_address(screen, "layer", "^heat$")
    screen.page.get_by_role("radio", name="Events").click()
    frame.wait_for_function("document.body.dataset.rasidLayer === 'events'")
    assert frame.locator("img.rasid-heat").count() == 0
    assert "rasid-away" not in frame.locator(".leaflet-rasid-pane").get_attribute("class")
    assert frame.evaluate("window.mark") == 1


def test_a_shaded_governorate_says_its_count_and_lists_its_events(screen):
    screen.wait_for(5)
    screen.page.get_by_role("radio", name="Governorates").click()
    frame = screen.map
    frame.wait_for_function("document.body.dataset.rasidLayer === 'areas' && document.body.dataset.rasidShaded === '2'")
    legend = screen.page.locator(".rasid-legend").inner_text()
    assert "counts, not rates" in legend
    assert "outside the region: 3" in legend
    look_at(screen, 35.2, 40.3, 7)
    x, y = spot(screen, 35.0, 40.0)
    screen.page.mouse.move(x, y)
    frame.locator(".rasid-tip").get_by_text("Events: 1").wait_for()
    assert frame.locator(".rasid-tip-title").inner_text() == "Deir ez-Zor"
    screen.page.mouse.click(x, y)
    screen.page.get_by_text("Only the 1 events of the area that was clicked").wait_for()
    screen.page.get_by_role("button", name="Show all in the table").click()
    screen.page.get_by_text("of the area that was clicked").wait_for(state="detached")


def test_where_the_map_looks_is_shared_by_its_address(screen, open_screen):
    screen.wait_for(5)
    assert "view" not in address(screen)  # nobody has moved it
    look_at(screen, 24.4, 46.5, 6)
    wait_for_address(screen, "view", r"^6/24\.4000/46\.5000$")
    screen.choose("Actor", "Iran-backed")  # a run of the page keeps it
    wait_for_counter(screen, 2)
    screen.page.wait_for_timeout(1800)
    assert address(screen)["view"] == "6/24.4000/46.5000"
    other = open_screen(screen.page.url)
    seen = other.map.evaluate("[window.map.getZoom(), window.map.getCenter().lat, window.map.getCenter().lng]")
    assert seen == pytest.approx([6, 24.4, 46.5], abs=0.01)
    assert address(other)["view"] == "6/24.4000/46.5000"


def test_a_malformed_view_layer_or_area_is_told_and_falls_back(open_screen, fixture_app):
    said = {"view": "7/<img src=x onerror=alert(1)>/1", "layer": "javascript:alert(1)", "area": "box:1,2"}
    screen = open_screen(f"{fixture_app}/?{urlencode(said)}")
    screen.wait_for(5)
    told = screen.page.locator(".rasid-refusal").inner_text()
    assert all(word in told for word in ("Map view", "Map layer", "Area", "box:1,2"))
    assert screen.map.evaluate("document.body.dataset.rasidLayer || 'events'") == "events"


def test_a_cluster_narrows_the_table_to_exactly_its_events(screen):
    screen.wait_for(5)
    look_at(screen, 35, 40.6, 4)
    screen.page.mouse.click(*spot(screen, 35.05, 40.53))
    screen.page.get_by_text("Only the 3 events of the cluster that was clicked").wait_for()
    screen.page.wait_for_timeout(800)
    assert screen.map.evaluate("window.map.getZoom()") > 4
    screen.page.get_by_role("textbox", name="Search").fill("conoco")  # another filter, another table
    screen.page.keyboard.press("Enter")
    screen.wait_for(2)
    screen.page.get_by_text("of the cluster that was clicked").wait_for(state="detached")


def test_a_table_row_makes_the_map_fly_there(screen):
    screen.wait_for(5)
    table = screen.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    screen.page.mouse.click(box["x"] + 16, box["y"] + 35 + 4.5 * 35)  # Sirwah, undated
    screen.map.wait_for_function(
        "window.map.getZoom() === 9 && Math.abs(window.map.getCenter().lat - 15.45) < 0.1",
    )


def test_charts_follow_the_filters(screen):
    screen.wait_for(5)
    screen.page.get_by_role("tab", name="Charts").click()
    charts = screen.page.locator(".rasid-charts")
    charts.get_by_text("Armed clash").wait_for()
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    charts.get_by_text("Armed clash").wait_for(state="detached")
    assert charts.get_by_text("Deir ez-Zor · Syria").count() == 1


def test_heat_follows_the_days_that_are_played(screen):
    screen.wait_for(5)
    screen.page.get_by_role("radio", name="Heat").click()
    frame = screen.map
    frame.wait_for_function("document.body.dataset.rasidShaded === '4'")
    frame.get_by_role("button", name="Play").click()
    frame.wait_for_function("['1', '2', '0'].includes(document.body.dataset.rasidShaded)")
    assert "rasid-away" in frame.locator(".leaflet-rasid-film-pane").get_attribute("class")
