"""Every folder of data/languages is complete, holds only what is known, and reads its own examples."""

import csv
import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geo.aliases import aliases
from geo.fold import fold
from pipeline.codes import event_types
from pipeline.dates_after import DAYS_AFTER
from pipeline.detect import detect_language
from pipeline.ingest import read_inputs
from pipeline.language import Trigger, installed_languages, load_language
from pipeline.ordinary import load_ordinary_words
from pipeline.predict import to_prediction
from pipeline.run import read_placed
from pipeline.score import score
from pipeline.scoreboard import Board
from pipeline.text import tokenize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "data" / "languages"
CODES = sorted(path.name for path in LANGUAGES.iterdir() if path.is_dir())
TABLES = {
    "actors.csv": ["actor_id", "name", "strength", "resolves"],
    "weapons.csv": ["weapon_id", "name", "strength", "count_noun"],
    "targets.csv": ["target_id", "name", "strength"],
    "sources.csv": ["name", "source_kind", "actor_id"],
    "places.csv": ["place_id", "name"],
}
NEEDED = {
    *("language.toml", "lexicon.toml", "dates.toml", "numbers.toml", "detect.toml"),
    *(TABLES.keys() - {"places.csv"}),
    *("examples/seen.jsonl", "examples/unseen.jsonl", "examples/floors.toml"),
}
KNOWN = NEEDED | {"places.csv", "nations.csv", "screen.toml"}
TRIGGER_KEYS = {field.name for field in fields(Trigger)} - {"trigger_id", "event_type"} | {"type", "words", "verbs"}
TRIGGER_KINDS = {"attack", "projectile", "carry", "suffer", "kill", "wound", "hurt"}
STRENGTHS = {"strong", "weak", "adjective", "metonym", "blocker"}
SOURCE_KINDS = {"official", "agency", "monitor", "media", "local", "party", "medical", "international", "unnamed"}


def toml(code: str, name: str) -> dict[str, Any]:
    with (LANGUAGES / code / name).open("rb") as file:
        return tomllib.load(file)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(code: str, name: str) -> list[dict[str, Any]]:
    path = LANGUAGES / code / "examples" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def key(phrase: str, code: str) -> str:
    """Phrase as the matcher compares it."""
    bare = load_language(code).lexicon.morphology.bare
    return " ".join(bare(token.text) for token in tokenize(phrase).tokens if token.kind != "punct")


def texts(value: Any) -> Iterator[str]:
    """Every word and phrase of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.items():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


@cache
def asked() -> frozenset[str]:
    """Every quoted word of the program: what a file of a language says under another name, nobody reads."""
    sources = [path.read_text("utf-8") for path in (ROOT / "pipeline").glob("*.py")]
    quoted = {word.removeprefix("cue:") for text in sources for word in re.findall(r"\"([a-z_:]+)\"", text)}
    return frozenset(quoted | DAYS_AFTER.keys())


@cache
def documented(heading: str) -> frozenset[str]:
    """Names in the first column of the table below a heading of the how-to."""
    page = (ROOT / "docs" / "how-to-add-a-language.md").read_text("utf-8")
    part = page.split(heading, 1)[1].split("\n#", 1)[0]
    return frozenset(name for line in re.findall(r"^\|(.*?)\|", part, re.M) for name in re.findall(r"`([\w.]+)`", line))


@cache
def board(code: str, name: str) -> Board:
    articles, refusals = read_inputs([LANGUAGES / code / "examples" / name])
    assert not [refusal for refusal in refusals if not refusal.kept]
    return score(lines(code, name), [to_prediction(read_placed(article)) for article in articles])


def test_french_is_read_beside_the_main_languages() -> None:
    assert {"ar", "en", "fr"} <= set(CODES)
    assert tuple(CODES) == installed_languages()


@pytest.mark.parametrize("code", CODES)
def test_a_folder_is_complete_and_holds_nothing_else(code: str) -> None:
    home = LANGUAGES / code
    found = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert found >= NEEDED
    assert found <= KNOWN


@pytest.mark.parametrize("code", CODES)
def test_every_setting_is_known(code: str) -> None:
    settings = toml(code, "language.toml")
    assert settings.keys() | settings["morphology"].keys() <= asked()
    assert settings["code"] == code
    assert settings["direction"] in ("ltr", "rtl")
    assert settings["order"] in ("svo", "vso")
    assert settings.get("adjectives", "after") in ("before", "after")


def test_only_what_is_read_is_explained() -> None:
    settings = {name.removeprefix("morphology.") for name in documented("## language.toml")}
    assert settings <= asked()
    assert documented("### Cues") <= asked()


@pytest.mark.parametrize("code", CODES)
def test_every_trigger_is_known(code: str) -> None:
    types = {*event_types(), "", "bombardment"}
    for name, row in toml(code, "lexicon.toml")["triggers"].items():
        assert row.keys() <= TRIGGER_KEYS, name
        assert row["kind"] in TRIGGER_KINDS, name
        assert row["form"] in ("noun", "verb"), name
        assert row.get("type", "") in types, name
        assert row["words"], name


@pytest.mark.parametrize("code", CODES)
def test_a_country_has_one_row_and_an_adjective_one_country(code: str) -> None:
    path = LANGUAGES / code / "nations.csv"
    table = rows(path) if path.is_file() else []
    assert all(list(row) == ["country", "capital", "adjectives"] for row in table)
    countries = {row["iso"] for row in rows(ROOT / "data" / "gazetteer" / "countries.csv")}
    for named in (
        [row["country"] for row in table],
        [key(word, code) for row in table for word in row["adjectives"].split("|") if word],
    ):
        assert [name for name, count in Counter(named).items() if count > 1] == []
    assert {row["country"] for row in table} <= countries


@pytest.mark.parametrize("code", CODES)
def test_every_other_key_of_the_lexicon_is_known(code: str) -> None:
    words = toml(code, "lexicon.toml")
    assert words.keys() - {"people"} == {"triggers", "cues", "kinds", "directions", "place_stop"}
    assert words.get("people", {}).keys() <= toml(code, "language.toml").get("people", {}).keys()
    assert words["cues"].keys() <= asked()
    assert words["kinds"].keys() <= {row["kind"] for row in rows(ROOT / "data" / "gazetteer" / "kinds.csv")}
    assert all(0 <= float(degrees) < 360 for degrees in words["directions"])


@pytest.mark.parametrize("code", CODES)
def test_a_phrase_has_one_role_in_a_category(code: str) -> None:
    words = toml(code, "lexicon.toml")
    triggers = {name: row["words"] for name, row in words["triggers"].items()}
    for category in (triggers, words["kinds"], words["directions"]):
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for role, phrases in category.items():
            for phrase in phrases:
                roles[key(phrase, code)].add(role)
        assert {phrase: found for phrase, found in roles.items() if len(found) > 1} == {}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["language.toml", "lexicon.toml", "dates.toml", "numbers.toml", "detect.toml"])
def test_words_are_typed_the_ordinary_way(code: str, name: str) -> None:
    for text in texts(toml(code, name)):
        assert text == unicodedata.normalize("NFKC", text), text
        assert not text or fold(text).strip() or unicodedata.category(text[0])[0] in "PSZ", text


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_of_the_lexicon_holds_a_word(code: str) -> None:
    words = toml(code, "lexicon.toml")
    triggers = [phrase for row in words["triggers"].values() for phrase in row["words"]]
    for phrase in [*triggers, *texts(list(words["cues"].values())), *texts(list(words["kinds"].values()))]:
        assert key(phrase, code), phrase


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code in CODES for name in TABLES if (LANGUAGES / code / name).exists()]
)
def test_a_table_has_its_columns_and_a_name_one_meaning(code: str, name: str) -> None:
    found = rows(LANGUAGES / code / name)
    assert list(found[0]) == TABLES[name]
    names = Counter(key(row["name"], code) for row in found)
    assert [one for one, count in names.items() if count > 1 or not one] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["actors.csv", "weapons.csv", "targets.csv"])
def test_every_id_of_a_name_exists(code: str, name: str) -> None:
    column = TABLES[name][0]
    known = {row[column] for row in rows(ROOT / "data" / name)}
    for row in rows(LANGUAGES / code / name):
        assert row["strength"] in STRENGTHS, row
        assert (row[column] == "") == (row["strength"] == "blocker"), row
        assert row[column] in known | {""}, row


@pytest.mark.parametrize("code", CODES)
def test_every_speaker_is_of_a_known_kind(code: str) -> None:
    assert {row["source_kind"] for row in rows(LANGUAGES / code / "sources.csv")} <= SOURCE_KINDS


@pytest.mark.parametrize("path", sorted(LANGUAGES.glob("*/places.csv")), ids=lambda path: path.parent.name)
def test_every_place_named_by_a_language_exists(path: Path) -> None:
    gazetteer = ROOT / "data" / "gazetteer"
    known = {f"iso:{row['iso']}" for row in rows(gazetteer / "countries.csv")}
    known |= {row["place_id"] for name in ("regions.csv", "sites.csv") for row in rows(gazetteer / name)}
    for row in rows(path):
        assert row["place_id"] in known or re.fullmatch(r"gn:\d+", row["place_id"]), row
        assert row["name"] in aliases()[row["place_id"]]


@pytest.mark.parametrize("code", CODES)
def test_ordinary_words_are_built(code: str) -> None:
    assert isinstance(load_ordinary_words(code), frozenset)


@pytest.mark.parametrize("code", CODES)
def test_its_examples_are_told_to_be_in_the_language(code: str) -> None:
    taken_for = Counter(
        detect_language(item["text"]) for name in ("seen.jsonl", "unseen.jsonl") for item in lines(code, name)
    )
    assert taken_for[code] >= 0.9 * taken_for.total(), taken_for


@pytest.mark.parametrize("code", CODES)
def test_its_examples_are_read_well_enough(code: str) -> None:
    floors = toml(code, "examples/floors.toml")
    assert floors.keys() == {"event_f1", "false_events"}
    measured = board(code, "seen.jsonl")
    assert measured["event"]["f1"] >= floors["event_f1"]
    assert measured["no_event_articles"]["false_events"] <= floors["false_events"]
    assert floors["event_f1"] >= 0.6


@pytest.mark.parametrize("code", CODES)
def test_its_unseen_examples_can_be_read(code: str) -> None:
    measured = board(code, "unseen.jsonl")
    assert measured["articles"]["articles_without_prediction"] == 0
    assert measured["event"]["f1"] > 0.5
