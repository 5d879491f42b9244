import json
import re
from datetime import UTC, datetime

import pandas as pd
import pytest

from pipeline import export_html
from pipeline.errors import UsageError
from pipeline.events import empty_events
from pipeline.export_html import write_html
from pipeline.provenance import Provenance
from pipeline.screen_words import read_directions, read_screens

PROVENANCE = Provenance(datetime(2024, 3, 1, 12, tzinfo=UTC), "0.1.0", {"text": "</script><script>alert(1)</script>"})


def page_of(events, tmp_path):
    write_html(events, tmp_path / "events.html", PROVENANCE)
    return (tmp_path / "events.html").read_text(encoding="utf-8")


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))


def test_every_event_is_in_the_page_as_the_table_says_it(events, tmp_path):
    said = {event["id"]: event for event in data_of(page_of(events, tmp_path))["events"]}
    assert said.keys() == set(events.index)
    for event_id, row in events.iterrows():
        assert ("lon" in said[event_id]) == (row["place_status"] == "placed")
        assert said[event_id].get("killed") == (None if pd.isna(row["killed"]) else row["killed"])
    assert (said["e1"]["lon"], said["e1"]["lat"]) == (40.33, 35.35)
    assert ["place_name", "حقل كونوكو للغاز"] in said["e1"]["quotes"]


def test_the_latest_come_first_and_the_undated_last(events, tmp_path):
    said = data_of(page_of(events, tmp_path))["events"]
    days = [event.get("last", "") for event in said]
    assert days == sorted(days, reverse=True)


def test_nothing_is_fetched_and_only_our_scripts_run(events, tmp_path):
    page = page_of(events, tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1)
    assert "default-src &#x27;none&#x27;" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    outside = page.replace("https://leafletjs.com", "").partition('id="data"')[0]
    assert not re.search(r"""<(link|img|iframe|script[^>]+src)|@import|url\(["']?https?:""", outside)
    assert "sourceMappingURL" not in page


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028", "<img src=x onerror=alert(1)>"]
)
def test_no_word_can_leave_the_data(events, tmp_path, text):
    page = page_of(events.assign(title=text, actor=text, place_name=text, matched_name=text), tmp_path)
    assert page.count("<script") == 3
    assert "<img" not in page and "<!--<script>" not in page
    assert {event["title"] for event in data_of(page)["events"]} == {text}


def test_it_says_how_it_was_made(events, tmp_path):
    said = dict(data_of(page_of(events, tmp_path))["made"])
    assert said.keys() == {"generated_at", "version", "filter", "citation", "licence"}
    assert said["generated_at"] == "2024-03-01T12:00:00+00:00"
    assert json.loads(said["filter"]) == PROVENANCE.filter


def test_every_language_of_the_screen_is_there(events, tmp_path):
    said = data_of(page_of(events, tmp_path))
    assert said["languages"] == list(read_screens())
    assert said["directions"] == read_directions()
    assert all(words.keys() == said["words"]["en"].keys() for words in said["words"].values())


def test_too_many_events_are_refused_with_a_way_out(events, tmp_path, monkeypatch):
    monkeypatch.setattr(export_html, "MOST_EVENTS", 3)
    with pytest.raises(UsageError, match="too many"):
        page_of(events, tmp_path)


def test_no_event_makes_a_page_too(tmp_path):
    assert data_of(page_of(empty_events(), tmp_path))["events"] == []
