"""What the commands say to people: refusals, summaries and progress, all on standard error."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import track

from pipeline.articles import Refusal
from pipeline.errors import UsageError

Item = TypeVar("Item")
_SHOWN = 50  # refusals listed one by one


def say(message: str) -> None:
    """Print a line to standard error."""
    typer.echo(message, err=True)


def say_refusals(refusals: Iterable[Refusal]) -> None:
    """List what was refused, and what was read otherwise than it says."""
    said = sorted(refusals, key=lambda refusal: refusal.kept)
    for refusal in said[:_SHOWN]:
        say(f"{'note' if refusal.kept else 'refused'}: {refusal}")
    if len(said) > _SHOWN:
        say(f"... and {len(said) - _SHOWN} more")


def say_notices(notices: Sequence[str]) -> None:
    """List what was read otherwise than asked for."""
    for notice in notices[:_SHOWN]:
        say(f"note: {notice}")
    if len(notices) > _SHOWN:
        say(f"... and {len(notices) - _SHOWN} more notes")


def exit_code(refusals: Iterable[Refusal]) -> int:
    """0 where every input was read, else 1."""
    return int(any(not refusal.kept for refusal in refusals))


def with_progress(items: Iterable[Item], what: str, total: int | None) -> Iterator[Item]:
    """Pass items on, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    yield from track(items, what, total=total, console=Console(stderr=True), transient=True)


def parse_day(said: str | None) -> date | None:
    """Read a day given as YYYY-MM-DD.

    Raises
    ------
    UsageError
        Where it is none.
    """
    if said is None:
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"{said!r} is no day like 2023-04-10") from error
