"""Fetch a file over HTTP so that a broken line costs only what is missing: resume, check, put in place when whole."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from geo.index import GazetteerError

USER_AGENT = "rasid-gazetteer/0.1"
TRIES = 5
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)


class DownloadError(GazetteerError):
    """A file could not be fetched whole; the message says why and that a second call goes on where it stopped."""


def download(
    url: str,
    target: Path,
    *,
    sha256: str | None = None,
    pause: float = 1.0,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> str:
    """Fetch ``url`` to ``target``, going on with an earlier attempt, and give the file's SHA-256.

    Parameters
    ----------
    url, target
        From where, to where. The unfinished file lies beside the target with the suffix .part.
    sha256
        Expected checksum; a file with another one is removed.
    pause
        Seconds before the second try; doubled for each further one.
    progress
        Called with bytes done and bytes in all (None = not told).

    Raises
    ------
    DownloadError
        After TRIES attempts, on a refusal, or where the checksum is another.
    """
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".etag")
    target.parent.mkdir(parents=True, exist_ok=True)
    problem = ""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            _fetch(url, part, mark, progress)
            break
        except (httpx.TransportError, _IncompleteError) as error:
            problem = str(error) or type(error).__name__
    else:
        raise DownloadError(f"{url}: {problem} after {TRIES} tries; call again to go on where it stopped")
    found = _checksum(part)
    if sha256 and found != sha256.casefold():
        part.unlink()
        mark.unlink(missing_ok=True)
        raise DownloadError(f"{url}: its SHA-256 is {found}, not {sha256}; the file was removed")
    part.replace(target)
    mark.unlink(missing_ok=True)
    return found


class _IncompleteError(Exception):
    """The answer stopped before its announced end, or the server was busy."""


def _fetch(url: str, part: Path, mark: Path, progress: Callable[[int, int | None], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    version = mark.read_text(encoding="utf-8") if mark.exists() else ""
    if have and version:
        headers |= {"Range": f"bytes={have}-", "If-Range": version}
    with httpx.stream("GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise _IncompleteError("the file on the server has changed")
        if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise _IncompleteError(f"the server answers {answer.status_code}")
        if answer.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            raise DownloadError(f"{url}: the server answers {answer.status_code} {answer.reason_phrase}")
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        mark.write_text(answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "", encoding="utf-8")
        _write(answer, part, have if resumed else 0, progress)


def _write(answer: httpx.Response, part: Path, done: int, progress: Callable[[int, int | None], None]) -> None:
    length = answer.headers.get("Content-Length")
    total = done + int(length) if length else None
    with part.open("ab" if done else "wb") as file:
        for chunk in answer.iter_raw():
            file.write(chunk)
            done += len(chunk)
            progress(done, total)
    if total is not None and done < total:
        raise _IncompleteError(f"the answer stopped at {done:,} of {total:,} bytes")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
