"""Read the word tables of a language folder: TOML in ordinary spelling, folded here, faults named by file and key."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.errors import LanguageError
from pipeline.text import tokenize


def read_table(path: Path) -> dict[str, Any]:
    """Read one TOML file.

    Raises
    ------
    LanguageError
        If the file is missing or is not TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise LanguageError(f"{path}: no such file; every language folder needs it") from error
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"{path}: not valid TOML: {error}") from error


def require(condition: bool, path: Path, key: str, fault: str) -> None:
    """Raise a `LanguageError` naming ``path`` and ``key`` unless ``condition`` holds."""
    if not condition:
        raise LanguageError(f"{path}: {key}: {fault}")


def cut(phrase: str) -> tuple[str, ...]:
    """Cut a phrase into folded words exactly as an article is cut.

    Examples
    --------
    >>> cut("Twenty-First")
    ('twenty', '-', 'first')
    """
    return tuple(token.text for token in tokenize(phrase).tokens)


def words_of(entry: dict[str, Any], path: Path, key: str) -> list[tuple[str, ...]]:
    """Cut the ``words`` of a table entry; it must list at least one phrase and no empty one."""
    words = entry.get("words")
    require(isinstance(words, list) and bool(words), path, key, "needs 'words', a list of at least one phrase")
    phrases = [cut(str(word)) for word in words or []]
    require(all(phrases), path, key, "holds an empty phrase")
    return phrases


def joined_forms(words: Iterable[str], prefixes: Iterable[str], contractions: dict[str, str]) -> dict[str, str]:
    """Map every spelling a word takes behind a joined prefix to the bare word.

    Parameters
    ----------
    words
        Folded words.
    prefixes
        Folded prefixes, already combined where they combine.
    contractions
        Letters at the seam that merge: joined spelling -> written spelling.

    Returns
    -------
    dict[str, str]
        Written form -> bare word; every bare word maps to itself, and a bare word wins over a joined one.
    """
    bare = list(words)
    forms: dict[str, str] = {}
    for prefix in prefixes:
        for word in bare:
            written = prefix + word
            for seam, merged in contractions.items():
                start = len(prefix) - 1
                if written.startswith(seam, start):
                    written = written[:start] + merged + written[start + len(seam) :]
            forms.setdefault(written, word)
    forms.update((word, word) for word in bare)
    return forms
