"""What a server does before its first visitor: it opens the book, so that the first page does not wait for it.

Pages are not loaded here: a component that is declared outside a session is not served.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st

from geo.index import GazetteerError
from pipeline.errors import RasidError
from ui.session import open_first

_log = logging.getLogger(__name__)


@asynccontextmanager
async def warm_up(_: st.App) -> AsyncIterator[None]:
    """Open the server's book in the background while it starts to answer."""
    task = asyncio.create_task(asyncio.to_thread(_open_book))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _open_book() -> None:
    try:
        open_first()
    except (RasidError, GazetteerError, OSError) as error:
        _log.error("The events could not be opened: %s", error)
