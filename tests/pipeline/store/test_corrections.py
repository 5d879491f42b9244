import json
import shutil
import subprocess
from pathlib import Path

import pytest
from store_making import article, report, table

from pipeline.store.articles import add_articles
from pipeline.store.corrections import list_corrections, mark_exported, save_correction, write_corrections
from pipeline.store.engine import Store
from pipeline.store.errors import NotFoundError, ReviewError

ROOT = Path(__file__).resolve().parents[3]
SAID = {
    "place_alias": {"place_id": "p1", "names": "another name"},
    "site": {"place_id": "new", "kind": "base", "lon": 40.1, "lat": 35.2, "extent_km": 2, "country": "SY"},
    "actor_alias": {"actor_id": "us", "name": "its name", "language": "en"},
    "example": {"language": "en", "article_id": "a1", "text": "words", "event": {"event_type": "drone"}},
}


def test_corrections_become_a_patch_that_applies(store: Store, tmp_path: Path) -> None:
    add_articles(store, [article(1)], table(report(1)))
    for kind, said in SAID.items():
        save_correction(store, kind, said, event_id="r1")
    copy = tmp_path / "copy"
    for name in ("data/gazetteer/sites.csv", "data/gazetteer/aliases.csv", "data/languages/en/actors.csv"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    before = (copy / "data/gazetteer/sites.csv").read_text("utf-8")
    assert write_corrections(store, tmp_path / "c.patch", root=copy) == 4
    subprocess.run(["git", "apply", str(tmp_path / "c.patch")], cwd=copy, check=True)
    after = (copy / "data/gazetteer/sites.csv").read_text("utf-8")
    assert after == f"{before}new,base,40.1,35.2,2,SY,,,,,,\n"
    assert (copy / "data/gazetteer/aliases.csv").read_text("utf-8").endswith("p1,another name\n")
    example = json.loads((copy / "data/languages/en/examples/corrected.jsonl").read_text("utf-8"))
    assert example == SAID["example"]


def test_a_correction_is_written_once_unless_asked_again(store: Store, tmp_path: Path) -> None:
    save_correction(store, "place_alias", SAID["place_alias"])
    assert len(list_corrections(store)) == 1
    write_corrections(store, tmp_path / "c.patch")
    assert list_corrections(store) == []
    with pytest.raises(ReviewError, match="no corrections"):
        write_corrections(store, tmp_path / "c.patch")
    assert write_corrections(store, tmp_path / "d.patch", again=True) == 1


def test_only_what_was_handed_over_is_marked(store: Store) -> None:
    save_correction(store, "place_alias", SAID["place_alias"])
    handed = list_corrections(store)
    save_correction(store, "actor_alias", SAID["actor_alias"])
    mark_exported(store, handed)
    assert [one.kind for one in list_corrections(store)] == ["actor_alias"]
    assert len(list_corrections(store, again=True)) == 2


def test_what_is_missing_is_said(store: Store) -> None:
    with pytest.raises(ReviewError, match="needs lat"):
        save_correction(store, "site", SAID["site"] | {"lat": None})
    with pytest.raises(ReviewError, match="kinds"):
        save_correction(store, "poem", {})
    with pytest.raises(NotFoundError):
        save_correction(store, "place_alias", SAID["place_alias"], event_id="r9")
