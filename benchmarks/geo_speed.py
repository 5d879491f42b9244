"""How fast names are recognised, looked up and placed, beside a linear scan of the same table in the same run.

    python benchmarks/geo_speed.py

Prints names a second for: words of a text without a name (longest_name), exact names, other spellings, the joint choice
of an article's names; the time to open and the memory taken; and a linear scan of the same names.
"""

import random
import resource
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from geo.fold import fold_name
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocoder import place_all
from geo.place import PlaceQuery

COUNTRIES = ("SY", "IQ", "YE", "LB", "JO", "PS", "LY", "SD", "EG")
DRAW = random.Random(11)


def rate(work: Callable[[str], object], names: Sequence[str]) -> float:
    """Names a second of processor time: other programs on the machine do not count."""
    start = time.process_time()
    for name in names:
        work(name)
    return len(names) / (time.process_time() - start)


def read_names(gazetteer: Gazetteer) -> list[str]:
    """Names of the region's places, in a fixed random order."""
    marks = ",".join("?" * len(COUNTRIES))
    query = f"SELECT DISTINCT text FROM name WHERE scope IS NULL AND country IN ({marks}) ORDER BY row"
    names = [text for index in gazetteer.indexes for (text,) in index.connection.execute(query, COUNTRIES)]
    DRAW.shuffle(names)
    return names


def most_shared(gazetteer: Gazetteer) -> list[str]:
    """The fifty names that most places share."""
    query = "SELECT key, count(*) FROM name GROUP BY key ORDER BY 2 DESC LIMIT 50"
    found = [row for index in gazetteer.indexes for row in index.connection.execute(query)]
    return [key for key, _ in sorted(found, key=lambda row: -row[1])[:50]]


def misspell(name: str) -> str:
    """Drop one letter inside a name."""
    place = DRAW.randrange(1, max(2, len(name) - 1))
    return name[:place] + name[place + 1 :]


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    gazetteer = open_gazetteer()
    gazetteer.lookup("Homs")
    print(f"open and first look-up {time.perf_counter() - start:.2f} s", end="  ")
    names = read_names(gazetteer)
    folded = [fold_name(name) for name in names]
    print(f"{sum(int(item['names']) for item in gazetteer.info()):,} names")
    words = [f"{fold_name(word)}x" for name in names[:5000] for word in name.split()]
    print(f"words that begin no name {rate(lambda word: gazetteer.longest_name(word, ()), words):,.0f} a second")
    print(f"exact, look-up of rows {rate(gazetteer.exact, folded[:20_000]):,.0f} a second")
    print(f"exact, candidates {rate(lambda name: gazetteer.lookup(name, fuzzy=False), names[:5_000]):,.0f} a second")
    wrong = [misspell(name) for name in names[:1_000]]
    print(f"other spellings, everywhere {rate(gazetteer.lookup, wrong):,.0f} a second")
    one = rate(lambda name: gazetteer.lookup(name, countries=("SY",)), wrong)
    print(f"other spellings, in one country {one:,.0f} a second")
    crowded = most_shared(gazetteer)
    many = rate(gazetteer.lookup, crowded)
    print(f"names of very many places ({', '.join(crowded[:3])} ...), all spellings {many:,.0f} a second")
    articles = [[PlaceQuery(name) for name in names[first : first + 8]] for first in range(0, 800, 8)]
    start = time.perf_counter()
    for article in articles:
        place_all(article, gazetteer)
    print(f"joint choice {(time.perf_counter() - start) / len(articles) * 1000:.1f} ms an article of 8 names")
    keys = sorted({key for index in gazetteer.indexes for (key,) in index.connection.execute("SELECT key FROM name")})
    scan = rate(lambda name: [key for key in keys if key == name], folded[:20])
    fuzzy = rate(lambda name: process.extract(fold_name(name), keys, scorer=fuzz.ratio, limit=5), wrong[:20])
    print(f"linear scan of {len(keys):,} keys: exact {scan:,.0f} a second, fuzzy {fuzzy:,.0f} a second")
    print(
        f"memory at the end {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (with the scan's keys)"
    )


if __name__ == "__main__":
    main()
