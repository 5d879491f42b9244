import json
import re

import pandas as pd
import pytest

from pipeline.codes import event_types
from pipeline.promises import PRECISIONS
from pipeline.records import Article
from ui.details import describe_event, event_line, find_unquoted, highlight, read_evidence
from ui.labels import load_labels
from ui.reading import read_articles

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
    assert "It could beAs-Salihiyah, Deir ez-Zor, Syria · weight \u20660.5\u2069" in said
    assert "could be several" in said


def test_the_place_that_was_chosen_is_not_among_the_others(events, articles):
    event = events.loc["e1"].copy()
    event["place_id"] = "field"
    chosen = {"place_id": "field", "name": "Conoco", "kind": "field", "lon": 40.3, "lat": 35.3, "score": 0.9}
    event["candidates"] = json.dumps([chosen])
    assert EN("detail.candidates") not in describe_event(event, {}, EN)
    event["candidates"] = json.dumps([chosen, {**chosen, "place_id": "base", "kind": "base", "score": 0.1}])
    assert "Other places consideredConoco · base · 35.300, 40.300 · weight" in plain(describe_event(event, {}, EN))
    assert "قاعدة · 35.300, 40.300" in plain(describe_event(event, {}, AR))


def test_a_number_of_weapons_stands_the_way_the_page_is_written(events):
    assert '<bdi dir="ltr">× 2</bdi>' in describe_event(events.loc["e1"], {}, EN)
    assert '<bdi dir="rtl">× 2</bdi>' in describe_event(events.loc["e1"], {}, AR)


def test_a_day_that_is_named_but_has_no_date_is_not_called_unnamed(events):
    undated = Article("a", "en", "Three rockets hit the city of Mosul on Sunday evening, local sources said.")
    said = plain(describe_event(read_articles([undated]).iloc[0], {"a": undated}, EN))
    assert EN("detail.unresolved") in said
    assert EN("detail.undated") in plain(describe_event(events.loc["e6"], {}, EN))


def test_what_has_no_words_of_its_own_is_said_so(events):
    assert find_unquoted(events.loc["e1"]) == ["actor", "weapon_count", "killed", "attribution"]
    said = plain(describe_event(events.loc["e4"], {}, EN))
    assert f"when · where · by{EN('detail.unquoted')}" in said


@pytest.mark.parametrize(
    ("basis", "english", "arabic"),
    [
        ("claimed", "claimed by the actor itself", "تبنٍّ من الجهة نفسها"),
        ("blamed", "blamed by others", "اتهام من طرف آخر"),
        ("suspected", "suspected, not confirmed", "اشتباه غير مؤكد"),
    ],
)
def test_how_the_actor_is_known_stands_beside_it(events, basis, english, arabic):
    event = events.loc["e1"].copy()
    event["actor_basis"] = basis
    assert f"<small>{english}</small>" in describe_event(event, {}, EN)
    assert f"<small>{arabic}</small>" in describe_event(event, {}, AR)


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


@pytest.mark.parametrize("labels", [EN, AR], ids=["en", "ar"])
def test_every_code_says_what_it_means(events, labels):
    for event_type in event_types():
        for precision in PRECISIONS:
            row = events.loc["e1"].copy()
            row["event_type"], row["precision"] = event_type, precision
            said = describe_event(row, {}, labels)
            assert said.count("data-tip=") == said.count('class="rasid-tipped"') >= 5
    assert labels("code.geo_precision_1") in describe_event(events.loc["e1"], {}, labels)


@pytest.mark.parametrize(("days", "code"), [(1, 1), (3, 2), (7, 3), (20, 4), (90, 5)])
def test_codes_of_vague_days_have_a_meaning_too(events, days, code):
    row = events.loc["e3"].copy()
    row["date_end"] = row["date_start"] + pd.Timedelta(days=days - 1)
    assert EN(f"code.date_prec_{code}") in describe_event(row, {}, EN)
