"""The command line ``rasid``: every module of ``pipeline.commands`` is one command.

Exit codes: 0 done; 1 done, but some input was bad; 2 the call cannot work.
"""

import errno
import importlib
import pkgutil
from typing import Any

import typer
from typer.core import TyperGroup

from geo.index import GazetteerError
from pipeline import commands
from pipeline.errors import RasidError


class _Rasid(TyperGroup):
    """Commands whose known faults become one line on standard error and exit code 2."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run a command; what is known to go wrong is said in one line."""
        try:
            return super().invoke(ctx)
        except (RasidError, GazetteerError) as error:
            _fail(str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _fail(f"{error.filename or 'a file'} cannot be used: {error.strerror or error}")


def _fail(message: str) -> None:
    typer.echo(f"rasid: {message}", err=True)
    raise typer.Exit(2)


def _make_app() -> typer.Typer:
    app = typer.Typer(
        cls=_Rasid,
        help="Rasid reads attacks out of news text, places them and shows them on a map.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for found in pkgutil.iter_modules(commands.__path__):
        _register(app, found.name)
    return app


def _register(app: typer.Typer, name: str) -> None:
    """Add the command of one module: its ``app`` where it has commands of its own, else the function of its name."""
    module = importlib.import_module(f"{commands.__name__}.{name}")
    if isinstance(getattr(module, "app", None), typer.Typer):
        app.add_typer(module.app, name=name)
    elif callable(getattr(module, name, None)):
        app.command(name)(getattr(module, name))


main = _make_app()

if __name__ == "__main__":
    main()
