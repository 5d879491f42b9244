"""Fit ``data/weights.toml`` on annotated articles: ``fit_weights.py GOLD.jsonl ... [--quiet NEWS.jsonl]``.

Gold files are those of ``rasid evaluate``; ``--quiet`` names articles (JSON lines with id, lang, published, text) that
report no attack. Every attack the reader considers is one row: its signs, and whether an annotated event answers to it.
A logistic regression (L2) gives each sign its worth; signs of other subjects have ceilings, as annotated articles show
too few of them. First the F1 of each file is printed as it is when the file itself is left out of the fit.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from pipeline import unite
from pipeline.attack import Attack
from pipeline.predict import to_prediction
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.score_pair import pair

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "data" / "weights.toml"
RARE = 4  # rows a sign must be on to be fitted
PENALTY = 1.0
STEPS = 60
CEILINGS = {
    "accident": -3.0,
    "accident_in_sentence": -1.0,
    "anniversary": -2.5,
    "arms_find": -3.5,
    "arms_find_in_sentence": -0.5,
    "court": -1.8,
    "court_in_sentence": -0.5,
    "crime": -2.2,
    "crime_in_sentence": -1.0,
    "culture_in_article": -1.0,
    "cyber": -4.0,
    "cyber_in_article": -2.0,
    "cyber_in_sentence": -1.5,
    "exercise": -4.0,
    "exercise_in_article": -1.5,
    "exercise_in_sentence": -1.5,
    "figurative": -4.0,
    "figurative_in_sentence": -2.0,
    "foiled": -3.0,
    "habitual": -1.5,
    "habitual_in_sentence": -0.3,
    "industrial_blast": -2.5,
    "present_tense": -2.0,
    "space": -5.0,
    "space_in_article": -3.0,
    "space_in_sentence": -3.0,
    "sport": -3.5,
    "sport_in_article": -2.5,
    "sport_in_sentence": -2.0,
    "total": -2.0,
    "total_in_sentence": -0.5,
}
Row = tuple[frozenset[str], bool]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Articles of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def consider(fields: dict[str, Any]) -> Iterator[Row]:
    """Every attack the reader considers in one article, light ones included, and whether it is annotated.

    What answers only to an optional event is left out: it is neither right nor wrong.
    """
    kept: list[Attack] = []

    def keep_all(attacks: list[Attack]) -> list[Attack]:
        for order, attack in enumerate(attacks):
            attack.order = order
        kept.extend(attacks)
        return attacks

    day = date.fromisoformat(fields["published"]) if fields.get("published") else None
    article = Article(fields["id"], fields["lang"], fields["text"], day)
    with patch.object(unite, "_worth_telling", keep_all):
        reading = read_placed(article)
    unreal = {"future", "hypothetical", "denied"}
    real = [
        attack for attack, placed in zip(kept, reading.events, strict=True) if placed.event.time_status not in unreal
    ]
    told = to_prediction(reading)["events"]
    asked = [event for event in fields.get("events", ()) if not event.get("optional")]
    right = {number for number, _ in pair(told, asked)}
    rest = [number for number in range(len(told)) if number not in right]
    optional = [event for event in fields.get("events", ()) if event.get("optional")]
    spared = {rest[number] for number, _ in pair([told[number] for number in rest], optional)}
    yield from ((a.signs, n in right) for n, a in enumerate(real) if n not in spared)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Worth of each sign and the ``bias``: logistic regression by Newton's steps."""
    counts = Counter(sign for signs, _ in rows for sign in signs)
    names = sorted(sign for sign in counts if counts[sign] >= RARE)
    held = np.array([[name in signs for name in names] + [True] for signs, _ in rows], dtype=float)
    right = np.array([annotated for _, annotated in rows], dtype=float)
    penalty = np.diag([PENALTY] * len(names) + [1e-6])
    worth = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-held @ worth))
        slope = held.T @ (chance - right) + penalty @ worth
        curve = (held * (chance * (1 - chance))[:, None]).T @ held + penalty
        worth -= np.linalg.solve(curve, slope)
    weights = dict(zip([*names, "bias"], worth.tolist(), strict=True))
    return {"bias": weights.pop("bias")} | {
        name: min(weights.get(name, 0.0), CEILINGS.get(name, np.inf)) for name in sorted(weights | CEILINGS)
    }


def left_out_f1(rows: Sequence[Row], weights: dict[str, float], wanted: int) -> float:
    """Event F1 of a file's rows under weights fitted without it."""
    told = [right for signs, right in rows if weights["bias"] + sum(weights.get(sign, 0.0) for sign in signs) >= 0]
    return 2 * sum(told) / max(1, len(told) + wanted)


def main() -> None:
    """Fit on the files named and rewrite the weights, the words above them kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--quiet", type=Path, help="articles that report no attack")
    parser.add_argument("--shift", type=float, default=0.0, help="added to the bias: above 0, more is told")
    given = parser.parse_args()
    files = {str(path): read_lines(path) for path in given.gold}
    rows = {name: [row for fields in lines for row in consider(fields)] for name, lines in files.items()}
    quiet = [row for fields in read_lines(given.quiet) for row in consider(fields)] if given.quiet else []
    for name, lines in files.items():
        others = [row for other, told in rows.items() if other != name for row in told] + quiet
        wanted = sum(not event.get("optional") for fields in lines for event in fields["events"])
        if len(files) > 1:
            left_out = left_out_f1(rows[name], fit(others), wanted)
            print(f"{name}: {len(rows[name])} considered, event F1 left out {left_out:.3f}")
    weights = fit([row for told in rows.values() for row in told] + quiet)
    weights["bias"] += given.shift
    head = TARGET.read_text("utf-8").split("[weights]")[0]
    table = "\n".join(f"{name} = {worth:.2f}" for name, worth in weights.items())
    TARGET.write_text(f"{head}[weights]\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
