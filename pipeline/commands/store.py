"""``rasid store``: look after the store: what is in it, whether it is whole, copies, the audit, users, merges."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipeline.console import exit_code, parse_day, say, say_refusals, with_progress
from pipeline.errors import UsageError
from pipeline.ingest import read_inputs
from pipeline.merge_quality import measure_merging, read_marked
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.store.articles import add_articles, known_articles
from pipeline.store.audit import verify_audit
from pipeline.store.backup import back_up_file, back_up_server, newest_stamp, restore_file, restore_server
from pipeline.store.check import check_store, describe
from pipeline.store.corrections import write_corrections
from pipeline.store.engine import Store, default_location, is_url, open_store
from pipeline.store.merges import explain_event
from pipeline.store.permissions import OPERATOR, ROLES
from pipeline.store.queue import count_statuses
from pipeline.store.search import rebuild_search, search_events
from pipeline.store.snapshot import write_snapshot
from pipeline.store.users import add_user, change_user, list_users
from pipeline.tabulate import tabulate

BATCH = 50  # articles kept at once

app = typer.Typer(
    help="Look after the store: info, check, backup, restore, snapshot, audit, user.", no_args_is_help=True
)
user_app = typer.Typer(help="Users of a team's store.", no_args_is_help=True)
app.add_typer(user_app, name="user")

Where = Annotated[
    str | None,
    typer.Option("--store", help="path of a file or postgresql://USER@HOST/NAME; RASID_STORE where not given"),
]
Subject = Annotated[str, typer.Argument(help="'issuer|sub' of the login provider")]
Role = Annotated[str, typer.Option(help=f"one of {', '.join(ROLES)}")]


@contextmanager
def _opened(where: str | None) -> Iterator[Store]:
    store = open_store(where, create=False)
    try:
        yield store
    finally:
        store.close()


@app.command()
def add(
    inputs: Annotated[
        list[str], typer.Argument(help=".txt, .jsonl and .html files, folders of these, - for standard input")
    ],
    where: Where = None,
    published: Annotated[
        str | None, typer.Option(help="day of publication of inputs that name none, YYYY-MM-DD")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="language of inputs that name none: a folder of data/languages")
    ] = None,
) -> None:
    """Read articles into the store, made where there is none; what it has already is not read again."""
    articles, refusals = read_inputs(inputs, published=parse_day(published), language=lang)
    store = open_store(where)
    try:
        known = known_articles(store, articles, OPERATOR)
        fresh = [article for article in articles if article.article_id not in known]
        counts: Counter[str] = Counter()
        for batch in with_progress(batched(fresh), "Reading articles", -(-len(fresh) // BATCH)):
            added = add_articles(store, batch, tabulate(map(read_placed, batch)), OPERATOR)
            counts.update(new=len(added.new), corrected=len(added.corrected), known=len(added.known))
            counts.update(
                reports=added.reports, new_events=added.new_events, joined=added.joined, proposed=added.proposed
            )
    finally:
        store.close()
    counts.update(known=len(known))
    names = ("new", "corrected", "known", "reports", "new_events", "joined", "proposed")
    typer.echo(" ".join(f"{name}={counts[name]}" for name in names))
    say_refusals(refusals)
    raise typer.Exit(exit_code(refusals))


def batched(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """Parts of ``BATCH`` articles, each kept in one transaction."""
    return (articles[first : first + BATCH] for first in range(0, len(articles), BATCH))


@app.command()
def info(where: Where = None) -> None:
    """Say where the store is, its version, and how much is in it."""
    with _opened(where) as store:
        version, counts = describe(store)
        statuses = count_statuses(store)
        typer.echo(f"{store.where}, version {version}")
    for name, number in (counts | statuses).items():
        typer.echo(f"  {name:<13}{number:>10}")


@app.command()
def check(where: Where = None) -> None:
    """Check the file, every row, every reference and the audit; exit code 1 where something is wrong."""
    with _opened(where) as store:
        health = check_store(store)
    said = " ".join(f"{name}={number}" for name, number in health.counts.items())
    typer.echo(f"version={health.version} {said} faults={len(health.faults)} {'ok' if health.is_ok else 'DAMAGED'}")
    for fault in health.faults:
        say(f"- {fault}")
    raise typer.Exit(0 if health.is_ok else 1)


@app.command()
def backup(
    target: Annotated[Path | None, typer.Argument(help="file to write; beside the store where not given")] = None,
    where: Where = None,
) -> None:
    """Copy the whole store while others use it; the copy is checked before it gets its name."""
    said = where or default_location()
    if is_url(said):
        if target is None:
            raise UsageError("Name the file to write the backup of a server to")
        back_up_server(said, target)
    else:
        source = Path(said).expanduser()
        if not source.is_file():
            raise UsageError(f"There is no store at {source}; name another with --store")
        target = target or source.with_name(f"{source.name}.backup-{newest_stamp()}")
        back_up_file(source, target)
    typer.echo(target)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="backup to bring back")],
    where: Where = None,
) -> None:
    """Put a backup in the place of the store; what was there is kept beside it."""
    said = where or default_location()
    if not source.is_file():
        raise UsageError(f"There is no backup {source}")
    kept = None
    if is_url(said):
        restore_server(said, source)
    else:
        kept = restore_file(source, Path(said).expanduser())
    with _opened(said) as store:
        health = check_store(store)
    typer.echo(f"restored {source}; {'whole' if health.is_ok else 'NOT whole: rasid store check'}")
    if kept is not None:
        say(f"the former store is kept at {kept}")
    raise typer.Exit(0 if health.is_ok else 1)


@app.command()
def snapshot(
    target: Annotated[Path, typer.Argument(help="file to write: .gpkg, .parquet, .geojson or .csv")],
    where: Where = None,
    published: Annotated[bool, typer.Option("--published", help="only published events")] = False,
) -> None:
    """Write the events to a file for QGIS and other programs, which must never open the store itself."""
    write_snapshot(where or default_location(), target, ("published",) if published else None)
    typer.echo(target)


@app.command()
def audit(where: Where = None) -> None:
    """Verify the chain of the audit; exit code 1 where it is broken."""
    with _opened(where) as store:
        chain = verify_audit(store)
    broken = "" if chain.is_ok else f" broken_at={chain.broken_at}"
    typer.echo(f"rows={chain.rows} chain_ok={int(chain.is_ok)}{broken} head={chain.head}")
    raise typer.Exit(0 if chain.is_ok else 1)


@app.command()
def why(event: Annotated[str, typer.Argument(help="id of an event")], where: Where = None) -> None:
    """Say why the reports of an event are together."""
    with _opened(where) as store:
        found = explain_event(store, event, OPERATOR)
    if not found:
        typer.echo(f"Event {event} has fewer than two reports")
    for one in found:
        typer.echo(
            f"{one.left} + {one.right}: {one.score:+.1f}{' (would not merge by machine)' if one.is_barred else ''}"
        )
        for reason in one.reasons:
            typer.echo(f"  {reason.points:+.1f} {reason.feature}: {reason.left or '-'} | {reason.right or '-'}")


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="words that an article must have, in any spelling")],
    where: Where = None,
    limit: Annotated[int, typer.Option(help="most lines", min=1)] = 50,
) -> None:
    """Find events by words of their articles; any part of a word counts."""
    with _opened(where) as store:
        found = search_events(store, " ".join(words), OPERATOR, limit)
    for one in found:
        typer.echo(f"{one.event_id}\t{one.article_id}\t{one.source or '-'}\t{one.title or '-'}")
    say(f"{len(found)} found" if len(found) < limit else f"the first {limit}; --limit shows more")


@app.command()
def reindex(where: Where = None) -> None:
    """Make the search anew from the articles."""
    with _opened(where) as store:
        number = rebuild_search(store)
    typer.echo(f"{number} articles can be searched")


@app.command()
def corrections(
    target: Annotated[Path, typer.Argument(help="patch file to write")],
    where: Where = None,
    again: Annotated[bool, typer.Option("--again", help="also those written before")] = False,
) -> None:
    """Write what people corrected as a patch of the data files, for review."""
    with _opened(where) as store:
        number = write_corrections(store, target, OPERATOR, again=again)
    typer.echo(f"{number} corrections in {target}")


@app.command("merge-quality")
def merge_quality(
    marked: Annotated[
        Path | None, typer.Argument(help="reports marked with their attack; ours where not given")
    ] = None,
) -> None:
    """Print how well merging finds the reports of one attack: pairwise precision, recall and F1."""
    typer.echo(measure_merging(read_marked(marked)))


@user_app.command("add")
def user_add(
    subject: Subject,
    role: Role = "viewer",
    name: Annotated[str | None, typer.Option(help="name to show")] = None,
    where: Where = None,
) -> None:
    """Add a user; the first must be an admin."""
    with _opened(where) as store:
        user = add_user(store, subject, role, OPERATOR, name)
    typer.echo(f"{user.subject} is {user.role}")


@user_app.command("list")
def user_list(where: Where = None) -> None:
    """List the users."""
    with _opened(where) as store:
        for user in list_users(store, OPERATOR):
            typer.echo(
                f"{user.subject}\t{user.role}\t{'disabled' if user.is_disabled else 'active'}\t{user.name or ''}"
            )


@user_app.command("role")
def user_role(
    subject: Subject,
    role: Annotated[str, typer.Argument(help="viewer, reviewer or admin")],
    where: Where = None,
) -> None:
    """Give a user another role."""
    with _opened(where) as store:
        user = change_user(store, subject, OPERATOR, role=role)
    typer.echo(f"{user.subject} is {user.role}")


@user_app.command("disable")
def user_disable(subject: Subject, where: Where = None) -> None:
    """Shut a user out at once."""
    with _opened(where) as store:
        user = change_user(store, subject, OPERATOR, is_disabled=True)
    typer.echo(f"{user.subject} is disabled")


@user_app.command("enable")
def user_enable(subject: Subject, where: Where = None) -> None:
    """Let a user in again."""
    with _opened(where) as store:
        user = change_user(store, subject, OPERATOR, is_disabled=False)
    typer.echo(f"{user.subject} is active")


@user_app.command("logout")
def user_logout(subject: Subject, where: Where = None) -> None:
    """Log a user out everywhere: logins made before now count no more."""
    with _opened(where) as store:
        user = change_user(store, subject, OPERATOR, not_before=time.time())
    typer.echo(f"{user.subject} must log in again")
