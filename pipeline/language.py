"""One language as a record, read from one folder of ``data/languages``.

A folder holds ``language.toml`` (script, direction, joined letters), ``lexicon.toml`` (what attacks, places and
speakers are called), ``dates.toml``, ``numbers.toml`` and the names of ``actors.csv``, ``weapons.csv``,
``targets.csv`` and ``sources.csv``; ``nations.csv``, if there, says what peoples and capitals are called. Nothing
else in the program knows a word of any language.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.fold import fold, fold_name
from pipeline.date_words import DateWords, load_date_words
from pipeline.errors import LanguageError
from pipeline.inflection import Inflection, load_inflection, noun_forms, people_forms, verb_forms
from pipeline.lexicon import Lexicon, Morphology
from pipeline.numbers import NumberWords, load_number_words
from pipeline.text import tokenize

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = DATA / "languages"
_SCRIPTS_WITH_CAPITALS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that reports violence: its fields are explained at the head of the Arabic ``lexicon.toml``."""

    trigger_id: str
    kind: str  # attack, projectile, carry, suffer, kill, wound
    form: str  # noun, verb
    event_type: str  # "" = the weapon decides
    weak: bool = False
    kills: bool = False  # the word says that its victim died ("shot dead")


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of one language."""

    code: str
    name: str
    direction: str
    order: str  # vso or svo: where the doer of a verb stands
    adjectives: str  # before or after: where an adjective stands beside its noun
    script: str
    lexicon: Lexicon
    triggers: Mapping[str, Trigger]
    actor_strength: Mapping[tuple[str, str], str]  # (actor_id, folded name) -> strong, weak, adjective, metonym
    actor_resolves: Mapping[str, str]  # folded generic name without articles -> how it is resolved (data/README.md)
    source_kinds: Mapping[str, str]
    date_words: DateWords
    number_words: NumberWords
    place_stop: frozenset[str]
    coordinators: frozenset[str] = frozenset()  # words, or joined letters, that add a clause
    indefinite_ending: str = ""  # letters an indefinite word may end in («ا» of «وجودا»)
    capitals: bool = False  # names begin with a capital letter
    locative_prefixes: frozenset[str] = frozenset()  # joined letters that mean "in", "at"
    comparing_prefixes: frozenset[str] = frozenset()  # joined letters that mean "like": no place stands behind them
    seats: Mapping[str, str] = field(default_factory=dict)  # country (ISO 3166 alpha-2) -> what its capital is called


def installed_languages(folder: Path = LANGUAGES) -> tuple[str, ...]:
    """Codes of the languages Rasid reads: the folders that hold a ``language.toml``."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/language.toml")))


@lru_cache(maxsize=16)
def load_language(code: str, folder: Path = LANGUAGES) -> Language:
    """Load the language of one folder.

    Raises
    ------
    LanguageError
        If the folder is missing or one of its files is incomplete; the message names file and key.
    """
    home = folder / code
    if not (home / "language.toml").is_file():
        msg = f"no language {code!r}: Rasid reads {', '.join(installed_languages(folder))}. Add a folder to {folder}"
        raise LanguageError(msg)
    settings, words = _read_toml(home / "language.toml"), _read_toml(home / "lexicon.toml")
    morphology = _morphology(settings.get("morphology", {}))
    lexicon = Lexicon(morphology)
    inflection = load_inflection(settings.get("inflection", {}), settings.get("indefinite_ending", ""))
    triggers = _add_triggers(lexicon, words, home, inflection)
    for category in ("cues", "kinds", "directions"):
        _add_words(lexicon, category.removesuffix("s"), words.get(category, {}))
    _add_people(lexicon, words.get("people", {}), settings.get("people", {}))
    strengths = _add_names(lexicon, home)
    return Language(
        code=settings["code"],
        name=settings["name"],
        direction=settings["direction"],
        order=settings["order"],
        adjectives=settings.get("adjectives", "before" if settings["order"] == "svo" else "after"),
        script=settings["script"],
        lexicon=lexicon,
        triggers=triggers,
        actor_strength=strengths["actors"],
        actor_resolves=_resolutions(home, morphology),
        source_kinds={name: kind for (kind, name) in strengths["sources"]},
        date_words=load_date_words(home),
        number_words=load_number_words(home),
        place_stop=frozenset(morphology.bare(fold(word)) for word in words.get("place_stop", {}).get("words", ())),
        coordinators=frozenset(fold(word) for word in settings.get("coordinators", ())),
        indefinite_ending=fold(settings.get("indefinite_ending", "")),
        capitals=settings["script"] in _SCRIPTS_WITH_CAPITALS,
        locative_prefixes=frozenset(fold(word) for word in settings.get("locative_prefixes", ())),
        comparing_prefixes=frozenset(fold(word) for word in settings.get("comparing_prefixes", ())),
        seats=_add_nations(lexicon, home),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        msg = f"{path} is missing: every language folder needs it"
        raise LanguageError(msg) from None
    except tomllib.TOMLDecodeError as error:
        msg = f"{path} is no valid TOML: {error}"
        raise LanguageError(msg) from error


def _morphology(settings: Mapping[str, Any]) -> Morphology:
    return Morphology(
        article=fold(settings.get("article", "")),
        prefixes={fold(key): fold(value) for key, value in settings.get("prefixes", {}).items()},
        suffixes={fold(key): fold(value) for key, value in settings.get("suffixes", {}).items()},
        whole_words=frozenset(fold(word) for word in settings.get("whole_words", ())),
        shortest_stem=settings.get("shortest_stem", 3),
    )


def _add_triggers(lexicon: Lexicon, words: Mapping[str, Any], home: Path, inflection: Inflection) -> dict[str, Trigger]:
    triggers: dict[str, Trigger] = {}
    for trigger_id, row in words.get("triggers", {}).items():
        missing = {"kind", "form", "words"} - row.keys()
        if missing:
            msg = f"{home / 'lexicon.toml'}: trigger {trigger_id!r} lacks {', '.join(sorted(missing))}"
            raise LanguageError(msg)
        triggers[trigger_id] = Trigger(
            trigger_id, row["kind"], row["form"], row.get("type", ""), row.get("weak", False), row.get("kills", False)
        )
        nouns = row["words"] if row["form"] == "noun" else ()
        forms = [*row["words"], *(form for phrase in nouns for form in noun_forms(inflection, phrase))]
        forms += [form for verb in row.get("verbs", ()) for form in verb_forms(inflection, verb)]
        for phrase in dict.fromkeys(forms):
            lexicon.add(phrase, "trigger", trigger_id)
    return triggers


def _add_words(lexicon: Lexicon, category: str, table: Mapping[str, list[str]]) -> None:
    for value, phrases in table.items():
        for phrase in phrases:
            lexicon.add(phrase, f"{category}:{value}" if category == "cue" else category, value)


def _add_people(lexicon: Lexicon, groups: Mapping[str, list[str]], patterns: Mapping[str, Any]) -> None:
    """Add the words for people, each in the forms its group has."""
    made = {
        form: None for group, entries in groups.items() for e in entries for form in people_forms(patterns[group], e)
    }
    for cue, phrase in made:
        lexicon.add(phrase, f"cue:{cue}", cue)


def _add_names(lexicon: Lexicon, home: Path) -> dict[str, dict[tuple[str, str], str]]:
    strengths: dict[str, dict[tuple[str, str], str]] = {}
    columns = {"actors": "actor_id", "weapons": "weapon_id", "targets": "target_id", "sources": "source_kind"}
    for table, column in columns.items():
        strengths[table] = {}
        for row in _read_csv(home / f"{table}.csv"):
            lexicon.add(row["name"], table.removesuffix("s"), row[column])
            strengths[table][row[column], _words(row["name"])] = row.get("strength") or "strong"
    return strengths


def _add_nations(lexicon: Lexicon, home: Path) -> dict[str, str]:
    """Add the adjectives of countries («صومالي», "Somali") and give the names of their capitals."""
    rows = _read_csv(home / "nations.csv")
    for row in rows:
        for adjective in filter(None, row["adjectives"].split("|")):
            lexicon.add(adjective, "nation", row["country"])
    return {row["country"]: row["capital"] for row in rows if row["capital"]}


def _resolutions(home: Path, morphology: Morphology) -> dict[str, str]:
    return {
        " ".join(morphology.bare(word) for word in fold_name(row["name"]).split()): row["resolves"]
        for row in _read_csv(home / "actors.csv")
        if row.get("resolves")
    }


def _words(name: str) -> str:
    """Folded words of a name as they follow one another in a text."""
    return " ".join(token.text for token in tokenize(name).tokens if token.kind != "punct")


def _read_csv(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
