"""What the server answers to the map's other layers: the heat of a screen, the shaded areas."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.cells import View
from ui.heat import render_heat
from ui.shades import render_shades
from ui.shelf import Shown
from ui.state import shelf
from ui.timeline import overlap

_FRESH = {"Cache-Control": "no-store"}


def layer_routes() -> Sequence[BaseRoute]:
    """List the routes, to be mounted beside that of the cells."""
    return [Route("/rasid/heat/{key}", answer_heat), Route("/rasid/shades/{key}", answer_shades)]


async def answer_heat(request: Request) -> Response:
    """Answer the heat of ``?z=&w=&s=&e=&n=`` (zoom, degrees); 410 where the key has gone, 400 where unreadable.

    With ``&first=&last=`` (days since 1970-01-01) only what overlaps these days is warm.
    """
    shown = shelf().get(request.path_params["key"])
    if shown is None:
        return Response(status_code=410)
    try:
        view, shown = _read_view(request), _in_days(shown, request)
    except (KeyError, ValueError, OverflowError):
        return Response("z, w, s, e, n, first, last must be numbers", status_code=400, media_type="text/plain")
    body = await run_in_threadpool(render_heat, shown, view)
    return Response(body, media_type="application/json", headers=_FRESH)


async def answer_shades(request: Request) -> Response:
    """Answer the areas shaded by what the key shows, named in ``?lang=``; 410 where the key has gone.

    With ``&of=KEY&first=&last=`` what is counted is what another key shows in these days; the classes stay.
    """
    asked = request.query_params
    shown = shelf().get(request.path_params["key"])
    counted = shelf().get(asked["of"]) if "of" in asked else shown
    if shown is None or counted is None or counted.book is not shown.book:
        return Response(status_code=410)
    try:
        counted = _in_days(counted, request)
    except (KeyError, ValueError, OverflowError):
        return Response("first, last must be numbers", status_code=400, media_type="text/plain")
    body = await run_in_threadpool(render_shades, shown, counted, asked.get("lang", "en"))
    return Response(body, media_type="application/json", headers=_FRESH)


def _in_days(shown: Shown, request: Request) -> Shown:
    """Keep what overlaps the days that are asked for, where any are."""
    asked = request.query_params
    if "first" not in asked:
        return shown
    return replace(shown, mask=overlap(shown.book.columns, shown.mask, int(asked["first"]), int(asked["last"])))


def _read_view(request: Request) -> View:
    asked = request.query_params
    west, south, east, north = (float(asked[name]) for name in "wsen")
    if not all(-1000 < degrees < 1000 for degrees in (west, south, east, north)):  # NaN fails too
        raise ValueError("bounds out of range")
    return View(int(asked["z"]), west, south, east, north)
