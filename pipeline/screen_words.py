"""The words of the screen in every language that has them, for pages that are written without the app."""

import csv
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"
_NAMES = {"actor": ("actors.csv", "actor_id"), "weapon": ("weapons.csv", "weapon_id")}


@lru_cache(maxsize=1)
def read_screens() -> Mapping[str, Mapping[str, str]]:
    """Read the words of each language by dotted key, English first."""
    paths = sorted(_DATA.glob("languages/*/screen.toml"), key=lambda path: (path.parent.name != "en", path.parent.name))
    return {path.parent.name: dict(_flatten(tomllib.loads(path.read_text(encoding="utf-8")))) for path in paths}


@lru_cache(maxsize=1)
def read_directions() -> Mapping[str, str]:
    """Read which way each of these languages is written: ltr or rtl."""
    return {
        code: str(
            tomllib.loads((_DATA / "languages" / code / "language.toml").read_text(encoding="utf-8"))["direction"]
        )
        for code in read_screens()
    }


@lru_cache(maxsize=2)
def read_names(kind: str) -> Mapping[str, Mapping[str, str]]:
    """Read the display names of actors or weapons: id -> language -> name."""
    file_name, key = _NAMES[kind]
    with (_DATA / file_name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[key]: {code: row.get(f"name_{code}") or row["name_en"] for code in read_screens()} for row in rows}


def _flatten(content: Mapping[str, object], before: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in content.items():
        flat += _flatten(value, f"{before}{key}.") if isinstance(value, Mapping) else [(f"{before}{key}", str(value))]
    return flat
