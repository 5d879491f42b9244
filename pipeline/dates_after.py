"""Days counted from an attack told before: "a day after ...", «بعد ساعات من», "hours earlier"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.records import Claim, DateSpan

DAYS_AFTER = {f"days_after_{days}": days for days in (1, 2, 3, 4, 5, 7, 14)}
AFTER_CUES = tuple(f"cue:{name}" for name in (*DAYS_AFTER, "hours_after"))
_AT_ONCE = 12  # letters from "a day after" to the attack that is meant by it
_WEEK = 7
_DAY = timedelta(days=1)


def dated_from_before(notes: Notes, first: int, last: int, claim: Claim, earlier: Sequence[Claim]) -> Claim:
    """Date a claim of tokens [first, last) by the attack told before, where it says how long after or before it was.

    "A day after a raid" tells when the raid was; "a day after the raid they struck back" tells when they struck.
    """
    before = _day_before(claim, earlier)
    cues = (*AFTER_CUES, "cue:within_day_before")
    match = next((found for cue in cues for found in notes.within(cue, first, last)), None)
    if before is None or match is None:
        return claim
    mention = notes.text.mention(match.first, match.last)
    later = claim.trigger.start - mention.end > _AT_ONCE
    if match.value in DAYS_AFTER:
        span = _shifted(before, DAYS_AFTER[match.value] * (1 if later else -1))
        return replace(claim, when=span, when_mention=mention, anew=True, again=False)
    return replace(claim, when=_within_a_day(before, match, later), when_mention=mention, anew=True)


def _day_before(claim: Claim, earlier: Sequence[Claim]) -> DateSpan | None:
    """The day told last, in a sentence before this one if there is any."""
    dated = [other for other in reversed(earlier) if other.when is not None]
    return next((other.when for other in dated if other.sentence < claim.sentence), dated[0].when if dated else None)


def _shifted(span: DateSpan, days: int) -> DateSpan:
    slack = abs(days) // _WEEK * _DAY  # "a week" is about a week
    return replace(span, start=span.start + days * _DAY - slack, end=span.end + days * _DAY + slack, time=None)


def _within_a_day(span: DateSpan, match: Match, later: bool) -> DateSpan:
    if match.value == "hours_after" and later:
        return DateSpan(span.start, span.end + _DAY, "range")
    return DateSpan(span.start - _DAY, span.end, "range")
