"""What the server answers to the map's timeline: bars, counts a day, the events of a window, reels to play, words.

Every address names a key of the shelf: events that pass all filters but that of days. Days are whole numbers since
1970-01-01. An unknown key is 410, what cannot be read 400.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.cells import View
from ui.columns import Columns, Rows, unproject
from ui.filters import date_span, to_day
from ui.labels import load_labels, screen_languages
from ui.part_names import colour_of_part, name_parts
from ui.payload import render_cells
from ui.press import answer_body
from ui.reel import Stretch, cut_reel
from ui.shelf import Shown
from ui.split import SPLITS, Parts, all_kinds, choose_parts
from ui.state import shelf
from ui.timeline import (
    Bars,
    choose_unit,
    count_bars,
    count_days,
    edges_of,
    next_events,
    overlap,
    rank_of,
)

BASE = "/rasid/timeline"
_FARTHEST_DAY = 2_000_000  # either way of 1970: what a date of the table can say
_MOST_DAYS = 100_000  # days that are counted one by one
_MOST_EVENTS = 50
_FRESH, _BYTES = {"Cache-Control": "no-store"}, "application/octet-stream"
_GROUP = "timeline."  # of the words of the screen

Asked = Mapping[str, str]


def timeline_routes() -> Sequence[BaseRoute]:
    """List the routes of the timeline."""
    answers: dict[str, Callable[[Shown, Asked], bytes]] = {
        "bars": _answer_bars,
        "days": _answer_days,
        "cells": _answer_cells,
        "reel": _answer_reel,
        "events": _answer_events,
    }
    routes = [Route(f"{BASE}/{name}/{{key}}", partial(_answer, answer)) for name, answer in answers.items()]
    return [Route(f"{BASE}/words/{{code}}", answer_words), *routes]


async def answer_words(request: Request) -> Response:
    """Answer the timeline's own words in a language of the screen."""
    code = request.path_params["code"]
    if code not in screen_languages():
        return Response(status_code=404)
    labels = load_labels(code)
    words = {key.removeprefix(_GROUP): said for key, said in labels.words.items() if key.startswith(_GROUP)}
    return await answer_body(request, _say(words | {"direction": labels.direction}), _FRESH)


async def _answer(answer: Callable[[Shown, Asked], bytes], request: Request) -> Response:
    shown = shelf().get(request.path_params["key"])
    if shown is None:
        return Response(status_code=410)
    try:
        body = await run_in_threadpool(answer, shown, request.query_params)
    except (KeyError, ValueError) as error:
        return Response(f"not understood: {error}", status_code=400, media_type="text/plain")
    return await answer_body(request, body, _FRESH, _BYTES if answer is _answer_reel else "application/json")


def _say(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)


def _day(asked: Asked, name: str) -> int:
    day = int(asked[name])
    if abs(day) > _FARTHEST_DAY:
        raise ValueError(f"{name} is no day")
    return day


def _period(asked: Asked, first: str = "first", last: str = "last") -> tuple[int, int]:
    days = _day(asked, first), _day(asked, last)
    if days[0] > days[1]:
        raise ValueError(f"{last} is before {first}")
    return days


def _view(asked: Asked) -> View:
    west, south, east, north = (float(asked[name]) for name in "wsen")
    if not all(-1000 < degrees < 1000 for degrees in (west, south, east, north)):  # NaN fails too
        raise ValueError("bounds out of range")
    return View(int(asked["z"]), west, south, east, north)


def _whole(columns: Columns) -> tuple[int, int] | None:
    span = date_span(columns)
    return (to_day(span[0]), to_day(span[1])) if span else None


def _answer_bars(shown: Shown, asked: Asked) -> bytes:
    """Answer the histogram for ``?unit=&by=&room=&lang=`` and, where only a part is looked at, ``&first=&last=``."""
    columns, parts = shown.book.columns, choose_parts(shown.book.columns, shown.mask, read_split(asked))
    whole = _whole(columns)
    undated = int((shown.mask & ~columns.dated).sum())
    if whole is None:
        return _say({"span": None, "undated": undated})
    first, last = _period(asked) if "first" in asked else whole
    unit = choose_unit(first, last, asked["unit"], max(int(asked["room"]), 1))
    bars = count_bars(columns, shown.mask, unit, edges_of(first, last, unit), parts)
    labels = load_labels(asked["lang"] if asked["lang"] in screen_languages() else screen_languages()[0])
    return _say(
        {
            "span": whole,
            "unit": bars.unit,
            "edges": bars.edges,
            "parts": [part | {"colour": colour_of_part(part["number"])} for part in name_parts(parts, labels)],
            "sure": bars.sure,
            "spread": _sparse(bars),
            "undated": undated,
            "total": int(shown.mask.sum()) - undated,
        }
    )


def _sparse(bars: Bars) -> list[list[list[float]]]:
    """Say what is spread over bars as ``[bar, amount]``: most bars have none of it."""
    spread = bars.spread.round(3)
    return [[[int(bar), float(row[bar])] for bar in row.nonzero()[0]] for row in spread]


def read_split(asked: Asked) -> str:
    """Read what rings and bars are split by, kinds of event unless ``by`` says otherwise."""
    by = asked.get("by", SPLITS[0])
    if by not in SPLITS:
        raise ValueError(f"by is none of {', '.join(SPLITS)}")
    return by


def _answer_days(shown: Shown, asked: Asked) -> bytes:
    """Answer how many events have begun and how many have ended by each day of ``?first=&last=``."""
    first, last = _period(asked)
    if last - first > _MOST_DAYS:
        raise ValueError("too many days")
    begun, ended = count_days(shown.book.columns, shown.mask, first, last)
    return _say({"first": first, "begun": begun, "ended": ended})


def _answer_cells(shown: Shown, asked: Asked) -> bytes:
    """Answer what to draw of the days ``?first=&last=`` for ``&z=&w=&s=&e=&n=``, as ``/rasid/cells/`` does."""
    mask = overlap(shown.book.columns, shown.mask, *_period(asked))
    return render_cells(replace(shown, mask=mask), _view(asked), _parts(shown, asked))


def _parts(shown: Shown, asked: Asked) -> Parts | None:
    """Choose the parts among all days, so that an actor keeps its colour while the days change."""
    by = read_split(asked)
    return choose_parts(shown.book.columns, shown.mask, by) if by != SPLITS[0] else None


def _answer_reel(shown: Shown, asked: Asked) -> bytes:
    """Answer a reel for ``?since=&until=`` (and ``&opening=`` for the first) and a view."""
    since, until = _period(asked, "since", "until")
    opening = _day(asked, "opening") if "opening" in asked else None
    parts = _parts(shown, asked) or all_kinds(shown.book.columns)
    return cut_reel(shown.book.columns, shown.mask, _view(asked), Stretch(since, until, opening), parts)


def _answer_events(shown: Shown, asked: Asked) -> bytes:
    """Answer the events that come after ``?day=&row=``, or before with ``&back=1``; ``&number=`` of them at most."""
    book, number = shown.book, min(max(int(asked["number"]), 1), _MOST_EVENTS)
    columns = book.columns
    rows = next_events(columns, shown.mask, _day(asked, "day"), int(asked["row"]), number, asked.get("back") == "1")
    if not len(rows):
        return _say({"events": [], "total": 0})
    rank, total = rank_of(columns, shown.mask, int(rows[0])), int((shown.mask & columns.dated).sum())
    step = -1 if asked.get("back") == "1" else 1
    events = [said | {"number": rank + step * place} for place, said in enumerate(_say_events(shown, rows))]
    return _say({"events": events, "total": total})


def _say_events(shown: Shown, rows: Rows) -> list[dict[str, Any]]:
    """Say of each row its first and last day, its place as text and, where it could be placed, where it lies."""
    columns, table = shown.book.columns, shown.book.take(rows)
    lon, lat = unproject(columns.x[rows].astype(float) + 0.5, columns.y[rows].astype(float) + 0.5)
    names = table["matched_name"].fillna(table["place_name"]).fillna("")
    return [
        {
            "row": int(row),
            "first": int(columns.start[row]),
            "last": int(columns.end[row]),
            "place": str(name),
            "at": [round(float(north), 5), round(float(east), 5)] if columns.placed[row] else None,
        }
        for row, name, east, north in zip(rows, names, lon, lat, strict=True)
    ]
