"""The annotated examples are data, so they are tested as data: every answer must quote its text and make sense."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

LANGUAGES = Path(__file__).resolve().parent.parent / "data" / "languages"
FILES = sorted(LANGUAGES.glob("*/examples/*.jsonl"))
TYPES = {
    "rocket_or_missile",
    "drone",
    "airstrike",
    "artillery_shelling",
    "ied_or_mine",
    "suicide_bombing",
    "armed_clash",
    "ambush_or_assassination",
    "abduction",
    "arrest_raid",
    "interception",
    "other",
}
WEAPONS = {
    "rocket",
    "missile",
    "drone",
    "airstrike",
    "barrel_bomb",
    "artillery",
    "mortar",
    "ied",
    "car_bomb",
    "suicide_vest",
    "landmine",
    "grenade",
    "small_arms",
    "sniper",
    "chemical",
}
ROLES = {"event", "origin", "background"}
STATUS = {"reported", "claimed", "suspected", "disputed", "claimed_and_denied"}
DATE_BASIS = {"explicit", "publication", "inferred", "none"}
ARTICLE_FIELDS = {
    "id", "lang", "published", "published_status", "text_origin", "register", "text", "no_event", "events", "places",
}  # fmt: skip
EVENT_FIELDS = {
    "date_start", "date_end", "time", "event_type", "event_type_ok", "actor", "actor_aliases_ok", "actor_null_ok",
    "target", "weapon", "weapon_ok", "killed", "wounded", "killed_ok", "wounded_ok", "place_name", "lat", "lon",
    "tolerance_km", "alt_places", "origin_place", "origin_lat", "origin_lon", "origin_tolerance_km", "claim_source",
    "status", "date_basis", "evidence", "is_main", "optional",
}  # fmt: skip
PLACE_FIELDS = {"name", "start", "end", "lat", "lon", "tolerance_km", "role", "gaz_name"}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


ARTICLES = [pytest.param(path, item, id=f"{path.stem}-{item['id']}") for path in FILES for item in read(path)]


def is_point(lat: Any, lon: Any) -> bool:
    numbers = isinstance(lat, int | float) and isinstance(lon, int | float)
    return numbers and -90 <= lat <= 90 and -180 <= lon <= 180


def is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def test_there_are_examples_in_both_main_languages() -> None:
    assert {"ar", "en"} <= {path.parent.parent.name for path in FILES}


def test_ids_are_unique_across_all_files() -> None:
    ids = Counter(item["id"] for path in FILES for item in read(path))
    assert [name for name, count in ids.items() if count > 1] == []


def test_no_text_stands_twice() -> None:
    texts = Counter(" ".join(item["text"].split()) for path in FILES for item in read(path))
    assert [text[:60] for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_article_fields_are_complete(path: Path, item: dict[str, Any]) -> None:
    assert set(item) == ARTICLE_FIELDS
    assert item["lang"] == path.parent.parent.name
    assert date.fromisoformat(item["published"]).year >= 2010
    assert item["published_status"] == "assigned"
    assert item["text_origin"] == "own"
    assert item["text"].strip() == item["text"]
    assert item["no_event"] is (not item["events"])


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_places_quote_the_text(path: Path, item: dict[str, Any]) -> None:
    last = 0
    for place in item["places"]:
        assert set(place) - {"optional"} == PLACE_FIELDS
        assert item["text"][place["start"] : place["end"]] == place["name"]
        assert place["start"] >= last, f"{place['name']} overlaps or precedes the mention before it"
        last = place["end"]
        assert is_point(place["lat"], place["lon"])
        assert place["tolerance_km"] > 0
        assert place["role"] in ROLES


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_events_are_complete_and_quote_the_text(path: Path, item: dict[str, Any]) -> None:
    for event in item["events"]:
        assert set(event) == EVENT_FIELDS
        assert event["evidence"].strip()
        assert event["evidence"] in item["text"]
        assert event["place_name"] is None or event["place_name"] in item["text"]
        assert event["origin_place"] is None or event["origin_place"] in item["text"]
    assert sum(event["is_main"] for event in item["events"]) == (1 if item["events"] else 0)


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_event_values_are_legal(path: Path, item: dict[str, Any]) -> None:
    for event in item["events"]:
        assert event["event_type"] == event["event_type_ok"][0]
        assert set(event["event_type_ok"]) <= TYPES
        assert event["status"] in STATUS
        assert event["date_basis"] in DATE_BASIS
        assert {weapon for weapon in event["weapon_ok"] if weapon} | {event["weapon"] or "rocket"} <= WEAPONS
        assert event["weapon"] is None or event["weapon"] in event["weapon_ok"]
        assert event["actor"] is None or event["actor_aliases_ok"], f"{event['actor']} has no aliases"
        assert event["actor"] is not None or event["actor_null_ok"]


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_event_numbers_and_days_make_sense(path: Path, item: dict[str, Any]) -> None:
    published = date.fromisoformat(item["published"])
    for event in item["events"]:
        for field in ("killed", "wounded"):
            assert event[field] in event[f"{field}_ok"]
            assert all(is_count(value) for value in event[f"{field}_ok"])
        if event["date_start"] is None:
            assert event["date_end"] is None
        else:
            assert date.fromisoformat(event["date_start"]) <= date.fromisoformat(event["date_end"]) <= published


@pytest.mark.parametrize(("path", "item"), ARTICLES)
def test_event_points_are_in_range(path: Path, item: dict[str, Any]) -> None:
    for event in item["events"]:
        points = [event, *event["alt_places"]]
        assert all(is_point(point["lat"], point["lon"]) and point["tolerance_km"] > 0 for point in points)
        origin = (event["origin_lat"], event["origin_lon"])
        assert (event["origin_place"] is None) == (origin == (None, None))
        assert event["origin_place"] is None or is_point(*origin)
