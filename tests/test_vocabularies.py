"""The vocabularies of actors, weapons, targets and speakers, tested as data: names have one meaning, ids exist."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from geo.fold import fold_name
from pipeline.annotate import annotate
from pipeline.language import load_language
from pipeline.party_signs import name_strength
from pipeline.records import Article
from pipeline.text import tokenize

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("ar", "en")
VOCABULARIES = {"actors": "actor_id", "weapons": "weapon_id", "targets": "target_id"}
FILES = [(language, vocabulary) for language in LANGUAGES for vocabulary in VOCABULARIES]
ACTOR_KINDS = {
    "state_forces", "government", "rebel_group", "militia", "coalition", "security_service", "police", "proxy_group",
    "communal", "jihadist", "civilian_group", "unidentified", "generic",
}  # fmt: skip
ROLES = {
    "national_army", "national_police", "government", "coalition", "rebels", "resistance", "tribes", "kurdish_forces",
}  # fmt: skip
RESOLVES = ROLES | {"previous_actor", "unidentified"}
SOURCE_KINDS = {"official", "agency", "monitor", "media", "local", "party", "medical", "international", "unnamed"}
STRENGTHS = {
    "actors": {"strong", "weak", "adjective", "metonym", "blocker"},
    "weapons": {"strong", "weak", "blocker"},
    "targets": {"strong", "weak", "blocker"},
}
PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u0640]")
ARABIC = re.compile("[\u0621-\u064a]")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(language: str, vocabulary: str) -> list[dict[str, str]]:
    return read(DATA / "languages" / language / f"{vocabulary}.csv")


def ids(vocabulary: str) -> list[str]:
    return [row[VOCABULARIES[vocabulary]] for row in read(DATA / f"{vocabulary}.csv")]


def match_key(name: str, language: str) -> str:
    """Fold a name as the lexicon does: word by word, each without its article."""
    bare = load_language(language).lexicon.morphology.bare
    return " ".join(bare(token.text) for token in tokenize(name).tokens if token.kind != "punct")


@pytest.mark.parametrize(("language", "vocabulary"), FILES)
def test_a_name_has_one_meaning(language: str, vocabulary: str) -> None:
    keys = Counter(match_key(row["name"], language) for row in names(language, vocabulary))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(("language", "vocabulary"), FILES)
def test_every_id_of_a_name_exists_and_only_blockers_have_none(language: str, vocabulary: str) -> None:
    column, known = VOCABULARIES[vocabulary], set(ids(vocabulary))
    for row in names(language, vocabulary):
        assert (row[column] == "") == (row["strength"] == "blocker"), row
        assert row[column] in known or not row[column], row


@pytest.mark.parametrize(("language", "vocabulary"), FILES)
def test_every_id_is_named_in_every_language(language: str, vocabulary: str) -> None:
    named = {row[VOCABULARIES[vocabulary]] for row in names(language, vocabulary)}
    assert sorted(set(ids(vocabulary)) - named) == []


@pytest.mark.parametrize(("language", "vocabulary"), FILES)
def test_strengths_are_known(language: str, vocabulary: str) -> None:
    assert {row["strength"] for row in names(language, vocabulary)} <= STRENGTHS[vocabulary]


@pytest.mark.parametrize(("language", "vocabulary"), [*FILES, *((language, "sources") for language in LANGUAGES)])
def test_names_begin_with_a_word_or_are_never_found(language: str, vocabulary: str) -> None:
    for row in names(language, vocabulary):
        first = next(token for token in tokenize(row["name"]).tokens if token.kind != "punct")
        assert first.kind == "word", row


@pytest.mark.parametrize(("language", "vocabulary"), FILES)
def test_names_are_sorted(language: str, vocabulary: str) -> None:
    order = [(row[VOCABULARIES[vocabulary]], fold_name(row["name"])) for row in names(language, vocabulary)]
    assert order == sorted(order)


@pytest.mark.parametrize("path", sorted([*DATA.glob("*.csv"), *DATA.glob("languages/*/*.csv")]), ids=lambda p: p.name)
def test_cells_are_typed_the_ordinary_way(path: Path) -> None:
    for row in read(path):
        for cell in row.values():
            assert cell == unicodedata.normalize("NFKC", cell).strip(), row
            assert not PRESENTATION_FORMS.search(cell), row
            assert not INVISIBLE.search(cell), row
            assert "  " not in cell, row


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_ids_are_unique_sorted_slugs(vocabulary: str) -> None:
    found = ids(vocabulary)
    assert found == sorted(set(found))
    assert all(re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", one) for one in found)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_id_has_a_display_name_in_both_languages(vocabulary: str) -> None:
    for row in read(DATA / f"{vocabulary}.csv"):
        assert row["name_en"] and not ARABIC.search(row["name_en"]), row
        assert ARABIC.search(row["name_ar"]), row


def test_english_names_are_written_in_latin_letters() -> None:
    for vocabulary in VOCABULARIES:
        assert [row["name"] for row in names("en", vocabulary) if ARABIC.search(row["name"])] == []


def test_parents_exist_and_do_not_run_in_circles() -> None:
    parents = {row["actor_id"]: row["parent_id"] for row in read(DATA / "actors.csv")}
    for actor in parents:
        seen = {actor}
        while actor := parents[actor]:
            assert actor in parents, f"unknown parent {actor}"
            assert actor not in seen, f"{actor} is its own ancestor"
            seen.add(actor)


def test_actor_columns_hold_known_values() -> None:
    for row in read(DATA / "actors.csv"):
        assert row["kind"] in ACTOR_KINDS, row
        assert re.fullmatch(r"([A-Z]{2})?", row["country"]), row
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata"]), row
        assert set(filter(None, row["stands_for"].split("|"))) <= ROLES, row
        assert bool(row["stands_for"]) == bool(row["stands_in"]), row
        assert all(re.fullmatch(r"[A-Z]{2}", country) for country in filter(None, row["stands_in"].split("|"))), row


def test_one_actor_stands_for_a_role_in_a_country() -> None:
    taken = Counter(
        (role, country)
        for row in read(DATA / "actors.csv")
        for role in row["stands_for"].split("|")
        for country in row["stands_in"].split("|")
        if role
    )
    assert [pair for pair, count in taken.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_weak_actor_names_are_generic_and_say_how_they_resolve(language: str) -> None:
    kinds = {row["actor_id"]: row["kind"] for row in read(DATA / "actors.csv")}
    for row in names(language, "actors"):
        assert (row["strength"] == "weak") == (kinds.get(row["actor_id"]) == "generic"), row
        assert (row["resolves"] in RESOLVES) == (row["strength"] == "weak"), row


def test_every_role_a_weak_name_resolves_to_is_filled_somewhere() -> None:
    filled = {role for row in read(DATA / "actors.csv") for role in row["stands_for"].split("|") if role}
    asked = {row["resolves"] for language in LANGUAGES for row in names(language, "actors")} & ROLES
    assert asked == filled


def test_weapons_imply_known_event_types() -> None:
    known = {row["event_type"] for row in read(DATA / "event_types.csv")}
    assert {row["event_type"] for row in read(DATA / "weapons.csv")} <= known


def test_targets_say_whether_they_are_people() -> None:
    assert {row["people"] for row in read(DATA / "targets.csv")} == {"yes", "no"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_weapons_say_whether_they_can_be_counted(language: str) -> None:
    assert {row["count_noun"] for row in names(language, "weapons")} == {"yes", "no"}


@pytest.mark.parametrize(
    ("language", "vocabulary", "name", "expected"),
    [
        ("ar", "actors", "مسلحو داعش", "islamic-state"),
        ("ar", "actors", "قوات أميركية", "united-states-army"),
        ("ar", "actors", "قوات أمريكية", "united-states-army"),
        ("ar", "actors", "إسرائيليين", "israel"),
        ("ar", "actors", "ميليشيات موالية لإيران", "iran-backed-militias"),
        ("ar", "actors", "مسلحون مجهولون", "unidentified"),
        ("en", "actors", "Hizballah", "hezbollah"),
        ("en", "actors", "Iran-backed militias", "iran-backed-militias"),
        ("en", "actors", "Turkish", "turkey"),
        ("ar", "weapons", "قذائف صاروخية", "rocket"),
        ("ar", "weapons", "قذيفة هاون", "mortar"),
        ("ar", "weapons", "طائرة من دون طيار", "drone"),
        ("ar", "weapons", "دراجة نارية مفخخة", "car_bomb"),
        ("ar", "weapons", "وقف إطلاق النار", ""),
        ("en", "weapons", "loitering munition", "drone"),
        ("en", "weapons", "ceasefire", ""),
        ("ar", "targets", "رعاة الأغنام", "shepherds"),
        ("en", "targets", "oil refinery", "oil_facility"),
    ],
)
def test_well_known_names(language: str, vocabulary: str, name: str, expected: str) -> None:
    keyed = {match_key(row["name"], language): row for row in names(language, vocabulary)}
    assert keyed[match_key(name, language)][VOCABULARIES[vocabulary]] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_speakers_are_one_thing_each(language: str) -> None:
    rows = names(language, "sources")
    keys = Counter(match_key(row["name"], language) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []
    actors = set(ids("actors"))
    for row in rows:
        assert row["source_kind"] in SOURCE_KINDS, row
        assert row["actor_id"] in actors or not row["actor_id"], row
    assert rows == sorted(rows, key=lambda row: (row["source_kind"], fold_name(row["name"])))


def found(text: str, language: str, category: str) -> list[str]:
    notes = annotate(Article("a", language, text), load_language(language))
    return [match.value for match in notes.matches.get(category, [])]


@pytest.mark.parametrize(
    ("language", "text", "category", "expected"),
    [
        ("ar", "قتل ثلاثة رغم وقف إطلاق النار", "weapon", []),
        ("en", "Three drones were shot down hours after the ceasefire", "weapon", ["drone"]),
        ("ar", "وقال حزب العمال البريطاني في بيان", "actor", []),
        ("ar", "شنت القوات التركية هجوماً", "actor", ["turkey-army"]),
        ("ar", "لحزب الله", "actor", ["hezbollah"]),
        ("en", "the Kurdistan Workers' Party said", "actor", ["pkk"]),
        ("en", "it told us that IS did it", "actor", ["islamic-state"]),
    ],
)
def test_names_in_a_sentence(language: str, text: str, category: str, expected: list[str]) -> None:
    assert found(text, language, category) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "هجوم بطائرة مسيرة"),
        ("ar", "قصف مدفعي مكثف"),
        ("ar", "غارات التحالف"),
        ("ar", "هجوم كيميائي"),
        ("en", "Saudi-led airstrikes"),
        ("en", "a grenade attack"),
        ("en", "mortar bombardment"),
    ],
)
def test_names_do_not_hide_the_word_that_tells_the_attack(language: str, text: str) -> None:
    assert found(text, language, "trigger")


def test_a_hyphenated_adjective_keeps_its_strength() -> None:
    notes = annotate(Article("a", "en", "Iran-backed snipers"), load_language("en"))
    assert [name_strength(notes, match) for match in notes.matches["actor"]] == ["adjective"]
