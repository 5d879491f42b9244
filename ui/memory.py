"""Giving memory back: the C library keeps what threads have freed, each apart, and a server has a thread a session."""

import ctypes

_ARENA_MAX = -8  # the number of this setting of glibc's mallopt
_ARENAS = 2


def share_heaps() -> bool:
    """Let all threads take memory from two heaps instead of one each; False where the C library has no such setting."""
    mallopt = getattr(_library(), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, _ARENAS))


def give_back() -> bool:
    """Hand freed memory back to the system; False where the C library cannot."""
    trim = getattr(_library(), "malloc_trim", None)
    if trim is None:
        return False
    trim(0)
    return True


def _library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):  # a system that has no one C library of the process
        return None
