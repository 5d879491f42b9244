"""On which day an attack happened: the date of a clause that belongs to it and not to a statement, a claim, a trial."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.annotate import Notes
from pipeline.attack import length
from pipeline.clauses import Clause
from pipeline.records import DateSpan, Mention

_LOOSE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date mention of the article with the days it means."""

    first: int
    last: int
    span: DateSpan | None
    time: str | None
    since: bool


def dates_in(dates: Sequence[Dated], clause: Clause) -> Sequence[Dated]:
    """Dates of an article that stand in one clause."""
    first, last = (bisect_left(dates, edge, key=lambda d: d.first) for edge in (clause.first, clause.last))
    return dates[first:last]


def find_day(
    notes: Notes, clause: Clause, dates: Sequence[Dated], trigger: int
) -> tuple[DateSpan | None, Mention | None]:
    """Day of the attack and its words: the date nearest to its trigger, one that only dates a statement last."""
    inside = [d for d in dates_in(dates, clause) if not d.since]
    days = [d for d in inside if d.span is not None]
    times = [d for d in inside if d.span is None and d.time is not None]
    if not days:
        return None, None
    best = min(
        days, key=lambda d: (_dates_statement(notes, clause, d, trigger), _is_loose(d, days), abs(d.first - trigger))
    )
    if _dates_claim(notes, clause, best, trigger) or _dates_looking_back(notes, clause, best, trigger):
        return None, None
    span = best.span
    if span is not None and span.time is None and times:
        span = replace(span, time=times[0].time)
    return span, notes.text.mention(best.first, best.last)


def _is_loose(dated: Dated, others: Sequence[Dated]) -> bool:
    """Say whether another date says more closely when: "for a second time this week on Thursday"."""
    if dated.span is None or length(dated.span) <= _LOOSE:
        return False
    spans = [other.span for other in others if other.span is not None]
    return any(
        dated.span.start <= span.start and span.end <= dated.span.end and length(span) <= _LOOSE for span in spans
    )


def _dates_statement(notes: Notes, clause: Clause, dated: Dated, trigger: int) -> bool:
    """Say whether a date belongs to "said on Monday" rather than to the attack."""
    for first, last in clause.pieces:
        if first <= dated.first < last:
            if first <= trigger < last:
                speech = list(notes.within("cue:speech", first, last))
                return any(abs(dated.first - m.last) <= 1 or abs(m.first - dated.last) <= 1 for m in speech)
            return notes.has("cue:speech", first, last)
    return False


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
