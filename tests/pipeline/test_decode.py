import pytest

from pipeline.decode import decode
from pipeline.errors import InputError

TEXTS = [
    "قصف",
    "قتيلان في انفجار لغم",
    "أعلن الجيش إسقاط طائرة مسيّرة قرب المطار، دون وقوع إصابات",
    "سقطت ثلاث قذائف على حي سكني في المدينة مساء أمس",
    "«الحشد»: مقتل 4 من عناصرنا",
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1256", "iso8859-6", "mac_arabic"]
)
@pytest.mark.parametrize("text", TEXTS)
def test_arabic_survives_every_code_page_newsrooms_used(text: str, encoding: str) -> None:
    plain = text.replace("«", '"').replace("»", '"') if encoding == "iso8859-6" else text
    plain = plain.replace("\u0651", "") if encoding != "utf-8" else plain
    assert decode(plain.encode(encoding)).text == plain


def test_western_quotes_do_not_turn_into_arabic() -> None:
    text = "“Two rockets” hit the café – nobody’s hurt"
    assert decode(text.encode("windows-1252")).text == text


def test_a_damaged_utf8_text_stays_utf8_and_says_how_damaged_it_is() -> None:
    data = (TEXTS[2] * 20).encode()
    decoded = decode(data[:100] + b"\xff" + data[100:])
    assert decoded.encoding == "utf-8"
    assert 1 <= decoded.damaged <= 3
    assert "الجيش" in decoded.text


def test_a_named_code_page_is_believed_unless_the_bytes_are_unicode() -> None:
    assert decode("غزة".encode("iso8859-6"), "ISO-8859-6").text == "غزة"
    assert decode("غزة".encode(), "windows-1256").text == "غزة"
    assert decode(TEXTS[1].encode("windows-1256"), "punycode").text == TEXTS[1]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 ...", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 9, "binary"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(InputError, match=name):
        decode(data)
