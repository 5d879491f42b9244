import numpy as np
import pandas as pd
import pytest

from pipeline.events import empty_events, validate_events
from ui.rows import EventRows, join_rows, pack_rows, unpack_columns, unpack_rows


@pytest.fixture
def rows(events):
    """The rows of the sample table in batches of three."""
    return EventRows([batch.slice(at, 3) for batch in pack_rows(events) for at in range(0, len(batch), 3)])


def test_rows_come_back_as_they_were(events, rows):
    back = unpack_rows(rows.take(np.arange(len(rows))))
    pd.testing.assert_frame_equal(pd.DataFrame(validate_events(back)), pd.DataFrame(events))


def test_rows_come_in_the_order_asked_for_and_as_often(events, rows):
    wanted = [7, 0, 4, 4, 2]
    assert unpack_rows(rows.take(wanted)).index.tolist() == events.index[wanted].tolist()


def test_some_columns_of_some_rows(events, rows):
    frame = unpack_columns(rows.take([5, 1], ["killed", "date_start", "reports"]))
    assert frame.columns.tolist() == ["killed", "date_start", "reports"]
    assert [str(dtype) for dtype in frame.dtypes] == ["Int64", "datetime64[ms]", "int64"]
    assert frame["date_start"].tolist() == events["date_start"].iloc[[5, 1]].tolist()


def test_no_rows_at_all(rows):
    assert len(unpack_rows(rows.take([]))) == 0
    empty = EventRows(pack_rows(empty_events()))
    assert len(empty) == 0
    assert len(validate_events(unpack_rows(empty.take([])))) == 0


@pytest.mark.parametrize("wanted", [[-1], [8], [0, 99]])
def test_a_row_that_is_not_there(rows, wanted):
    with pytest.raises(IndexError, match="of 8"):
        rows.take(wanted)


def test_memory_is_given_back_after_rows_were_read(rows):
    given = []
    mapped = EventRows(rows.batches, lambda: given.append(True))
    join_rows([rows, mapped]).take([9])
    assert given


def test_rows_one_after_another(events, rows):
    joined = join_rows([rows, rows])
    assert len(joined) == 16
    assert joined.take([15, 3], ["event_id"])["event_id"].to_pylist() == [events.index[7], events.index[3]]
