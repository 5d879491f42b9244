import hashlib
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from geo.gazetteer import installed_paths, open_gazetteer
from geo.geonames import GEONAMES, alternate_names, dump_urls, read_geonames
from geo.install import install
from geo.table import TableError
from pipeline.cli import main

PLACES = (
    (1, "Sarab", "PPL", "Old Sarab,Сараб,سراب", "900"),
    (2, "Sarab Oil Field", "OILF", "", "0"),
    (3, "Qasr al Rih", "PPL", "Rih Castle", "0"),
)
NAMES = (
    # id, place, language, name, preferred, short, colloquial, historic, from, to
    ("10", "1", "ar", "سراب", "1", "", "", "", "", ""),
    ("11", "1", "", "Old Sarab", "", "", "", "1", "1200", "1900"),
    ("12", "1", "ar", "السريبة", "", "", "1", "", "", ""),
    ("13", "1", "link", "https://example.org/Sarab", "", "", "", "", "", ""),
    ("14", "1", "post", "12345", "", "", "", "", "", ""),
    ("15", "1", "de", "Fata Morgana", "", "", "", "", "", ""),
    ("16", "1", "ku", "Serab", "", "", "", "", "", ""),
    ("17", "1", "tr", "Serap, Köy", "", "", "", "", "", ""),
    ("18", "1", "he", "סראב", "", "", "", "", "", ""),
    ("19", "1", "ru", "Сараб", "", "", "", "", "", ""),
    ("20", "2", "ar", "حقل سراب", "", "", "", "", "", ""),
    ("21", "999", "ar", "لا أحد", "", "", "", "", "", ""),
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def dump() -> str:
    lines = (
        (number, name, name, more, "35.5", "40.5", "P", code, "SY", "", "07", "", "", "", people, "", "", "", "2020")
        for number, name, code, more, people in PLACES
    )  # fmt: skip
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def names() -> str:
    return "".join("\t".join(line) + "\n" for line in NAMES)


def packed(path: Path, **texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"{name}.txt", text)
    return path


def test_dumps_zipped_or_not(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(dump(), encoding="utf-8")
    packed(tmp_path / "SY.zip", readme="x", SY=dump())
    for name in ("SY.txt", "SY.zip"):
        assert install("GeoNames SY", read_geonames(tmp_path / name), GEONAMES, prefix="gn").places == 3
    found = open_gazetteer(installed_paths()).lookup("سراب", fuzzy=False)
    assert {(item.place.place_id, item.place.kind) for item in found} == {("gn:1", "village")}


@pytest.mark.parametrize("zipped", [True, False])
def test_alternate_names_are_those_of_our_languages_and_old_ones_are_weak(zipped: bool, tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(dump(), encoding="utf-8")
    (tmp_path / "names.txt").write_text(names(), encoding="utf-8")
    packed(tmp_path / "names.zip", readme="x", **{"iso-languagecodes": "a\tb\n", "alternateNamesV2": names()})
    with alternate_names(tmp_path / ("names.zip" if zipped else "names.txt"), tmp_path / "scratch") as found:
        assert (found.names, found.left_out) == (8, 4)
        first, second, third = read_geonames(tmp_path / "SY.txt", found)
    assert set(first["alternatenames"].split(",")) == {"سراب", "Serab", "Serap  Köy", "סראב"}
    assert set(first["weak_names"].split(",")) == {"Old Sarab", "السريبة"}
    assert second["alternatenames"] == "حقل سراب"
    assert third["alternatenames"] == "Rih Castle", "a place the file does not know keeps the dump's own names"
    assert not (tmp_path / "scratch").exists()


def test_a_table_that_is_no_dump_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 1 has 2 columns"):
        list(read_geonames(tmp_path / "x.txt"))
    with (
        pytest.raises(TableError, match="line 1 is not of a file"),
        alternate_names(tmp_path / "x.txt", tmp_path / "s"),
    ):
        pass
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    with pytest.raises(TableError, match="not a whole zip"):
        list(read_geonames(tmp_path / "x.zip"))
    with pytest.raises(TableError, match="no table inside"):
        list(read_geonames(packed(tmp_path / "y.zip", readme="x")))


def test_addresses_of_a_country_and_of_the_world() -> None:
    assert dump_urls("http://x", "SY") == ("http://x/SY.zip", "http://x/alternatenames/SY.zip")
    assert dump_urls("http://x", "allCountries") == ("http://x/allCountries.zip", "http://x/alternateNamesV2.zip")


class Server(ThreadingHTTPServer):
    """Plays the download server: serves files of a folder, and breaks the line of each one once."""

    folder: Path
    broken: set[str]
    seen: list[tuple[str, str | None]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.seen.append((self.path, wanted))
        path = self.server.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        body, start = path.read_bytes(), int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.send_header("ETag", '"1"')
        self.end_headers()
        if self.path in self.server.broken:
            self.server.broken.remove(self.path)
            self.wfile.write(body[: len(body) // 2])
        else:
            self.wfile.write(body[start:])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.folder, server.seen = tmp_path / "served", []
    packed(server.folder / "SY.zip", SY=dump())
    packed(server.folder / "alternatenames" / "SY.zip", SY=names())
    packed(server.folder / "allCountries.zip", allCountries=dump())
    packed(server.folder / "alternateNamesV2.zip", alternateNamesV2=names())
    server.broken = {"/alternatenames/SY.zip"}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def geonames(server: Server, *arguments: object) -> Result:
    address = f"http://127.0.0.1:{server.server_port}"
    return CliRunner().invoke(main, ["gazetteer", "install", "geonames", "--url", address, *map(str, arguments)])


def test_a_country_is_fetched_with_its_alternate_names_over_a_line_that_breaks(server: Server) -> None:
    result = geonames(server, "--country", "sy")
    assert result.exit_code == 0, result.stderr
    half = (server.folder / "alternatenames" / "SY.zip").stat().st_size // 2
    assert server.seen == [
        ("/SY.zip", None), ("/alternatenames/SY.zip", None), ("/alternatenames/SY.zip", f"bytes={half}-"),
    ]  # fmt: skip
    assert "8 alternate names kept, 4 of other languages" in result.stderr and "3 places" in result.stderr
    for path in (server.folder / "SY.zip", server.folder / "alternatenames" / "SY.zip"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in result.stderr
    gazetteer = open_gazetteer(installed_paths())
    for name in ("Serab", "سراب", "סראב", "السريبة"):
        assert gazetteer.lookup(name, fuzzy=False)[0].place.place_id == "gn:1", name
    assert not gazetteer.lookup("Fata Morgana") and not gazetteer.lookup("12345")


def test_the_whole_world_has_one_file_of_alternate_names(server: Server) -> None:
    assert geonames(server, "--country", "allCountries").exit_code == 0
    assert [path for path, _ in server.seen] == ["/allCountries.zip", "/alternateNamesV2.zip"]


def test_the_dump_alone_and_checksums(server: Server) -> None:
    dump_sum, names_sum = (
        hashlib.sha256((server.folder / name).read_bytes()).hexdigest() for name in ("SY.zip", "alternatenames/SY.zip")
    )
    assert geonames(server, "--country", "SY", "--without-alternate-names", "--sha256", dump_sum).exit_code == 0
    assert [path for path, _ in server.seen] == ["/SY.zip"]
    wrong = geonames(server, "--country", "SY", "--alternate-names-sha256", "0" * 64)
    assert wrong.exit_code != 0 and names_sum in wrong.stderr
    assert geonames(server, "--country", "SY,IQ", "--sha256", dump_sum).exit_code == 2
    missing = geonames(server, "--country", "IQ")
    assert missing.exit_code != 0 and "404" in missing.stderr


def test_local_files_serve_without_a_network(server: Server) -> None:
    folder = server.folder
    result = geonames(server, "--file", folder / "SY.zip", "--alternate-names", folder / "alternatenames" / "SY.zip")
    assert result.exit_code == 0 and server.seen == []
    assert open_gazetteer(installed_paths()).lookup("Serab")
    both = ("--file", folder / "SY.zip", "--file", folder / "SY.zip", "--alternate-names", folder / "SY.zip")
    assert geonames(server, *both).exit_code == 2
    assert geonames(server, "--file", folder / "SY.zip", "--alternate-names", folder / "none.zip").exit_code == 2
