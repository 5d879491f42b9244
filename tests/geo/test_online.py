import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.online import OnlineError, OnlineGeocoder, Service, clean_name, find_fault, propose_all
from geo.online_store import OnlineStore
from geo.place import Placement, PlaceQuery
from tests.geo.conftest import SHARED

RECORDED = SHARED / "geocoder_http"
CONTACT = "desk@example.org"
PALMYRA = [{"lat": "34.56", "lon": "38.27", "display_name": "تدمر, Homs, Syria"}]


class Server(ThreadingHTTPServer):
    """Plays a geocoding service that answers, or misbehaves, as told."""

    status = 200
    body: bytes = b"[]"
    headers: dict[str, str]
    drip = 0
    asked: list[tuple[str, str]]
    dripped = 0


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for _ in range(self.server.drip):
                self.wfile.write(b" ")
                self.wfile.flush()
                self.server.dripped += 1
                time.sleep(0.05)
            self.wfile.write(self.server.body)
        except OSError:
            pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.asked, server.headers = [], {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


Make = Callable[..., OnlineGeocoder]


@pytest.fixture
def make(server: Server, tmp_path: Path) -> Make:
    def make_one(name: str = "nominatim", **more: object) -> OnlineGeocoder:
        values: dict[str, object] = {"pace": 0.0, "username": "demo", "deadline": 5.0} | more
        service = Service(name, CONTACT, f"http://127.0.0.1:{server.server_port}", **values)  # type: ignore[arg-type]
        return OnlineGeocoder(service, OnlineStore(tmp_path / "online.sqlite"))

    return make_one


def test_an_answer_is_a_proposal_with_its_licence(server: Server, make: Make) -> None:
    server.body = json.dumps(PALMYRA).encode()
    proposal = make().propose("تدمر", "SY")
    assert (proposal.outcome, proposal.lon, proposal.lat, proposal.country) == ("found", 38.27, 34.56, "SY")
    assert proposal.licence and "ODbL" in proposal.licence
    path, agent = server.asked[0]
    assert parse_qs(urlsplit(path).query)["countrycodes"] == ["sy"]
    assert agent.startswith("rasid/") and CONTACT in agent and "geopy" not in agent


def test_answers_are_kept_for_good_and_shared(server: Server, make: Make) -> None:
    server.body = json.dumps(PALMYRA).encode()
    first = make().propose("تدمر", "SY")
    server.status = 500
    assert make().propose("تدمر", "SY") == first
    assert len(server.asked) == 1


def test_no_such_place_is_an_answer_and_kept(server: Server, make: Make) -> None:
    assert make().propose("Xyzzy").outcome == make().propose("Xyzzy").outcome == "not_found"
    assert len(server.asked) == 1 and make().store.pending() == []


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (500, b"", "unavailable"),
        (503, b"", "unavailable"),
        (200, b"<html>log in to this network</html>", "unavailable"),
        (200, b"[" * 100_000, "unavailable"),
        (200, b'{"oops": 1}', "unavailable"),
        (200, b'[{"lat": "NaN", "lon": "38", "display_name": "x"}]', "unavailable"),
        (200, b'[{"lat": "350", "lon": "38", "display_name": "x"}]', "unavailable"),
        (200, b" " * 1_100_000 + b"[]", "unavailable"),
        (302, b"", "unavailable"),
        (429, b"", "rate_limited"),
        (403, b"", "forbidden"),
        (401, b"", "forbidden"),
    ],
)
def test_no_answer_is_told_apart_and_noted(status: int, body: bytes, outcome: str, server: Server, make: Make) -> None:
    server.status, server.body = status, body
    if status == 302:
        server.headers = {"Location": f"http://127.0.0.1:{server.server_port}/elsewhere"}
    geocoder = make()
    proposal = geocoder.propose("تدمر", "SY")
    assert proposal.outcome == outcome and proposal.lon is None and proposal.reason
    assert [item.outcome for item in geocoder.store.pending()] == [outcome]
    assert len(server.asked) == 1, "one question, one request: no redirect followed, nothing repeated"


def test_a_refusal_opens_the_circuit(server: Server, make: Make) -> None:
    server.status = 403
    assert make().propose("a").outcome == "forbidden"
    server.status = 200
    assert make().propose("b").outcome == "forbidden"
    assert len(server.asked) == 1
    geocoder = make()
    geocoder.store.unblock(geocoder.service.key)
    assert geocoder.propose("b").outcome == "not_found"


def test_too_many_requests_hold_everybody_back(server: Server, make: Make) -> None:
    server.status, server.headers = 429, {"Retry-After": "120"}
    assert make().propose("a").outcome == "rate_limited"
    server.status = 200
    assert make(patience=1.0).propose("b").outcome == "rate_limited"
    assert len(server.asked) == 1


def test_questions_without_an_answer_are_asked_again(server: Server, make: Make) -> None:
    server.status = 500
    make().propose("تدمر", "SY")
    server.status, server.body = 200, json.dumps(PALMYRA).encode()
    geocoder = make()
    assert [item.outcome for item in geocoder.retry()] == ["found"]
    assert geocoder.store.pending() == []


def test_a_drip_fed_answer_ends_at_the_deadline(server: Server, make: Make) -> None:
    server.drip = 400
    proposal = make(deadline=0.3).propose("a")
    assert proposal.outcome == "unavailable" and "0.3 s" in proposal.reason
    assert server.dripped < 400


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    service = Service("nominatim", CONTACT, "http://127.0.0.1:9", pace=0.0)
    assert OnlineGeocoder(service, OnlineStore(tmp_path / "o.sqlite")).propose("a").outcome == "unavailable"


@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.86), (34.56, 38.27)])
def test_answers_outside_the_country_are_implausible(lon: float, lat: float, server: Server, make: Make) -> None:
    server.body = json.dumps([{"lat": str(lat), "lon": str(lon), "display_name": "x"}]).encode()
    proposal = make().propose("تدمر", "SY")
    assert proposal.outcome == "implausible" and proposal.lon is None


def test_exchanged_coordinates_are_named_but_not_repaired() -> None:
    assert "exchanged" in (find_fault(34.56, 38.27, "SY") or "")
    assert find_fault(38.27, 34.56, "SY") is None
    assert find_fault(2.35, 48.86, None) is None


def test_hostile_names_stay_bounded_text() -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e\x00" + "a" * 5000
    assert clean_name(hostile).startswith("<img src=x onerror=alert(1)>a")
    assert len(clean_name(hostile)) == 200


@pytest.mark.parametrize(
    ("name", "contact", "username"),
    [("bing", CONTACT, None), ("nominatim", "", None), ("nominatim", "me", None), ("geonames", CONTACT, None)],
)
def test_impolite_or_unknown_services_are_refused(name: str, contact: str, username: str | None) -> None:
    with pytest.raises(OnlineError):
        Service(name, contact, username=username)


def test_only_unplaced_names_are_asked(server: Server, make: Make) -> None:
    queries = [
        Placement("placed", PlaceQuery("a")),
        Placement("unplaced", PlaceQuery("b")),
        Placement("unplaced", PlaceQuery(" ")),
    ]
    assert [item and item.outcome for item in propose_all(queries, make())] == [None, "not_found", None]
    assert len(server.asked) == 1


def test_all_processes_together_keep_the_pace(tmp_path: Path) -> None:
    path = tmp_path / "online.sqlite"
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom geo.online_store import OnlineStore\n"
        "store = OnlineStore(Path(sys.argv[1]))\n"
        "for _ in range(5): wait = store.reserve('s', 1.0, 100.0); print(time.time() + wait)\n"
    )
    root = Path(__file__).resolve().parents[2]
    workers = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, cwd=root)
        for _ in range(3)
    ]
    slots = sorted(float(line) for worker in workers for line in worker.communicate()[0].split())
    assert len(slots) == 15
    assert all(later - earlier > 0.9 for earlier, later in itertools.pairwise(slots))


def test_photon_and_geonames_are_understood(server: Server, make: Make) -> None:
    point = {"type": "Point", "coordinates": [38.27, 34.56]}
    feature = {"geometry": point, "type": "Feature", "properties": {"name": "تدمر", "country": "سوريا"}}
    server.body = json.dumps({"features": [feature]}).encode()
    assert make("photon").propose("تدمر", "SY").lon == 38.27
    row = {"lat": "34.56", "lng": "38.27", "name": "Tadmur", "countryName": "Syria", "adminName1": "Homs"}
    server.body = json.dumps({"totalResultsCount": 1, "geonames": [row]}).encode()
    found = make("geonames").propose("تدمر", "SY")
    assert found.lat == 34.56 and found.licence and "CC BY" in found.licence


@pytest.mark.parametrize(
    ("service", "folder", "allowed"),
    [
        ("nominatim", "geocoder-php/Nominatim", {"found", "not_found", "unavailable"}),
        ("nominatim", "ruby-geocoder", {"found", "not_found", "unavailable"}),
        ("photon", "geocoder-php/Photon", {"found", "not_found", "unavailable"}),
        ("geonames", "geocoder-php/Geonames", {"found", "not_found", "unavailable", "rate_limited", "forbidden"}),
    ],
)
def test_recorded_bodies_each_give_a_clear_outcome(
    service: str, folder: str, allowed: set[str], server: Server, make: Make
) -> None:
    files = [path for path in sorted((RECORDED / folder).glob("*")) if "LICENSE" not in path.name]
    if not files:
        pytest.skip(f"no recorded answers in {RECORDED / folder}")
    seen = set()
    for path in files:
        server.body = path.read_bytes()
        geocoder = make(service)
        geocoder.store.unblock(geocoder.service.key)
        proposal = geocoder.propose(path.name)
        seen.add(proposal.outcome)
        assert proposal.outcome in allowed, (path.name, proposal)
        assert (proposal.lon is not None) == (proposal.outcome == "found")
    assert "found" in seen
