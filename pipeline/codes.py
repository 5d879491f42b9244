"""The closed vocabulary of event types and the codes other codebooks give an event.

Every code is derived by a written rule (docs/codebook.md) from the event type, the precision of the place and the
precision of the date; nothing here is stored.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent.parent / "data" / "event_types.csv"

ACLED_GEO_PRECISION = {"site": 1, "town": 1, "near_town": 2, "adm2": 2, "adm1": 3, "country": 3, "water": 3}
UCDP_WHERE_PREC = {"site": 1, "town": 1, "near_town": 2, "adm2": 3, "adm1": 4, "country": 6, "water": 7}
ACLED_TIME_PRECISION = {"day": 1, "range": 2, "week": 2, "month": 3, "year": 3}


@dataclass(frozen=True, slots=True)
class EventType:
    """One working event type and what ACLED and PLOVER call it."""

    event_type: str
    acled_event_type: str
    acled_sub_event_type: str
    plover_mode: str | None
    colour: str


@lru_cache(maxsize=1)
def event_types() -> dict[str, EventType]:
    """Read the working event types from ``data/event_types.csv``, in the order of the file.

    Examples
    --------
    >>> event_types()["drone"].acled_sub_event_type
    'Air/drone strike'
    """
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [
            EventType(
                row["event_type"],
                row["acled_event_type"],
                row["acled_sub_event_type"],
                row["plover_mode"] or None,
                row["colour"],
            )
            for row in csv.DictReader(file)
        ]
    return {row.event_type: row for row in rows}


def ucdp_date_prec(start: date | None, end: date | None) -> int | None:
    """UCDP GED ``date_prec`` of the days from ``start`` to ``end``: 1 one day ... 5 more than a month.

    Examples
    --------
    >>> ucdp_date_prec(date(2023, 3, 23), date(2023, 3, 23)), ucdp_date_prec(date(2023, 3, 1), date(2023, 3, 31))
    (1, 4)
    """
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    for code, longest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= longest:
            return code
    return 5
