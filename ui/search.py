"""Text search: the folded text of every event, in parts that may lie on the disk."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_REMEMBERED = 8  # the masks of a page are asked for several times, by the counters and by each list of options

Mask = NDArray[np.bool_]


class SearchText:
    """What the search looks through: one folded string an event, in the order of the rows.

    Parameters
    ----------
    parts
        Arrow arrays of strings without nulls, one after another.
    release
        Called after each search: gives back memory that only mirrors a file.
    """

    def __init__(self, parts: Iterable[pa.Array] = (), release: Callable[[], None] = lambda: None) -> None:
        self.parts = tuple(parts)
        self.release = release
        self._find = lru_cache(maxsize=_REMEMBERED)(self._scan)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def find(self, words: Sequence[str]) -> Mask:
        """Mark the events whose text holds every one of some folded words; not to be written to."""
        return self._find(tuple(words))

    def _scan(self, words: tuple[str, ...]) -> Mask:
        found = np.ones(len(self), dtype=bool)
        begin = 0
        for part in self.parts:
            here = found[begin : begin + len(part)]
            for word in words:
                here &= pc.match_substring(part, word).to_numpy(zero_copy_only=False)
            begin += len(part)
        self.release()
        found.flags.writeable = False
        return found


def join_texts(texts: Sequence[SearchText]) -> SearchText:
    """Make one text of several, in their order; nothing is copied."""

    def release() -> None:
        for text in texts:
            text.release()

    return SearchText([part for text in texts for part in text.parts], release)
