"""Many sessions at once, as plain clients of the web socket: each changes the period and waits for the whole answer.

A client is no browser: what is measured is the server. A change of our app counts until the cells of the layer have
arrived too, a change of the empty app until its script has run.
"""

import asyncio
import random
import re
import statistics
import time

import httpx
from map_server import OURS, Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

THINK = 1.0  # seconds between an answer and the next change
_KEY = re.compile(rb'\\"key\\": \\"([0-9a-f]{32})')
_VIEW = {"z": 5, "w": 25, "s": 12, "e": 60, "n": 42}


async def _session(server: Server, http: httpx.AsyncClient, changes: int, taken: list[float]) -> None:
    address = server.address.replace("http", "ws") + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, origin=server.address) as socket:  # type: ignore[list-item, arg-type]
        widget, options, key = await _run(socket, None, 0)
        for change in range(changes):
            await asyncio.sleep(THINK * random.uniform(0.5, 1.5))
            begun = time.perf_counter()
            _, _, fresh = await _run(socket, widget, options[(change + 1) % len(options)])
            key = fresh or key
            if server.kind == OURS:
                answer = await http.get(f"{server.address}/rasid/cells/{key}", params=_VIEW)
                answer.raise_for_status()
            taken.append((time.perf_counter() - begun) * 1000)


async def _run(socket: ClientConnection, widget: str | None, value: object) -> tuple[str, list[str], str]:
    """Run the script once; answers the id of the periods' widget, its values, and the key of what is shown."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    if widget is not None:
        state = message.rerun_script.widget_states.widgets.add()
        state.id = widget
        state.string_array_value.data.append(str(value))
    await socket.send(message.SerializeToString())
    found, options, key = widget or "", [], ""
    async for raw in socket:
        said = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
        group = said.delta.new_element.button_group
        if "quick" in group.id:
            found, options = group.id, list(group.raw_values) or [option.content for option in group.options]
        if shown := _KEY.search(raw):  # type: ignore[arg-type]
            key = shown.group(1).decode()
        if said.WhichOneof("type") == "script_finished":
            if not options and widget is None:
                raise ValueError("the page has no periods to choose")
            return found, options, key
    raise ConnectionError("the server hung up")


async def _measure(server: Server, sessions: int, changes: int) -> list[float]:
    taken: list[float] = []
    async with httpx.AsyncClient(timeout=300, limits=httpx.Limits(max_keepalive_connections=0)) as http:
        await asyncio.gather(*(_session(server, http, changes, taken) for _ in range(sessions)))
    return taken


def measure_sessions(server: Server, sessions: int, changes: int = 6) -> float:
    """Median time of a change (ms) with so many sessions at once."""
    return statistics.median(asyncio.run(_measure(server, sessions, changes)))


async def _ask_for_export(server: Server) -> None:
    address = server.address.replace("http", "ws") + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, origin=server.address) as socket:  # type: ignore[list-item, arg-type]
        message = BackMsg()
        message.rerun_script.query_string = ""
        await socket.send(message.SerializeToString())
        async for raw in socket:
            said = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            button = said.delta.new_element.button
            if "prepare_geojson" in button.id:
                state = message.rerun_script.widget_states.widgets.add()
                state.id, state.trigger_value = button.id, True
            if said.WhichOneof("type") == "script_finished":
                if not message.rerun_script.widget_states.widgets:
                    raise ValueError("the page has no button for a large file")
                break
        await socket.send(message.SerializeToString())
        async for raw in socket:
            if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":  # type: ignore[arg-type]
                return


def ask_for_export(server: Server) -> None:
    """Ask our app for all events as GeoJSON; it goes on writing after this."""
    asyncio.run(_ask_for_export(server))
