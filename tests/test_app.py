"""The app as a script: what it says for what is chosen. The browser tests see the map itself."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui.session import ARTICLES_VARIABLE, EVENTS_VARIABLE, base_book

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture
def app(tmp_path, monkeypatch, write_event_files):
    write_event_files(tmp_path)
    monkeypatch.setenv(EVENTS_VARIABLE, str(tmp_path / "events.parquet"))
    monkeypatch.setenv(ARTICLES_VARIABLE, str(tmp_path / "articles.jsonl"))
    base_book.clear()
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not opened.exception
    yield opened
    base_book.clear()


def html(app):
    return "\n".join(block.proto.body for block in app.get("html"))


def number(app, name):
    found = re.search(rf'<b class="rasid-{name}">([\d,]+)</b>', html(app))
    return int(found.group(1)) if found else None


def group(app, key):
    return next(found for found in app.get("button_group") if found.key == key)


def test_it_opens_with_counts_filters_and_downloads(app):
    assert number(app, "shown") == 5  # the denied one is off at first
    assert number(app, "unplaced") == 2
    assert "of 8 events" in html(app)
    labels = [re.sub("[\u2068\u2069]", "", button.proto.label) for button in app.get("download_button")]
    more = ["GeoPackage (7)", "GeoParquet (7)", "KML (7)", "Offline map (HTML) (7)", "Picture (PNG) (7)"]
    assert labels == ["GeoJSON (5)", "CSV (7)", *more]
    assert app.multiselect(key="actor").options[0].endswith("(2)")


def test_an_actor_narrows_the_counts_and_clearing_widens_them(app):
    app.multiselect(key="actor").set_value(["iran-backed-militias"]).run()
    assert number(app, "shown") == 2
    assert number(app, "unplaced") == 0
    app.button(key="clear").click().run()
    assert number(app, "shown") == 5


def test_a_party_stands_for_all_that_belong_to_it(app):
    assert any("United States" in option for option in app.multiselect(key="actor").options)
    app.multiselect(key="actor").set_value(["united-states"]).run()
    assert (number(app, "shown"), number(app, "unplaced")) == (1, 1)


def test_dates_narrow_and_say_what_is_undated(app):
    app.date_input(key="dates").set_value((date(2023, 4, 1), date(2023, 4, 11))).run()
    assert (number(app, "shown"), number(app, "unplaced"), number(app, "undated")) == (1, 1, 2)


def test_quick_ranges_and_dates_follow_each_other(app):
    group(app, "quick").set_value("7").run()
    assert app.session_state["dates"] == (date(2023, 4, 5), date(2023, 4, 11))
    assert number(app, "shown") == 1
    app.date_input(key="dates").set_value((date(2023, 3, 2), date(2023, 3, 5))).run()
    assert app.session_state["quick"] is None


def test_a_search_that_finds_nothing_says_what_to_do(app):
    app.text_input(key="text").set_value("zzz").run()
    assert number(app, "shown") == 0
    assert "No event passes these filters" in html(app)
    assert all(button.proto.disabled for button in app.get("download_button"))
    assert not app.exception


def test_statuses_are_a_filter(app):
    app.multiselect(key="time_status").set_value(["denied"]).run()
    assert number(app, "shown") == 1


def test_the_chosen_event_is_told_with_its_quotes(app):
    app.session_state["selected"], app.session_state["here"] = "e1", ["e1", "e7"]
    app.run()
    assert '<mark class="rasid-where">حقل كونوكو للغاز</mark>' in html(app)
    app.selectbox(key="among").set_value("e7").run()
    assert app.session_state["selected"] == "e7"
    app.button(key="close").click().run()
    assert 'class="rasid-report"' not in html(app)


def test_the_screen_turns_arabic_and_keeps_the_filters(app):
    app.multiselect(key="actor").set_value(["iran-backed-militias"]).run()
    group(app, "language").set_value("ar").run()
    assert not app.exception
    assert 'dir="rtl"' in html(app)
    assert "على الخريطة" in html(app)
    assert app.multiselect(key="actor").value == ["iran-backed-militias"]
    assert number(app, "shown") == 2


def test_a_made_up_selection_harms_nothing(app):
    app.session_state["selected"], app.session_state["here"] = "nobody", ["nobody"]
    app.run()
    assert not app.exception


def test_the_address_names_the_open_event(app):
    app.session_state["selected"], app.session_state["here"] = "e1", ["e1"]
    app.run()
    assert app.query_params["event"] in ("e1", ["e1"])
    app.button(key="close").click().run()
    assert "event" not in app.query_params


@pytest.mark.parametrize(("named", "opened"), [("e2", "e2"), ("<script>", None), ("", None)])
def test_an_address_opens_its_event_and_a_wrong_one_harms_nothing(app, named, opened):
    linked = AppTest.from_file(str(APP), default_timeout=60)
    linked.query_params["event"] = named
    linked.run()
    assert not linked.exception
    assert linked.session_state["selected"] == opened
    assert bool(linked.toast) == (opened is None)


def open_at(**address):
    linked = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        linked.query_params[name.rstrip("_")] = value
    linked.run()
    assert not linked.exception
    return linked


def address_of(app):
    said = {name: app.query_params[name] for name in app.query_params}
    return {name: [value] if isinstance(value, str) else list(value) for name, value in said.items()}


def test_a_link_opens_the_same_view(app):
    app.multiselect(key="actor").set_value(["united-states"]).run()
    app.date_input(key="dates").set_value((date(2023, 3, 20), date(2023, 4, 5))).run()
    app.multiselect(key="time_status").set_value([]).run()
    app.text_input(key="text").set_value("US forces").run()
    app.selectbox(key="coarsest").set_value("town").run()
    group(app, "language").set_value("ar").run()
    address = address_of(app)
    assert address == {
        "actor": ["united-states"],
        "coarsest": ["town"],
        "from": ["2023-03-20"],
        "lang": ["ar"],
        "text": ["US forces"],
        "time_status": ["any"],
        "to": ["2023-04-05"],
    }
    linked = open_at(**{f"{name}_": value for name, value in address.items()})
    assert 'dir="rtl"' in html(linked)
    assert (number(linked, "shown"), number(linked, "unplaced")) == (number(app, "shown"), number(app, "unplaced"))
    assert (number(linked, "shown"), number(linked, "unplaced")) == (1, 1)
    assert address_of(linked) == address
    assert "rasid-refusal" not in html(linked)


def test_a_link_keeps_what_was_not_said_and_the_quick_range(app):
    linked = open_at(weapon="", to="2023-04-11", from_="2023-04-05", actor_basis="")
    assert linked.multiselect(key="weapon").value == [""]
    assert linked.session_state["quick"] == "7"
    assert linked.sidebar.expander[0].proto.expanded
    assert not app.sidebar.expander[0].proto.expanded
    linked.button(key="clear").click().run()
    assert address_of(linked) == {}


def test_what_an_address_cannot_have_is_named_until_another_filter_is_chosen(app):
    hostile = "![x](https://example.org/x.png)<img src=x onerror=alert(1)>"
    linked = open_at(actor=["nobody", "united-states-army"], event_type=hostile, from_="2031-01-01", zoom="3")
    told = [block for block in html(linked).split("\n") if "rasid-refusal" in block]
    assert len(told) == 1
    for words in ("nobody", "2031-01-01", "zoom", "![x](https"):
        assert words in told[0]
    assert "<img" not in told[0]
    assert address_of(linked) == {"actor": ["united-states-army"]}
    assert number(linked, "shown") == 1
    assert "rasid-refusal" in html(linked.run())
    linked.text_input(key="text").set_value("forces").run()
    assert "rasid-refusal" not in html(linked)


def test_the_counts_beside_the_options_hold_at_first_and_after_clearing(app):
    options = app.multiselect(key="country").options
    assert app.multiselect(key="country").options == app.run().multiselect(key="country").options
    app.button(key="clear").click().run()
    assert app.multiselect(key="country").options == options


def test_without_a_file_it_shows_the_samples(monkeypatch):
    monkeypatch.delenv(EVENTS_VARIABLE, raising=False)
    base_book.clear()
    opened = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not opened.exception
    assert number(opened, "shown") >= 20
    base_book.clear()


def test_events_that_cannot_be_read_are_said_so(tmp_path, monkeypatch):
    broken = tmp_path / "events.parquet"
    broken.write_bytes(b"not a table")
    monkeypatch.setenv(EVENTS_VARIABLE, str(broken))
    monkeypatch.delenv(ARTICLES_VARIABLE, raising=False)
    base_book.clear()
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    base_book.clear()
    assert not opened.exception
    assert "cannot be shown" in opened.error[0].value
    assert "events.parquet" in opened.text[0].value


def test_an_area_and_a_layer_of_a_link_are_followed_and_kept(app):
    opened = AppTest.from_file(str(APP), default_timeout=60)
    opened.query_params |= {"area": "circle:40.5,35,80", "layer": "areas", "view": "7/35.1/40.5"}
    opened.run()
    assert not opened.exception
    assert number(opened, "shown") == 4  # a site with two reports, a town, a governorate whose extent touches it
    assert "Within 80 km of a point" in html(opened)
    assert "1 of them are known only as a wider place" in html(opened)
    assert "counts, not rates" in html(opened)
    assert address_of(opened) == {"area": ["circle:40.5,35,80"], "layer": ["areas"], "view": ["7/35.1/40.5"]}
    opened.button(key="area_remove").click().run()
    assert number(opened, "shown") == 5


def test_a_malformed_area_layer_or_view_of_a_link_is_told(app):
    opened = AppTest.from_file(str(APP), default_timeout=60)
    opened.query_params |= {"area": "circle:nan,1,1", "layer": "satellite", "view": "over there"}
    opened.run()
    assert not opened.exception
    assert number(opened, "shown") == 5
    assert all(word in html(opened) for word in ("circle:nan,1,1", "satellite", "over there"))
    assert address_of(opened) == {}
