"""The shelf where a session leaves what it shows, so that the map's layer can ask for its cells without a rerun.

A *shown* is a book with a mask; its key cannot be guessed and depends only on the book and the filter, so sessions that
show the same share one entry. The shelf is bounded: an entry nobody asked for goes first.
"""

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from ui.book import Book
from ui.columns import Mask
from ui.filters import EventFilter

SHELF_SIZE = 64


@dataclass(frozen=True)
class Shown:
    """What one or more sessions show: the rows of ``book`` that ``mask`` marks."""

    book: Book
    mask: Mask


class Shelf:
    """Entries by key, the least recently used thrown out first; safe to share between threads."""

    def __init__(self, size: int = SHELF_SIZE) -> None:
        self._size = size
        self._secret = secrets.token_bytes(16)
        self._entries: OrderedDict[str, Shown] = OrderedDict()
        self._lock = Lock()

    def key_of(self, book: Book, chosen: EventFilter) -> str:
        """Name what a filter shows of a book; the name tells nothing about either."""
        said = f"{id(book)}|{chosen!r}".encode()
        return hashlib.blake2b(said, key=self._secret, digest_size=16).hexdigest()

    def put(self, book: Book, chosen: EventFilter, mask: Mask) -> str:
        """Leave what is shown on the shelf and answer its key."""
        key = self.key_of(book, chosen)
        with self._lock:
            self._entries[key] = Shown(book, mask)
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return key

    def get(self, key: str) -> Shown | None:
        """Take what was left under a key; None where it has gone."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)
