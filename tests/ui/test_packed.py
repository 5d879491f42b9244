import os
from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import EventsError
from ui.book import make_book
from ui.columns import Category, Columns
from ui.filters import EventFilter, filter_rows
from ui.packed import open_packed, open_table, pack_book


@pytest.fixture
def packed(events, tmp_path):
    folder = tmp_path / "books" / "one"
    pack_book([events.iloc[:3], events.iloc[3:]], folder)
    return open_packed(folder)


def test_a_packed_book_is_the_book(events, packed):
    book = make_book(events, [])
    assert len(packed) == len(book)
    pd.testing.assert_frame_equal(pd.DataFrame(packed.events), pd.DataFrame(events))
    assert [packed.row_of(name) for name in events.index] == list(range(8))
    assert packed.row_of("nobody") is None
    for field in fields(Columns):
        one, other = getattr(packed.columns, field.name), getattr(book.columns, field.name)
        if isinstance(other, Category):
            assert one.values == other.values
            one, other = one.codes, other.codes
        if isinstance(other, np.ndarray):
            assert one.dtype == other.dtype
            assert np.array_equal(one, other)


@pytest.mark.parametrize(
    "chosen", [EventFilter(text="حقل كونوكو"), EventFilter(country=("SY",)), EventFilter(text="conoco")]
)
def test_filters_answer_alike(events, packed, chosen):
    expected = filter_rows(make_book(events, []).columns, chosen)
    assert filter_rows(packed.columns, chosen).tolist() == expected.tolist()
    assert expected.any()


def test_what_is_mapped_can_not_be_written_to(packed):
    with pytest.raises(ValueError, match="read-only"):
        packed.columns.x[0] = 1


def test_what_another_server_packed_meanwhile_is_kept(events, tmp_path):
    folder = tmp_path / "one"
    pack_book([events], folder)
    pack_book([events.iloc[:2]], folder)
    assert len(open_packed(folder)) == 8


def test_an_id_in_two_pieces_is_refused_and_leaves_nothing(events, tmp_path):
    with pytest.raises(EventsError, match="event_id is not unique: e1"):
        pack_book([events, events.iloc[:1]], tmp_path / "one")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def table_file(events, tmp_path, monkeypatch):
    monkeypatch.setenv("RASID_VAR", str(tmp_path / "var"))
    path = tmp_path / "events.parquet"
    events.to_parquet(path)
    return path


def test_a_table_is_packed_once(table_file):
    first = open_table(table_file)
    (folder,) = (table_file.parent / "var" / "books").iterdir()
    written = (folder / "rows.arrow").stat().st_mtime_ns
    assert open_table(table_file).ids_of([0, 7]) == first.ids_of([0, 7])
    assert (folder / "rows.arrow").stat().st_mtime_ns == written


def test_a_table_that_changed_is_packed_anew_and_the_old_book_goes_on(events, table_file):
    old = open_table(table_file)
    events.iloc[:4].to_parquet(table_file)
    os.utime(table_file, ns=(1, 1))
    assert len(open_table(table_file)) == 4
    assert len(list((table_file.parent / "var" / "books").iterdir())) == 1
    assert old.take([7]).index.tolist() == [events.index[7]]


def test_a_table_that_breaks_a_promise_is_named(events, table_file):
    events.assign(reports=0).to_parquet(table_file)
    with pytest.raises(EventsError, match="reports is less than 1"):
        open_table(table_file)


def test_what_can_not_be_packed_is_said(table_file, monkeypatch):
    blocked = table_file.parent / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("RASID_VAR", str(blocked))
    with pytest.raises(OSError, match="could not be packed"):
        open_table(table_file)
