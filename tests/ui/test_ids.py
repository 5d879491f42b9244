import numpy as np

from ui.ids import EventIds, hash_ids, index_ids


def test_every_id_finds_its_row():
    names = [f"e{number}" for number in range(1000)]
    ids = index_ids(hash_ids(names))
    assert [ids.find(name, names.__getitem__) for name in names] == list(range(1000))
    assert ids.find("nobody", names.__getitem__) is None
    assert ids.find_twice(names.__getitem__) is None


def test_ids_that_share_a_hash_are_told_apart():
    names = ["a", "b"]
    same = hash_ids(["a"])[0]
    ids = EventIds(np.array([same, same]), np.array([1, 0], dtype=np.int32))
    assert ids.find("a", names.__getitem__) == 0
    assert ids.find_twice(names.__getitem__) is None


def test_an_id_in_two_rows_is_named():
    names = ["a", "b", "a"]
    assert index_ids(hash_ids(names)).find_twice(names.__getitem__) == "a"
