import time
from threading import Event

import pytest

from ui.export_desk import ExportDesk


def wait(errand):
    for _ in range(500):
        if not errand.running:
            return
        time.sleep(0.01)
    pytest.fail("the file was not written")


@pytest.fixture
def desk():
    return ExportDesk(size=2)


def test_a_file_is_written_and_fetched_by_its_ticket(desk):
    errand = desk.start("a", "a.csv", 2, lambda: iter([(b"one,", 1), (memoryview(b"two"), 2)]))
    wait(errand)
    assert desk.redeem(errand.ticket).path.read_bytes() == b"one,two"
    assert (errand.done, errand.size, errand.fault) == (2, 7, "")
    assert desk.redeem("no") is None
    assert desk.find("a") is errand


def test_who_asks_for_the_same_shares_it(desk):
    first = desk.start("a", "a.csv", 1, lambda: iter([(b"x", 1)]))
    assert desk.start("a", "a.csv", 1, lambda: iter([])) is first
    wait(first)
    assert desk.start("a", "a.csv", 1, lambda: iter([])) is first


def test_half_a_file_can_not_be_fetched(desk):
    go = Event()

    def pieces():
        yield b"half", 1
        go.wait(5)
        yield b"whole", 2

    errand = desk.start("a", "a.csv", 2, pieces)
    assert errand.running
    assert desk.redeem(errand.ticket) is None
    go.set()
    wait(errand)
    assert desk.redeem(errand.ticket) is errand


def test_what_went_wrong_is_kept_and_may_be_tried_again(desk):
    def broken():
        yield b"half", 1
        raise OSError("the disk is full")

    errand = desk.start("a", "a.csv", 2, broken)
    wait(errand)
    assert errand.fault == "the disk is full"
    assert not list(errand.path.parent.iterdir())
    again = desk.start("a", "a.csv", 1, lambda: iter([(b"x", 1)]))
    wait(again)
    assert again.finished


def test_of_many_files_the_oldest_goes(desk):
    errands = []
    for name in "abc":
        errands.append(desk.start(name, name, 1, lambda: iter([(b"x", 1)])))
        wait(errands[-1])
    assert desk.find("a") is None
    assert not errands[0].path.exists()
    assert errands[2].path.exists()


def test_the_files_go_with_the_desk():
    desk = ExportDesk()
    errand = desk.start("a", "a", 1, lambda: iter([(b"x", 1)]))
    wait(errand)
    del desk
    assert not errand.path.parent.exists()
