"""``rasid serve``: the app, on this machine only."""

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import UsageError

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
    host: Annotated[str, typer.Option(help="address to listen on; a loopback address")] = "127.0.0.1",
) -> None:
    """Open the app in this machine's browser at the address it prints."""
    check_host(host)
    check_port(host, port)
    environment = dict(os.environ)
    for name, path in (("RASID_EVENTS", events), ("RASID_ARTICLES", articles)):
        if path is not None:
            if not path.is_file():
                raise UsageError(f"{path} cannot be shown: there is no such file")
            environment[name] = str(path.resolve())
    typer.echo(f"Rasid: http://{host}:{port}  (Ctrl+C stops it)")
    sys.stdout.flush()
    os.chdir(ROOT)
    command = streamlit_command(host, port)
    os.execve(command[0], command, environment)  # one process: stopping rasid stops the app


def check_host(host: str) -> None:
    """Refuse to listen where other machines could reach the app: it has no log-in of its own.

    Raises
    ------
    UsageError
        Where ``host`` is not a loopback address.
    """
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise UsageError(
            f"{host} is not a loopback address: Rasid has no log-in of its own and listens on this machine only. "
            "Put a proxy with a log-in in front of it, and use --host 127.0.0.1"
        )


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
