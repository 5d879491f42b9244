"""A small events table of our own: points, areas, origins, unplaced and undated events, Arabic and English."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from pipeline.events import make_events
from pipeline.records import Article

ARABIC = (
    "أفادت مصادر محلية بأن صاروخين أُطلقا من البوكمال أصابا حقل كونوكو للغاز في 24 مارس/آذار 2023، دون تسجيل إصابات."
)
ENGLISH = "A drone hit Hasakah on 23 March 2023, killing one man and wounding five, the governor said."


def quote(article_id: str, text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"article_id": article_id, "start": start, "end": start + len(words), "quote": words}


def sample_articles() -> list[Article]:
    return [
        Article("a1", "ar", ARABIC, source="Sample Agency", title="صاروخان على كونوكو"),
        Article("a2", "en", ENGLISH, source="Sample Wire", title="Drone over Hasakah", url="https://example.org/2"),
    ]


def sample_rows() -> list[dict[str, object]]:
    return [
        {
            "event_id": "e1",
            "event_type": "rocket_or_missile",
            "date_start": "2023-03-24",
            "date_end": "2023-03-24",
            "date_precision": "day",
            "time": "05:51",
            "time_status": "actual",
            "actor_id": "iran-backed-militias",
            "actor": "مجموعات مدعومة من إيران",
            "actor_basis": "blamed",
            "weapon": "rocket",
            "weapon_count": 2,
            "killed_low": 0,
            "killed": 0,
            "killed_high": 0,
            "place_name": "حقل كونوكو",
            "place_status": "placed",
            "matched_name": "Conoco gas field",
            "precision": "site",
            "extent_km": 2.0,
            "country": "SY",
            "admin1": "Deir ez-Zor",
            "origin_name": "البوكمال",
            "origin_lon": 40.92,
            "origin_lat": 34.45,
            "origin_extent_km": 3.0,
            "article_id": "a1",
            "language": "ar",
            "source": "Sample Agency",
            "attribution": "مصادر محلية",
            "geometry": Point(40.33, 35.35),
            "evidence": {
                "place_name": quote("a1", ARABIC, "حقل كونوكو للغاز"),
                "weapon": quote("a1", ARABIC, "صاروخين"),
                "date_start": quote("a1", ARABIC, "24 مارس/آذار 2023"),
                "origin_name": quote("a1", ARABIC, "البوكمال"),
            },
        },
        {
            "event_id": "e2",
            "event_type": "drone",
            "date_start": "2023-03-23",
            "date_end": "2023-03-23",
            "date_precision": "day",
            "time_status": "actual",
            "killed_low": 1,
            "killed": 1,
            "killed_high": 1,
            "wounded_low": 5,
            "wounded": 5,
            "wounded_high": 5,
            "place_name": "Hasakah",
            "place_status": "placed",
            "matched_name": "Al-Hasakah",
            "precision": "adm1",
            "extent_km": 90.0,
            "country": "SY",
            "admin1": "Al-Hasakah",
            "article_id": "a2",
            "language": "en",
            "source": "Sample Wire",
            "url": "https://example.org/2",
            "attribution": "the governor",
            "geometry": Point(40.74, 36.5),
            "evidence": {
                "place_name": quote("a2", ENGLISH, "Hasakah"),
                "killed": quote("a2", ENGLISH, "killing one man"),
            },
        },
        {
            "event_id": "e3",
            "event_type": "airstrike",
            "date_start": "2023-03-01",
            "date_end": "2023-03-31",
            "date_precision": "month",
            "time_status": "historical",
            "actor_id": "united-states-army",
            "actor": "US forces",
            "place_name": "Al-Bukamal",
            "place_status": "placed",
            "matched_name": "Al-Bukamal",
            "precision": "town",
            "extent_km": 4.0,
            "country": "SY",
            "article_id": "a2",
            "language": "en",
            "geometry": Point(40.92, 34.45),
        },
        {
            "event_id": "e4",
            "event_type": "drone",
            "date_start": "2023-04-02",
            "date_end": "2023-04-02",
            "date_precision": "day",
            "time_status": "actual",
            "place_name": "Wadi al-Majhul",
            "place_status": "unplaced",
            "article_id": "a2",
            "language": "en",
            "actor_id": "united-states-army",
            "actor": "US forces",
        },
        {
            "event_id": "e5",
            "event_type": "ied_or_mine",
            "time_status": "actual",
            "place_name": "الصالحية",
            "place_status": "ambiguous",
            "article_id": "a1",
            "language": "ar",
            "candidates": [{"name": "As-Salihiyah", "admin1": "Deir ez-Zor", "country": "SY", "score": 0.5}],
        },
        {
            "event_id": "e6",
            "event_type": "armed_clash",
            "time_status": "actual",
            "place_name": "Sirwah",
            "place_status": "placed",
            "matched_name": "Sirwah",
            "precision": "town",
            "extent_km": 3.0,
            "country": "YE",
            "article_id": "a2",
            "language": "en",
            "geometry": Point(45.02, 15.45),
        },
        {
            "event_id": "e7",
            "event_type": "rocket_or_missile",
            "date_start": "2023-04-10",
            "date_end": "2023-04-10",
            "date_precision": "day",
            "time_status": "actual",
            "actor_id": "iran-backed-militias",
            "actor": "Iran-backed groups",
            "place_name": "Conoco",
            "place_status": "placed",
            "matched_name": "Conoco gas field",
            "precision": "site",
            "extent_km": 2.0,
            "country": "SY",
            "article_id": "a2",
            "language": "en",
            "geometry": Point(40.33, 35.35),
            "review_status": "reviewed",
        },
        {
            "event_id": "e8",
            "event_type": "airstrike",
            "date_start": "2023-04-11",
            "date_end": "2023-04-11",
            "date_precision": "day",
            "time_status": "denied",
            "place_name": "eastern Syria",
            "place_status": "placed",
            "precision": "country",
            "extent_km": 150.0,
            "country": "SY",
            "article_id": "a2",
            "language": "en",
            "geometry": Point(40.0, 35.3),
        },
    ]


@pytest.fixture
def articles() -> list[Article]:
    return sample_articles()


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    return make_events(sample_rows())


def _write_event_files(
    folder: Path,
    change: Callable[[dict[str, object]], object] = lambda row: row,
    article_text: str | None = None,
    copies: int = 1,
) -> None:
    """Write the table and its articles as ``rasid serve`` opens them; ``change`` may alter each row in place."""
    rows = [row for _ in range(copies) for row in sample_rows()]
    for row in rows:
        change(row)
    make_events(rows).to_parquet(folder / "events.parquet")
    records = [
        {
            "id": article.article_id,
            "lang": article.language,
            "published": None,
            "text": article_text or article.text,
            "source": article.source,
            "title": article_text or article.title,
            "url": article.url,
        }
        for article in sample_articles()
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def write_event_files() -> Callable[..., None]:
    return _write_event_files
