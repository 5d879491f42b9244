import struct
from datetime import date

import numpy as np
import orjson
import pytest
from shapely import Point

from pipeline.events import make_events
from ui import reel
from ui.book import make_book
from ui.cells import View, draw
from ui.columns import WORLD, build_columns, unproject
from ui.filters import to_day
from ui.reel import Stretch
from ui.split import all_kinds, choose_parts
from ui.timeline import overlap

FIRST, LAST = to_day(date(2023, 3, 1)), to_day(date(2023, 4, 11))
REGION = View(5, 25, 10, 65, 40)


def cut_reel(columns, mask, view, stretch, parts=None):
    return reel.cut_reel(columns, mask, view, stretch, parts or all_kinds(columns))


def unpack(said):
    (size,) = struct.unpack_from("<I", said)
    header, at = orjson.loads(said[4 : 4 + size]), 4 + size
    assert at % 4 == 0
    total, arrays = sum(header["lengths"]), {}
    for name, kind in (
        ("place", "<u4"),
        ("count", "<u4"),
        ("first", "<i2"),
        ("last", "<i2"),
        ("look", "<u2"),
        ("x", "u1"),
        ("y", "u1"),
    ):
        arrays[name] = np.frombuffer(said, kind, total, at).astype(np.int64)
        at += total * np.dtype(kind).itemsize
    assert at == len(said)
    return header, arrays


def playing(reels, first, last):
    """How many points and area events the reels show in a window of days."""
    shown = np.zeros(2, dtype=int)
    for header, arrays in reels:
        alive = (arrays["first"] + header["since"] <= last) & (arrays["last"] + header["since"] >= first)
        points, areas, _ = np.split(arrays["count"] * alive, np.cumsum(header["lengths"])[:2])
        shown += points.sum(), areas.sum()
    return shown.tolist()


def drawn(columns, mask, first, last):
    drawing = draw(columns, overlap(columns, mask, first, last), REGION)
    points = sum(cluster.count for cluster in drawing.clusters) + len(drawing.points)
    return [points, sum(area.count for area in drawing.areas)]


@pytest.fixture
def columns(events, articles):
    return make_book(events, articles).columns


def everything(columns):
    return np.ones(len(columns), dtype=bool)


def test_a_reel_shows_in_every_window_what_the_map_would_draw(columns):
    mask = everything(columns)
    reels = [unpack(cut_reel(columns, mask, REGION, Stretch(FIRST, LAST, FIRST)))]
    for first in range(FIRST, LAST):
        assert playing(reels, first, min(first + 6, LAST)) == drawn(columns, mask, first, min(first + 6, LAST))
    assert playing(reels, FIRST, LAST) == [3, 2]


def test_many_short_reels_show_the_same_as_one_and_each_event_once(monkeypatch):
    rng = np.random.default_rng(3)
    rows = [
        {
            "event_id": f"e{number}",
            "event_type": "drone",
            "date_start": str(np.datetime64(FIRST + begin, "D")),
            "date_end": str(np.datetime64(FIRST + begin + length, "D")),
            "date_precision": "range" if length else "day",
            "time_status": "actual",
            "place_status": "placed",
            "precision": ("site", "adm1")[number % 3 == 0],
            "extent_km": 5.0,
            "article_id": "a",
            "language": "en",
            "lon": 35 + number % 7,
            "lat": 30 + number % 4,
        }
        for number, (begin, length) in enumerate(rng.integers(0, 30, (90, 2)).tolist())
    ]
    places = [(row.pop("lon"), row.pop("lat")) for row in rows]
    table = make_events([row | {"geometry": Point(*place)} for row, place in zip(rows, places, strict=True)])
    columns = build_columns(table)
    monkeypatch.setattr(reel, "REEL_EVENTS", 8)
    opening, since, reels = FIRST + 3, FIRST + 9, []
    while since <= FIRST + 60:
        first_reel = opening if not reels else None
        reels.append(unpack(cut_reel(columns, everything(columns), REGION, Stretch(since, FIRST + 60, first_reel))))
        since = reels[-1][0]["until"] + 1
    assert len(reels) > 5
    for day in range(opening, FIRST + 54):
        assert playing(reels, day, day + 6) == drawn(columns, everything(columns), day, day + 6)


def test_a_lone_point_lies_where_the_map_draws_it(columns):
    mask = columns.country.mask(("YE",))
    undated = ~columns.dated
    columns.start[undated], columns.end[undated] = FIRST, FIRST
    header, arrays = unpack(cut_reel(columns, mask, REGION, Stretch(FIRST, LAST, FIRST)))
    row, column = divmod(int(arrays["place"][0]), header["columns"])
    width = 1 << header["shift"]
    x = header["left"] + (column + (arrays["x"][0] + 0.5) / 256) * width
    y = header["top"] + (row + (arrays["y"][0] + 0.5) / 256) * width
    lon, lat = unproject(np.array([x]), np.array([y]))
    assert 0 < x < WORLD
    assert (lon[0], lat[0]) == pytest.approx((45.02, 15.45), abs=0.02)


def test_areas_and_routes_come_with_their_place(columns):
    header, arrays = unpack(cut_reel(columns, everything(columns), REGION, Stretch(FIRST, LAST, FIRST)))
    assert sorted(area[1:] for area in header["areas"]) == [
        pytest.approx([40.0, 35.3, 150.0]),
        pytest.approx([40.74, 36.5, 90.0]),
    ]
    assert [route[1:] for route in header["routes"]] == [pytest.approx([40.92, 34.45, 40.33, 35.35], abs=1e-4)]
    statuses = arrays["look"][-3:] >> 5 & 7
    assert sorted(statuses.tolist()) == [0, 0, 4]  # two actual, one denied


def test_an_empty_reel_is_whole(columns):
    header, arrays = unpack(cut_reel(columns, ~everything(columns), REGION, Stretch(FIRST, LAST)))
    assert (header["lengths"], header["until"], len(arrays["place"])) == ([0, 0, 0], LAST, 0)


def test_a_reel_has_the_colours_of_actors_where_they_are_asked_for(columns):
    parts = choose_parts(columns, everything(columns), "actor")
    _, arrays = unpack(cut_reel(columns, everything(columns), REGION, Stretch(FIRST, LAST, FIRST), parts))
    colours = (arrays["look"] & 15).tolist()
    known = {word: int(number) for word, number in zip(parts.words, parts.numbers, strict=True)}
    assert sorted(set(colours)) == sorted({known[""], known["iran-backed-militias"], known["united-states-army"]})
    assert known[""] == 12
    assert (arrays["look"] >> 8).tolist().count(1) == 1  # one was looked at by a person
