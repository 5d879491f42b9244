import json
import re

import pytest

from pipeline.records import Article
from ui.details import describe_event, event_line, highlight, read_evidence
from ui.labels import load_labels

EN, AR = load_labels("en"), load_labels("ar")
HOSTILE = "<img src=x onerror=parent.document.title='run'>${1}`</script>\u202e"


def plain(markup):
    return re.sub(r"<[^>]+>", "", markup)


def test_quotes_are_marked_where_they_stand(events, articles):
    said = describe_event(events.loc["e1"], {articles[0].article_id: articles[0]}, AR)
    assert '<mark class="rasid-where">حقل كونوكو للغاز</mark>' in said
    assert '<mark class="rasid-what">صاروخين</mark>' in said
    assert 'dir="rtl"' in said
    assert articles[0].text in plain(said)


def test_unknown_is_not_none_and_none_is_not_unknown(events, articles):
    said = plain(describe_event(events.loc["e1"], {articles[0].article_id: articles[0]}, EN))
    assert "Killed0none, the report says" in said
    assert "Woundednot reported" in said


def test_a_range_of_casualties_is_said_as_one(events, articles):
    event = events.loc["e2"].copy()
    event["killed_low"], event["killed_high"] = 1, 3
    assert "1 (from 1 to 3)" in describe_event(event, {articles[1].article_id: articles[1]}, EN)


def test_place_precision_origin_and_codes_are_said(events, articles):
    said = plain(describe_event(events.loc["e1"], {articles[0].article_id: articles[0]}, EN))
    for words in ("within 2 km", "site", "البوكمال", "geo_precision 1", "where_prec 1", "date_prec 1", "05:51"):
        assert words in said


def test_candidates_of_an_ambiguous_place_are_listed(events, articles):
    said = plain(describe_event(events.loc["e5"], {articles[0].article_id: articles[0]}, EN))
    assert "As-Salihiyah, Deir ez-Zor, Syria (0.5)" in said
    assert "could be several" in said


def test_every_report_an_event_rests_on_is_shown(events, articles):
    event = events.loc["e1"].copy()
    evidence = json.loads(event["evidence"])
    evidence["actor"] = {"article_id": "a2", "start": 0, "end": 7, "quote": "A drone"}
    event["evidence"] = json.dumps(evidence)
    said = describe_event(event, {article.article_id: article for article in articles}, EN)
    assert said.count('class="rasid-report"') == 2
    assert '<mark class="rasid-who">A drone</mark>' in said


def test_a_report_that_is_not_kept_is_said_so(events):
    assert EN("detail.no_text") in describe_event(events.loc["e1"], {}, EN)


@pytest.mark.parametrize("labels", [EN, AR])
def test_hostile_words_in_every_field_stay_text(events, labels):
    event = events.loc["e1"].copy()
    for column in event.index:
        if isinstance(event[column], str) and column not in {"event_type", "precision", "date_precision"}:
            event[column] = HOSTILE
    event["evidence"] = json.dumps({HOSTILE: {"article_id": "a", "start": 0, "end": len(HOSTILE), "quote": HOSTILE}})
    event["candidates"] = json.dumps([{"name": HOSTILE, "admin1": HOSTILE, "country": HOSTILE}])
    event["time_status"], event["place_status"] = "actual", "placed"
    said = describe_event(event, {"a": Article("a", HOSTILE, HOSTILE, source=HOSTILE, title=HOSTILE)}, labels)
    assert "<img" not in said
    assert "</script>" not in said
    assert "javascript:" not in said


def test_overlapping_and_impossible_passages_break_nothing():
    article = Article("a", "en", "one two three")
    said = highlight(article, [(4, 7, "where"), (0, 7, "when"), (5, 99, "who"), (8, 13, "who")])
    assert said.count("<mark") == 2
    assert plain(said) == article.text


def test_evidence_is_read_in_the_order_of_the_text(events):
    assert list(read_evidence(events.loc["e1"])) == ["weapon", "origin_name", "place_name", "date_start"]


def test_one_line(events):
    assert event_line(events.loc["e6"], EN) == "no date given · Armed clash · Sirwah"
