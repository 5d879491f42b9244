"""The article page in a real browser: paste, read, add, see it on the map; upload."""

import json

import pytest

pytestmark = pytest.mark.browser

REPORT = (
    "DAMASCUS - A roadside bomb exploded beside a patrol in the town of Shaddadi in northeastern Syria on Sunday, "
    "killing two fighters of the Syrian Democratic Forces and wounding three, a security source said."
)


@pytest.fixture
def reader(screen):
    screen.wait_for(5)
    screen.page.get_by_role("link", name="Read an article").click()
    screen.page.get_by_role("textbox", name="Text of the article").wait_for()
    return screen


def read(screen, text):
    screen.page.get_by_role("textbox", name="Text of the article").fill(text)
    screen.page.get_by_role("button", name="Read", exact=True).click()
    screen.page.locator(".rasid-found").wait_for()


def test_a_pasted_article_is_read_and_added_to_the_map(reader):
    read(reader, REPORT)
    assert reader.page.locator(".rasid-found").inner_text().startswith("Events: 1 ")
    reader.page.locator(".rasid-report mark").first.wait_for()
    assert "Shaddadi" in reader.page.locator(".rasid-report mark.rasid-where").all_inner_texts()
    reader.page.get_by_role("button", name="Add 1 to the map").click()
    reader.page.get_by_text("Added to the map of this session: 1 event(s)").wait_for()
    reader.page.get_by_role("link", name="Map").click()
    reader.wait_for(6)
    assert "of 9 events" in reader.page.locator(".rasid-counts").inner_text()


def test_a_text_without_an_attack_says_so(reader):
    read(reader, "The minister of energy opened a power station near Homs on Tuesday and promised lower prices.")
    reader.page.get_by_text("No attack was found in this text").wait_for()


def test_filters_survive_a_visit_to_another_page(screen):
    screen.wait_for(5)
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    screen.page.get_by_role("link", name="About").click()
    screen.page.get_by_text("Data and licences").wait_for()
    screen.page.get_by_role("link", name="Map").click()
    screen.wait_for(2)


def test_an_upload_with_a_bad_line_reads_the_rest_and_names_the_line(reader, tmp_path):
    record = {"id": "u1", "lang": "en", "published": "2024-03-04", "text": REPORT}
    path = tmp_path / "upload.jsonl"
    path.write_text(json.dumps(record) + "\n{broken\n", encoding="utf-8")
    reader.page.locator('input[type="file"]').set_input_files(path)
    reader.page.get_by_text("upload.jsonl").wait_for()
    reader.page.get_by_role("button", name="Read", exact=True).click()
    reader.page.locator(".rasid-found").wait_for()
    assert "line 2" in reader.page.locator(".rasid-refusal").inner_text()
    assert "2024-03-03" in reader.page.locator(".rasid-detail header").inner_text()
    reader.page.get_by_role("button", name="Add 1 to the map").click()
    reader.page.get_by_text("Added to the map of this session").wait_for()
    reader.page.get_by_role("link", name="Map").click()
    reader.wait_for(6)  # though it lies a year after all the others
