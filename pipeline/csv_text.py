"""Events as CSV (UTF-8 with a byte order mark), piece by piece: what ``pipeline.export.to_csv`` says."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.events import EVENT_COLUMNS
from pipeline.export import FORMULA, defuse
from pipeline.say_codes import DEPENDS_ON, say_codes
from pipeline.say_columns import Manner, Said, bytes_of, cut_batches, join_texts, say_days, say_numbers, say_texts

_JSON_COLUMNS = ("candidates", "members", "evidence")  # always hold what has to be quoted, and never are formulas
_PLAIN = {name: dtype for name, dtype in EVENT_COLUMNS.items() if name != "geometry"}
_MARK = "\ufeff"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = defuse(str(value))
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '",\r\n') else text


_LEADS = "".join(FORMULA)
CSV = Manner(_cell, "", bytes({*b'",\r\n', *_LEADS.encode()}), rf'[",\r\n]|^[{_LEADS.replace("-", chr(92) + "-")}]')


def stream_csv(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes | memoryview]:
    """Say events as CSV, piece by piece; the columns are those of ``pipeline.export.to_csv``.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
    """
    yield (_MARK + ",".join(["event_id", "lon", "lat", *_PLAIN, *DEPENDS_ON]) + "\r\n").encode()
    for piece in cut_batches(batches):
        yield bytes_of(say_lines(piece))


def say_lines(batch: pa.RecordBatch) -> pa.Array:
    """Write each event as a line."""
    parts: list[Said] = [say_texts(batch["event_id"], CSV)]
    for axis in ("lon", "lat"):
        parts += [",", say_numbers(batch[axis], "")]
    for column, dtype in _PLAIN.items():
        parts += [",", _say_column(batch[column], column, dtype)]
    for said in say_codes(batch, _cell).values():
        parts += [",", said]
    return join_texts([*parts, "\r\n"], len(batch))


def _say_column(column: pa.Array, name: str, dtype: str) -> Said:
    if name in _JSON_COLUMNS:
        return join_texts(['"', pc.replace_substring(column, '"', '""'), '"'], len(column))
    if dtype.startswith("datetime"):
        return say_days(column, CSV)
    return say_texts(column, CSV) if dtype == "str" else say_numbers(column, "")
