"""A team logs in: a real browser, the real app by ``rasid serve --login``, a provider with discovery and keys."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx
import oidc_provider_mock
import pytest
from werkzeug.serving import make_server

from pipeline.records import Article
from pipeline.store.articles import add_articles
from pipeline.store.audit import read_audit, verify_audit
from pipeline.store.engine import open_store
from pipeline.store.events import load_events
from pipeline.store.permissions import OPERATOR
from pipeline.store.users import add_user, change_user

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that only knows clients that registered with it."""
    provider = oidc_provider_mock.app(require_client_registration=True, require_nonce=True)
    provider.after_request(without_decoration)
    server = make_server("localhost", 0, provider, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join(10)


def without_decoration(answer):
    """Its pages ask another machine for a style sheet and the browser for an icon: this test allows neither."""
    if answer.mimetype == "text/html" and answer.status_code == 200:
        answer.set_data(re.sub(r"<link[^>]*>", '<link rel="icon" href="data:,">', answer.get_data(as_text=True)))
    return answer


@dataclass
class Team:
    address: str
    issuer: str
    store: Path

    def let_in(self, name: str, role: str) -> str:
        subject = f"{self.issuer}|{name}"
        with_store(self.store, lambda store: add_user(store, subject, role, OPERATOR, name=f"{name} <b>"))
        return subject


def with_store(path: Path, work: Callable) -> object:
    store = open_store(path)
    try:
        return work(store)
    finally:
        store.close()


@pytest.fixture
def start_team(tmp_path, issuer, serve_app, port) -> Iterator[Callable[..., Team]]:
    """Start the app with a login; ``hours`` is how long one counts."""
    opened = []

    def start(hours: float = 12.0) -> Team:
        number = port()
        address = f"http://127.0.0.1:{number}"
        redirect = {"redirect_uris": [f"{address}/oauth2callback"], "token_endpoint_auth_method": "client_secret_basic"}
        client = httpx.post(f"{issuer}/oauth2/clients", json=redirect).raise_for_status().json()
        said = {"address": address, "issuer": issuer} | {name: client[name] for name in ("client_id", "client_secret")}
        login = tmp_path / "login.toml"
        login.write_text(
            "".join(f'{name} = "{value}"\n' for name, value in said.items()) + f"hours = {hours}\n", "utf-8"
        )
        login.chmod(0o600)
        path = tmp_path / "store.rasid"
        words = ["--login", str(login), "--store", str(path)]
        served = serve_app({"RASID_HOME": str(tmp_path)}, tmp_path / "log.txt", words, number)
        opened.append(served)
        assert served.__enter__() == address
        return Team(address, issuer, path)

    yield start
    for served in opened:
        served.__exit__(None, None, None)


def log_in(page, name: str) -> None:
    page.get_by_role("button", name="Log in").first.click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def open_team(open_screen, team: Team, name: str):
    page = open_screen(team.address).page
    page.set_default_timeout(60_000)
    log_in(page, name)
    page.get_by_role("button", name="Log out").wait_for()
    return page


def add_one(path: Path) -> None:
    from pipeline.events import make_events

    row = {"event_id": "e1", "article_id": "a1", "language": "en", "event_type": "drone", "time_status": "actual"}
    row |= {"place_status": "unplaced", "place_name": "Place 1"}
    work = [Article("a1", "en", "Something happened at Place 1.")], make_events([row])
    with_store(path, lambda store: add_articles(store, *work, OPERATOR))


def test_nobody_sees_anything_before_the_login_and_the_first_admin_comes_by_command(start_team, open_screen):
    team = start_team()
    add_one(team.store)
    page = open_screen(team.address).page
    page.set_default_timeout(60_000)
    page.get_by_text("belongs to a team").wait_for()
    assert not page.locator(".rasid-shown").count()
    log_in(page, "omar")
    page.get_by_text("You are not let in").wait_for()
    page.get_by_text("omar is no user of this store").wait_for()
    assert f"{team.issuer}|omar is no user of this store" in page.locator("body").inner_text()
    assert not page.locator(".rasid-shown").count()
    team.let_in("omar", "admin")
    page.reload()
    page.get_by_text("omar <b>").wait_for()
    page.locator(".rasid-shown").wait_for()


def test_a_viewer_may_look_but_not_review_and_an_admin_may(start_team, open_screen):
    team = start_team()
    add_one(team.store)
    team.let_in("omar", "admin")
    team.let_in("vera", "viewer")
    for name, allowed in (("vera", False), ("omar", True)):
        page = open_team(open_screen, team, name)
        page.get_by_role("link", name="Review").click()
        page.get_by_text("Waiting: 1", exact=True).wait_for()
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        page.get_by_role("button", name="Approve (a)").click()
        page.get_by_text("Nothing waits for review." if allowed else "may not review").wait_for()
        found = with_store(team.store, lambda store: load_events(store, by=OPERATOR)["review_status"].tolist())
        assert found == ["reviewed" if allowed else "machine"]
    trail = with_store(team.store, lambda store: read_audit(store, OPERATOR))
    assert [(entry.action, entry.who.rpartition("|")[2]) for entry in trail[:3]] == [
        ("status", "omar"),
        ("login", "omar"),
        ("login", "vera"),
    ]


def test_a_disabled_user_and_one_logged_out_everywhere_are_shown_out_on_the_next_run(start_team, open_screen):
    team = start_team()
    team.let_in("omar", "admin")
    subject = team.let_in("vera", "viewer")
    page = open_team(open_screen, team, "vera")
    with_store(team.store, lambda store: change_user(store, subject, OPERATOR, is_disabled=True))
    page.get_by_role("link", name="About").click()
    page.get_by_text("vera is disabled").wait_for()
    page.goto(team.address)
    page.get_by_text("vera is disabled").wait_for()
    with_store(team.store, lambda store: change_user(store, subject, OPERATOR, is_disabled=False))
    page.goto(team.address)
    page.locator(".rasid-shown").wait_for()
    with_store(team.store, lambda store: change_user(store, subject, OPERATOR, not_before=time.time() + 1))
    page.get_by_role("link", name="About").click()
    page.get_by_text("You were logged out everywhere").wait_for()
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="Log in again").click()
    page.get_by_placeholder("sub").fill("vera")
    page.get_by_role("button", name="Authorize").click()
    page.locator(".rasid-shown").wait_for()


def test_a_cookie_copied_before_the_logout_and_a_forged_one_let_nobody_in(start_team, open_screen, browser):
    team = start_team()
    team.let_in("omar", "admin")
    page = open_team(open_screen, team, "omar")
    page.locator(".rasid-shown").wait_for()
    stolen = page.context.cookies(team.address)
    assert any(cookie["name"] == "_streamlit_user" and cookie["httpOnly"] for cookie in stolen)
    thief = browser.new_context()
    thief.add_cookies(stolen)
    other = thief.new_page()
    other.set_default_timeout(60_000)
    other.goto(team.address)
    other.locator(".rasid-shown").wait_for()  # so it is: until the owner logs out
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_text("belongs to a team").wait_for()
    other.reload()
    other.get_by_text("You were logged out everywhere").wait_for()
    forged = [
        {**one, "value": one["value"][:-4] + "AAAA"} for one in stolen if one["name"].startswith("_streamlit_user")
    ]
    thief.clear_cookies()
    thief.add_cookies(forged)
    other.goto(team.address)
    other.get_by_text("belongs to a team").wait_for()
    thief.close()
    assert with_store(team.store, verify_audit).is_ok


def test_a_login_counts_only_so_long_whatever_its_cookie_says(start_team, open_screen):
    team = start_team(hours=15 / 3600)
    team.let_in("omar", "admin")
    page = open_team(open_screen, team, "omar")
    page.wait_for_timeout(15_000)
    page.get_by_role("link", name="About").click()
    page.get_by_text("The login is older than").wait_for()
    assert any(cookie["expires"] > time.time() + 86_400 for cookie in page.context.cookies(team.address))
