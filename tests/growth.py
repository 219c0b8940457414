"""How the work for a text grows with its size, whatever else the machine does."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

TIMES = 16
"""How much larger the larger text is."""
_MOST = 64
"""How much longer it may take: halfway between 16, as its size, and 256, as the square of it."""
_TRIES = 8
"""Other processes make a measurement longer, never shorter: one that is right is enough."""
_AT_ALL = 120.0
"""Seconds of the processor within which even what never ends is ended."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if a `with` block takes longer, in seconds of the processor that this process uses."""

    def end(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"takes more than {seconds:.0f} seconds of the processor")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def is_linear(work: Callable[[str], object], make: Callable[[int], str], size: int) -> bool:
    """Tell whether the work for a text grows with its size, and not with the square of that."""
    small, large = make(size), make(size * TIMES)
    with within(_AT_ALL):
        return any(
            _spent(work, large) < _MOST * min(_spent(work, small), _spent(work, small)) + 0.05
            for _ in range(_TRIES)
        )


def _spent(work: Callable[[str], object], text: str) -> float:
    before = time.thread_time()
    work(text)
    return time.thread_time() - before
