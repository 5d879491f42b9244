import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo.download import DownloadError, download

BODY = bytes(range(256)) * 2000


class Server(ThreadingHTTPServer):
    """Plays a download server that misbehaves as told."""

    break_after = 0  # bytes after which the line breaks, once
    status = 200
    etag = '"one"'
    seen: list[str | None]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.seen.append(wanted)
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        start = 0
        if wanted and self.headers.get("If-Range") == self.server.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(BODY) - start))
        self.send_header("ETag", self.server.etag)
        self.end_headers()
        part = BODY[start:]
        if self.server.break_after:
            part, self.server.break_after = part[: self.server.break_after], 0
        self.wfile.write(part)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/SY.zip"


def test_a_file_arrives_whole_with_its_checksum(server: Server, tmp_path: Path) -> None:
    seen: list[int] = []
    found = download(url(server), tmp_path / "SY.zip", progress=lambda done, total: seen.append(done))
    assert (tmp_path / "SY.zip").read_bytes() == BODY
    assert found == hashlib.sha256(BODY).hexdigest()
    assert seen[-1] == len(BODY)
    assert [path.name for path in tmp_path.iterdir()] == ["SY.zip"]


def test_a_broken_line_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.break_after = 100_000
    download(url(server), tmp_path / "SY.zip", pause=0)
    assert (tmp_path / "SY.zip").read_bytes() == BODY
    assert server.seen == [None, "bytes=100000-"]


def test_a_file_that_changed_meanwhile_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / "SY.zip.part").write_bytes(b"old" * 1000)
    (tmp_path / "SY.zip.etag").write_text('"zero"', encoding="utf-8")
    download(url(server), tmp_path / "SY.zip", pause=0)
    assert (tmp_path / "SY.zip").read_bytes() == BODY


def test_another_checksum_is_refused_and_removed(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="SHA-256"):
        download(url(server), tmp_path / "SY.zip", sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_not_tried_again(server: Server, tmp_path: Path) -> None:
    server.status = 404
    with pytest.raises(DownloadError, match="404"):
        download(url(server), tmp_path / "SY.zip", pause=0)
    assert len(server.seen) == 1


def test_a_busy_server_is_tried_again_and_then_named(server: Server, tmp_path: Path) -> None:
    server.status = 503
    with pytest.raises(DownloadError, match="503 after 5 tries"):
        download(url(server), tmp_path / "SY.zip", pause=0)
    assert len(server.seen) == 5


def test_no_server_at_all_is_named(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="tries"):
        download("http://127.0.0.1:9/SY.zip", tmp_path / "SY.zip", pause=0)
