"""One spelling for both sides of a comparison, told by pairs that must meet and pairs that must not."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fold import fold, fold_character, fold_name

TATWEEL, ZWNJ, ZWJ, BOM = "\u0640", "\u200c", "\u200d", "\ufeff"
RLM, RLE, PDF, ISOLATE = "\u200f", "\u202b", "\u202c", "\u2067"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("مُحَافَظَةٌ", "محافظه"),
        ("إدلب", "ادلب"),
        ("أربيل", "اربيل"),
        ("آمد", "امد"),
        ("ٱلرقة", "الرقه"),
        ("مأرب", "مارب"),
        ("بئر", "بير"),
        ("لؤلؤة", "لولوه"),
        ("مصطفى", "مصطفي"),
        ("کرکوک", "كركوك"),
        ("یثرب", "يثرب"),
        (f"دمـ{TATWEEL}ـشق", "دمشق"),
        (f"در{ZWNJ}عا{ZWJ}{RLM}{RLE}{PDF}{ISOLATE}{BOM}", "درعا"),
        ("ﺣﻤﺎﺓ", "حماه"),  # presentation forms
        ("ﷲ", "الله"),
    ],
)
def test_arabic_spellings_meet(written: str, plain: str) -> None:
    assert fold(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Maʿarrat", "maarrat"),
        ("Şırnak", "sirnak"),
        ("ISTANBUL", "istanbul"),
        ("İzmir", "izmir"),
        ("Ærø", "aero"),
        ("æther", "aether"),
        ("Œuvre", "oeuvre"),
        ("cœur", "coeur"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("ﬁeld", "field"),
        ("Ḩamāh", "hamah"),
    ],
)
def test_latin_spellings_meet(written: str, plain: str) -> None:
    assert fold(written) == plain


@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"])
def test_digits_of_all_scripts_are_one(digits: str) -> None:
    assert fold(digits) == "0123456789"


@pytest.mark.parametrize("mark", [".", "*", "_", "-", "/", "|", "...", "،"])
def test_words_split_to_dodge_a_filter_are_whole_again(mark: str) -> None:
    assert fold(f"استهـ{mark}ـداف") == "استهداف"


def test_marks_between_words_that_are_not_dodged_stay() -> None:
    assert fold("قصف. هجوم") == "قصف. هجوم"
    assert fold("Deir ez-Zor") == "deir ez-zor"


@pytest.mark.parametrize(("left", "right"), [("حلب", "حلبا"), ("سد", "صد"), ("طور", "تور"), ("Homs", "Hama")])
def test_different_words_stay_different(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Deir ez-Zor", "deir ez zor"),
        ("Sana'a", "sanaa"),
        ("Ma’rib", "marib"),
        ("  Ras  al-ʿAyn ", "ras al ayn"),
        ("«عين الأسد»", "عين الاسد"),
        ("...", ""),
        ("", ""),
    ],
)
def test_names_become_keys(name: str, key: str) -> None:
    assert fold_name(name) == key


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_folding_any_letter_twice_changes_nothing() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert [letter for letter in letters if fold(fold(letter)) != fold(letter)] == []


def test_fancy_letters_are_letters() -> None:
    assert fold("𝐇𝐚𝐦𝐚") == "hama"


@given(st.text())
def test_a_key_folded_again_is_the_same_key(text: str) -> None:
    key = fold_name(text)
    assert fold_name(key) == key
    assert key == " ".join(key.split())


@given(st.text(alphabet=st.characters(categories=["Mn", "Me", "Cf"], exclude_characters="\u0345")))
def test_marks_and_invisible_characters_vanish(text: str) -> None:
    assert fold(f"در{text}عا") == "درعا"  # (U+0345 is a letter iota to case folding)


@given(st.characters(exclude_categories=["Cs"]))
def test_composed_and_decomposed_are_one(character: str) -> None:
    assert fold(unicodedata.normalize("NFD", character)) == fold(unicodedata.normalize("NFC", character))


@given(st.text(alphabet="ابتدرسعل abc.,-«»"), st.text(alphabet="ابتدرسعل abc.,-«»"))
def test_folding_goes_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)
    assert "".join(map(fold_character, left)) == fold(left)
