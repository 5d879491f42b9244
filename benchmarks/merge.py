"""How the time of merging grows with the number of reports: synthetic reports of one density, 10,000 to 1,000,000.

Run with ``python benchmarks/merge.py [most]``. Reports are drawn with a fixed seed: attacks at a few thousand places
over as many days as the density asks for, each told by one to four articles, some of them vaguely. Prints one line a
size and ``PASS`` where the time a report stays within a factor of two.
"""

import sys
import time
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from pipeline.events import EVENT_COLUMNS, conform_events
from pipeline.merge import merge_reports

SIZES = (10_000, 100_000, 1_000_000)
ATTACKS_A_DAY = 40
PLACES = 3_000
SPREAD = 0.9  # of the reports that name a precise place


def make_reports(count: int, seed: int = 7) -> gpd.GeoDataFrame:
    """Draw ``count`` reports."""
    draw = np.random.default_rng(seed)
    attack = np.sort(draw.integers(0, int(count / 2.2), count))
    attacks = attack.max() + 1
    place = draw.integers(0, PLACES, attacks)[attack]
    lon, lat = draw.uniform(35, 48, PLACES), draw.uniform(30, 37, PLACES)
    day = np.datetime64(date(1990, 1, 1)) + draw.permutation(attacks)[attack] // ATTACKS_A_DAY
    kinds = np.array(["drone", "airstrike", "rocket_or_missile", "armed_clash", "ied_or_mine"])
    actors = np.array(["islamic-state", "iran-backed-militias", "syria-army", None], dtype=object)
    precise = draw.random(count) < SPREAD
    killed = draw.integers(0, 12, attacks)[attack]
    known = draw.random(count) < 0.6
    columns: dict[str, object] = dict.fromkeys(EVENT_COLUMNS)
    columns |= {
        "event_type": kinds[draw.integers(0, len(kinds), attacks)[attack]],
        "date_start": day,
        "date_end": day,
        "date_precision": "day",
        "time_status": "actual",
        "actor_id": actors[draw.integers(0, len(actors), attacks)[attack]],
        **{
            name: pd.array(np.where(known, killed, 0), dtype="Int64")
            for name in ("killed_low", "killed", "killed_high")
        },
        "place_name": [f"place {number}" for number in place],
        "place_status": "placed",
        "place_id": np.where(precise, [f"p{number}" for number in place], [f"area{number % 30}" for number in place]),
        "precision": np.where(precise, "town", "adm1"),
        "extent_km": np.where(precise, 3.0, 80.0),
        "country": "SY",
        "admin1": [f"area {number % 30}" for number in place],
        "candidates": "[]",
        "article_id": [f"a{number}" for number in range(count)],
        "language": np.where(draw.random(count) < 0.5, "ar", "en"),
        "source": [f"s{number}" for number in draw.integers(0, 40, count)],
        "published_at": day + draw.integers(0, 3, count),
        "reports": 1,
        "members": [f'["r{number}"]' for number in range(count)],
        "review_status": "machine",
        "evidence": "{}",
    }
    index = pd.Index([f"r{number}" for number in range(count)], name="event_id")
    del columns["geometry"]
    points = gpd.points_from_xy(lon[place], lat[place], crs="EPSG:4326")
    return conform_events(gpd.GeoDataFrame(pd.DataFrame(columns, index=index), geometry=points))


def main() -> None:
    """Print one line a size."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    times = []
    for size in (size for size in SIZES if size <= most):
        reports = make_reports(size)
        start = time.process_time()
        events = merge_reports(reports)
        seconds = time.process_time() - start
        times.append(seconds / size)
        print(
            f"MERGE_SCALE reports={size} events={len(events)} cpu_s={seconds:.1f} us_per_report={times[-1] * 1e6:.0f}"
        )
    growth = max(times) / min(times)
    print(f"MERGE_SCALE growth={growth:.2f} {'PASS' if growth <= 2 else 'FAIL'}")


if __name__ == "__main__":
    main()
