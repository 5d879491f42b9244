"""What the server answers beside Streamlit's own pages: assets, basemap tiles and the cells of the map's layer.

All of it is read-only, comes from this machine, and is reached only under a host name the configuration allows.
"""

import mimetypes
from collections.abc import Sequence
from pathlib import Path

import orjson
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ui.assets import ADMIN1, asset_folders, read_tile
from ui.cells import View
from ui.layer_routes import layer_routes
from ui.payload import render_cells
from ui.press import answer_body
from ui.shelf import Shown
from ui.split import SPLITS, choose_parts
from ui.state import export_desk, shelf
from ui.timeline_routes import read_split, timeline_routes
from ui.towns import choose_towns, load_towns

BASE = "/rasid"
_LONG = {"Cache-Control": "public, max-age=86400"}


def make_routes() -> Sequence[BaseRoute]:
    """List the routes that are mounted beside Streamlit's."""
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("font/ttf", ".ttf")
    folders = [
        Mount(f"{BASE}/assets/{name}", StaticFiles(directory=folder)) for name, folder in asset_folders().items()
    ]
    return [
        *folders,
        Route(f"{BASE}/tiles/{{zoom:int}}/{{column:int}}/{{row:int}}.png", answer_tile),
        Route(f"{BASE}/admin1.geojson", answer_admin1),
        Route(f"{BASE}/towns.json", answer_towns),
        Route(f"{BASE}/cells/{{key}}", answer_cells),
        Route(f"{BASE}/exports/{{ticket}}/{{name}}", answer_export),
        *layer_routes(),
        *timeline_routes(),
    ]


def make_middleware() -> Sequence[Middleware]:
    """Refuse requests for a host other than ``server.allowedHosts``: a page elsewhere must not reach the cells."""
    allowed = [str(host) for host in st.get_option("server.allowedHosts") or ["*"]]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)]


async def answer_tile(request: Request) -> Response:
    """Answer one PNG tile of the embedded basemap, 404 where there is none."""
    path = request.path_params
    tile = await run_in_threadpool(read_tile, path["zoom"], path["column"], path["row"])
    return Response(tile, media_type="image/png", headers=_LONG) if tile else Response(status_code=404)


async def answer_admin1(request: Request) -> Response:
    """Answer the outlines of first-level admin areas (GeoJSON, lon/lat)."""
    return FileResponse(Path(ADMIN1), media_type="application/geo+json", headers=_LONG)


async def answer_towns(request: Request) -> Response:
    """Answer names of towns for ``?z=&w=&s=&e=&n=&lang=`` as ``[[name, lon, lat], ...]``."""
    try:
        view = _read_view(request)
    except (KeyError, ValueError):
        return Response("z, w, s, e, n must be numbers", status_code=400, media_type="text/plain")
    towns = await run_in_threadpool(load_towns)
    said = orjson.dumps(choose_towns(towns, view, request.query_params.get("lang", "en")))
    return await answer_body(request, said, _LONG)


async def answer_cells(request: Request) -> Response:
    """Answer what to draw for ``?z=&w=&s=&e=&n=`` (zoom, degrees); 410 where the key has gone, 400 where unreadable.

    With ``&by=actor`` it has the colours of the most frequent actors.
    """
    shown = shelf().get(request.path_params["key"])
    if shown is None:
        return Response(status_code=410)
    try:
        view, by = _read_view(request), read_split(request.query_params)
    except (KeyError, ValueError):
        return Response("z, w, s, e, n must be numbers", status_code=400, media_type="text/plain")
    body = await run_in_threadpool(_render, shown, view, by)
    return await answer_body(request, body, {"Cache-Control": "no-store"})


def _render(shown: Shown, view: View, by: str) -> bytes:
    return render_cells(shown, view, choose_parts(shown.book.columns, shown.mask, by) if by != SPLITS[0] else None)


async def answer_export(request: Request) -> Response:
    """Answer a finished file to be saved; 410 where the ticket is none or the file has gone."""
    errand = export_desk().redeem(request.path_params["ticket"])
    if errand is None:
        return Response("This file has gone; ask for it again on the map", status_code=410, media_type="text/plain")
    return FileResponse(errand.path, filename=errand.name, headers={"Cache-Control": "no-store"})


def _read_view(request: Request) -> View:
    asked = request.query_params
    west, south, east, north = (float(asked[name]) for name in "wsen")
    if not all(-1000 < degrees < 1000 for degrees in (west, south, east, north)):  # NaN fails too
        raise ValueError("bounds out of range")
    return View(int(asked["z"]), west, south, east, north)
