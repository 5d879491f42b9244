"""Keep GDAL and every other reader of files away from the live store.

Two SQLite libraries in one process (Python's and GDAL's) damage a file that both have open: closing it in one drops the
locks of the other. So pyogrio, fiona and geopandas never open the store; they get a snapshot. Even looking at the first
bytes of a file that this process has open would drop its locks, so these are read through the open handle.
"""

import os
import struct
from pathlib import Path

from pipeline.store.errors import LiveStoreError

APPLICATION_ID = 0x52415349  # "RASI", in the header of the file
SUFFIX = ".rasid"
_BESIDE = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_ID_AT = 68
_HANDLES = Path("/dev/fd")


def refuse_store_path(path: str | os.PathLike[str]) -> None:
    """Refuse a path that is a live store, or one of the files beside it, whatever it is called.

    Raises
    ------
    LiveStoreError
        Where it is one.
    """
    said = os.fspath(path)
    for suffix in _BESIDE:
        said = said.removesuffix(suffix)
    file = Path(said)
    if file.suffix == SUFFIX or _is_store(file):
        raise LiveStoreError(
            f"{path} is a live store, which only Rasid itself may open: another reader would damage it. Make a copy to "
            "read with 'rasid store snapshot FILE.gpkg' (or .parquet)"
        )


def _is_store(path: Path) -> bool:
    header = read_header(path)
    return header.startswith(_MAGIC) and struct.unpack_from(">I", header.ljust(_HEADER, b"\0"), _ID_AT)[0] == (
        APPLICATION_ID
    )


def is_sqlite_file(path: Path) -> bool:
    """Whether a file begins as SQLite's do."""
    return read_header(path).startswith(_MAGIC)


def read_header(path: Path) -> bytes:
    """First 100 bytes of a file, without dropping the locks this process may hold on it; empty where there are none."""
    if not path.is_file():
        return b""
    handle = _open_handle(path)
    if handle is not None:
        return os.pread(handle, _HEADER, 0)
    with path.open("rb") as file:
        return file.read(_HEADER)


def _open_handle(path: Path) -> int | None:
    wanted = path.stat()
    if not _HANDLES.is_dir():
        return None
    for entry in list(_HANDLES.iterdir()):
        try:
            state = os.fstat(int(entry.name))
        except OSError:
            continue  # the handle that listed the folder is gone by now
        if (state.st_dev, state.st_ino) == (wanted.st_dev, wanted.st_ino):
            return int(entry.name)
    return None
