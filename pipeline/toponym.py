"""A place name in an article, as the record that finding, placing and role-giving share."""

from dataclasses import dataclass, replace

from pipeline.annotate import Notes
from pipeline.lexicon import Variant
from pipeline.records import PlaceMention
from pipeline.text import skip_folded

ENDINGS = ("s",)  # taken off a name where a language has endings on names
_POSSESSIVES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name at tokens [first, last), with the direction, kind and distance words that belong to it."""

    first: int
    last: int
    place: PlaceMention
    prefix: str = ""  # joined words before it: و, ب, ل ...
    outer_first: int = 0  # first token of the phrase: kind and direction words included
    outer_last: int = 0
    known: bool = True
    named: bool = True  # False: described, not named («الأراضي العراقية»)


def make_toponym(
    notes: Notes, first: int, last: int, prefix: str, *, known: bool, variant: Variant | None = None
) -> Toponym:
    """Make the toponym of tokens [first, last): joined prefixes and possessives are no part of its name."""
    token = notes.text.tokens[first]
    mention = notes.text.mention(first, last)
    name = mention.text
    if variant is not None and variant.prefix:
        cut = skip_folded(token.raw, variant.cut)
        mention = replace(mention, start=mention.start + cut, text=mention.text[cut:])
        name = variant.restored + mention.text
    name = _without_ending(notes, name, variant)
    return Toponym(first, last, PlaceMention(mention, name), prefix, first, last, known)


def _without_ending(notes: Notes, name: str, variant: Variant | None) -> str:
    """Take a possessive off a name: "Israel's", and the "Syrias" of pages that lost their apostrophes."""
    if not notes.language.capitals:
        return name
    for ending in _POSSESSIVES:
        if name.endswith(ending):
            return name[: -len(ending)]
    return name[:-1] if variant is not None and variant.suffixed and name.endswith(ENDINGS) else name
