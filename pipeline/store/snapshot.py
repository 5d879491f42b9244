"""Copies of the events for other programs: GeoPackage, GeoParquet, GeoJSON or CSV, written by a process of its own.

GDAL must not be in a process that has the live store open, so the child reads the store, lets go of it, and only then
writes; the file takes its name once it is whole.
"""

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pipeline.export import Provenance, find_writer, write_events
from pipeline.store.engine import open_store
from pipeline.store.errors import StoreError
from pipeline.store.events import load_events
from pipeline.store.guard import refuse_store_path
from pipeline.store.permissions import OPERATOR


def write_snapshot(where: str, path: Path, statuses: Sequence[str] | None = None) -> None:
    """Write the live events to a file whose suffix names the format.

    Parameters
    ----------
    where
        Path or URL of the store.
    statuses
        Only events of these review statuses; all where None.

    Raises
    ------
    LiveStoreError, UsageError, StoreError
        Where the file is a live store, its format is unknown, or the child failed; an older file is as it was.
    """
    refuse_store_path(path)
    find_writer(path)
    command = [sys.executable, "-m", __name__, where, str(path.absolute()), *(statuses or ())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StoreError(
            f"{path} could not be written: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )


def main(arguments: Sequence[str]) -> None:
    """Read the store named first, let go of it, and write the file named second."""
    where, path, *statuses = arguments
    store = open_store(where, create=False)
    events = load_events(store, statuses or None, OPERATOR)
    store.close()
    chosen = {"review_status": statuses} if statuses else {}
    write_events(events, Path(path), Provenance(datetime.now(UTC), version("rasid"), chosen))


if __name__ == "__main__":
    main(sys.argv[1:])
