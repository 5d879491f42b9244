import json
from datetime import UTC, datetime

import pandas as pd
import pytest
from shapely import Point

from pipeline.events import empty_events, make_events
from pipeline.export import to_geojson
from pipeline.geojson import stream_geojson
from pipeline.provenance import Provenance
from ui.rows import pack_rows

MADE = Provenance(datetime(2026, 1, 2, tzinfo=UTC), "1", {"actor": ["rsf"]})
TEXTS = ['say "no"', "back\\slash", "a\nb\tc\x00\x1f\x7f", "‫الحسكة‬\u2028", "</script>", "é😀", "", "null", "1", None]


def hostile_rows(many=1):
    """Every text in every free column; enough alike, when asked, that words come again."""
    return [
        {
            "event_id": f"{text}#{number}",
            "event_type": "drone",
            "time_status": "actual",
            "place_status": "placed",
            "precision": "town",
            "extent_km": 0.1 + number / 3,
            "geometry": Point(-1e-7 * number, 33.123456789012345),
            "article_id": text or "a",
            "language": "en",
            **dict.fromkeys(("actor", "target", "place_name", "source", "title", "url", "attribution"), text),
            "candidates": [{"name": text, "score": 1e-9, "n": [None, True]}],
            "published_at": "1969-12-31" if number else None,
        }
        for number in range(many)
        for text in TEXTS
    ]


def streamed(events, box=None):
    return json.loads(b"".join(stream_geojson(pack_rows(events), MADE, box)))


def bounds(events):
    return tuple(float(edge) for edge in events.total_bounds)


def test_it_says_what_the_whole_file_says(events):
    assert streamed(events, bounds(events)) == json.loads(to_geojson(events, MADE))


@pytest.mark.parametrize("many", [1, 700])
def test_any_text_is_said_as_it_is(many):
    events = make_events(hostile_rows(many))
    said = streamed(events, bounds(events))
    assert said == json.loads(to_geojson(events, MADE))
    assert [feature["properties"]["title"] for feature in said["features"][:10]] == TEXTS


@pytest.mark.parametrize("rows", [[0], [5], [4, 5], []])
def test_few_events_and_none(events, rows):
    some = events.iloc[rows]
    placed = some.geometry.notna().any()
    assert streamed(some, bounds(some) if placed else None) == json.loads(to_geojson(some, MADE))
    assert streamed(empty_events())["features"] == []


def test_pieces_do_not_change_what_is_said(events):
    (batch,) = pack_rows(events)
    cut = [batch.slice(at, 1) for at in range(len(batch))]
    pieces = json.loads(b"".join(stream_geojson(cut, MADE, None)))
    assert pieces["features"] == streamed(events)["features"]
    assert pd.DataFrame(pieces["features"]).shape[0] == 8
