"""Which of the days a clause names is the day of its attack."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.annotate import Notes
from pipeline.attack import length
from pipeline.clauses import Clause
from pipeline.records import DateSpan, Mention

_CLOSE = timedelta(days=2)
_COMMAS = frozenset(",،")
_SPEAKER = 9  # tokens from a verb of saying to the day on which it was said


@dataclass(frozen=True, slots=True)
class Dated:
    """A date mention of the article with the days it means."""

    first: int
    last: int
    span: DateSpan | None
    time: str | None
    since: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The day of an attack as a clause tells it; ``said`` where only the day of a statement is named."""

    span: DateSpan | None = None
    mention: Mention | None = None
    said: bool = False


def dated_in(dates: Sequence[Dated], clause: Clause) -> Sequence[Dated]:
    """Dates that begin in a clause; ``dates`` stand in text order."""
    first, last = (bisect_left(dates, edge, key=lambda d: d.first) for edge in (clause.first, clause.last))
    return dates[first:last]


def tell_day(notes: Notes, clause: Clause, dates: Sequence[Dated], trigger: int) -> Told:
    """The day of the attack told at token ``trigger``: the date nearest to it that belongs to nothing else.

    A date that only dates a statement comes last, before it one that a clause about something else brings, then one
    of more than a few days.
    """
    inside = [d for d in dated_in(dates, clause) if not d.since]
    days = [d for d in inside if d.span is not None]
    times = [d for d in inside if d.span is None and d.time is not None]
    if not days:
        return Told()

    best = min(days, key=lambda dated: _rank(notes, clause, dated, trigger))
    elsewhere = _dates_aside(notes, best, trigger) or _dates_claim(notes, clause, best, trigger)
    if elsewhere or _dates_looking_back(notes, clause, best, trigger):
        return Told()
    span = best.span
    if span is not None and span.time is None and times:
        span = replace(span, time=times[0].time)
    return Told(span, notes.text.mention(best.first, best.last), _dates_statement(notes, clause, best, trigger))


def _rank(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> tuple[bool, bool, bool, int]:
    """How badly a date fits, the least first."""
    loose = dated.span is not None and length(dated.span) > _CLOSE  # "for a second time this week on Thursday"
    statement, aside = _dates_statement(notes, clause, dated, trigger), _dates_aside(notes, dated, trigger)
    return statement, aside, loose, abs(dated.first - trigger)


def _dates_aside(notes: Notes, dated: Dated, trigger: int) -> bool:
    """«القاعدة التي استولت عليها قبل عامين»: a relative clause about something else has a day of its own."""
    relative = max((m.last for m in notes.within("cue:relative", trigger + 1, dated.first)), default=None)
    if relative is None or any(notes.has(c, relative, dated.last + 2) for c in ("trigger", "cue:happened")):
        return False
    return not any(notes.text.tokens[index].raw in _COMMAS for index in range(relative, dated.first))


def _dates_statement(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> bool:
    """Say whether a date belongs to "said on Monday" rather than to the attack."""
    if notes.language.order == "vso" and _follows_speaker(notes, clause, dated, trigger):
        return True
    for first, last in clause.pieces:
        if first <= dated.first < last:
            if first <= trigger < last:
                speech = list(notes.within("cue:speech", first, last))
                return any(abs(dated.first - m.last) <= 1 or abs(m.first - dated.last) <= 1 for m in speech)
            return notes.has("cue:speech", first, last)
    return False


def _follows_speaker(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> bool:
    """«أفادت مصادر طبية، الاثنين، بمقتل»: between the verb and what was said stand who says it and when."""
    if dated.first > trigger:
        return False
    opening = max(clause.first, dated.first - _SPEAKER)
    speech = max((m.last for m in notes.within("cue:speech", opening, dated.first)), default=None)
    if speech is None:
        return False
    return not any(notes.has(c, speech, dated.first) for c in ("trigger", "cue:that", "cue:own"))


def _dates_claim(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> bool:
    """«تبنى التنظيم الأربعاء الهجوم»: the day beside the verb is that of the claim, not of the attack."""
    told = notes.at("trigger", trigger)
    claim = next(notes.within("cue:claim", clause.first, clause.last), None)
    if told is None or not told.definite or claim is None:
        return False
    return claim.last <= dated.first < trigger and not notes.has("trigger", claim.last, dated.first)


def _dates_looking_back(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> bool:
    """Say whether a court, a ceremony or a release has the day: "sentenced on Tuesday over the bombing"."""
    told = (notes.trigger(match).kind for match in notes.within("trigger", clause.first, dated.first))
    if dated.first > trigger or any(kind in ("attack", "projectile", "carry") for kind in told):
        return False
    return any(notes.has(cue, clause.first, trigger) for cue in ("cue:court", "cue:anniversary", "cue:release"))
