"""Large files in the app as a script: asked for, written in the background, saved."""

import re
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ui import downloads
from ui.routes import make_routes
from ui.session import ARTICLES_VARIABLE, EVENTS_VARIABLE, base_book

APP = Path(__file__).resolve().parent.parent.parent / "app.py"


@pytest.fixture
def app(tmp_path, monkeypatch, write_event_files):
    write_event_files(tmp_path)
    monkeypatch.setenv(EVENTS_VARIABLE, str(tmp_path / "events.parquet"))
    monkeypatch.setenv(ARTICLES_VARIABLE, str(tmp_path / "articles.jsonl"))
    monkeypatch.setattr(downloads, "LARGE", 5)
    base_book.clear()
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not opened.exception
    yield opened
    base_book.clear()


def links(app):
    return [link.proto for link in app.get("link_button")]


def test_a_large_file_is_prepared_and_then_saved(app):
    assert not any(button.key == "prepare_geojson" for button in app.button)  # 5 events are few
    assert app.button(key="prepare_csv").label.startswith("CSV")
    app.button(key="prepare_csv").click().run()
    for _ in range(100):
        if links(app):
            break
        time.sleep(0.05)
        app.run()
    (link,) = links(app)
    assert re.fullmatch(r"/rasid/exports/[\w-]+/rasid-events\.csv", link.url)
    answer = TestClient(Starlette(routes=list(make_routes()))).get(link.url)
    assert len(answer.text.splitlines()) == 8
    assert not app.exception
