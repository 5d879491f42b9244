"""Find many known phrases in one pass over a text's tokens.

A lexicon is a trie of folded words. Each text word is tried in the spellings its language allows: as it stands, with
joined prefixes taken off («وبالصواريخ» holds «صواريخ»), with joined pronouns or plural endings taken off. The article
is no part of a key, so «الهجوم» and «هجوم» meet; whether it stood there is kept as ``definite``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.text import Text, Token, tokenize

_Node = dict[str, Any]  # folded word -> node; "" -> the entries that end here


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a word: its bare ``stem``, the joined ``prefix`` taken off, whether the article stood there."""

    stem: str
    prefix: str = ""
    definite: bool = False
    suffixed: bool = False
    cut: int = 0  # folded letters of the word that are the prefix
    restored: str = ""  # letters that the prefix swallowed («لل» for «ل» + «ال» swallows an alef)


@dataclass(frozen=True, slots=True)
class Entry:
    """A known phrase: ``category`` and ``value`` say what it means; ``exact_case`` asks for the spelling given.

    ``has_article`` says that the phrase itself has the article, which then points back to nothing.
    """

    category: str
    value: str
    exact_case: str | None = None
    has_article: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` up to but not including ``last`` read as ``entry``."""

    first: int
    last: int
    entry: Entry
    prefix: str = ""
    definite: bool = False
    suffixed: bool = False

    @property
    def category(self) -> str:
        """Category of the entry."""
        return self.entry.category

    @property
    def value(self) -> str:
        """Value of the entry."""
        return self.entry.value


@dataclass(frozen=True, slots=True)
class Morphology:
    """How one language joins small words: tables of folded prefixes and suffixes, and words that only look joined."""

    article: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    whole_words: frozenset[str] = frozenset()
    shortest_stem: int = 3
    _cache: dict[str, tuple[Variant, ...]] = field(default_factory=dict, compare=False)

    def variants(self, word: str) -> tuple[Variant, ...]:
        """Every reading of a folded word, the word itself first."""
        known = self._cache.get(word)
        if known is None:
            known = self._cache[word] = tuple(self._read(word))
        return known

    def bare(self, word: str) -> str:
        """Take the article off a folded word."""
        article = self.article
        if (
            article
            and word not in self.whole_words
            and word.startswith(article)
            and len(word) - len(article) >= self.shortest_stem - 1
        ):
            return word[len(article) :]
        return word

    def _read(self, word: str) -> list[Variant]:
        found: dict[tuple[str, str], Variant] = {}
        pending = [("", word, "")]
        while pending:
            prefix, rest, restored = pending.pop(0)
            cut = len(word) - len(rest) + len(restored)
            for variant in self._endings(prefix, rest):
                found.setdefault((variant.stem, variant.prefix), replace(variant, cut=cut, restored=restored))
            if rest in self.whole_words:
                continue
            for joined, replacement in self.prefixes.items():
                inner = rest[len(joined) :]
                if rest.startswith(joined) and len(inner) >= self.shortest_stem - 1 and len(prefix) < 3:
                    letters, lost = _difference(joined, replacement)
                    pending.append((prefix + letters, replacement + inner, lost))
        return list(found.values())

    def _endings(self, prefix: str, word: str) -> Iterable[Variant]:
        stem = self.bare(word)
        definite = stem != word
        yield Variant(stem, prefix, definite)
        for ending, replacement in self.suffixes.items():
            if stem.endswith(ending) and len(stem) - len(ending) >= self.shortest_stem:
                yield Variant(stem[: len(stem) - len(ending)] + replacement, prefix, definite, suffixed=True)


def _difference(joined: str, replacement: str) -> tuple[str, str]:
    """Split a joined prefix into the letters that are taken off and those it swallowed: («ل», «ا») for «لل» -> «ال»."""
    common = 0
    while common < min(len(joined), len(replacement)) and joined[-1 - common] == replacement[-1 - common]:
        common += 1
    return joined[: len(joined) - common], replacement[: len(replacement) - common]


class Lexicon:
    """A trie of phrases; build it once, then :meth:`find` is linear in the text."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology
        self._root: _Node = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, phrase: str, category: str, value: str) -> None:
        """Add one phrase in ordinary spelling.

        Raises
        ------
        ValueError
            If the phrase holds no word.
        """
        words = [token for token in tokenize(phrase).tokens if token.kind != "punct"]
        if not words:
            msg = f"lexicon entry {phrase!r} ({category} {value}) holds no word"
            raise ValueError(msg)
        node = self._root
        for token in words:
            node = node.setdefault(self.morphology.bare(token.text), {})
        raw = "".join(token.raw for token in words)
        exact = " ".join(token.raw for token in words) if raw.isupper() and raw.isascii() and len(raw) <= 4 else None
        entries: list[Entry] = node.setdefault("", [])
        has_article = self.morphology.bare(words[0].text) != words[0].text
        entries.append(Entry(category, value, exact, has_article))
        self._size += 1

    def find(self, text: Text) -> list[Match]:
        """All matches in text order; within one category at one place only the longest is kept."""
        matches: list[Match] = []
        for index, token in enumerate(text.tokens):
            if token.kind == "word":
                matches.extend(self._longest_at(text.tokens, index))
        return matches

    def _longest_at(self, tokens: tuple[Token, ...], index: int) -> Iterable[Match]:
        best: dict[str, Match] = {}
        for variant in self.morphology.variants(tokens[index].text):
            node = self._root.get(variant.stem)
            if node is None:
                continue
            for last, entry in self._walk(node, tokens, index + 1):
                if entry.exact_case and not _same_case(tokens[index:last], entry.exact_case):
                    continue
                known = best.get(entry.category)
                if known is None or last > known.last:
                    definite = variant.definite and not entry.has_article
                    best[entry.category] = Match(index, last, entry, variant.prefix, definite, variant.suffixed)
        return best.values()

    def _walk(self, node: _Node, tokens: tuple[Token, ...], index: int) -> Iterable[tuple[int, Entry]]:
        for entry in node.get("", ()):
            yield index, entry
        if index >= len(tokens):
            return
        token = tokens[index]
        if token.kind == "punct":
            if token.raw not in "-–_#'’\"«»“”" or index + 1 >= len(tokens):
                return
            yield from self._continue(node, tokens, index + 1)
            return
        yield from self._continue(node, tokens, index)

    def _continue(self, node: _Node, tokens: tuple[Token, ...], index: int) -> Iterable[tuple[int, Entry]]:
        tried = set()
        for variant in self.morphology.variants(tokens[index].text):
            if variant.prefix or variant.stem in tried:
                continue
            tried.add(variant.stem)
            following = node.get(variant.stem)
            if following is not None:
                yield from self._walk(following, tokens, index + 1)


def _same_case(tokens: tuple[Token, ...], spelling: str) -> bool:
    return " ".join(token.raw for token in tokens) == spelling
