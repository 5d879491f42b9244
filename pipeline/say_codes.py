"""The codes of ACLED, UCDP GED and PLOVER of a batch of events, as the words that stand in a file.

Each code depends on one word of the event or on how many days it may span, so it is found once for each of these.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export import add_codes
from pipeline.say_columns import Said, say_distinct

# what each code depends on, in the order of ``add_codes``
DEPENDS_ON = {
    "acled_event_type": "event_type",
    "acled_sub_event_type": "event_type",
    "plover_mode": "event_type",
    "geo_precision": "precision",
    "time_precision": "date_precision",
    "where_prec": "precision",
    "date_prec": "days",
}
_UNTOLD = {"event_type": None, "date_start": pd.NaT, "date_end": pd.NaT, "precision": None, "date_precision": None}
_EPOCH = pd.Timestamp(0)


def say_codes(batch: pa.RecordBatch, say: Callable[[Any], str]) -> dict[str, Said]:
    """Write the codes of events, column by column; ``say`` writes a text, a whole number or None."""
    first, last = (batch[name].cast(pa.date32()).cast(pa.int32()) for name in ("date_start", "date_end"))
    known = {"days": pc.subtract(last, first)} | {
        name: batch[name] for name in ("event_type", "precision", "date_precision")
    }
    said: dict[str, Said] = {}
    for code, source in DEPENDS_ON.items():
        say_code = partial(_say_code, say, code)
        said[code] = say_distinct(known[source], say_code)
    return said


def _say_code(say: Callable[[Any], str], code: str, value: Any) -> str:
    return say(find_code(code, value))


@lru_cache(maxsize=4096)
def find_code(code: str, value: Any) -> str | int | None:
    """Say one code of an event of which no more is known than what the code depends on; None where it has none.

    Examples
    --------
    >>> find_code("geo_precision", "town"), find_code("date_prec", 6), find_code("date_prec", None)
    (1, 3, None)
    """
    known: dict[str, Any] = {DEPENDS_ON[code]: value}
    if "days" in known:
        days = known.pop("days")
        known = {} if days is None else {"date_start": _EPOCH, "date_end": _EPOCH + pd.Timedelta(days, "D")}
    found: Any = add_codes(pd.DataFrame([{**_UNTOLD, **known}])).at[0, code]
    if pd.isna(found):
        return None
    return found if isinstance(found, str) else int(found)
