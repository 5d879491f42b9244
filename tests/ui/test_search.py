import numpy as np
import pyarrow as pa
import pytest

from ui.search import SearchText, join_texts


@pytest.fixture
def text():
    return SearchText([pa.array(["al hasaka drone", "mosul"]), pa.array(["drone over mosul", ""])])


def test_every_word_must_be_found_in_any_order(text):
    assert text.find(["drone"]).tolist() == [True, False, True, False]
    assert text.find(["mosul", "drone"]).tolist() == [False, False, True, False]
    assert text.find([]).all()


def test_what_was_found_can_not_be_written_to(text):
    with pytest.raises(ValueError, match="read-only"):
        text.find(["drone"])[0] = False


def test_texts_one_after_another(text):
    given = []
    joined = join_texts([text, SearchText([pa.array(["drone"])], lambda: given.append(True))])
    assert np.flatnonzero(joined.find(["drone"])).tolist() == [0, 2, 4]
    assert given
