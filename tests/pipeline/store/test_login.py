"""What a keeper says of the login is checked before anything starts; Streamlit gets a file that nobody else reads."""

import stat
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.store.audit import read_audit
from pipeline.store.engine import Store
from pipeline.store.errors import NotAllowedError
from pipeline.store.login import Login, is_loopback, read_login, write_secrets
from pipeline.store.permissions import OPERATOR, Person
from pipeline.store.users import add_user, check_login, end_login, find_user, note_login

GOOD = {
    "address": '"https://rasid.example.org/"',
    "issuer": '"https://login.example.org/realms/desk"',
    "client_id": '"rasid"',
    "client_secret": '"s\\"ecret"',
}


def written(folder: Path, said: dict[str, str], mode: int = 0o600) -> Path:
    path = folder / "login.toml"
    path.write_text("".join(f"{name} = {value}\n" for name, value in said.items()), "utf-8")
    path.chmod(mode)
    return path


def test_the_file_of_a_login_is_read(tmp_path: Path) -> None:
    found = read_login(written(tmp_path, GOOD | {"hours": "8"}))
    wanted = "https://rasid.example.org", "https://login.example.org/realms/desk", "rasid", 's"ecret', 8.0
    assert found == Login(*wanted)
    assert found.host == "rasid.example.org"


def test_the_secret_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {name: value for name, value in GOOD.items() if name != "client_secret"}
    with pytest.raises(UsageError, match="client_secret"):
        read_login(written(tmp_path, said, 0o644))
    monkeypatch.setenv("RASID_CLIENT_SECRET", "other")
    assert read_login(written(tmp_path, said, 0o644)).client_secret == "other"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"address": '"http://rasid.example.org"'}, "https://"),
        ({"issuer": '"http://10.0.0.1"'}, "https://"),
        ({"issuer": '"login.example.org"'}, "https://"),
        ({"client_id": "7"}, "client_id must be one line"),
        ({"client_id": '"a\\nb"'}, "client_id must be one line"),
        ({"hours": "0"}, "above 0"),
        ({"hours": "true"}, "above 0"),
        ({"hours": "721"}, "up to 720"),
        ({"colour": '"red"'}, "there is no colour"),
        ({"issuer": '"'}, "cannot be read"),
    ],
)
def test_what_cannot_work_is_refused(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_login(written(tmp_path, GOOD | change))


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="chmod 600"):
        read_login(written(tmp_path, GOOD, 0o640))
    with pytest.raises(UsageError, match="There is no"):
        read_login(tmp_path / "none.toml")


def test_streamlit_gets_its_secrets_and_a_restart_keeps_the_one_that_signs_cookies(tmp_path: Path) -> None:
    login = read_login(written(tmp_path, GOOD))
    path = write_secrets(login, tmp_path / "home")
    said = tomllib.loads(path.read_text("utf-8"))["auth"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert said["redirect_uri"] == "https://rasid.example.org/oauth2callback"
    assert said["server_metadata_url"] == "https://login.example.org/realms/desk/.well-known/openid-configuration"
    assert said["client_secret"] == 's"ecret'
    assert len(said["cookie_secret"]) >= 48
    assert write_secrets(login, tmp_path / "home") == path
    assert tomllib.loads(path.read_text("utf-8"))["auth"] == said
    other = write_secrets(Login("https://other.example.org", login.issuer, "rasid", "x"), tmp_path / "home")
    assert tomllib.loads(other.read_text("utf-8"))["auth"]["cookie_secret"] != said["cookie_secret"]


@pytest.mark.parametrize(("host", "is_ours"), [("::1", True), ("127.9.9.9", True), ("::", False), ("10.0.0.1", False)])
def test_loopback_is_told_from_the_rest(host: str, is_ours: bool) -> None:
    assert is_loopback(host) == is_ours


def test_a_logout_ends_the_login_and_its_copies_but_not_a_later_one(store: Store) -> None:
    subject = "https://login.example.org|7"
    add_user(store, subject, "admin", OPERATOR)
    claims = {"iss": "https://login.example.org", "sub": "7", "iat": 1000}
    person = check_login(claims, find_user(store, subject), 1001)
    for issued in (1000.0, 1000.0, 1005.0):
        note_login(store, person, issued)
    end_login(store, person, 1000)
    with pytest.raises(NotAllowedError, match="logged out everywhere"):
        check_login(claims, find_user(store, subject), 1001)
    assert check_login(claims | {"iat": 1005}, find_user(store, subject), 1006) == person
    end_login(store, person, 900)
    assert find_user(store, subject).not_before == 1001
    assert [one.action for one in read_audit(store, OPERATOR)] == ["logout", "logout", "login", "login", "add_user"]


def test_nobody_else_ends_a_login(store: Store) -> None:
    add_user(store, "https://login.example.org|7", "admin", OPERATOR)
    for person in (Person("https://login.example.org|8"), Person("", "user")):
        with pytest.raises(NotAllowedError):
            end_login(store, person, 1)
        with pytest.raises(NotAllowedError):
            note_login(store, person, 1)
