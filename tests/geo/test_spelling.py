import pytest

from geo.fold import fold_name
from geo.likeness import SAME_CLOSE, likeness
from geo.spelling import close, deletions, script, skeleton, sound, spelling_of

SAME_SKELETON = [
    ("Deir ez-Zor", "Dayr az-Zawr", "Deir Ezzor", "Dair Alzour", "Deir al-Zour", "دير الزور"),
    ("Al-Bukamal", "Abu Kamal", "Albu Kamal", "البوكمال", "البو كمال", "أبو كمال", "ابوكمال"),
    ("Hasakah", "Al-Hasakah", "Hassakeh", "Hasaka", "الحسكة"),
    ("Raqqa", "Ar-Raqqah", "Rakka", "الرقة"),
    ("Tall Abyad", "Tell Abiad", "تل أبيض"),
]


@pytest.mark.parametrize("names", SAME_SKELETON)
def test_the_spellings_of_one_name_meet(names: tuple[str, ...]) -> None:
    assert len({skeleton(fold_name(name)) for name in names}) == 1


def test_articles_and_spaces_are_forgotten_within_one_script() -> None:
    assert len({close(fold_name(name)) for name in ("البو كمال", "البوكمال", "أبو كمال", "ابوكمال", "بوكمال")}) == 1
    assert close("kafr nabl") == close("kafrnabl") != close("kafr nubul")


def test_a_name_of_articles_only_is_kept() -> None:
    assert close("al") == "al"


@pytest.mark.parametrize("name", ["دير الزور", "דיר א-זור", "Deir ez-Zor", "", "22", "Кобани"])
def test_every_form_exists_for_every_script(name: str) -> None:
    spelling = spelling_of(fold_name(name))
    assert spelling.script in ("arabic", "hebrew", "latin", "other")
    assert isinstance(sound(fold_name(name)), str)


def test_numbers_stay_in_every_form() -> None:
    assert "22" in skeleton("tower 22")
    assert skeleton(fold_name("T4")) != skeleton(fold_name("T2"))
    assert "4" in sound("t4")


def test_two_texts_one_letter_apart_share_a_deletion() -> None:
    assert deletions("drzr") & deletions("drsr")
    assert "drz" in deletions("drzr")


def test_script_is_that_of_the_first_letter() -> None:
    assert [script(text) for text in ("t4", "4 حي", "ק", "22")] == ["latin", "arabic", "hebrew", "other"]


@pytest.mark.parametrize(
    ("name", "same", "other"),
    [
        ("Haritan", "حريتان", "حارم"),
        ("Khan Shaykhun", "Khan Sheikhoun", "Khan Tuman"),
        ("Maarat al-Numan", "معرة النعمان", "معرة مصرين"),
        ("Sha'irat", "الشعيرات", "الشعفة"),
    ],
)
def test_likeness_ranks_the_same_name_first(name: str, same: str, other: str) -> None:
    key = fold_name(name)
    assert likeness(key, fold_name(same)) > 0.4 > likeness(key, fold_name(other))


def test_likeness_is_a_chance_and_close_forms_are_surest() -> None:
    assert likeness("al bab", "bab") == SAME_CLOSE
    assert 0 <= likeness("hims", "nippur") <= 1


def test_vowels_that_one_script_writes_and_the_other_spells_out_speak_for_one_name() -> None:
    spelled_out, other = (likeness(fold_name("قصيبة"), fold_name(name)) for name in ("Qusaybah", "Qasabah"))
    assert spelled_out > other + 0.1
