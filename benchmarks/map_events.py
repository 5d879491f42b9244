"""Events that the benchmarks of the map invent, as long in words as real ones: memory and files weigh the same."""

import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.codes import event_types  # noqa: E402
from pipeline.events import EVENT_COLUMNS, conform_events  # noqa: E402

PIECE = 100_000  # events made at a time
_VERBS = np.array(["struck", "shelled", "raided", "hit", "targeted", "ambushed a patrol near"])
_SOURCES = np.array([f"News agency {number}" for number in range(40)])


def make_table(number: int, seed: int = 7, first: int = 0) -> gpd.GeoDataFrame:
    """Invent an events table: eight hundred places of unequal weight, two thousand days, sixty actors."""
    places = np.random.default_rng(7).uniform((30, 12), (60, 38), (800, 2))
    rng = np.random.default_rng(seed)
    place = rng.zipf(1.3, number) % 800
    exact = rng.random(number) < 0.5
    lon = places[place, 0] + np.where(exact, 0, rng.normal(0, 0.4, number))
    lat = places[place, 1] + np.where(exact, 0, rng.normal(0, 0.4, number))
    start = (np.datetime64("2019-01-01") + rng.integers(0, 2000, number)).astype("datetime64[ms]")
    precision = rng.choice(["site", "town", "town", "near_town", "adm2", "adm1"], number)
    launched = rng.random(number) < 0.1
    names = np.array([f"Place {index}" for index in range(800)])
    columns: dict[str, object] = dict.fromkeys(EVENT_COLUMNS)
    columns |= {
        "event_type": rng.choice(list(event_types()), number),
        "date_start": start,
        "date_end": start,
        "date_precision": "day",
        "time_status": rng.choice(["actual", "historical"], number),
        "actor_id": rng.choice([f"actor-{index}" for index in range(60)], number),
        "weapon": rng.choice(["rocket", "drone", "artillery"], number),
        "place_name": names[place],
        "place_status": "placed",
        "matched_name": names[place],
        "precision": precision,
        "extent_km": np.where(np.isin(precision, ["site", "town"]), 3.0, 25.0),
        "country": rng.choice(["SY", "IQ", "YE", "SD"], number),
        "admin1": np.array([f"Province {index}" for index in range(60)])[place % 60],
        "origin_lon": np.where(launched, places[(place + 1) % 800, 0], np.nan),
        "origin_lat": np.where(launched, places[(place + 1) % 800, 1], np.nan),
        "origin_extent_km": np.where(launched, 3.0, np.nan),
        "candidates": "[]",
        "language": "en",
        "reports": 1,
        "review_status": "machine",
        **_words(rng, first + np.arange(number), names[place]),
    }
    del columns["geometry"]
    index = pd.Index([f"b{first + row}" for row in range(number)], name="event_id")
    table = pd.DataFrame(columns, index=index)
    return conform_events(gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326"))


def _words(rng: np.random.Generator, row: np.ndarray, place: np.ndarray) -> dict[str, list[str]]:
    """Two events an article; every event rests on three quotes of it."""
    article = [f"article-{number:08d}" for number in row // 2]
    verb, day = _VERBS[rng.integers(0, len(_VERBS), len(row))], rng.integers(0, 2000, len(row))
    return {
        "article_id": article,
        "source": _SOURCES[row // 2 % len(_SOURCES)].tolist(),
        "title": [f"What happened at {where}, report {number}" for where, number in zip(place, row // 2, strict=True)],
        "url": [f"https://example.org/news/{number}" for number in row // 2],
        "members": [f'["b{number}"]' for number in row],
        "evidence": [_evidence(*said) for said in zip(article, verb, place, day, strict=True)],
    }


def _evidence(article: str, verb: str, place: str, day: int) -> str:
    quotes = {
        "event_type": f"gunmen {verb} the outskirts of",
        "place_name": place,
        "date_start": f"morning of day {day}",
    }
    said, begin = [], 12
    for field, quote in quotes.items():
        end = begin + len(quote)
        said.append(f'"{field}":{{"article_id":"{article}","start":{begin},"end":{end},"quote":"{quote}"}}')
        begin = end + 1
    return "{" + ",".join(said) + "}"


def make_pieces(number: int) -> Iterator[gpd.GeoDataFrame]:
    """Invent a large table in pieces."""
    for first in range(0, number, PIECE):
        yield make_table(min(PIECE, number - first), seed=7 + first, first=first)


def write_table(number: int, path: Path) -> None:
    """Write an invented table as GeoParquet, a piece at a time."""
    writer = None
    for piece in make_pieces(number):
        part = path.with_suffix(".part")
        piece.to_parquet(part)
        table = pq.read_table(part)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
        part.unlink()
    if writer:
        writer.close()


if __name__ == "__main__":
    write_table(int(sys.argv[1]), Path(sys.argv[2]))
