"""How fast articles are read on one core, where the time goes, and whether a long text costs more a letter.

    python benchmarks/reading.py             # the project's samples and examples, read for 20 seconds
    python benchmarks/reading.py --seconds 60 --megabytes 1 10

Prints articles and characters a second, the share of each stage, the memory taken, and the time of a short and a long
text made of the same articles: a ratio of sizes times 1.0 is linear; the goal is at most 1.3.
"""

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.gazetteer import Gazetteer, open_gazetteer  # noqa: E402
from pipeline import run  # noqa: E402
from pipeline.language import installed_languages, load_language  # noqa: E402
from pipeline.records import Article  # noqa: E402
from pipeline.run import read_placed  # noqa: E402

STAGES = {  # what the table calls a stage -> the functions of pipeline.run that make it up
    "annotate": ("annotate",),
    "toponyms": ("find_toponyms", "with_parents"),
    "locate": ("locate",),
    "claims": ("resolve_dates", "read_claims"),
    "unite": ("unite",),
    "resolve": ("resolve_attack", "share_doers"),
}


def own_articles() -> list[Article]:
    """Samples and examples of this project, in the order of their files."""
    files = [ROOT / "data" / "samples" / "articles.jsonl"]
    files += [
        path
        for code in installed_languages()
        for path in sorted((ROOT / "data/languages" / code).glob("examples/*.jsonl"))
    ]
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Article(
            row["id"], row["lang"], row["text"], date.fromisoformat(row["published"]) if row.get("published") else None
        )
        for row in rows
    ]


_BYTES_A_LETTER = 1.8  # of Arabic text with its spaces, in UTF-8


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Count the processor time of each stage while articles are read (adds a microsecond a call)."""
    spent: dict[str, float] = defaultdict(float)
    original = {name: getattr(run, name) for names in STAGES.values() for name in names if hasattr(run, name)}
    for stage, names in STAGES.items():
        for name in names:
            if name in original:
                setattr(run, name, _timed(original[name], stage, spent))
    try:
        yield spent
    finally:
        for name, function in original.items():
            setattr(run, name, function)


def _timed(function: Callable[..., object], stage: str, spent: dict[str, float]) -> Callable[..., object]:
    def timed(*args: object, **named: object) -> object:
        start = time.process_time()
        try:
            return function(*args, **named)
        finally:
            spent[stage] += time.process_time() - start

    return timed


def read_for(seconds: float, articles: Sequence[Article], gazetteer: Gazetteer) -> tuple[int, int, float]:
    """Read articles over and over; answer how many, their characters and the processor time taken."""
    start = time.process_time()
    count = characters = 0
    while time.process_time() - start < seconds:
        article = articles[count % len(articles)]
        read_placed(article, gazetteer)
        count += 1
        characters += len(article.text)
    return count, characters, time.process_time() - start


def long_text(articles: Sequence[Article], characters: int) -> Article:
    """One Arabic article of a given length, made of the project's own Arabic texts."""
    texts = [article.text for article in articles if article.language == "ar"]
    repeats = characters // sum(len(text) + 1 for text in texts) + 1
    return Article("long", "ar", "\n".join(texts * repeats)[:characters], date(2024, 5, 3))


def time_of(article: Article, gazetteer: Gazetteer) -> float:
    """Processor seconds to read one article."""
    start = time.process_time()
    read_placed(article, gazetteer)
    return time.process_time() - start


def print_growth(small: Article, large: Article, gazetteer: Gazetteer) -> None:
    """Print the time of a short and a long text, stage by stage, and how it grows."""
    times = []
    for article in (small, large):
        megabytes = len(article.text.encode()) / 1e6
        with timed_stages() as stages:
            times.append((megabytes, time_of(article, gazetteer)))
        parts = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items())
        print(f"one text of {megabytes:.1f} MB: {times[-1][1]:.1f} s ({parts})", flush=True)
    (short, fast), (long, slow) = times
    slower, longer = slow / fast, long / short
    print(f"{slower:.1f} times the time for {longer:.1f} times the text: {slower / longer:.2f} x linear")


def resident_mb() -> float:
    """Most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to read articles (default 20)")
    parser.add_argument(
        "--megabytes", type=float, nargs=2, default=(1.0, 10.0), help="sizes of the two texts, in MB of UTF-8"
    )
    asked = parser.parse_args()

    start = time.process_time()
    gazetteer, articles = open_gazetteer(), own_articles()
    for code in installed_languages():
        load_language(code)
    print(f"start: {time.process_time() - start:.2f} s, {resident_mb():.0f} MB")

    first = sum(time_of(article, gazetteer) for article in articles)
    print(f"{len(articles)} own articles, first pass: {len(articles) / first:.0f} a second")
    count, characters, spent = read_for(asked.seconds / 2, articles, gazetteer)
    print(
        f"repeated: {count / spent:.0f} articles a second, {characters / spent / 1000:.0f} thousand characters a second"
    )
    with timed_stages() as stages:
        _, _, spent = read_for(asked.seconds / 2, articles, gazetteer)
    rest = spent - sum(stages.values())
    for stage, seconds in [*stages.items(), ("other", rest)]:
        print(f"  {stage:10s} {100 * seconds / spent:5.1f} %")
    print(f"memory: {resident_mb():.0f} MB")

    small, large = (long_text(articles, int(size * 1_000_000 / _BYTES_A_LETTER)) for size in asked.megabytes)
    print_growth(small, large, gazetteer)
    print(f"memory: {resident_mb():.0f} MB")


if __name__ == "__main__":
    main()
