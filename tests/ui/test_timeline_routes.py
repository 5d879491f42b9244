"""The routes of the timeline, asked as the browser asks them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.book import make_book
from ui.filters import EventFilter, to_day
from ui.state import shelf
from ui.timeline_panel import any_day, days_said, timeline_state
from ui.timeline_routes import timeline_routes
from ui.vocabulary import names_of

FIRST, LAST = to_day(date(2023, 3, 1)), to_day(date(2023, 4, 11))
REGION = {"z": 5, "w": 25, "s": 10, "e": 65, "n": 40}
BARS = {"unit": "auto", "by": "event_type", "room": 100, "lang": "en"}


@pytest.fixture
def client():
    return TestClient(Starlette(routes=list(timeline_routes())), base_url="http://127.0.0.1:8501")


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


@pytest.fixture
def ask(client, book):
    key = shelf().put(book, EventFilter(), np.ones(len(book), dtype=bool))

    def ask_one(name, **query):
        answer = client.get(f"/rasid/timeline/{name}/{key}", params=query)
        assert answer.status_code == 200, answer.text
        return answer

    return ask_one


def test_bars_count_every_dated_event_and_say_how_many_have_no_date(ask):
    said = ask("bars", **BARS).json()
    assert (said["span"], said["unit"], said["undated"], said["total"]) == ([FIRST, LAST], "day", 2, 6)
    spread = sum(amount for part in said["spread"] for _, amount in part)
    assert sum(map(sum, said["sure"])) + spread == pytest.approx(6, abs=0.05)
    assert {"word": "drone", "name": "Drone", "number": 1, "colour": "#cc79a7"} in said["parts"]


def test_bars_of_a_part_of_the_days(ask):
    said = ask("bars", **BARS, first=FIRST + 22, last=FIRST + 24).json()
    assert (said["edges"], said["span"]) == ([FIRST + 22, FIRST + 23, FIRST + 24, FIRST + 25], [FIRST, LAST])


def test_bars_by_actor_are_named_in_the_language_of_the_screen(ask):
    said = ask("bars", **BARS | {"by": "actor", "lang": "ar"}).json()
    names = {part["word"]: part["name"] for part in said["parts"]}
    known = names_of("actor", "ar")
    assert names == {"": "غير مذكور"} | {word: known[word] for word in ("iran-backed-militias", "united-states-army")}


def test_a_table_without_dates_has_no_bars(client, events):
    undated = events.assign(date_start=np.datetime64("NaT"), date_end=np.datetime64("NaT"))
    book = make_book(undated.astype({"date_start": "datetime64[ms]", "date_end": "datetime64[ms]"}), [])
    key = shelf().put(book, EventFilter(), np.ones(len(book), dtype=bool))
    assert client.get(f"/rasid/timeline/bars/{key}", params=BARS).json() == {"span": None, "undated": 8}


def test_days_let_the_browser_count_any_period(ask, book):
    said = ask("days", first=FIRST, last=LAST).json()
    columns = book.columns
    for first in range(FIRST, LAST):
        last = min(first + 5, LAST)
        inside = said["begun"][last - FIRST] - (said["ended"][first - 1 - FIRST] if first > FIRST else 0)
        assert inside == ((columns.start <= last) & (columns.end >= first)).sum()


def test_cells_of_a_period_match_vague_dates_by_overlap(ask):
    day = to_day(date(2023, 3, 24))
    said = ask("cells", first=day, last=day, **REGION).json()
    assert sum(cluster[2] for cluster in said["clusters"]) + len(said["points"]) == 2  # of the day, and of its month
    assert len(said["routes"]) == 1


def test_cells_have_the_colours_of_actors_where_they_are_asked_for(ask):
    by_kind, by_actor = (ask("cells", first=FIRST, last=LAST, **REGION, by=by).json() for by in ("event_type", "actor"))
    assert [area[5] for area in by_kind["areas"]] == [1, 2]
    assert [area[5] for area in by_actor["areas"]] == [12, 12]  # nobody is named
    ((*_, types),) = by_actor["clusters"]
    assert types == [[0, 2], [1, 1]]


def test_a_reel_is_bytes(ask):
    answer = ask("reel", since=FIRST, until=LAST, opening=FIRST, **REGION)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"


def test_events_come_one_after_another_with_their_place(ask):
    said = ask("events", day=FIRST, row=-1, number=50).json()
    assert said["total"] == 6
    assert [event["number"] for event in said["events"]] == [1, 2, 3, 4, 5, 6]
    assert [event["place"] for event in said["events"]][:2] == ["Al-Bukamal", "Al-Hasakah"]
    assert said["events"][3]["at"] is None  # the one that could not be placed
    assert said["events"][0]["at"] == pytest.approx([34.45, 40.92], abs=1e-4)
    back = ask("events", day=said["events"][2]["first"], row=said["events"][2]["row"], number=1, back=1).json()
    assert (back["events"][0]["row"], back["events"][0]["number"]) == (said["events"][1]["row"], 2)
    assert ask("events", day=LAST + 1, row=-1, number=5).json() == {"events": [], "total": 0}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_words_are_those_of_the_language(client, code):
    words = client.get(f"/rasid/timeline/words/{code}").json()
    assert words["direction"] == {"en": "ltr", "ar": "rtl"}[code]
    assert words["play"]
    assert not any("." in key for key in words)


def test_words_of_an_unknown_language_are_not_found(client):
    assert client.get("/rasid/timeline/words/..%2F..%2Fen").status_code == 404
    assert client.get("/rasid/timeline/words/xx").status_code == 404


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("bars", {**BARS, "by": "weapon"}),
        ("bars", {**BARS, "room": "many"}),
        ("bars", {**BARS, "first": 5, "last": 3}),
        ("bars", {**BARS, "first": 5}),
        ("days", {"first": 0, "last": 1_000_000}),
        ("days", {"first": "x", "last": 3}),
        ("cells", {"first": 1, "last": 2}),
        ("cells", {"first": 1, "last": 10**12, **REGION}),
        ("cells", {"first": 1, "last": 2, **REGION, "w": "nan"}),
        ("reel", {"since": 5, "until": 4, **REGION}),
        ("events", {"day": 1, "row": "x", "number": 3}),
    ],
)
def test_what_cannot_be_read_is_refused(client, book, name, query):
    key = shelf().put(book, EventFilter(), np.ones(len(book), dtype=bool))
    assert client.get(f"/rasid/timeline/{name}/{key}", params=query).status_code == 400


@pytest.mark.parametrize("name", ["bars", "days", "cells", "reel", "events"])
def test_a_key_that_has_gone_is_said_so(client, name):
    assert client.get(f"/rasid/timeline/{name}/0000").status_code == 410


def test_the_timeline_shows_what_passes_all_filters_but_that_of_days(book):
    chosen = EventFilter(first=date(2023, 3, 24), last=date(2023, 3, 24), event_type=("drone",))
    state = timeline_state(shelf(), book, chosen, any_day(book, chosen, np.zeros(len(book), dtype=bool)))
    assert (state["first"], state["last"]) == (FIRST + 23, FIRST + 23)
    assert shelf().get(state["key"]).mask.tolist() == [False, True, False, True, False, False, False, False]
    whole = replace(chosen, first=None, last=None)
    everything = np.ones(len(book), dtype=bool)
    assert any_day(book, whole, everything) is everything
    assert timeline_state(shelf(), book, whole, everything)["first"] is None


@pytest.mark.parametrize(
    "pick",
    [
        {},
        *({"days": days} for days in (None, "ab", [1], [1, None], [True, 2], [1.0, 2.0], [3, 2])),
        *({"days": days} for days in ([0, 10**9], [-(10**9), 0])),
    ],
)
def test_days_that_are_none_choose_nothing(pick):
    assert days_said(pick) is None
