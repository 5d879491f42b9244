"""The login of a team: what its keeper says of the OpenID Connect provider, and the file that Streamlit reads."""

import hashlib
import ipaddress
import json
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from pipeline.errors import UsageError
from pipeline.files import write_aside
from pipeline.store.engine import HOME
from pipeline.store.users import LONGEST_LOGIN_HOURS

SECRET_VARIABLE = "RASID_CLIENT_SECRET"
HOURS_VARIABLE = "RASID_LOGIN_HOURS"
_NEEDED = ("address", "issuer", "client_id")
_KNOWN = {*_NEEDED, "client_secret", "hours"}
_DISCOVERY = "/.well-known/openid-configuration"
_MOST_HOURS = 30 * 24.0  # Streamlit's cookie is gone by then


@dataclass(frozen=True, slots=True)
class Login:
    """What is said of a login.

    ``address`` is where people reach the app, such as ``https://rasid.example.org``; ``issuer`` the provider;
    ``hours`` how long a login counts.
    """

    address: str
    issuer: str
    client_id: str
    client_secret: str
    hours: float = LONGEST_LOGIN_HOURS

    @property
    def host(self) -> str:
        """Host name that people reach the app by."""
        return urlsplit(self.address).hostname or ""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address to listen on.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_login(path: Path) -> Login:
    """Read what a team's keeper says of the login: a TOML file with address, issuer, client_id, client_secret, hours.

    The client's secret may stand in the variable RASID_CLIENT_SECRET instead.

    Raises
    ------
    UsageError
        Where the file is not there, cannot be read, lacks something, or others may read the secret in it.
    """
    if not path.is_file():
        raise UsageError(f"There is no {path}; docs/store.md says what belongs in the file of a login")
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if "client_secret" in said:
        _require_private(path)
    return _check(said | _secret_of(said), path)


def _secret_of(said: Mapping[str, Any]) -> dict[str, Any]:
    secret = said.get("client_secret") or os.environ.get(SECRET_VARIABLE)
    return {"client_secret": secret} if secret else {}


def _require_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(
            f"{path} holds a secret that others may read: chmod 600 {path}, or give it in {SECRET_VARIABLE}"
        )


def _check(said: Mapping[str, Any], path: Path) -> Login:
    if strange := sorted(said.keys() - _KNOWN):
        raise UsageError(f"{path}: there is no {', '.join(strange)}; known: {', '.join(sorted(_KNOWN))}")
    for name in (*_NEEDED, "client_secret"):
        if not isinstance(said.get(name), str) or not said[name].isprintable() or not said[name].strip():
            raise UsageError(f"{path}: {name} must be one line of text, not {said.get(name)!r}")
    for name in ("address", "issuer"):
        _require_safe(said[name], name, path)
    hours = said.get("hours", LONGEST_LOGIN_HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= _MOST_HOURS:
        raise UsageError(f"{path}: hours must be a number above 0 and up to {_MOST_HOURS:g}, not {hours!r}")
    address, issuer = (said[name].rstrip("/") for name in ("address", "issuer"))
    return Login(address, issuer, said["client_id"], said["client_secret"], float(hours))


def _require_safe(url: str, name: str, path: Path) -> None:
    """A login crosses no network in the clear: https, or this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname and is_loopback(parts.hostname):
        return
    raise UsageError(f"{path}: {name} must begin with https:// (http:// only on this machine), not {url!r}")


def write_secrets(login: Login, folder: Path | None = None) -> Path:
    """Write what Streamlit needs for the login where only this user can read it; answers the file.

    The secret that signs cookies is made once and kept, so that a restart logs nobody out.

    Parameters
    ----------
    folder
        Where to; the folder of the store by default (``RASID_HOME``, or the user's data folder).
    """
    folder = folder or Path(os.environ.get(HOME) or platformdirs.user_data_dir("rasid"))
    folder.mkdir(parents=True, exist_ok=True)
    of_whom = "|".join((login.address, login.issuer, login.client_id))
    path = folder / f"login-{hashlib.sha256(of_whom.encode()).hexdigest()[:12]}.toml"
    said = {
        "redirect_uri": f"{login.address}/oauth2callback",
        "cookie_secret": _kept_secret(path) or secrets.token_urlsafe(48),
        "client_id": login.client_id,
        "client_secret": login.client_secret,
        "server_metadata_url": login.issuer + _DISCOVERY,
    }
    with write_aside(path) as draft:
        draft.touch(mode=0o600)
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items()]
        draft.write_text("[auth]\n" + "".join(lines), encoding="utf-8")
    return path


def _kept_secret(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        kept = tomllib.loads(path.read_text("utf-8")).get("auth", {}).get("cookie_secret")
    except ValueError:
        return None
    return kept if isinstance(kept, str) and kept else None
