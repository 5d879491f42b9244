"""Arrow columns as text, a whole batch at a time: each cell as the words that stand in a file.

Words that come again are said once; of a column whose words differ, only those are looked at one by one that hold a
character which has to be escaped.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_PIECE = 8_192  # rows written at a time
_OFTEN = 4  # words that come again at least so often are said once


Said: TypeAlias = "pa.Array | str"  # what a column says; a text where every row says the same


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of file writes a text: ``say`` writes any value, ``around`` stands on both sides of a harmless text.

    ``harmful`` are the bytes below 128 that a text must be escaped for; ``pattern`` finds the same as an RE2 pattern.
    """

    say: Callable[[Any], str]
    around: str
    harmful: bytes
    pattern: str


def join_texts(parts: Iterable[Said], rows: int) -> pa.Array:
    """Write texts and columns of texts behind one another; what is the same in all rows is joined first."""
    merged: list[Said] = [""]
    for part in parts:
        if isinstance(part, str) and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if len(merged) == 1:
        return pa.repeat(pa.scalar(merged[0], pa.large_string()), rows)
    scalars = [pa.scalar(part, pa.large_string()) if isinstance(part, str) else part for part in merged]
    return pc.binary_join_element_wise(*scalars, pa.scalar("", pa.large_string()))


def cut_batches(batches: Iterable[pa.RecordBatch], size: int = _PIECE) -> Iterator[pa.RecordBatch]:
    """Cut batches into pieces that need little memory when they are written; empty ones are left out."""
    for batch in batches:
        for first in range(0, len(batch), size):
            yield batch.slice(first, size)


def bytes_of(texts: pa.Array) -> memoryview:
    """Say texts without nulls one right behind the other (UTF-8)."""
    ends = np.frombuffer(texts.buffers()[1], np.int64)[[texts.offset, texts.offset + len(texts)]]
    return memoryview(texts.buffers()[2])[int(ends[0]) : int(ends[1])]


def say_distinct(column: pa.Array, say: Callable[[Any], str]) -> Said:
    """Write a column whose values come again; null is handed to ``say`` as None."""
    if column.null_count == len(column):
        return say(None)
    encoded = column.dictionary_encode()
    if len(encoded.dictionary) == 1 and not column.null_count:
        return say(encoded.dictionary[0].as_py())
    return pick(encoded, [*map(say, encoded.dictionary.to_pylist()), say(None)])


def pick(encoded: pa.DictionaryArray, said: list[str]) -> pa.Array:
    """Write what is said of each value of a dictionary, and last of null, in every row."""
    rows = encoded.indices if not encoded.null_count else pc.fill_null(encoded.indices, len(encoded.dictionary))
    return pa.array(said, pa.large_string()).take(rows)


def say_texts(column: pa.Array, manner: Manner) -> Said:
    """Write a column of texts."""
    sample = column.slice(0, 1000)
    if len(pc.unique(sample)) * _OFTEN <= len(sample):
        return say_distinct(column, manner.say)
    column = column.cast(pa.large_string())
    said = join_texts([manner.around, column, manner.around], len(column))
    wrong = pc.is_null(column)
    if _holds_any(column, manner.harmful):
        wrong = pc.or_(wrong, pc.fill_null(pc.match_substring_regex(column, manner.pattern), False))
    if not pc.any(wrong).as_py():
        return said
    mended = pa.array([manner.say(text) for text in column.filter(wrong).to_pylist()], pa.large_string())
    return pc.replace_with_mask(said, wrong, mended)


def say_numbers(column: pa.Array, missing: str) -> Said:
    """Write whole numbers or floats, the shortest way that reads back the same; null and NaN are ``missing``."""
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.fill_null(pc.is_nan(column), True), None, column)
    if column.null_count == len(column):
        return missing
    return pc.fill_null(column.cast(pa.large_string()), missing)


def say_days(column: pa.Array, manner: Manner) -> Said:
    """Write moments as ISO days."""
    if column.null_count == len(column):
        return manner.say(None)
    days = column.cast(pa.date32()).cast(pa.large_string())
    said = join_texts([manner.around, days, manner.around], len(column))
    return pc.fill_null(said, manner.say(None))


def _holds_any(column: pa.Array, harmful: bytes) -> bool:
    """Whether any byte of a column (large strings) is one of some; the bytes are looked through as numbers."""
    offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
    data = column.buffers()[2]
    if data is None or not len(column):
        return False
    table = np.zeros(256, dtype=bool)
    table[np.frombuffer(harmful, np.uint8)] = True
    return bool(table[np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]].any())
