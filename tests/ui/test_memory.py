import platform

import pytest

from ui import memory

GLIBC = platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not GLIBC, reason="only glibc has these")
def test_the_c_library_takes_both():
    assert memory.share_heaps()
    assert memory.give_back()


def test_another_c_library_is_left_alone(monkeypatch):
    monkeypatch.setattr(memory, "_library", lambda: None)
    assert not memory.share_heaps()
    assert not memory.give_back()
