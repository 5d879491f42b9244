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
from ui.memory import give_back, share_heaps
from ui.session import open_first

_PAUSE = 10  # seconds
_log = logging.getLogger(__name__)


@asynccontextmanager
async def warm_up(_: st.App) -> AsyncIterator[None]:
    """Open the server's book in the background while it starts to answer; keep its memory small from then on."""
    share_heaps()
    tasks = [asyncio.create_task(asyncio.to_thread(_open_book)), asyncio.create_task(_give_back_at_times())]
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _give_back_at_times() -> None:
    while await asyncio.to_thread(give_back):
        await asyncio.sleep(_PAUSE)


def _open_book() -> None:
    try:
        open_first()
    except (RasidError, GazetteerError, OSError) as error:
        _log.error("The events could not be opened: %s", error)
