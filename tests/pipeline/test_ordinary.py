"""Ordinary words: built once, loaded folded, and a clear word where they are missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.fold import fold
from pipeline.errors import UsageError
from pipeline.ordinary import build_ordinary_words, load_ordinary_words, ordinary_folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty ``RASID_VAR``, with nothing remembered from another one."""
    monkeypatch.setenv("RASID_VAR", str(tmp_path))
    load_ordinary_words.cache_clear()
    yield tmp_path
    load_ordinary_words.cache_clear()


def test_the_folder_follows_the_setting(elsewhere: Path) -> None:
    assert ordinary_folder() == elsewhere / "ordinary"


def test_a_missing_list_names_the_command(elsewhere: Path) -> None:
    with pytest.raises(UsageError, match=r"ar\.txt is missing: run `make setup`"):
        load_ordinary_words("ar")


@pytest.mark.parametrize(("code", "word"), [("ar", "بيت"), ("en", "house")])
def test_a_list_holds_ordinary_words_folded(elsewhere: Path, code: str, word: str) -> None:
    count = build_ordinary_words(code, elsewhere / "ordinary")
    words = load_ordinary_words(code)
    assert count - 1 <= len(words) <= count
    assert len(words) > 1000
    assert fold(word) in words
    assert all(fold(fold(entry)) == fold(entry) for entry in words)
    assert fold("زغروطة") not in words


def test_a_language_nobody_counted_has_an_empty_list(elsewhere: Path) -> None:
    assert build_ordinary_words("qqq", elsewhere / "ordinary") == 0
    assert load_ordinary_words("qqq") == frozenset()


def test_a_list_is_built_alike_twice(elsewhere: Path) -> None:
    path = elsewhere / "ordinary" / "en.txt"
    build_ordinary_words("en", path.parent)
    first = path.read_bytes()
    build_ordinary_words("en", path.parent)
    assert path.read_bytes() == first
