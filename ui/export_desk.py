"""Where large files are written: in the background, onto the disk, one file for all who ask for the same.

A finished file is fetched under a ticket that cannot be guessed. Files go when the server goes; of many, the oldest.
"""

import secrets
import shutil
import tempfile
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

DESK_SIZE = 6  # files

Pieces = Iterator[tuple[bytes | memoryview, int]]  # what is written next, and how many events that makes in all


@dataclass
class Errand:
    """A file being written; its writer alone changes it."""

    name: str
    path: Path
    total: int
    done: int = 0
    size: int = 0
    finished: bool = False
    fault: str = ""
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    @property
    def running(self) -> bool:
        """Whether it is still being written."""
        return not self.finished and not self.fault


class ExportDesk:
    """Files by what was asked for; safe to share between threads."""

    def __init__(self, size: int = DESK_SIZE) -> None:
        self._size = size
        self._errands: OrderedDict[str, Errand] = OrderedDict()
        self._lock = Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="rasid-exports-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def find(self, asked: str) -> Errand | None:
        """Look whether a file was asked for already."""
        with self._lock:
            return self._errands.get(asked)

    def start(self, asked: str, name: str, total: int, pieces: Callable[[], Pieces]) -> Errand:
        """Begin to write a file unless it is there or being written.

        Parameters
        ----------
        asked
            What makes this file the same as another.
        name
            What it is called when it is saved.
        total
            How many events it will hold.
        pieces
            Gives what is written; called in a thread of its own.
        """
        with self._lock:
            known = self._errands.get(asked)
            if known is not None and not known.fault:
                self._errands.move_to_end(asked)
                return known
            errand = Errand(name, self._folder / secrets.token_hex(8), total)
            self._errands[asked] = errand
            self._errands.move_to_end(asked)
            self._make_room()
        Thread(target=_run, args=(errand, pieces), name="rasid-export", daemon=True).start()
        return errand

    def _make_room(self) -> None:
        for asked in [asked for asked, errand in self._errands.items() if not errand.running]:
            if len(self._errands) <= self._size:
                return
            self._errands.pop(asked).path.unlink(missing_ok=True)

    def redeem(self, ticket: str) -> Errand | None:
        """Take a finished file by its ticket; None where there is none."""
        with self._lock:
            found = [errand for errand in self._errands.values() if errand.finished and errand.ticket == ticket]
            return found[0] if found else None


def _run(errand: Errand, pieces: Callable[[], Pieces]) -> None:
    """Write a file aside and rename it; what goes wrong is kept, for the one who asked."""
    draft = errand.path.with_suffix(".part")
    try:
        with draft.open("wb") as file:
            for piece, done in pieces():
                errand.size += len(piece)
                file.writelines([piece])
                errand.done = done
        draft.replace(errand.path)
        errand.finished = True
    except (OSError, ValueError) as error:
        errand.fault = str(error)
    finally:
        if not errand.finished:
            draft.unlink(missing_ok=True)
            errand.fault = errand.fault or "the writer failed; the log of the server says how"
