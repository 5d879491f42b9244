"""Language folders: what loads, what is refused, and with which words."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import LanguageError
from pipeline.language import LANGUAGES, Language, installed_languages, load_language
from pipeline.text import tokenize


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder of languages with a copy of English to break."""
    shutil.copytree(LANGUAGES / "en", tmp_path / "en", ignore=shutil.ignore_patterns("examples"))
    return tmp_path


def values(language: Language, text: str, category: str) -> list[str]:
    return [match.value for match in language.lexicon.find(tokenize(text)) if match.category == category]


def test_arabic_and_english_are_installed() -> None:
    assert {"ar", "en"} <= set(installed_languages())


@pytest.mark.parametrize(
    ("code", "order", "direction", "capitals"), [("ar", "vso", "rtl", False), ("en", "svo", "ltr", True)]
)
def test_settings_of_a_language(code: str, order: str, direction: str, capitals: bool) -> None:
    language = load_language(code)
    assert (language.code, language.order, language.direction, language.capitals) == (code, order, direction, capitals)
    assert language.triggers
    assert len(language.lexicon) > 1000


@pytest.mark.parametrize("code", ["ar", "en"])
def test_every_trigger_has_a_known_kind_and_form(code: str) -> None:
    kinds = {"attack", "projectile", "carry", "suffer", "kill", "wound", "hurt"}
    for trigger_id, trigger in load_language(code).triggers.items():
        assert trigger.trigger_id == trigger_id
        assert trigger.kind in kinds, trigger_id
        assert trigger.form in {"noun", "verb"}, trigger_id


def test_a_language_is_loaded_once() -> None:
    assert load_language("ar") is load_language("ar")


def test_an_unknown_language_names_those_that_are_there() -> None:
    with pytest.raises(LanguageError, match=r"no language 'xx': Rasid reads .*ar"):
        load_language("xx")


@pytest.mark.parametrize("name", ["lexicon.toml", "dates.toml", "numbers.toml"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / "en" / name).unlink()
    with pytest.raises(LanguageError, match=name.replace(".", r"\.")):
        load_language("en", copied)


def test_broken_toml_is_named(copied: Path) -> None:
    (copied / "en" / "lexicon.toml").write_text("[triggers", encoding="utf-8")
    with pytest.raises(LanguageError, match=r"lexicon\.toml is no valid TOML"):
        load_language("en", copied)


def test_a_trigger_without_its_kind_is_refused_by_name(copied: Path) -> None:
    with (copied / "en" / "lexicon.toml").open("a", encoding="utf-8") as file:
        file.write('\n[triggers.odd]\nform = "verb"\nwords = ["zapped"]\n')
    with pytest.raises(LanguageError, match="trigger 'odd' lacks kind"):
        load_language("en", copied)


def test_names_without_tables_are_none(copied: Path) -> None:
    (copied / "en" / "actors.csv").unlink()
    language = load_language("en", copied)
    assert language.actor_strength == {}
    assert values(language, "Hezbollah fired", "actor") == []


def test_a_language_added_as_a_folder_is_found(copied: Path) -> None:
    shutil.copytree(copied / "en", copied / "zz")
    assert installed_languages(copied) == ("en", "zz")


@pytest.mark.parametrize(
    ("code", "text", "category", "value"),
    [
        ("ar", "غارة جوية", "trigger", "airstrike"),
        ("ar", "بالصواريخ", "weapon", "rocket"),
        ("ar", "حقول النفط", "kind", "field"),
        ("ar", "للقوات الأمريكية", "actor", "united-states-army"),
        ("en", "the governorate of", "kind", "governorate"),
        ("en", "US forces", "actor", "united-states-army"),
    ],
)
def test_words_mean_what_the_tables_say(code: str, text: str, category: str, value: str) -> None:
    assert value in values(load_language(code), text, category)


def test_us_is_the_country_and_us_is_we() -> None:
    english = load_language("en")
    assert values(english, "The US said", "actor")
    assert not values(english, "They told us so", "actor")
