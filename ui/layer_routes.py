"""What the server answers to the map's other layers: the heat of a screen, the shaded areas."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.cells import View
from ui.heat import render_heat
from ui.shades import render_shades
from ui.state import shelf

_FRESH = {"Cache-Control": "no-store"}


def layer_routes() -> Sequence[BaseRoute]:
    """List the routes, to be mounted beside that of the cells."""
    return [Route("/rasid/heat/{key}", answer_heat), Route("/rasid/shades/{key}", answer_shades)]


async def answer_heat(request: Request) -> Response:
    """Answer the heat of ``?z=&w=&s=&e=&n=`` (zoom, degrees); 410 where the key has gone, 400 where unreadable."""
    shown = shelf().get(request.path_params["key"])
    if shown is None:
        return Response(status_code=410)
    try:
        view = _read_view(request)
    except (KeyError, ValueError):
        return Response("z, w, s, e, n must be numbers", status_code=400, media_type="text/plain")
    body = await run_in_threadpool(render_heat, shown, view)
    return Response(body, media_type="application/json", headers=_FRESH)


async def answer_shades(request: Request) -> Response:
    """Answer the shaded areas, named in ``?lang=``; 410 where the key has gone."""
    shown = shelf().get(request.path_params["key"])
    if shown is None:
        return Response(status_code=410)
    body = await run_in_threadpool(render_shades, shown, request.query_params.get("lang", "en"))
    return Response(body, media_type="application/json", headers=_FRESH)


def _read_view(request: Request) -> View:
    asked = request.query_params
    west, south, east, north = (float(asked[name]) for name in "wsen")
    if not all(-1000 < degrees < 1000 for degrees in (west, south, east, north)):  # NaN fails too
        raise ValueError("bounds out of range")
    return View(int(asked["z"]), west, south, east, north)
