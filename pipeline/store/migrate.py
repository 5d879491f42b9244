"""Bring a store to the form this Rasid writes, in one transaction, with a backup made before."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from pipeline.store.errors import StoreNewerError

_SCRIPTS = Path(__file__).resolve().parent / "migrations"
_VERSIONS = "alembic_version"


def newest_version() -> str:
    """Version of the store that this Rasid writes."""
    return str(ScriptDirectory(str(_SCRIPTS)).get_current_head())


def known_versions() -> list[str]:
    """Versions of the store that this Rasid can bring forward, oldest first."""
    return [str(script.revision) for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()][::-1]


def read_version(connection: Connection) -> str | None:
    """Version of an open store; None for an empty database."""
    if not inspect(connection).has_table(_VERSIONS):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()


def require_known(version: str | None, where: str) -> None:
    """Refuse a store from a newer Rasid.

    Raises
    ------
    StoreNewerError
        Where this Rasid does not know the version.
    """
    if version is not None and version not in known_versions():
        raise StoreNewerError(
            f"{where} has store version {version}, but this Rasid knows only up to {newest_version()}; it was left as "
            "it is. Use the newer Rasid, or restore a backup made by this one"
        )


def upgrade(connection: Connection, version: str = "head") -> None:
    """Run the missing steps inside the transaction that ``connection`` is in."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
