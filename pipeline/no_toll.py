"""What keeps a word of harm from a figure of its own: "none", "nobody", one figure for dead and wounded together."""

from collections.abc import Sequence

from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.people import is_person_noun
from pipeline.records import Count, Mention

_BEFORE = 7  # tokens between "no" and what there was none of
_SUBJECT = 6  # tokens between "nobody" and its verb
_OBJECT = 3


def read_none(notes: Notes, word: Match, start: int) -> Count | None:
    """Read "none": «دون إصابات», "no casualties", "nobody was hurt", «لم يصب أحد». Missing news is no "none"."""
    quote = _none_of(notes, word, start) if notes.trigger(word).form == "noun" else _nobody(notes, word, start)
    return None if quote is None else Count(0, 0, 0, quote)


def _none_of(notes: Notes, word: Match, start: int) -> Mention | None:
    window = max(start, word.first - _BEFORE, 0)
    negation = next(notes.within("cue:negation", window, word.first), None)
    if negation is None or notes.has("cue:no_word", window, word.first):
        return None
    between = range(negation.last, word.first)
    if any(notes.text.tokens[i].kind != "word" or _names_people(notes, i) for i in between):
        return None
    return notes.text.mention(negation.first, word.last)


def _names_people(notes: Notes, index: int) -> bool:
    return notes.at("cue:person", index) is not None and notes.at("trigger", index) is None


def _nobody(notes: Notes, word: Match, start: int) -> Mention | None:
    tokens = notes.text.tokens
    after = next(notes.within("cue:nobody", word.last, word.last + _OBJECT - 1), None)
    if after is not None and notes.language.order == "svo":
        return notes.text.mention(word.first, after.last)
    before = next(notes.within("cue:nobody", max(start, word.first - _SUBJECT), word.first), None)
    if before is not None and not any(tokens[i].kind == "punct" for i in range(before.last, word.first)):
        return notes.text.mention(before.first, word.last)
    negation = next(notes.within("cue:negation", max(start, word.first - 2), word.first), None)
    anybody = next(notes.within("cue:anybody", word.last, word.last + _OBJECT), None)
    if negation is None or anybody is None:
        return None
    return notes.text.mention(negation.first, anybody.last)


def is_shared(notes: Notes, words: Sequence[Match], number: int) -> bool:
    """Say whether one figure stands for dead and wounded together: "30 killed or wounded", «30 بين قتيل وجريح»."""
    return any(
        _share(notes, *sorted((words[number], words[other]), key=lambda match: match.first))
        for other in (number - 1, number + 1)
        if 0 <= other < len(words)
    )


def _has_people_before(notes: Notes, verb: Match) -> bool:
    """Say whether those a verb tells of stand before it: «شخصين قتلا وأصيب سبعة»; then the next one has its own."""
    if notes.trigger(verb).form != "verb" or notes.language.order != "vso" or verb.prefix:
        return False
    near = range(max(0, verb.first - 3), verb.first)
    return any(notes.at("cue:person", i) for i in near) or bool(notes.numbers_in(near.start, near.stop))


def _share(notes: Notes, left: Match, right: Match) -> bool:
    kinds = {"kill" if notes.trigger(word).kills else notes.trigger(word).kind for word in (left, right)}
    if kinds != {"kill", "wound"} or notes.trigger(left).form != notes.trigger(right).form:
        return False
    if is_person_noun(notes, left) != is_person_noun(notes, right) or notes.at("cue:plural_verb", left.first):
        return False
    gap = range(left.last, right.first)
    joined = not gap and bool(right.prefix) and right.prefix[0] in notes.language.coordinators
    linked = len(gap) == 1 and notes.at("cue:and_or", left.last) is not None
    if not (joined or linked) or _has_people_before(notes, left):
        return False
    if notes.at("cue:one_casualty", left.first) is None and notes.at("cue:two_casualties", left.first) is None:
        return True  # «قتيل وجريح» are one and one, unless a number or "between" stands before them
    counted = any(n.kind == "count" and n.last == left.first for n in notes.numbers_in(left.first - 6, left.first))
    between = notes.ending("cue:between", left.first) is not None
    return between or (counted and notes.at("cue:one_casualty", right.first) is not None)
