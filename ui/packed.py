"""Books of large tables: packed once into a folder of files, then mapped into memory by every server that opens them.

A folder holds ``rows.arrow`` (whole rows), ``text.arrow`` (what the search looks through), an array a hot column and
``words.json`` (the words of the codes). It is written aside and renamed, so that no half of one is ever opened. What is
mapped belongs to the system's file cache: it is shared between processes and given back when memory runs short.
"""

import hashlib
import mmap
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import orjson
import pyarrow as pa

from geo.build import variable_folder
from pipeline.errors import EventsError
from pipeline.event_chunks import read_events_chunks
from pipeline.events import EVENT_COLUMNS
from ui.book import Book
from ui.columns import Category, Columns, build_columns
from ui.ids import EventIds, Hashes, hash_ids, index_ids
from ui.join import join_columns
from ui.rows import SCHEMA, EventRows, pack_rows
from ui.search import SearchText

FORM = 1  # to be raised when the files change their meaning
ROOT = Path(__file__).resolve().parent.parent
_REFUSED = 3
_TEXT = pa.schema([("text", pa.large_string())])


def open_table(path: Path) -> Book:
    """Open a large GeoParquet file of events, packing it first where that was not done since it changed.

    Raises
    ------
    OSError, ValueError
        Where the file cannot be read, or the folder of built files not be written.
    EventsError
        Where it is no events table.
    """
    found = path.stat()
    place = _digest(str(path.resolve()))
    columns = [field.name for field in fields(Columns)]
    version = _digest(f"{FORM} {found.st_size} {found.st_mtime_ns} {columns} {EVENT_COLUMNS}")
    folder = variable_folder() / "books" / f"{place}-{version}"
    if not is_packed(folder):
        _pack_apart(path, folder)
        _forget_books(folder, place)
    return open_packed(folder)


def _pack_apart(path: Path, folder: Path) -> None:
    """Pack in a process of its own: what that takes of memory is given back whole, and this one goes on serving."""
    command = [sys.executable, "-m", "ui.packed", str(path), str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == _REFUSED:
        raise EventsError(done.stderr.strip())
    if done.returncode:
        raise OSError(f"{path} could not be packed into {folder}:\n{done.stderr.strip()}")


def _digest(said: str) -> str:
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _forget_books(kept: Path, place: str) -> None:
    """Remove what was packed of an older state of the same file; servers that have it open keep it."""
    for folder in kept.parent.glob(f"{place}-*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def is_packed(folder: Path) -> bool:
    """Whether a folder holds a whole book."""
    return (folder / "words.json").exists()


def pack_book(tables: Iterable[gpd.GeoDataFrame], folder: Path) -> None:
    """Write the files of a book; ``tables`` are the pieces of an events table in their order.

    Raises
    ------
    EventsError
        Where two events have the same id.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
        draft = Path(aside, "book")
        draft.mkdir()
        columns, hashes = _write_rows(tables, draft)
        _write_columns(columns, draft)
        _write_ids(index_ids(hashes), draft)
        if not is_packed(folder):  # another server may have been faster
            shutil.rmtree(folder, ignore_errors=True)
            draft.replace(folder)


def _write_rows(tables: Iterable[gpd.GeoDataFrame], folder: Path) -> tuple[Columns, Hashes]:
    """Write rows and texts piece by piece; answers what is small enough to be held: columns and hashes of ids."""
    parts: list[Columns] = []
    hashes: list[Hashes] = []
    with (
        pa.OSFile(str(folder / "rows.arrow"), "wb") as row_file,
        pa.ipc.new_file(row_file, SCHEMA) as rows,
        pa.OSFile(str(folder / "text.arrow"), "wb") as text_file,
        pa.ipc.new_file(text_file, _TEXT) as texts,
    ):
        for table in tables:
            for batch in pack_rows(table):
                rows.write_batch(batch)
            columns = build_columns(table)
            for part in columns.text.parts:
                texts.write_batch(pa.record_batch([part], schema=_TEXT))
            parts.append(replace(columns, text=SearchText()))
            hashes.append(hash_ids(table.index))
    return join_columns(parts), np.concatenate(hashes)


def _write_columns(columns: Columns, folder: Path) -> None:
    words: dict[str, Any] = {"form": FORM}
    for field in fields(Columns):
        value = getattr(columns, field.name)
        if isinstance(value, Category):
            words[field.name], value = value.values, value.codes
        if isinstance(value, np.ndarray):
            np.save(folder / f"{field.name}.npy", value)
    (folder / "words.json").write_bytes(orjson.dumps(words))


def _write_ids(ids: EventIds, folder: Path) -> None:
    rows = _map_batches(folder / "rows.arrow")
    twice = ids.find_twice(lambda row: str(EventRows(*rows).take([row], ["event_id"])["event_id"][0]))
    if twice is not None:
        raise EventsError(f"The events table breaks 1 of its promises:\n- event_id is not unique: {twice}")
    np.save(folder / "id_hashes.npy", ids.hashes)
    np.save(folder / "id_rows.npy", ids.rows)


def open_packed(folder: Path) -> Book:
    """Open the files of a book without reading them."""
    words = orjson.loads((folder / "words.json").read_bytes())
    batches, release = _map_batches(folder / "text.arrow")
    text = SearchText([batch.column(0) for batch in batches], release)
    loaded: dict[str, Any] = {field.name: _load(folder, field.name, words) for field in _arrays()}
    ids = EventIds(_map_array(folder / "id_hashes.npy"), _map_array(folder / "id_rows.npy"))
    return Book(EventRows(*_map_batches(folder / "rows.arrow")), Columns(**loaded, text=text), ids)


def _arrays() -> list[Any]:
    return [field for field in fields(Columns) if field.name != "text"]


def _load(folder: Path, name: str, words: dict[str, Any]) -> Any:
    array = _map_array(folder / f"{name}.npy")
    return Category(tuple(words[name]), array) if name in words else array


def _map_array(path: Path) -> Any:
    return np.asarray(np.load(path, mmap_mode="r"))


def _map_batches(path: Path) -> tuple[list[pa.RecordBatch], Any]:
    """Map an Arrow file: its batches, and what takes its pages out of this process's memory again."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    reader = pa.ipc.open_file(pa.py_buffer(mapped))
    batches = [reader.get_batch(number) for number in range(reader.num_record_batches)]
    return batches, partial(_forget_pages, mapped)


def _forget_pages(mapped: mmap.mmap) -> None:
    if hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)  # they stay in the file cache


def main() -> int:
    """Pack the GeoParquet file that is named first into the folder that is named second."""
    path, folder = map(Path, sys.argv[1:])
    try:
        pack_book(read_events_chunks(path), folder)
    except EventsError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
