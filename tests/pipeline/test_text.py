"""Tokens and sentences: whatever the text, everything is quoted where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fold import fold
from pipeline.text import Text, skip_folded, tokenize

NEWS = st.text(
    alphabet="ابتهجوملقصفيىةءأإآ ًٌٍَُِّْـ\u200c\u200d\u200e\u200f\u202b\u2067\u2069\ufeff.،!؟\n«»()\"'0123٤٥٦abcABCéŞ-_*/’"
)


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text).tokens]


def sentences(text: str) -> list[str]:
    cut = tokenize(text)
    return [cut.mention(first, last).text for first, last in cut.sentences]


def check(text: str) -> Text:
    cut = tokenize(text)
    end = 0
    for token in cut.tokens:
        assert text[token.start : token.end] == token.raw
        assert end <= token.start < token.end
        assert token.text and token.kind in ("word", "number", "punct")
        end = token.end
    assert [number for first, last in cut.sentences for number in range(first, last)] == list(range(len(cut.tokens)))
    assert all(cut.sentence_of(i) == n for n, (a, b) in enumerate(cut.sentences) for i in range(a, b))
    return cut


@given(st.text())
def test_every_token_quotes_its_words(text: str) -> None:
    check(text)


@given(NEWS)
def test_every_token_of_marked_arabic_quotes_its_words(text: str) -> None:
    cut = check(text)
    if cut.tokens:
        whole = cut.mention(0, len(cut.tokens))
        assert text[whole.start : whole.end] == whole.text


@given(st.lists(st.sampled_from(["قصف", "استهدف", "هجوم", "دمشق"]), min_size=1), st.data())
def test_marks_and_invisible_characters_change_no_word(plain: list[str], data: st.DataObject) -> None:
    noise = st.text(alphabet="ًٌٍَُِّْـ\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad", max_size=3)
    dressed = [
        word[:1] + "".join(data.draw(noise) + letter for letter in word[1:]) + data.draw(noise) for word in plain
    ]
    assert words(" ".join(dressed)) == plain


def test_a_word_split_by_dots_between_tatweels_is_one_token() -> None:
    text = "تم استهـ.ـداف القاعدة"
    cut = check(text)
    assert [token.text for token in cut.tokens] == ["تم", "استهداف", fold("القاعدة")]
    assert cut.mention(1, 2).text == "استهـ.ـداف"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بـ12 صاروخاً", ["ب", "12", "صاروخا"]),
        ("الـ24 من", ["ال", "24", "من"]),
        ("الساعة 5:51", ["الساعه", "5:51"]),
        ("1,200 رجل", ["1,200", "رجل"]),
        ("U.S. troops", ["u.s.", "troops"]),
        ("Sana'a's port", ["sanaas", "port"]),
        ("Deir ez-Zor", ["deir", "ez", "-", "zor"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قصف الجيش البلدة. وقتل شخص! ماذا بعد؟ لا شيء", 4),
        ("عنوان بلا نقطة\nثم الخبر", 2),
        ("قال: «انتهى الهجوم.» ثم غادر", 2),
        ("Gen. Smith spoke on Jan. 5. Rockets fell.", 2),
        ("It was 2.5 km away. Nobody was hurt.", 2),
        ('He said "it is over." Then he left.', 2),
        ("It ended (at last.)", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_sentence_is_quoted_whole() -> None:
    assert sentences("سقط صاروخ. وقع انفجار.") == ["سقط صاروخ.", "وقع انفجار."]


@pytest.mark.parametrize(
    ("raw", "count", "length"), [("وَكونوكو", 1, 2), ("وكونوكو", 1, 1), ("بِالـقاعدة", 3, 5), ("لـ", 9, 2), ("ﷲ", 1, 1)]
)
def test_where_a_joined_prefix_ends_in_the_original(raw: str, count: int, length: int) -> None:
    assert skip_folded(raw, count) == length


@given(NEWS, st.integers(1, 4))
def test_a_prefix_is_never_cut_inside_its_marks(raw: str, count: int) -> None:
    length = skip_folded(raw, count)
    assert 0 <= length <= len(raw)
    assert length == len(raw) or fold(raw[length])
