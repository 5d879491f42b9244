"""``rasid serve``: the app, on this machine only, or for a team that logs in."""

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import UsageError
from pipeline.store.engine import VARIABLE, default_location, open_store
from pipeline.store.login import HOURS_VARIABLE, Login, is_loopback, read_login, write_secrets
from pipeline.store.users import has_users

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "app.py"


def serve(
    events: Annotated[
        Path | None, typer.Argument(help="events to show: a .parquet file written by rasid run; else the samples")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="the articles they were read from (.jsonl), to show beside them")
    ] = None,
    port: Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)] = 8501,
    host: Annotated[str, typer.Option(help="address to listen on; without --login a loopback address")] = "127.0.0.1",
    store: Annotated[
        str | None, typer.Option(help="show and keep events in this store: a file or postgresql://USER@HOST/NAME")
    ] = None,
    login: Annotated[
        Path | None, typer.Option(help="file that names the login provider of a team (docs/store.md)")
    ] = None,
) -> None:
    """Open the app in this machine's browser at the address it prints."""
    asked = read_login(login) if login is not None else None
    check_host(host, asked)
    check_port(host, port)
    environment = dict(os.environ)
    if store is not None:
        environment[VARIABLE] = store
    for name, path in (("RASID_EVENTS", events), ("RASID_ARTICLES", articles)):
        if path is not None:
            if not path.is_file():
                raise UsageError(f"{path} cannot be shown: there is no such file")
            environment[name] = str(path.resolve())
    command = streamlit_command(host, port)
    if asked is not None:
        require_team(environment.get(VARIABLE))
        environment[HOURS_VARIABLE] = str(asked.hours)
        command += login_flags(asked, write_secrets(asked))
    typer.echo(f"Rasid: {asked.address if asked else f'http://{host}:{port}'}  (Ctrl+C stops it)")
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, environment)  # one process: stopping rasid stops the app


def check_host(host: str, login: Login | None = None) -> None:
    """Refuse to listen where other machines could reach the app, unless they have to log in.

    Raises
    ------
    UsageError
        Where ``host`` is not a loopback address and there is no login.
    """
    if login is None and not is_loopback(host):
        raise UsageError(
            f"{host} is not a loopback address: without a login Rasid listens on this machine only. Name the provider "
            "of a login with --login FILE (docs/store.md), or use --host 127.0.0.1"
        )


def require_team(where: str | None) -> None:
    """Refuse a login without the parts it needs; a store without users lets nobody in, which is said.

    Raises
    ------
    UsageError
        Where no store was chosen or Authlib is not installed.
    """
    if find_spec("authlib") is None:
        raise UsageError("A login needs Authlib; install it with: pip install 'rasid[login]'")
    if where is None:
        raise UsageError(
            f"A login needs a store, which holds the users: name one with --store or {VARIABLE}, such as "
            f"{default_location()}"
        )
    store = open_store(where)
    try:
        if not has_users(store):
            typer.echo(
                "The store has no users, so nobody is let in: rasid store user add SUBJECT --role admin", err=True
            )
    finally:
        store.close()


def check_port(host: str, port: int) -> None:
    """Say so at once where the port is taken.

    Raises
    ------
    UsageError
        Where something already listens there.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise UsageError(f"Port {port} is taken; try another: rasid serve --port {port + 1}")


def streamlit_command(host: str, port: int) -> list[str]:
    """Spell the command that runs the app."""
    options = {"server.port": str(port), "server.address": host, "server.headless": "true"}
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def login_flags(login: Login, secrets: Path) -> list[str]:
    """Spell the options of a login: where its secrets are, and the names that people may reach the app by."""
    hosts = dict.fromkeys((login.host, "localhost", "127.0.0.1"))
    options = [("secrets.files", str(secrets)), ("browser.serverAddress", login.host)]
    options += [("server.corsAllowedOrigins", login.address), *(("server.allowedHosts", name) for name in hosts)]
    return [part for name, value in options for part in (f"--{name}", value)]
