"""Which words are ordinary words of a language, so that a village of that name needs more than its name.

The lists are made once, at set-up, from the package wordfreq: ``python -m pipeline.ordinary`` writes
``var/ordinary/<code>.txt`` for every installed language; a language wordfreq does not know gets an empty list.
"""

import os
from functools import lru_cache
from pathlib import Path

from geo.fold import fold
from pipeline.errors import UsageError

_ROOT = Path(__file__).resolve().parent.parent
_LEAST_ZIPF = 3.3  # about five uses in ten million words
_MOST_WORDS = 60_000


def ordinary_folder() -> Path:
    """Folder of the built lists: ``var/ordinary``, or below ``RASID_VAR``."""
    return Path(os.environ.get("RASID_VAR") or _ROOT / "var") / "ordinary"


@lru_cache(maxsize=16)
def load_ordinary_words(code: str) -> frozenset[str]:
    """Folded ordinary words of a language.

    Raises
    ------
    UsageError
        If the list was not built; the message names the command.
    """
    path = ordinary_folder() / f"{code}.txt"
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except FileNotFoundError:
        msg = f"{path} is missing: run `make setup` (or `python -m pipeline.ordinary`)"
        raise UsageError(msg) from None


def build_ordinary_words(code: str, folder: Path) -> int:
    """Write the list of one language and return the number of words in it."""
    from wordfreq import available_languages, top_n_list, zipf_frequency  # heavy, and needed at set-up alone

    words: set[str] = set()
    if code in available_languages("best"):
        for word in top_n_list(code, _MOST_WORDS):
            if zipf_frequency(word, code) < _LEAST_ZIPF:
                break
            words.add(fold(word))
    folder.mkdir(parents=True, exist_ok=True)
    words.discard("")
    (folder / f"{code}.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    return len(words)


def main() -> None:
    """Build the lists of all installed languages."""
    languages = _ROOT / "data" / "languages"
    for path in sorted(languages.glob("*/language.toml")):
        count = build_ordinary_words(path.parent.name, ordinary_folder())
        print(f"ordinary words: {path.parent.name} {count}")


if __name__ == "__main__":
    main()
