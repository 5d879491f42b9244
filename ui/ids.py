"""Finding the row of an event by its id: twelve bytes an event, whatever the ids are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class EventIds:
    """Hashes of all ids in ascending order, and the row of each."""

    hashes: Hashes
    rows: NDArray[np.int32]

    def find(self, event_id: str, id_of: Callable[[int], str]) -> int | None:
        """Find the row of an event; ``id_of`` says the id of a row, for ids may share a hash."""
        wanted = hash_ids([event_id])
        begin = int(np.searchsorted(self.hashes, wanted[0], "left"))
        end = int(np.searchsorted(self.hashes, wanted[0], "right"))
        return next((int(row) for row in self.rows[begin:end] if id_of(int(row)) == event_id), None)

    def find_twice(self, id_of: Callable[[int], str]) -> str | None:
        """Name an id that stands in two rows; None where all differ."""
        alike = np.flatnonzero(self.hashes[1:] == self.hashes[:-1])
        pairs = ((id_of(int(self.rows[at])), id_of(int(self.rows[at + 1]))) for at in alike)
        return next((one for one, other in pairs if one == other), None)


def hash_ids(ids: Iterable[str]) -> Hashes:
    """Hash ids; the same id has the same hash on every machine."""
    hashed: Hashes = pd.util.hash_array(np.array(list(ids), dtype=object), categorize=False)
    return hashed


def index_ids(hashes: Hashes) -> EventIds:
    """Make the index of ids whose hashes are given in the order of the rows."""
    order = np.argsort(hashes, kind="stable")
    return EventIds(hashes[order], order.astype(np.int32))
