"""Give memory that was freed back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from functools import cache

_LARGE = 1_000_000
"""From how many characters on a page is large: its tree takes 13 times as many bytes."""
_MMAP_THRESHOLD = -3
"""The number of this setting in glibc's `malloc.h`: from how many bytes on a block is mapped."""


def make_room(html: str) -> None:
    """Give back what was freed before something is done with a page, if that is large."""
    if len(html) > _LARGE:
        give_back()


def give_back() -> None:
    """Let the C library return what this process has freed; nothing where it has no such call.

    glibc keeps all that lies below anything that is still in use: after the tree of a page of ten
    megabytes that was 130, which the next large text or tree came on top of.
    """
    _trim()(0)


def keep_no_blocks() -> None:
    """Let the C library return each large block at once when it is freed, where it can be told to.

    Otherwise glibc keeps blocks of up to 32 MB if one of that size was freed before.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 128 * 1024)


@cache
def _trim() -> Callable[[int], int]:
    """Return glibc's `malloc_trim`, or on another system a function that does nothing."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no glibc; on Windows there is no CDLL(None)
        return lambda _: 0
    return trim
