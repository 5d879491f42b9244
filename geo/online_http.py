"""One HTTP request for geopy that ends at its deadline, whatever the server does.

geopy calls an adapter for every request. This one stops at a wall-clock deadline (a drip-fed answer cannot hold it),
reads at most MAX_BYTES, follows no redirect and takes no compressed body.
"""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

MAX_BYTES = 1_000_000


class DeadlineAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """geopy adapter over httpx; ``timeout`` is the deadline of the whole exchange, in seconds."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Fetch a body as text."""
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(asyncio.run, _fetch_within(url, timeout, headers)).result()

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Fetch a body and read it as JSON."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError(f"the answer is no JSON but begins {text[:60]!r}") from error


async def _fetch_within(url: str, deadline: float, headers: Mapping[str, str]) -> str:
    try:
        return await asyncio.wait_for(_fetch(url, deadline, headers), deadline)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise GeocoderTimedOut(f"no whole answer within {deadline:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GeocoderUnavailable(str(error) or type(error).__name__) from error


async def _fetch(url: str, deadline: float, headers: Mapping[str, str]) -> str:
    asked = {**headers, "Accept-Encoding": "identity"}
    async with (
        httpx.AsyncClient(timeout=deadline, follow_redirects=False, trust_env=False) as client,
        client.stream("GET", url, headers=asked) as answer,
    ):
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise GeocoderParseError("the answer is compressed, which was not asked for")
        body = bytearray()
        async for chunk in answer.aiter_raw():
            body += chunk
            if len(body) > MAX_BYTES:
                raise GeocoderParseError(f"the answer is longer than {MAX_BYTES:,} bytes")
        text = body.decode("utf-8", errors="replace")
        if not answer.is_success:
            small = {key.lower(): value for key, value in answer.headers.items()}
            raise AdapterHTTPError(
                f"the server answers {answer.status_code}", status_code=answer.status_code, headers=small, text=text
            )
        return text
