"""Cut an article into tokens and sentences without losing where anything stood.

Tokens are cut in the original text and folded one by one, so every token keeps its original offsets and folding can
never shift them. Nothing here knows a language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.fold import fold, fold_character
from pipeline.records import Mention

_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640"  # combining marks, tatweel
_UNSEEN = r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"  # joiners, directions, soft hyphen
_UNSEEN_CHARACTERS = "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD))
)
_WORD = rf"(?:[^\W\d_]|[{_MARKS}{_UNSEEN}])"
_DODGED = r"(?<=\u0640)[.,*_\-/|]+(?=\u0640)"
_APOSTROPHE = r"(?<=[^\W\d_])['’‘ʼ`](?=[^\W\d_])"
_TOKEN = re.compile(
    rf"(?P<initials>(?:[A-Za-z]\.){{2,}})"
    rf"|(?P<number>\d+(?:[.,:/٫٬\-]\d+)*)"
    rf"|(?P<word>(?:{_WORD}|{_DODGED}|{_APOSTROPHE})+)"
    rf"|(?P<punct>[^\w\s]|_)"
)
_ELIDED = re.compile(r"^[^\W\d_]{1,2}['’‘ʼ`]")
_SENTENCE_END = frozenset(".!?؟…۔")
_CLOSERS = frozenset("\"'”’»)]}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; ``start`` and ``end`` are offsets in the original text, ``text`` is folded."""

    start: int
    end: int
    text: str
    raw: str
    kind: str  # word, number, punct

    @property
    def is_word(self) -> bool:
        """Say whether this is a word (not a number or a mark)."""
        return self.kind == "word"

    @property
    def is_capitalised(self) -> bool:
        """Say whether the original begins with a capital letter, what is elided before it aside ("d'Alep")."""
        return self.raw[:1].isupper() or _ELIDED.sub("", self.raw)[:1].isupper()


@dataclass(frozen=True, slots=True)
class Text:
    """An article's words: ``tokens`` in order and ``sentences`` as (first, last + 1) token numbers."""

    original: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]

    def mention(self, first: int, last: int) -> Mention:
        """Quote tokens ``first`` up to but not including ``last`` as they stand in the original."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Mention(start, end, self.original[start:end])

    def sentence_of(self, index: int) -> int:
        """Number of the sentence that holds token ``index``."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high) // 2
            if index >= self.sentences[middle][1]:
                low = middle + 1
            else:
                high = middle
        return low


@lru_cache(maxsize=100_000)
def _fold_token(raw: str) -> str:
    return fold(raw)


def tokenize(original: str) -> Text:
    """Cut ``original`` into tokens and sentences.

    Returns
    -------
    Text
        Every token satisfies ``original[token.start:token.end] == token.raw``. Tokens that fold to nothing are dropped.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(original):
        raw = match.group()
        folded = _fold_token(raw)
        kind = match.lastgroup or "punct"
        if folded or kind == "punct":
            start = match.start() + len(raw) - len(raw.lstrip(_UNSEEN_CHARACTERS))
            raw = raw.strip(_UNSEEN_CHARACTERS)  # a direction mark at its edge is no part of a name that is quoted
            kind = "word" if kind == "initials" else kind
            tokens.append(Token(start, start + len(raw), folded or raw, raw, kind))
    return Text(original, tuple(tokens), tuple(_cut_sentences(original, tokens)))


def _cut_sentences(original: str, tokens: list[Token]) -> list[tuple[int, int]]:
    sentences: list[tuple[int, int]] = []
    first = 0
    for index, _token in enumerate(tokens):
        last = index + 1
        if last == len(tokens) or _ends_sentence(original, tokens, index):
            if last > first:
                sentences.append((first, last))
            first = last
    return sentences


def _ends_sentence(original: str, tokens: list[Token], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    between = original[token.end : following.start]
    if "\n" in between:
        return True
    if following.raw in _CLOSERS and not between:
        return False
    mark = token
    if token.raw in _CLOSERS and index and tokens[index - 1].raw in _SENTENCE_END:
        mark = tokens[index - 1]
    if mark.raw not in _SENTENCE_END:
        return False
    if mark.raw != ".":
        return True
    return bool(between) and not _is_abbreviation(tokens, index)


def _is_abbreviation(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    following = tokens[index + 1]
    if before is None or not before.raw.isascii() or before.kind != "word":
        return False
    if following.raw[:1].islower():
        return True
    return before.raw in _ABBREVIATIONS


_ABBREVIATIONS = frozenset(
    {
        "Mr",
        "Dr",
        "Ms",
        "Mrs",
        "Lt",
        "Col",
        "Gen",
        "Sgt",
        "Maj",
        "Brig",
        "Capt",
        "St",
        "No",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    }
)


def skip_folded(raw: str, count: int) -> int:
    """Length of the shortest start of ``raw`` that folds to at least ``count`` characters.

    It finds where a joined prefix ends in the original spelling: «وَكونوكو» with ``count`` 1 answers 2.
    """
    seen = 0
    for position, character in enumerate(raw):
        seen += len(fold_character(character))
        if seen >= count:
            end = position + 1
            while end < len(raw) and not fold_character(raw[end]):
                end += 1
            return end
    return len(raw)
