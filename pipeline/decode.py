"""Bytes to text: Unicode first, then the code page whose Arabic reads most like Arabic.

Charset detectors guess wrong on short windows-1256 texts; here each page is tried and the text it gives is scored by
how common its letters are in Arabic (``data/encodings.toml``).
"""

import codecs
import math
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import InputError

_TABLE = Path(__file__).resolve().parent.parent / "data" / "encodings.toml"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"
_SAMPLE = 65_536  # bytes beyond ASCII that a code page is judged by
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_SHORTEST_WORDS = 1.5  # mean run of bytes beyond ASCII; accents in Western text stand alone, Arabic letters in words
_WESTERN = "windows-1252"
_MOSTLY_UNICODE = 0.01  # damaged characters, as a share of those beyond ASCII, that still count as UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and how many characters could not be read (each became U+FFFD)."""

    text: str
    encoding: str
    damaged: int = 0


@lru_cache(maxsize=1)
def _knowledge() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


def decode(data: bytes, named: str | None = None) -> Decoded:
    """Read bytes as text.

    Parameters
    ----------
    data
        The bytes.
    named
        The code page the input says it is in; believed where it is one of those Arabic newsrooms used, and not Unicode.

    Raises
    ------
    InputError
        Where the bytes are no text: a picture, a PDF, a packed file, other binary data.

    Examples
    --------
    >>> decode("قصف".encode("windows-1256")).encoding
    'windows-1256'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_unicode(data, encoding)
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        lenient = _decode_unicode(data, "utf-8")
    beyond_ascii = len(lenient.text) - sum(map(str.isascii, lenient.text))
    if lenient.damaged <= _MOSTLY_UNICODE * beyond_ascii + 1 and lenient.damaged * 4 < beyond_ascii:
        return lenient
    return _decode_page(data, named)


def _decode_unicode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd") - data.count("\ufffd".encode()))


def _refuse_binary(data: bytes) -> None:
    head = data[:8].hex()
    for start, name in _knowledge()["magic"].items():
        if head.startswith(start):
            raise InputError(f"it is {name}, not text; save its text as UTF-8 and give that")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) / 200:
        raise InputError(f"it is binary data ({controls} of its first {len(sample)} bytes are control characters)")


def _decode_page(data: bytes, named: str | None) -> Decoded:
    pages: list[str] = _knowledge()["pages"]
    page = _same_page(named, pages) or _choose_page(_BEYOND_ASCII.findall(data), pages)
    text = data.decode(page, errors="replace")
    return Decoded(text, page, text.count("\ufffd"))


def _same_page(named: str | None, pages: list[str]) -> str | None:
    try:
        codec = codecs.lookup(named or "")
    except LookupError:
        return None
    return next((page for page in pages if codecs.lookup(page).name == codec.name), None)


def _choose_page(runs: list[bytes], pages: list[str]) -> str:
    sample = b"".join(runs)[:_SAMPLE]
    if len(sample) < _SHORTEST_WORDS * len(runs):
        return _WESTERN
    return max(pages, key=lambda page: _arabic_score(sample, page))


def _arabic_score(sample: bytes, page: str) -> float:
    """Mean log-frequency of the characters; the first page wins a tie."""
    letters: dict[str, int] = _knowledge()["letters"]
    text = sample.decode(page, errors="replace")
    return sum(math.log(letters.get(character) or _rarity(character)) for character in text) / (len(text) or 1)


def _rarity(character: str) -> float:
    return 0.02 if character.isprintable() and character != "\ufffd" else 0.0005
