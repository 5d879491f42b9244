"""An attack under construction: the claims that tell it and what they come to."""

from dataclasses import dataclass, field
from datetime import timedelta

from pipeline.judge import weigh
from pipeline.records import Claim, DateSpan, Mention

BOMBARDMENT = "bombardment"  # «قصف» alone: guns, rockets or aircraft
WIDE_KM = 40.0
_GAINED = frozenset({"day", "casualties", "narrow_place", "actor", "weapon", "attribution"})
_LATE = 5  # sentences


@dataclass(slots=True)
class Attack:
    """An attack under construction: the claims that tell it, best first."""

    claims: list[Claim] = field(default_factory=list)
    event_type: str | None = None
    target: int | None = None
    when: DateSpan | None = None
    when_said: bool = False  # the day is only that of a statement
    dated_by: Mention | None = None  # the words of the attack before it that lent it its day
    order: int = 0  # how many attacks the article told before it

    @property
    def head(self) -> Claim:
        """The claim that says most for it."""
        return max(self.claims, key=lambda claim: weigh(claim.signs))

    @property
    def signs(self) -> frozenset[str]:
        """Signs of its best claim, and what the whole article's telling of it adds."""
        signs = set(self.head.signs)
        for claim in self.claims:
            signs.update(_GAINED & set(claim.signs))
        told = {"told_again": len(self.claims) > 1, "further": self.order > 0, "late": self.claims[0].sentence >= _LATE}
        told |= {
            "undated": self.when is None and "day" not in signs,
            "dated_from_before": self.when is not None and "day" not in signs,
        }
        told |= {"no_place": self.target is None}
        return frozenset(signs | {name for name, holds in told.items() if holds})

    @property
    def sentence(self) -> int:
        """Last sentence that told of it."""
        return self.claims[-1].sentence


def length(span: DateSpan) -> timedelta:
    """Days from the first to the last day of a span."""
    return span.end - span.start
