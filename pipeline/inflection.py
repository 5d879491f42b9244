"""Forms of the words that report violence, made from the forms a language's lexicon lists.

A lexicon lists nouns as they stand alone and verbs as "past present" («قصف يقصف»); ``language.toml`` says in
``[inflection]`` which endings and beginnings their other forms have. A language without that table lists every form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STEM = "_"


@dataclass(frozen=True, slots=True)
class Inflection:
    """Tables of one language: ``past`` and ``present`` hold patterns with ``_`` for the stem."""

    past: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    indefinite: str = ""  # ending of an indefinite noun as an object («هجوما»)
    closed: tuple[str, ...] = ()  # endings of words that do not take it
    joint: tuple[str, ...] = ()  # beginnings of words that do not take it


def load_inflection(settings: Mapping[str, Sequence[str]], indefinite: str) -> Inflection:
    """Read the table ``[inflection]`` of a ``language.toml``; an empty one makes no forms."""
    return Inflection(
        past=tuple(settings.get("past", ())),
        present=tuple(settings.get("present", ())),
        indefinite=indefinite if settings else "",
        closed=tuple(settings.get("closed", ())),
        joint=tuple(settings.get("joint", ())),
    )


def noun_forms(inflection: Inflection, phrase: str) -> list[str]:
    """A noun, or a noun and its adjectives, and how it stands as an indefinite object («قصف مدفعي», «قصفا مدفعيا»)."""
    if not inflection.indefinite:
        return [phrase]
    words = phrase.split()
    forms = [phrase]
    forms.append(" ".join(_as_object(inflection, word) for word in words))
    if len(words) > 1:  # «هجوما على قاعدة»: the rest is no adjective
        forms.append(" ".join([_as_object(inflection, words[0]), *words[1:]]))
    return list(dict.fromkeys(forms))


def _as_object(inflection: Inflection, word: str) -> str:
    if word.startswith(inflection.joint) or word.endswith(inflection.closed):
        return word
    return word + inflection.indefinite


def verb_forms(inflection: Inflection, verb: str) -> list[str]:
    """All forms of a verb given as "past present", both without vowel marks.

    Raises
    ------
    ValueError
        If ``verb`` is not two words.
    """
    past, present = verb.split()
    stem = present[1:]
    made = [pattern.replace(_STEM, past) for pattern in inflection.past]
    made += [pattern.replace(_STEM, stem) for pattern in inflection.present]
    return list(dict.fromkeys([past, present, *made]))


def people_forms(patterns: Mapping[str, Sequence[str] | str], entry: str) -> list[tuple[str, str]]:
    """Forms of a word for people with the cue each counts as; ``patterns`` is one table ``[people.*]``.

    Parameters
    ----------
    patterns
        Cue -> patterns with ``_`` for the word; ``ending``, where given, is taken off the word first.
    entry
        The word for one, and after a space the word for many where no pattern makes it; "_" stands for the space
        within a word ("police_officer").

    Examples
    --------
    >>> people_forms({"one_person": ["_"], "person": ["_"]}, "man men")
    [('one_person', 'man'), ('person', 'man'), ('person', 'men')]
    """
    one, _, many = entry.partition(" ")
    stem = one.replace(_STEM, " ").removesuffix(str(patterns.get("ending", "")))
    made = [
        (cue, pattern.replace(_STEM, stem)) for cue, forms in patterns.items() if cue != "ending" for pattern in forms
    ]
    return [*made, ("person", many)] if many else made
