"""The words of the screen, one file a language: ``data/languages/<code>/screen.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import UsageError
from ui.assets import DATA

LANGUAGES = DATA / "languages"


@dataclass(frozen=True, slots=True)
class Labels:
    """Words by dotted key; calling it fills in what stands in braces."""

    code: str
    direction: str  # ltr or rtl
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Say the words of ``key``.

        Raises
        ------
        UsageError
            If this language has no such key.
        """
        if key not in self.words:
            raise UsageError(f"data/languages/{self.code}/screen.toml has no '{key}'")
        return self.words[key].format(**values) if values else self.words[key]

    def name(self, group: str, word: str | None) -> str:
        """Say one of a closed set of words, such as an event type; unknown words are shown as they are."""
        if not word:
            return self("filter.unsaid")
        return self.words.get(f"{group}.{word}", word)


@lru_cache(maxsize=64)
def direction_of(code: str) -> str:
    """Tell which way a language is written: ltr, rtl, or auto where it is not one of ours."""
    path = LANGUAGES / code / "language.toml"
    if code not in {folder.name for folder in LANGUAGES.iterdir()} or not path.exists():
        return "auto"
    with path.open("rb") as file:
        return str(tomllib.load(file)["direction"])


@lru_cache(maxsize=8)
def load_labels(code: str) -> Labels:
    """Read the screen words of one language."""
    with (LANGUAGES / code / "screen.toml").open("rb") as file:
        content = tomllib.load(file)
    return Labels(code, direction_of(code), dict(_flatten(content)))


def screen_languages() -> tuple[str, ...]:
    """List the languages that have screen words, English first."""
    found = sorted(path.parent.name for path in LANGUAGES.glob("*/screen.toml"))
    return tuple(sorted(found, key=lambda code: code != "en"))


def _flatten(content: Mapping[str, object]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in content.items():
        if isinstance(value, Mapping):
            flat += [(f"{key}.{inner}", word) for inner, word in _flatten(value)]
        else:
            flat.append((key, str(value)))
    return flat
