import pandas as pd
import pytest

from pipeline.errors import EventsError
from pipeline.event_chunks import count_rows, read_events_chunks
from pipeline.export import read_events_file


@pytest.fixture
def path(events, tmp_path):
    path = tmp_path / "events.parquet"
    events.to_parquet(path)
    return path


def test_the_pieces_are_the_table(path):
    pieces = list(read_events_chunks(path, 3))
    assert [len(piece) for piece in pieces] == [3, 3, 2]
    pd.testing.assert_frame_equal(pd.DataFrame(pd.concat(pieces)), pd.DataFrame(read_events_file(path)))
    assert all(piece.crs.to_epsg() == 4326 for piece in pieces)
    assert count_rows(path) == 8


def test_another_way_to_write_points_is_read_too(events, tmp_path):
    path = tmp_path / "events.parquet"
    events.to_parquet(path, geometry_encoding="geoarrow", schema_version="1.1.0")
    (piece,) = read_events_chunks(path, 3)
    assert piece.index.tolist() == events.index.tolist()


def test_a_broken_promise_is_named(events, tmp_path):
    path = tmp_path / "events.parquet"
    events.assign(reports=0).to_parquet(path)
    with pytest.raises(EventsError, match="reports is less than 1"):
        list(read_events_chunks(path, 3))


def test_what_is_no_parquet(tmp_path):
    path = tmp_path / "events.parquet"
    path.write_bytes(b"no")
    with pytest.raises(ValueError, match="Parquet"):
        count_rows(path)
