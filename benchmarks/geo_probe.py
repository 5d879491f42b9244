"""Ask for places of a reference gazetteer in the ways people write them, and compare with its points.

    python benchmarks/geo_probe.py [--country sy] [--rows 600] [--show]

Places with an Arabic name are drawn from ../shared/reference; each is asked for bare, with its country, with its
first-level area, inside a description, and in loose spelling. Prints the share placed, accuracy within 10 km over all
rows, the share of placed rows more than 100 km off and of those whose true point lies inside ``extent_km``. Run it
with the reference installed, and without (RASID_HOME=/nowhere): small villages are then mostly unknown, which is right.
"""

import argparse
import csv
import gzip
import random
from collections.abc import Callable
from pathlib import Path

from geo.batch import place_list, query_of
from geo.gazetteer import open_gazetteer
from geo.place import Placement, PlaceQuery
from geo.sphere import distance_km

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
DRAW = random.Random(5)
Row = dict[str, str]
LOOSE = tuple(pair.split("=") for pair in ["ة=ه", "أ=ا", "إ=ا", "ى=ي", "ئ=ي", "ض=ظ", "ذ=د"])
# what is asked: name, with the country or without, first-level area
FORMS: dict[str, Callable[[Row], tuple[str, bool, str | None]]] = {
    "bare": lambda row: (row["name_ar"], False, None),
    "country": lambda row: (row["name_ar"], True, None),
    "country, area": lambda row: (row["name_ar"], True, row["admin1_ar"]),
    "loose": lambda row: (loosely(row["name_ar"]), True, row["admin1_ar"]),
    "village in the countryside": lambda row: (f"قرية {row['name_ar']} في ريف {row['admin1_ar']}", True, None),
    "area - name": lambda row: (f"{row['admin1_ar']} - {row['name_ar']}", True, None),
    "name, area": lambda row: (f"{row['name_ar']}، {row['admin1_ar']}", False, None),
    "Latin": lambda row: (row["name"], True, None),
    "Latin, area": lambda row: (row["name"], True, row["admin1"]),
}


def loosely(name: str) -> str:
    """A name as hasty writers spell it: one of the usual confusions that it has room for."""
    fitting = [pair for pair in LOOSE if pair[0] in name]
    return name.replace(*DRAW.choice(fitting)) if fitting else name


def draw_rows(country: str, count: int) -> list[Row]:
    """Places of a country in a fixed random order."""
    with gzip.open(REFERENCE / f"places_{country}.csv.gz", "rt", encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["superseded"] != "yes" and row["placetype"] in ("locality", "neighbourhood")
            if row["name_ar"] and row["admin1_ar"]
        ]
    random.Random(5).shuffle(rows)
    return rows[:count]


def away(row: Row, answer: Placement) -> float | None:
    """Distance in km of an answer from the row's own point; None where it is not placed."""
    if answer.lon is None or answer.lat is None:
        return None
    return distance_km(answer.lon, answer.lat, float(row["lon"]), float(row["lat"]))


def main() -> None:
    """Measure and print one line a form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--country", default="sy")
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--show", action="store_true", help="list the placed rows that are more than 10 km off")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    rows = draw_rows(options.country, options.rows)
    for form, ask in FORMS.items():
        queries: list[PlaceQuery] = []
        for row in rows:
            name, with_country, area = ask(row)
            queries.append(query_of(gazetteer, name, row["country"] if with_country else None, area))
        answers = list(place_list(queries, gazetteer))
        distances = [away(row, answer) for row, answer in zip(rows, answers, strict=True)]
        placed = [(far, answer) for far, answer in zip(distances, answers, strict=True) if far is not None]
        print(
            f"{form:26} placed {len(placed) / len(rows):.3f}"
            f"  acc@10 {sum(far <= 10 for far, _ in placed) / len(rows):.3f}"
            f"  wrong>100 {sum(far > 100 for far, _ in placed) / max(1, len(placed)):.3f}"
            f"  inside {sum(far <= (answer.extent_km or 0) for far, answer in placed) / max(1, len(placed)):.3f}"
        )
        for far, answer in placed if options.show else ():
            if far > 10:
                print("   ", answer.query.name, round(far), answer.matched_name, answer.reasons)


if __name__ == "__main__":
    main()
