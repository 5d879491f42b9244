"""Long answers are pressed (gzip) where the browser takes that: the network is slower than the processor."""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

_WORTH_PRESSING, _PRESSURE = 1_000, 4  # bytes, level of gzip


async def answer_body(
    request: Request, body: bytes, headers: dict[str, str], media_type: str = "application/json"
) -> Response:
    """Answer bytes, pressed where that is worth it and the browser takes it."""
    if len(body) > _WORTH_PRESSING and "gzip" in request.headers.get("accept-encoding", ""):
        body = await run_in_threadpool(gzip.compress, body, _PRESSURE)
        headers = headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, media_type=media_type, headers=headers)
