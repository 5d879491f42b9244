"""Measure what finds events on a million of them: areas, heat, shaded governorates, the rows of a cluster.

    python benchmarks/map_find.py [NUMBER]

Medians of seven, in milliseconds, first asked for (nothing is kept from the time before).
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from map_events import make_table  # noqa: E402

from ui import area_mask  # noqa: E402
from ui.area import Area, make_area, read_area  # noqa: E402
from ui.cells import View, cluster_rows  # noqa: E402
from ui.columns import Columns, build_columns  # noqa: E402
from ui.heat import count_heat  # noqa: E402
from ui.shades import count_areas  # noqa: E402

REGION = View(5, 25, 10, 65, 40)


def median(work: Callable[[], object]) -> float:
    """Median time of some work in milliseconds."""
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def jagged(corners: int) -> Area:
    """A star of so many corners, as a file would bring it."""
    rng = np.random.default_rng(1)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = 6 + rng.random(corners)
    return make_area(shapely.Polygon(np.column_stack([44 + reach * np.cos(angle), 28 + reach * np.sin(angle)])), "star")


def within(columns: Columns, area: Area) -> None:
    """Ask for the rows of an area as if for the first time."""
    area_mask._rows_within.cache_clear()
    area_mask._cut.cache_clear()
    area_mask.rows_within(columns, area)


def main(number: int) -> None:
    """Print the figures."""
    columns = build_columns(make_table(number))
    everything = np.ones(len(columns), dtype=bool)
    areas = {"box": read_area("box:36,30,50,36"), "circle": read_area("circle:44,28,800"), "5000 corners": jagged(5000)}
    for name, area in areas.items():
        kept = int(area_mask.rows_within(columns, area).sum())
        print(f"area, {name:13} {median(lambda area=area: within(columns, area)):8.1f} ms, {kept:,} kept")
    print(f"heat of the region  {median(lambda: count_heat(columns, everything, REGION)):8.1f} ms")
    print(f"governorates        {median(lambda: count_areas(columns, everything)):8.1f} ms")
    print(f"rows of a cluster   {median(lambda: cluster_rows(columns, everything, REGION, 3)):8.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
