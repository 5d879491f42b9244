import io
import re

import pandas as pd
import pytest

from pipeline.csv_text import stream_csv
from pipeline.events import empty_events, make_events
from pipeline.export import FORMULA, to_csv
from tests.pipeline.test_geojson import hostile_rows
from ui.rows import pack_rows


def read(said):
    return pd.read_csv(io.BytesIO(said), dtype="str", keep_default_na=False, encoding="utf-8-sig")


def numbers_alike(table):
    """The table with numbers as numbers: 3 and 3.0 are the same."""
    number = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
    return table.map(lambda cell: float(cell) if number.fullmatch(cell) else cell)


def streamed(events):
    return b"".join(stream_csv(pack_rows(events)))


def test_it_says_what_the_whole_file_says(events):
    pd.testing.assert_frame_equal(numbers_alike(read(streamed(events))), numbers_alike(read(to_csv(events))))
    assert streamed(events).startswith("\ufeffevent_id,lon,lat,event_type".encode())


@pytest.mark.parametrize("many", [1, 700])
def test_any_text_is_said_as_it_is(many):
    rows = [row for row in hostile_rows(many) if "\x00" not in row["event_id"]]
    one, other = read(streamed(make_events(rows))), read(to_csv(make_events(rows)))
    pd.testing.assert_frame_equal(numbers_alike(one), numbers_alike(other))


@pytest.mark.parametrize("lead", FORMULA)
def test_a_formula_is_defused(lead):
    rows = [{**row, "title": f"{lead}1+1", "event_id": f"{lead}{row['event_id']}"} for row in hostile_rows(2)[:9]]
    table = read(streamed(make_events([row for row in rows if "\x00" not in row["event_id"]])))
    assert table["title"].str.startswith("'").all()
    assert table["event_id"].str.startswith("'").all()


def test_no_event_is_a_head_alone():
    assert len(read(streamed(empty_events()))) == 0
