"""The samples a fresh clone shows: readable, plainly invented, and enough for a map."""

from pathlib import Path

import pytest

from pipeline.ingest import read_inputs
from pipeline.run import read_events

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples" / "articles.jsonl"
SOURCES = {"Sample Agency", "Sample Wire", "وكالة العينة", "صحيفة العينة"}


@pytest.fixture(scope="module")
def articles():
    read, refusals = read_inputs([SAMPLES])
    assert refusals == []
    return read


def test_they_are_of_both_languages_and_say_that_they_are_samples(articles):
    assert {article.language for article in articles} == {"ar", "en"}
    assert {article.source for article in articles} <= SOURCES
    assert all(article.published_at and article.title for article in articles)
    assert all(400 <= len(article.text) <= 1500 for article in articles)


def test_they_make_a_map(articles):
    events = read_events(articles)
    placed = events[events["place_status"] == "placed"]
    assert len(placed) >= 25
    assert placed["country"].nunique() >= 5
    assert {"rocket_or_missile", "drone", "airstrike", "artillery_shelling"} <= set(events["event_type"])
    assert events["origin_lon"].notna().any()
    assert (~placed["precision"].isin(["site", "town"])).any()
    assert {"actual", "historical"} <= set(events["time_status"])


def test_a_report_without_an_attack_makes_no_event(articles):
    assert read_events([article for article in articles if article.article_id == "sample-15"]).empty
