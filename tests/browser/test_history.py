"""Back and forward of the browser."""

import pytest

pytestmark = pytest.mark.browser


def test_back_undoes_filters_and_forward_chooses_them_again(screen):
    screen.wait_for(5)
    screen.page.get_by_role("radio", name="7 days").click()
    screen.wait_for(1)
    screen.page.wait_for_function("location.search.includes('from=2023-04-05')")
    screen.page.get_by_role("radio", name="All").click()
    screen.wait_for(5)
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    screen.page.wait_for_function("location.search.includes('actor=')")
    screen.page.go_back()
    screen.wait_for(5)
    screen.page.go_back()
    screen.wait_for(1)
    assert screen.page.get_by_role("radio", name="7 days").is_checked()
    screen.page.go_forward()
    screen.wait_for(5)
    screen.page.go_forward()
    screen.wait_for(2)
    assert "actor=iran-backed-militias" in screen.page.url


def test_back_closes_an_event_and_speaks_the_language_of_before(screen):
    screen.wait_for(5)
    screen.map.evaluate("void (window.map.setView([36.5, 40.74], 7, {animate: false}))")
    screen.page.wait_for_timeout(600)
    screen.click_shape(1)
    screen.page.wait_for_function("location.search.includes('event=e2')")
    screen.page.get_by_role("radio", name="العربية").click()
    screen.page.get_by_text("على الخريطة · من أصل 8 حدثاً").wait_for()
    screen.page.wait_for_function("location.search.includes('lang=ar')")
    screen.page.go_back()
    screen.page.get_by_text("of 8 events").wait_for()
    screen.page.go_back()
    screen.page.wait_for_function("!location.search.includes('event=')")
    screen.page.locator(".st-key-details").get_by_text("Click an event").wait_for()


def test_other_pages_do_not_forget_the_filters(screen):
    screen.wait_for(5)
    screen.choose("Actor", "Iran-backed")
    screen.wait_for(2)
    screen.page.get_by_role("link", name="About").click()
    screen.page.get_by_role("heading", name="About").wait_for()
    screen.page.get_by_role("link", name="Map", exact=True).click()
    screen.wait_for(2)
