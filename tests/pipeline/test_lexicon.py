"""Finding phrases: prefixes, the article, the longest match, exact case."""

import pytest

from geo.fold import fold
from pipeline.lexicon import Lexicon, Match, Morphology
from pipeline.text import tokenize

PREFIXES = {fold(key): fold(value) for key, value in {"و": "", "ف": "", "ب": "", "ل": "", "ك": "", "لل": "ال"}.items()}
ARABIC = Morphology(
    article=fold("ال"),
    prefixes=PREFIXES,
    suffixes={fold("ها"): "", fold("ته"): fold("ة")},
    whole_words=frozenset({fold("وزير"), fold("لبنان")}),
)


def find(lexicon: Lexicon, text: str) -> list[Match]:
    return lexicon.find(tokenize(text))


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    cut = tokenize(text)
    return [(match.value, cut.mention(match.first, match.last).text) for match in lexicon.find(cut)]


@pytest.fixture
def lexicon() -> Lexicon:
    lexicon = Lexicon(ARABIC)
    for phrase, value in [
        ("هجوم", "attack"),
        ("هجوم صاروخي", "rocket"),
        ("القوات الأمريكية", "us"),
        ("قاعدة", "base"),
        ("وزير", "minister"),
        ("صواريخ", "rockets"),
    ]:
        lexicon.add(phrase, "thing", value)
    return lexicon


@pytest.mark.parametrize(
    "word", ["هجوم", "الهجوم", "والهجوم", "بهجوم", "وبالهجوم", "للهجوم", "كالهجوم", "هُجُومٌ", "هجـــوم"]
)
def test_prefixes_article_and_marks_do_not_hide_a_word(lexicon: Lexicon, word: str) -> None:
    assert [match.value for match in find(lexicon, word)] == ["attack"]


def test_taking_off_lil_leaves_the_article(lexicon: Lexicon) -> None:
    variants = {(v.stem, v.prefix, v.definite) for v in ARABIC.variants(fold("للقوات"))}
    assert (fold("قوات"), fold("ل"), True) in variants
    assert [match.value for match in find(lexicon, "للقوات الأمريكية")] == ["us"]


def test_what_lil_swallowed_is_known() -> None:
    variant = next(v for v in ARABIC.variants(fold("للعراق")) if v.stem == fold("عراق"))
    assert variant.restored + fold("للعراق")[variant.cut :] == fold("العراق")


@pytest.mark.parametrize(
    ("word", "definite"), [("قاعدة", False), ("القاعدة", True), ("بقاعدة", False), ("للقاعدة", True)]
)
def test_whether_the_article_stood_there_is_kept(lexicon: Lexicon, word: str, definite: bool) -> None:
    assert [match.definite for match in find(lexicon, word)] == [definite]


def test_joined_pronouns_are_taken_off_and_told(lexicon: Lexicon) -> None:
    match = find(lexicon, "وصواريخها")[0]
    assert (match.value, match.prefix, match.suffixed) == ("rockets", fold("و"), True)


def test_whole_words_lose_no_first_letter(lexicon: Lexicon) -> None:
    assert [match.prefix for match in find(lexicon, "وزير")] == [""]
    assert {variant.stem for variant in ARABIC.variants(fold("لبنان"))} == {fold("لبنان")}


def test_the_word_itself_is_its_first_reading() -> None:
    assert ARABIC.variants(fold("بقاعدة"))[0].prefix == ""
    assert ARABIC.variants(fold("بقاعدة"))[0].stem == fold("بقاعدة")


def test_the_longest_phrase_wins(lexicon: Lexicon) -> None:
    assert found(lexicon, "وقع هجوم صاروخي أمس") == [("rocket", "هجوم صاروخي")]


def test_a_phrase_broken_by_a_comma_is_no_phrase(lexicon: Lexicon) -> None:
    assert found(lexicon, "هجوم، صاروخي") == [("attack", "هجوم")]


@pytest.mark.parametrize("text", ["هجوم «صاروخي»", "هجوم - صاروخي", 'هجوم "صاروخي"'])
def test_quotation_marks_and_hyphens_inside_a_phrase_do_not_matter(lexicon: Lexicon, text: str) -> None:
    assert [match.value for match in find(lexicon, text)] == ["rocket"]


def test_the_second_word_takes_no_prefix(lexicon: Lexicon) -> None:
    assert found(lexicon, "هجوم وصاروخي") == [("attack", "هجوم")]


@pytest.mark.parametrize(("text", "count"), [("US troops left", 1), ("between us and them", 0), ("THE US ARMY", 1)])
def test_short_capitals_are_found_only_as_they_are_written(text: str, count: int) -> None:
    lexicon = Lexicon(Morphology())
    lexicon.add("US", "actor", "us")
    assert len(find(lexicon, text)) == count


def test_different_categories_at_one_place_are_all_found() -> None:
    lexicon = Lexicon(Morphology())
    lexicon.add("drone", "weapon", "drone")
    lexicon.add("drone strike", "trigger", "strike")
    assert found(lexicon, "A drone strike hit") == [("drone", "drone"), ("strike", "drone strike")]


def test_an_entry_without_a_word_is_refused() -> None:
    lexicon = Lexicon(Morphology())
    with pytest.raises(ValueError, match="holds no word"):
        lexicon.add("...", "thing", "nothing")
    assert len(lexicon) == 0


def test_every_entry_is_counted(lexicon: Lexicon) -> None:
    assert len(lexicon) == 6
