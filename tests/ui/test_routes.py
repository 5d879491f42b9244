import time

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.assets import TILES, read_tile
from ui.book import make_book
from ui.filters import EventFilter
from ui.routes import make_middleware, make_routes
from ui.state import export_desk, shelf


@pytest.fixture
def client():
    app = Starlette(routes=list(make_routes()), middleware=list(make_middleware()))
    return TestClient(app, base_url="http://127.0.0.1:8501")


@pytest.fixture
def key(events, articles):
    book = make_book(events, articles)
    return shelf().put(book, EventFilter(), np.ones(len(book), dtype=bool))


def test_cells_are_answered_as_json(client, key):
    answer = client.get(f"/rasid/cells/{key}", params={"z": 5, "w": 30, "s": 10, "e": 60, "n": 42})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.json()["areas"]) == 2


@pytest.mark.parametrize(
    "query",
    ["", "z=5", "z=a&w=1&s=1&e=2&n=2", "z=5&w=nan&s=1&e=2&n=2", "z=5&w=1e9&s=1&e=2&n=2", "z=1.5&w=1&s=1&e=2&n=2"],
)
def test_an_unreadable_view_is_refused(client, key, query):
    assert client.get(f"/rasid/cells/{key}?{query}").status_code == 400


def test_cells_are_split_by_actor_where_that_is_asked_for(client, key):
    query = {"z": 5, "w": 30, "s": 10, "e": 60, "n": 42}
    asked = [client.get(f"/rasid/cells/{key}", params=query | by) for by in ({}, {"by": "actor"}, {"by": "weapon"})]
    assert asked[2].status_code == 400
    assert [area[5] for area in asked[0].json()["areas"]] != [area[5] for area in asked[1].json()["areas"]] == [12, 12]


@pytest.mark.parametrize("zoom", [-5, 0, 99])
def test_any_zoom_is_answered(client, key, zoom):
    assert client.get(f"/rasid/cells/{key}?z={zoom}&w=-180&s=-90&e=180&n=90").status_code == 200


def test_a_key_that_has_gone_is_said_so(client):
    assert client.get("/rasid/cells/0000?z=5&w=1&s=1&e=2&n=2").status_code == 410


def test_another_host_name_is_refused(client):
    for path in ("/rasid/cells/x", "/rasid/admin1.geojson", "/rasid/assets/leaflet/leaflet.js"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("leaflet/leaflet.js", "text/javascript"),
        ("leaflet/leaflet.css", "text/css"),
        ("own/event_layer.js", "text/javascript"),
        ("fonts/IBMPlexSansArabic-Regular.ttf", "font/ttf"),
    ],
)
def test_assets_are_served_with_their_type(client, path, kind):
    answer = client.get(f"/rasid/assets/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    "path", ["own/../event_layer.py", "own/..%2fevent_layer.py", "leaflet/%2e%2e/%2e%2e/apps.py", "own/"]
)
def test_nothing_beside_the_assets_is_served(client, path):
    assert client.get(f"/rasid/assets/{path}").status_code in {400, 404, 405}


def test_tiles(client):
    assert TILES.exists(), "the basemap was not built; run: make setup"
    answer = client.get("/rasid/tiles/5/19/12.png")
    assert answer.content.startswith(b"\x89PNG")
    assert client.get("/rasid/tiles/5/99/12.png").status_code == 404
    assert client.get("/rasid/tiles/9/1/1.png").status_code == 404
    assert read_tile(0, 0, 0)


def test_outlines(client):
    assert client.get("/rasid/admin1.geojson").json()["type"] == "FeatureCollection"


def test_towns(client):
    query = {"z": 8, "w": 39, "s": 34, "e": 42, "n": 36, "lang": "ar"}
    answer = client.get("/rasid/towns.json", params=query)
    assert answer.status_code == 200
    assert all(len(town) == 3 for town in answer.json())
    assert client.get("/rasid/towns.json").status_code == 400


def test_heat_and_shades_are_answered_for_what_is_shown(client, key):
    heat = client.get(f"/rasid/heat/{key}", params={"z": 5, "w": 30, "s": 10, "e": 60, "n": 42})
    assert sum(heat.json()["cells"][2::3]) == 4
    shades = client.get(f"/rasid/shades/{key}", params={"lang": "ar"})
    assert [said[:2] for said in shades.json()["areas"].values()] == [[0, 1], [0, 1]]
    days = {"first": 19440, "last": 19440}  # 2023-03-24
    assert (
        sum(
            client.get(f"/rasid/heat/{key}", params={"z": 5, "w": 30, "s": 10, "e": 60, "n": 42, **days}).json()[
                "cells"
            ][2::3]
        )
        == 2
    )
    played = client.get(f"/rasid/shades/{key}", params={"of": key, **days}).json()
    assert [said[2] for said in played["areas"].values()] == ["Deir ez-Zor"]
    assert client.get(f"/rasid/shades/{key}?first=x&last=1").status_code == 400
    assert client.get("/rasid/heat/none?z=5&w=30&s=10&e=60&n=42").status_code == 410
    assert client.get("/rasid/shades/none").status_code == 410
    assert client.get(f"/rasid/heat/{key}?z=5").status_code == 400


def test_a_large_file_is_fetched_by_its_ticket(client):
    errand = export_desk().start("a", "rasid-events.csv", 1, lambda: iter([(b"event_id\r\n", 1)]))
    while errand.running:
        time.sleep(0.01)
    answer = client.get(f"/rasid/exports/{errand.ticket}/{errand.name}")
    assert answer.content == b"event_id\r\n"
    assert answer.headers["content-disposition"] == 'attachment; filename="rasid-events.csv"'
    assert client.get("/rasid/exports/guessed/rasid-events.csv").status_code == 410


def test_a_long_answer_is_pressed_where_the_browser_takes_that(client):
    path = "/rasid/towns.json?z=12&w=35&s=30&e=45&n=38&lang=ar"
    pressed, plain = (client.get(path, headers={"accept-encoding": said}) for said in ("gzip", "identity"))
    assert pressed.json() == plain.json()
    assert pressed.headers.get("content-encoding") == "gzip"
    assert "content-encoding" not in plain.headers
