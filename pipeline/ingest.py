"""Files to articles: text, JSON lines and web pages, folders of these, or standard input.

Nothing is dropped silently: whatever could not be read, or was read otherwise than it says, becomes a ``Refusal`` that
names file and line, the offending value and what to do, and the rest goes on.
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.articles import Asked, Found, Refusal, make_article, shorten
from pipeline.decode import decode
from pipeline.errors import InputError, UsageError
from pipeline.html import read_page
from pipeline.records import Article
from pipeline.store.guard import refuse_store_path

MOST_BYTES = 50_000_000  # of one article
_STANDARD_INPUT = Path("-")
KINDS = {".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html"}


def read_inputs(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    language: str | None = None,
    today: date | None = None,
) -> tuple[list[Article], list[Refusal]]:
    """Read every article in files, folders and standard input (``-``).

    Parameters
    ----------
    paths
        ``.txt``, ``.jsonl`` and ``.html`` files, folders of these, ``-``.
    published, language
        For inputs that do not say so themselves.
    today
        Publication dates later than the day after it are not believed; the computer's date where None.

    Returns
    -------
    tuple
        The articles in the order read, and what was refused or corrected.

    Raises
    ------
    UsageError
        Where a path does not exist, the language is not installed or ``published`` lies in the future.
    """
    return _part(iter_inputs(paths, Asked(today or date.today(), published, language)))


def read_bytes(
    name: str,
    data: bytes,
    *,
    published: date | None = None,
    language: str | None = None,
    today: date | None = None,
) -> tuple[list[Article], list[Refusal]]:
    """Read the articles of one uploaded or pasted file; ``name`` decides by its suffix what it is, else its content."""
    asked = Asked(today or date.today(), published, language)
    return _part(_keep_first(_read_stream(name, io.BytesIO(data), asked)))


def _part(found: Iterable[Article | Refusal]) -> tuple[list[Article], list[Refusal]]:
    items = list(found)
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Refusal)],
    )


def iter_inputs(paths: Iterable[str | Path], asked: Asked) -> Iterator[Article | Refusal]:
    """Like ``read_inputs``, one by one: for collections that do not fit into memory.

    Raises
    ------
    UsageError
        Where a path does not exist.
    """
    wanted = [Path(path) for path in paths]
    if missing := [str(path) for path in wanted if path != _STANDARD_INPUT and not path.exists()]:
        raise UsageError(f"There is no {', no '.join(missing)}; give files, folders or - for standard input")
    return _keep_first(item for path in wanted for item in _read_path(path, asked))


def _keep_first(found: Iterable[Found | Refusal]) -> Iterator[Article | Refusal]:
    """Pass on what was found; of articles with one id only the first."""
    seen: set[str] = set()
    for item in found:
        if isinstance(item, Refusal):
            yield item
        elif item.article.article_id in seen:
            reason = f"the id {shorten(item.article.article_id)} was read before; kept the first, give each its own id"
            yield Refusal(item.source, item.line, reason)
        else:
            seen.add(item.article.article_id)
            yield item.article


def _read_path(path: Path, asked: Asked) -> Iterator[Found | Refusal]:
    if path == _STANDARD_INPUT:
        yield from _read_stream("standard input", sys.stdin.buffer, asked)
    elif path.is_dir():
        yield from _read_folder(path, asked)
    else:
        yield from _read_file(path, path.stem, asked)


def _read_folder(folder: Path, asked: Asked) -> Iterator[Found | Refusal]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            if path.suffix.lower() in KINDS:
                yield from _read_file(path, path.relative_to(folder).with_suffix("").as_posix(), asked)
            else:
                yield Refusal(str(path), None, f"a {path.suffix or 'nameless'} file is none of {', '.join(KINDS)}")


def _read_file(path: Path, article_id: str, asked: Asked) -> Iterator[Found | Refusal]:
    refuse_store_path(path)
    try:
        with path.open("rb") as stream:
            yield from _read_stream(str(path), stream, asked, article_id)
    except OSError as error:
        yield Refusal(str(path), None, f"it cannot be read: {error.strerror or error}")


def _read_stream(
    source: str, stream: BinaryIO, asked: Asked, article_id: str | None = None
) -> Iterator[Found | Refusal]:
    kind = KINDS.get(Path(source).suffix.lower())
    head = b""
    if kind is None:
        head = stream.read(4096)
        kind = _guess_kind(head)
    if kind == "jsonl":
        yield from _read_lines(source, head, stream, asked)
        return
    data = head + stream.read(MOST_BYTES + 1 - len(head))
    name = article_id or Path(source).stem
    if len(data) > MOST_BYTES:
        yield _too_long(source, None)
        return
    try:
        yield from (_read_html if kind == "html" else _read_text)(source, name, data, asked)
    except InputError as error:
        yield Refusal(source, None, str(error))


def _guess_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "jsonl"
    if re.match(rb"<(!doctype html|html|head|body|\?xml)", start, re.IGNORECASE):
        return "html"
    return "text"


def _too_long(source: str, line: int | None) -> Refusal:
    return Refusal(source, line, f"it is longer than {MOST_BYTES // 1_000_000} MB; split it into its articles")


def _read_text(source: str, article_id: str, data: bytes, asked: Asked) -> Iterator[Found | Refusal]:
    decoded = decode(data)
    if decoded.damaged:
        yield Refusal(
            source, None, f"{decoded.damaged} characters are damaged ({decoded.encoding}); read without them", True
        )
    yield from make_article(source, None, {"id": article_id, "text": decoded.text}, asked)


def _read_html(source: str, article_id: str, data: bytes, asked: Asked) -> Iterator[Found | Refusal]:
    page = read_page(data, asked.latest)
    fields = {
        "id": article_id,
        "text": page.text,
        "title": page.title,
        "published": page.published,
        "url": page.url,
        "source": page.source,
    }
    yield from make_article(source, None, fields, asked)


def _read_lines(source: str, head: bytes, stream: BinaryIO, asked: Asked) -> Iterator[Found | Refusal]:
    lines = _cut_lines(head, stream)
    for number, raw in enumerate(lines, start=1):
        if len(raw) > MOST_BYTES:
            yield _too_long(source, number)
        elif raw.strip():
            yield from _read_line(source, number, raw, asked)


def _cut_lines(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Lines of ``head`` and ``stream``; of a line that is too long, only enough to tell."""
    *whole, rest = head.split(b"\n")
    yield from whole
    while piece := stream.readline(MOST_BYTES + 1):
        yield rest + piece
        rest = b""
        while len(piece) > MOST_BYTES and not piece.endswith(b"\n"):
            piece = stream.readline(MOST_BYTES + 1)
    if rest:
        yield rest


def _read_line(source: str, number: int, raw: bytes, asked: Asked) -> Iterator[Found | Refusal]:
    try:
        decoded = decode(raw)
        fields = _parse(decoded.text)
    except InputError as error:
        yield Refusal(source, number, str(error))
        return
    if decoded.damaged or not decoded.encoding.startswith("utf-8"):
        reason = f"not UTF-8; read as {decoded.encoding}, {decoded.damaged} characters damaged"
        yield Refusal(source, number, reason, kept=True)
    if fields.get("id") in (None, ""):
        fields["id"] = f"{Path(source).stem}-{number}"
        yield Refusal(source, number, f"it has no id; called {fields['id']!r}", kept=True)
    yield from make_article(source, number, fields, asked)


def _parse(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        near = line[max(0, error.pos - 20) : error.pos + 20]
        raise InputError(f"not valid JSON ({error.msg} at column {error.colno}, near {near!r}); mend it") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"not usable JSON ({error}); mend it") from error
    if not isinstance(fields, dict):
        raise InputError(f"a JSON {type(fields).__name__}, not an object with id and text")
    return fields
