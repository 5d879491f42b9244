import json
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.merge_quality import MARKED, Quality, measure_merging, read_marked


def test_our_own_marked_reports_are_merged_well() -> None:
    quality = measure_merging(read_marked())
    print(quality)
    assert quality.reports >= 120
    assert quality.attacks >= 50
    assert quality.f1 >= 0.9


def test_the_marked_reports_hold_the_near_misses_that_count() -> None:
    lines = [json.loads(line) for file in MARKED.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    by_place: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        by_place.setdefault((line.get("place_id", ""), line.get("date", "")), set()).add(line["attack"])
    assert sum(len(attacks) > 1 for (place, day), attacks in by_place.items() if place and day) >= 7
    languages = {line["attack"]: set() for line in lines}
    for line in lines:
        languages[line["attack"]].add(line["language"])
        assert line["text"]
    assert sum(len(both) == 2 for both in languages.values()) >= 50


def test_quality_counts_pairs() -> None:
    quality = Quality(4, 2, 2, right=3, wrong=1, missed=2, proposed_right=0, proposed_wrong=0, mistakes=())
    assert (quality.precision, quality.recall) == (0.75, 0.6)
    assert quality.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert str(quality).endswith("FAIL")


def test_wrong_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no marked reports"):
        read_marked(tmp_path)
    (tmp_path / "x.jsonl").write_text('{"report": "r"}\n')
    with pytest.raises(UsageError, match="line 1: no attack"):
        read_marked(tmp_path)
