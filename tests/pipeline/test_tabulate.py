"""Readings become rows: one an event, and the table keeps its promises."""

import json
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from pipeline.events import empty_events, validate_events
from pipeline.reading import PlacedReading
from pipeline.tabulate import actor_name, tabulate

Read = Callable[..., PlacedReading]
ROCKETS = (
    "أطلق حزب الله ثلاثة صواريخ من بلدة الخيام على قاعدة عسكرية في مدينة صفد يوم الخميس، ما أدى إلى مقتل جندي دون وقوع "
    "إصابات. وانفجرت عبوة ناسفة في مدينة تدمر يوم الأربعاء."
)
UNKNOWN = "قصف الطيران بلدة زغروطة يوم الخميس."


@pytest.fixture(scope="module")
def readings(read: Read) -> list[PlacedReading]:
    return [read(ROCKETS, article_id="a"), read(UNKNOWN, article_id="b"), read("لا شيء جديد.", article_id="c")]


def test_one_row_an_event(readings: list[PlacedReading]) -> None:
    table = tabulate(readings)
    assert list(table.index) == [placed.event.event_id for reading in readings for placed in reading.events]
    assert table["article_id"].tolist() == ["a", "a", "b"]


def test_the_table_keeps_its_promises(readings: list[PlacedReading]) -> None:
    table = tabulate(readings)
    assert len(validate_events(table)) == len(table) == 3


def test_no_readings_make_an_empty_table_that_keeps_its_promises() -> None:
    table = tabulate([])
    assert len(validate_events(table)) == 0
    assert list(table.columns) == list(empty_events().columns)


def test_a_row_says_what_the_event_says(readings: list[PlacedReading]) -> None:
    placed, row = readings[0].events[0], tabulate(readings).iloc[0]
    event = placed.event
    assert placed.target is not None and placed.origin is not None
    assert (row["event_type"], row["actor_id"], row["weapon"]) == ("rocket_or_missile", "hezbollah", "rocket")
    assert (row["weapon_count"], row["killed_low"], row["killed"], row["killed_high"]) == (3, 1, 1, 1)
    assert (row["date_start"], row["date_end"]) == (pd.Timestamp(2024, 5, 2), pd.Timestamp(2024, 5, 2))
    assert (row["date_precision"], row["time_status"], row["review_status"]) == ("day", "actual", "machine")
    assert (row["geometry"].x, row["geometry"].y) == (placed.target.lon, placed.target.lat)
    assert (row["origin_lon"], row["origin_lat"]) == (placed.origin.lon, placed.origin.lat)
    assert (row["place_name"], row["origin_name"]) == ("صفد", event.places[1].name)
    assert row["published_at"] == pd.Timestamp(date(2024, 5, 3))


def test_what_is_not_reported_is_null_and_none_is_zero(readings: list[PlacedReading]) -> None:
    table = tabulate(readings)
    blast, rockets = table.iloc[1], table.iloc[0]
    assert all(pd.isna(blast[name]) for name in ("killed", "killed_low", "wounded", "wounded_high", "weapon_count"))
    assert all(pd.isna(blast[name]) for name in ("actor_id", "actor", "origin_name", "origin_lon", "time"))
    assert rockets["wounded"] == 0


def test_a_place_nobody_knows_has_no_point(readings: list[PlacedReading]) -> None:
    row = tabulate(readings).iloc[2]
    assert (row["place_name"], row["place_status"]) == ("زغروطة", "unplaced")
    assert row["geometry"] is None
    assert pd.isna(row["extent_km"]) and pd.isna(row["precision"])


def test_evidence_names_article_offsets_and_quote(readings: list[PlacedReading]) -> None:
    texts = {reading.article.article_id: reading.article.text for reading in readings}
    for text in tabulate(readings)["evidence"]:
        evidence = json.loads(text)
        assert "event_type" in evidence
        for quote in evidence.values():
            assert texts[quote["article_id"]][quote["start"] : quote["end"]] == quote["quote"]


def test_candidates_are_told_with_scores_and_reasons(readings: list[PlacedReading]) -> None:
    candidates = json.loads(tabulate(readings)["candidates"].iloc[0])
    assert 1 <= len(candidates) <= 5
    needed = {"name", "lon", "lat", "extent_km", "precision", "score", "reasons"}
    assert all(needed <= candidate.keys() for candidate in candidates)


def test_a_party_has_its_name(readings: list[PlacedReading]) -> None:
    assert actor_name(readings[0].events[0].event) == "Hezbollah"
    assert actor_name(readings[0].events[1].event) is None
