"""Ask an OpenAI-compatible endpoint one question within a deadline and a size (the one place that does)."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import orjson

from pipeline.llm.settings import ModelError, ModelSettings


def ask(settings: ModelSettings, body: Mapping[str, Any]) -> str:
    """Post one question and return the words of the answer.

    Parameters
    ----------
    settings
        Endpoint, model, and the bounds the call must keep.
    body
        Request in the form of ``/v1/chat/completions``, without the model.

    Raises
    ------
    ModelError
        Where no usable answer came within the deadline and the size.
    """
    question = {"model": settings.model, **body}
    with ThreadPoolExecutor(max_workers=1) as pool:  # of its own: the caller may be inside an event loop (a notebook)
        return _content(pool.submit(lambda: asyncio.run(_post(settings, question))).result())


async def _post(settings: ModelSettings, body: Mapping[str, Any]) -> bytes:
    """Collect an answer; the deadline holds for all of it, however slowly its bytes drip."""
    try:
        async with asyncio.timeout(settings.deadline_s), httpx.AsyncClient(timeout=settings.deadline_s) as client:
            request = client.stream("POST", settings.endpoint, content=orjson.dumps(body), headers=_headers(settings))
            async with request as response:
                if response.status_code != httpx.codes.OK:
                    raise ModelError(f"the language model answered with HTTP status {response.status_code}")
                return await _collect(response, settings.most_bytes)
    except TimeoutError as error:
        raise ModelError(f"the language model gave no full answer within {settings.deadline_s:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise ModelError(f"the language model cannot be reached ({type(error).__name__})") from error


def _headers(settings: ModelSettings) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    return headers | ({"Authorization": f"Bearer {settings.key}"} if settings.key else {})


async def _collect(response: httpx.Response, most: int) -> bytes:
    collected = bytearray()
    async for chunk in response.aiter_raw():
        collected += chunk
        if len(collected) > most:
            raise ModelError(f"the language model's answer is longer than {most:,} bytes")
    return bytes(collected)


def _content(answer: bytes) -> str:
    try:
        content = orjson.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelError("the language model's answer is not in the form of /v1/chat/completions") from error
    if not isinstance(content, str):
        raise ModelError("the language model answered without words")
    return content
