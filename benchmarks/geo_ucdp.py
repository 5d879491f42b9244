"""Place the rows of a UCDP GED file by name and compare with its points.

    python benchmarks/geo_ucdp.py [FILE.csv] [--show wrong]

Prints the share placed, accuracy within 5, 10, 25 and 161 km over all rows, the median distance, the share of placed
rows more than 100 km off and the share of placed rows whose true point lies inside ``extent_km``.
"""

import argparse
import csv
import statistics
import time
from pathlib import Path

from geo.batch import query_of
from geo.gazetteer import open_gazetteer
from geo.geocoder import place_all
from geo.place import PLACED, Placement
from geo.sphere import distance_km

SHARED = Path(__file__).resolve().parents[2] / "shared" / "import" / "ucdp_ged_v23_1_sample"
NEAR = (5, 10, 25, 161)


def place_file(path: Path) -> list[tuple[dict[str, str], Placement, float | None]]:
    """Place every row: the row, the answer and its distance in km from the row's own point."""
    gazetteer = open_gazetteer()
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            query = query_of(gazetteer, row["where_coordinates"], row["country"], row["adm_1"])
            answer = place_all([query], gazetteer)[0]
            away = None
            if answer.lon is not None and answer.lat is not None:
                away = distance_km(answer.lon, answer.lat, float(row["longitude"]), float(row["latitude"]))
            found.append((row, answer, away))
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SHARED / "ucdp_ged_v23_1_sample_middle_east.csv")
    parser.add_argument("--show", choices=("wrong", "missing", "outside"))
    options = parser.parse_args()
    start = time.perf_counter()
    found = place_file(options.file)
    seconds = time.perf_counter() - start
    placed = [(row, answer, away) for row, answer, away in found if away is not None]
    rows = len(found)
    print(f"rows {rows}  placed {len(placed) / rows:.3f}", end="  ")
    print(*(f"acc@{km} {sum(away <= km for *_, away in placed) / rows:.3f}" for km in NEAR), sep="  ", end="  ")
    print(f"median {statistics.median(away for *_, away in placed):.1f} km", end="  ")
    print(f"wrong>100 {sum(away > 100 for *_, away in placed) / len(placed):.3f}", end="  ")
    inside = sum(away <= (answer.extent_km or 0) for _, answer, away in placed) / len(placed)
    print(f"inside {inside:.3f}  {rows / seconds:.0f} rows/s")
    seen = set()
    for row, answer, away in found:
        name = (row["where_coordinates"], row["adm_1"])
        wanted = {
            "wrong": away is not None and away > 10,
            "missing": answer.status != PLACED,
            "outside": away is not None and away > (answer.extent_km or 0),
        }
        if options.show and wanted[options.show] and name not in seen:
            seen.add(name)
            best = [(c.place.name, c.place.kind, c.place.country, c.score) for c in answer.candidates[:3]]
            print(*name, row["where_prec"], answer.status, answer.place_id, answer.matched_name, answer.precision,
                  answer.extent_km, None if away is None else round(away), best, answer.reasons, sep=" | ")  # fmt: skip


if __name__ == "__main__":
    main()
