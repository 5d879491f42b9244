"""Learn data/gazetteer/spelling.toml: which differences of spelling still mean one name.

    python benchmarks/geo_learn_spelling.py [--write]

Names of embedded GeoNames places are held out one at a time; what the gazetteer then finds by spelling alone is right
where it is the same place and wrong elsewhere. A logistic model is fitted on half of the places and judged on the rest.
"""

import argparse
import random
from pathlib import Path

import numpy as np

from geo.build import embedded_path
from geo.gazetteer import open_gazetteer
from geo.likeness import FEATURES, GROUPS, SAME_SCRIPT, features
from geo.spelling import close
from geo.sphere import distance_km

COUNTRIES = frozenset({"SY", "IQ", "YE", "LB", "JO", "PS", "EG", "LY", "SD"})
SAME_KM = 8.0
ONLY_TWO_SCRIPTS = ("spelled_out",)
SETTLEMENTS = frozenset({"city", "town", "village"})
TARGET = Path(__file__).resolve().parent.parent / "data" / "gazetteer" / "spelling.toml"


def collect() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and fold (0 or 1) of pairs found by spelling."""
    gazetteer = open_gazetteer([embedded_path()])
    index = gazetteer.indexes[0]
    rows = index.connection.execute("SELECT key, place FROM name").fetchall()
    names: dict[int, list[str]] = {}
    for key, row in rows:
        names.setdefault(row, []).append(key)
    chosen = [row for row in names if len(names[row]) > 1 and index.place(row).country in COUNTRIES
              and index.place(row).kind in SETTLEMENTS]  # fmt: skip
    draw = random.Random(7)
    draw.shuffle(chosen)
    pairs, labels, folds = [], [], []
    for number, row in enumerate(chosen):
        place, query = index.place(row), draw.choice(names[row])
        best: dict[str, tuple[tuple[float, ...], bool]] = {}
        forms = index.forms(query)
        measured_all = features(query, forms).tolist() if len(forms) else []
        same_but_for_spaces = [near == close(query) for near in forms.nears]
        found = [
            (name, measured)
            for key, measured, same in zip(forms.keys, measured_all, same_but_for_spaces, strict=True)
            if not same
            for name in index.named(key)
        ]
        for name, measured in found:
            other = index.place(name.place)
            if other.country in COUNTRIES and (
                other.place_id not in best or best[other.place_id][0][-1] < measured[-1]
            ):
                away = distance_km(other.lon, other.lat, place.lon, place.lat)
                best[other.place_id] = tuple(measured), other is place or away < SAME_KM
        for measured, same in best.values():
            pairs.append(measured)
            labels.append(same)
            folds.append(number % 2)
    return np.array(pairs), np.array(labels, dtype=float), np.array(folds)


def fit(pairs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method with a light ridge."""
    weights = np.zeros(pairs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-pairs @ weights))
        slope = pairs.T @ (labels - chance) - 0.05 * weights
        curve = (pairs * (chance * (1 - chance))[:, None]).T @ pairs + 0.05 * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Fit, judge, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    pairs, labels, folds = collect()
    write = parser.parse_args().write
    lines = ["# Weights of geo/likeness.py, written by benchmarks/geo_learn_spelling.py from GeoNames names."]
    for number, group in enumerate(GROUPS):
        of_group = (pairs[:, SAME_SCRIPT] == 0) | bool(number)  # few pairs of one script are one name: all pairs teach
        measured = pairs * ([name not in ONLY_TWO_SCRIPTS for name in FEATURES] if number else 1.0)
        judge(group, measured[of_group], labels[of_group], folds[of_group])
        weights = fit(measured[of_group], labels[of_group])
        lines += [f"[{group}]", *(f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True))]
    if write:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def judge(group: str, pairs: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> None:
    """Fit on half of the pairs and print how right the chances are on the rest."""
    weights = fit(pairs[folds == 0], labels[folds == 0])
    chance = 1 / (1 + np.exp(-pairs[folds == 1] @ weights))
    held = labels[folds == 1]
    print(f"{group}: {len(labels)} pairs, {labels.mean():.3f} same")
    for bound in (0.1, 0.3, 0.5, 0.7, 0.9):
        above = chance > bound
        print(f"  chance > {bound}: right {held[above].mean():.2f}, found {held[above].sum() / held.sum():.2f}")


if __name__ == "__main__":
    main()
