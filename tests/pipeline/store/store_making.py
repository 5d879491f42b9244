"""Reports and articles for the tests of the store, and for the processes that these start."""

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
from shapely import Point

from pipeline.events import make_events
from pipeline.records import Article

DAY = date(2024, 2, 3)


def report(number: int, **changes: Any) -> dict[str, Any]:
    """Report ``number`` of a drone attack on one base on one day, by article ``a<number>``."""
    whole: dict[str, Any] = {
        "event_id": f"r{number}",
        "article_id": f"a{number}",
        "language": "en",
        "source": f"source {number}",
        "event_type": "drone",
        "date_start": DAY,
        "date_end": DAY,
        "date_precision": "day",
        "time_status": "actual",
        "place_name": "the base",
        "place_status": "placed",
        "place_id": "base",
        "precision": "site",
        "extent_km": 5.0,
        "published_at": DAY + timedelta(days=1),
        "geometry": Point(40.3, 35.3),
    }
    return whole | changes


def elsewhere(number: int, **changes: Any) -> dict[str, Any]:
    """Report ``number`` of an attack at a place and on a day of its own."""
    point = Point(36 + number % 97 / 10, 33 + number // 97 % 40 / 10)
    place = {"place_id": f"p{number}", "place_name": f"place {number}", "geometry": point}
    day = DAY + timedelta(days=number // 300)
    return report(number, **{**place, "date_start": day, "date_end": day, "published_at": day, **changes})


def article(number: int, text: str = "", **changes: Any) -> Article:
    said: dict[str, Any] = {"text": text or f"A drone hit the base, report {number}.", "source": f"source {number}"}
    return Article(f"a{number}", "en", published_at=DAY + timedelta(days=1), **(said | changes))


def toll(best: int, low: int | None = None, high: int | None = None) -> dict[str, int]:
    return {"killed": best, "killed_low": best if low is None else low, "killed_high": best if high is None else high}


def table(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return make_events(rows)
