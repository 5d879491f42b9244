"""What a server holds once for all its sessions, its routes included."""

from functools import lru_cache

from ui.export_desk import ExportDesk
from ui.shelf import Shelf


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """Open the one shelf of this server."""
    return Shelf()


@lru_cache(maxsize=1)
def export_desk() -> ExportDesk:
    """Open the one desk where this server writes large files."""
    return ExportDesk()
