"""The timeline under the map in a real browser."""

from datetime import date

import pytest

from ui.filters import to_day

pytestmark = pytest.mark.browser

FIRST, LAST = date(2023, 3, 1), date(2023, 4, 11)


def frame_with_bars(screen):
    frame = screen.map
    frame.wait_for_function("document.body.dataset.rasidBars && window.rasid.timeline.time.words")
    return frame


def period(frame):
    return frame.evaluate("[window.rasid.timeline.time.first, window.rasid.timeline.time.last]")


def wait_for_period(frame, first, last):
    wanted = [to_day(first), to_day(last)] if first else [None, None]
    frame.wait_for_function(
        "([first, last]) => { const time = window.rasid.timeline.time;"
        " return time.first === first && time.last === last && !time.playing; }",
        arg=wanted,
    )


def x_of(frame, day):
    """Where the middle of a day lies in the chart."""
    return frame.evaluate("day => (rasid.timeline.chart.xOf(day) + rasid.timeline.chart.xOf(day + 1)) / 2", to_day(day))


def drag(screen, start, end):
    """Drag over the bars from one day to another, as a hand would."""
    frame = frame_with_bars(screen)
    chart = frame.locator(".rasid-time-chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    points = [(box["x"] + x_of(frame, day), box["y"] + 20) for day in (start, end)]
    screen.page.mouse.move(*points[0])
    screen.page.mouse.down()
    screen.page.mouse.move(*points[1], steps=5)
    screen.page.mouse.up()


def wait_for_search(screen, *parts):
    screen.page.wait_for_function("parts => parts.every((part) => location.search.includes(part))", arg=list(parts))


def choose(frame, number, value):
    """Choose in the panel of options: 0 step, 1 speed, 2 bars, 3 what the bars are split by."""
    options = frame.get_by_role("button", name="Options")
    if options.get_attribute("aria-expanded") == "false":
        options.click()
    frame.locator(".rasid-time-choices select").nth(number).select_option(value)
    options.click()


def test_the_brush_chooses_days_for_map_counters_fields_and_address(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    frame.evaluate("window.mark = 1; void map.setView([28, 42], 4, {animate: false})")
    drag(screen, date(2023, 3, 20), date(2023, 3, 24))
    screen.wait_for(3)  # of the 23rd, of the 24th, and of some day in March
    wait_for_search(screen, "from=2023-03-20", "to=2023-03-24")
    assert screen.page.locator(".rasid-undated").inner_text() == "2"
    fields = screen.page.get_by_test_id("stDateInput").inner_text()
    assert "20" in fields
    assert frame.evaluate("[window.mark, map.getZoom()]") == [1, 4]
    words = frame.locator(".rasid-time-words")
    assert " ".join(words.inner_text().split()) == "20 – 24 Mar 2023 Events: 3"
    frame.get_by_role("button", name="Show all days").click()
    screen.wait_for(5)
    screen.page.wait_for_function("!location.search.includes('from=')")


def test_what_has_no_date_is_listed_whatever_the_period(screen):
    screen.wait_for(5)
    drag(screen, date(2023, 3, 20), date(2023, 3, 24))
    screen.wait_for(3)
    screen.page.get_by_role("tab", name="No date (2)").click()
    screen.page.get_by_text("no report says when").wait_for()


def test_the_map_follows_the_brush_before_it_is_let_go(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    box = frame.locator(".rasid-time-chart").bounding_box()
    screen.page.mouse.move(box["x"] + x_of(frame, date(2023, 4, 8)), box["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + x_of(frame, date(2023, 4, 11)), box["y"] + 20, steps=5)
    frame.wait_for_function("document.body.dataset.rasidEvents === '1'")
    assert screen.shown == 5
    screen.page.mouse.up()
    screen.wait_for(1)


def test_the_brush_follows_quick_ranges_and_links(screen, open_screen, fixture_app):
    frame = frame_with_bars(screen)
    screen.page.get_by_role("radio", name="7 days").click()
    wait_for_period(frame, date(2023, 4, 5), LAST)
    screen.page.get_by_role("radio", name="All").click()
    wait_for_period(frame, None, None)
    other = open_screen(f"{fixture_app}/?from=2023-03-23&to=2023-03-24")
    other.wait_for(3)
    wait_for_period(frame_with_bars(other), date(2023, 3, 23), date(2023, 3, 24))


def test_the_brush_is_moved_and_stretched(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    drag(screen, date(2023, 3, 20), date(2023, 3, 24))
    wait_for_period(frame, date(2023, 3, 20), date(2023, 3, 24))
    drag(screen, date(2023, 3, 22), date(2023, 3, 25))
    wait_for_period(frame, date(2023, 3, 23), date(2023, 3, 27))
    box = frame.locator(".rasid-time-chart").bounding_box()
    edge = frame.evaluate("day => rasid.timeline.chart.xOf(day)", to_day(date(2023, 3, 28)))
    screen.page.mouse.move(box["x"] + edge, box["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + x_of(frame, date(2023, 4, 2)), box["y"] + 20, steps=4)
    screen.page.mouse.up()
    wait_for_period(frame, date(2023, 3, 23), date(2023, 4, 2))
    wait_for_search(screen, "from=2023-03-23", "to=2023-04-02")


def test_the_brush_is_three_sliders_for_the_keyboard(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    start = frame.get_by_role("slider", name="First day")
    start.press("ArrowRight")
    wait_for_period(frame, date(2023, 3, 2), LAST)
    assert start.get_attribute("aria-valuetext") == "2 Mar 2023"
    end = frame.get_by_role("slider", name="Last day")
    end.press("Home")
    wait_for_period(frame, date(2023, 3, 2), date(2023, 3, 2))
    whole = frame.get_by_role("slider", name="Period")
    for _ in range(3):
        whole.press("ArrowRight")
    whole.press("Shift+ArrowRight")
    wait_for_period(frame, date(2023, 3, 5), date(2023, 3, 6))
    wait_for_search(screen, "from=2023-03-05", "to=2023-03-06")
    whole.press("End")
    wait_for_period(frame, date(2023, 4, 10), LAST)
    whole.press("Escape")
    wait_for_period(frame, None, None)
    screen.page.wait_for_function("!location.search.includes('from=')")
    screen.wait_for(5)


def test_bars_follow_the_other_filters_and_count_what_has_no_date(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    assert frame.evaluate("document.body.dataset.rasidTotal") == "5"  # the denied one is not chosen at first
    assert frame.locator(".rasid-time-aside").inner_text().split("\n")[-1].endswith("Undated: 2")
    assert frame.locator(".rasid-time-hatched").count() == 1
    screen.choose("Actor", "Iran-backed")
    frame.wait_for_function("document.body.dataset.rasidTotal === '2'")
    assert frame.locator(".rasid-time-hatched").count() == 0
    choose(frame, 2, "month")
    frame.wait_for_function("document.body.dataset.rasidUnit === 'month' && document.body.dataset.rasidBars === '2'")


def test_rings_bars_and_legend_are_split_by_actor_and_a_link_says_so(screen, open_screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    choose(frame, 3, "actor")
    frame.locator(".rasid-time-legend").get_by_text("Iran-backed").wait_for()
    screen.page.locator(".rasid-legend").get_by_text("Iran-backed").wait_for()
    wait_for_search(screen, "split=actor")
    screen.wait_for(5)
    other = open_screen(screen.page.url)
    other.page.locator(".rasid-legend").get_by_text("split by actor").wait_for()
    other.wait_for(5)
    frame_with_bars(other).locator(".rasid-time-legend").get_by_text("Iran-backed").wait_for()


def test_time_plays_pauses_and_ends_with_the_days(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    frame.evaluate("window.mark = 1")
    choose(frame, 1, "8")
    frame.get_by_role("button", name="Play").click()
    frame.wait_for_function("day => rasid.timeline.time.first > day", arg=to_day(date(2023, 3, 4)))
    assert frame.evaluate("document.body.classList.contains('rasid-playing')")
    assert screen.shown == 5  # the page waits until time is stopped
    frame.get_by_role("button", name="Pause").click()
    first, last = period(frame)
    assert last - first == 6
    day = date.fromordinal(date(1970, 1, 1).toordinal() + first).isoformat()
    wait_for_search(screen, f"from={day}")
    assert period(frame) == [first, last]
    frame.wait_for_function("!document.body.classList.contains('rasid-playing')")
    screen.wait_for(screen.shown)
    choose(frame, 1, "30")
    frame.get_by_role("button", name="Play").click()
    wait_for_period(frame, date(2023, 4, 5), LAST)
    wait_for_search(screen, "from=2023-04-05", "to=2023-04-11")
    screen.wait_for(1)
    assert frame.get_by_role("button", name="Play").count() == 1
    assert frame.evaluate("window.mark") == 1


def test_the_film_counts_what_the_map_will_show(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    drag(screen, date(2023, 3, 18), date(2023, 3, 24))
    screen.wait_for(3)
    frame.evaluate("rasid.timeline.time.speed = 0.01")
    frame.get_by_role("button", name="Play").click()
    frame.wait_for_function("document.body.dataset.rasidPlaying === '3'")
    frame.get_by_role("button", name="Pause").click()
    screen.wait_for(3)


def test_a_step_goes_on_by_a_week_or_to_the_next_event(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    choose(frame, 0, "week")
    forward = frame.get_by_role("button", name="Step forward")
    forward.click()
    wait_for_period(frame, FIRST, date(2023, 3, 7))
    forward.click()
    wait_for_period(frame, date(2023, 3, 8), date(2023, 3, 14))
    frame.get_by_role("button", name="Step back").click()
    wait_for_period(frame, FIRST, date(2023, 3, 7))
    choose(frame, 0, "event")
    forward.click()
    wait_for_search(screen, "event=e3")
    forward.click()
    wait_for_search(screen, "event=e2", "to=2023-03-23")
    assert "Event 2 of 5: \u2068Al-Hasakah\u2069" in frame.locator(".rasid-time-words").inner_text()
    screen.page.locator(".st-key-details").get_by_role("heading", name="Hasakah").wait_for()
    for number in (3, 4, 5):
        forward.click()
        frame.get_by_text(f"Event {number} of 5").wait_for()
    wait_for_search(screen, "event=e7")
    forward.click()
    frame.get_by_text("No event is further on").wait_for()


def test_arabic_turns_the_words_but_not_the_days(screen):
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    screen.page.get_by_role("radio", name="العربية").click()
    frame.get_by_role("button", name="تشغيل").wait_for()
    direction = "element => getComputedStyle(element).direction"
    assert frame.locator(".rasid-time-bar").evaluate(direction) == "rtl"
    assert frame.locator(".rasid-time-chart").evaluate(direction) == "ltr"
    drag(screen, date(2023, 3, 20), date(2023, 3, 24))
    screen.wait_for(3)
    assert frame.locator(".rasid-time-words").inner_text().split()[-2:] == ["الأحداث:", "3"]
    start = frame.get_by_role("slider", name="أول يوم")
    start.press("ArrowLeft")  # earlier, as it is drawn
    wait_for_period(frame, date(2023, 3, 19), date(2023, 3, 24))


def test_a_narrow_screen_has_it_all(open_screen, fixture_app):
    screen = open_screen(fixture_app, width=390, has_touch=True)
    screen.wait_for(5)
    frame = frame_with_bars(screen)
    inside = (
        "element => { const box = element.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; }"
    )
    for part in (".rasid-time-bar", ".rasid-time-chart", ".rasid-time-options"):
        assert frame.locator(part).evaluate(inside), part
    frame.get_by_role("button", name="Options").click()
    assert frame.locator(".rasid-time-choices").evaluate(inside)
    frame.get_by_role("button", name="Options").click()
    drag(screen, date(2023, 3, 20), date(2023, 3, 24))
    screen.wait_for(3)
