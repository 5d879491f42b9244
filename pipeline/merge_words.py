"""How alike two reports are in their words: copies of one agency's text tell of one attack."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import orjson
from rapidfuzz.fuzz import token_set_ratio

from geo.fold import fold_name
from pipeline.merge_columns import ReportColumns
from pipeline.merge_rules import load_rules
from pipeline.merge_score import Comparison, Pairs

_SAME, _ALIKE, _UNLIKE = 88.0, 60.0, 25.0
_DOUBT = 1.6  # points around the line between merging and not, within which words are looked at
_LEAST = 60  # characters: shorter passages are alike by chance
_AROUND = 160  # characters beside a quote


def add_words(
    columns: ReportColumns,
    reports: gpd.GeoDataFrame,
    pairs: Pairs,
    comparison: Comparison,
    texts: Mapping[str, str],
) -> Comparison:
    """Add the points of the words where they can decide: doubtful pairs of one language.

    Parameters
    ----------
    texts
        Article texts by ``article_id``.
    """
    doubtful = np.abs(comparison.total - load_rules().merge_from) <= _DOUBT
    doubtful &= columns.language[pairs.left] == columns.language[pairs.right]
    doubtful &= comparison.points["place"] > load_rules().points["place_neighbours"]  # one phrase fits many villages
    passages: dict[int, str] = {}
    points = np.zeros(len(pairs))
    for number in np.flatnonzero(doubtful):
        one, other = (_passage(reports, int(row), texts, passages) for row in (pairs.left[number], pairs.right[number]))
        points[number] = _points(one, other)
    return Comparison({**comparison.points, "words": points}, comparison.total + points, comparison.is_barred)


def _points(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    likeness = token_set_ratio(one, other)
    worth = load_rules().points
    if likeness >= _SAME:
        return worth["words_same"]
    return worth["words_alike"] if likeness >= _ALIKE else worth["words_unlike"] if likeness < _UNLIKE else 0.0


def _passage(reports: gpd.GeoDataFrame, row: int, texts: Mapping[str, str], known: dict[int, str]) -> str:
    """Folded text around the words that report rests on."""
    if row not in known:
        text = texts.get(reports["article_id"].iloc[row], "")
        quotes = orjson.loads(reports["evidence"].iloc[row]).values()
        starts = [quote["start"] for quote in quotes if quote["article_id"] == reports["article_id"].iloc[row]]
        first, last = (max(min(starts) - _AROUND, 0), max(starts) + _AROUND) if starts else (0, 2 * _AROUND)
        known[row] = fold_name(text[first:last])
    return known[row]
