"""What a server does before its first visitor, so that the first page need not wait for it: pages loaded, book open."""

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st

from pipeline.errors import RasidError
from ui.session import base_book

_log = logging.getLogger(__name__)


@asynccontextmanager
async def warm_up(_: st.App) -> AsyncIterator[None]:
    """Load the pages and open the server's book in the background while it starts to answer."""
    importlib.import_module("ui.pages")  # not at the top: components are declared to a server that runs
    task = asyncio.create_task(asyncio.to_thread(_open_book))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _open_book() -> None:
    try:
        base_book()
    except (RasidError, OSError) as error:
        _log.error("The events could not be opened: %s", error)
