"""Run a function in its own process and exchange values with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Self

# The same behaviour on every system. A forked process would inherit its parent's locks and sockets.
_CONTEXT = multiprocessing.get_context("spawn")


class Died(Exception):
    """Raised when a process ended before it sent the value that `receive` waits for."""


class Process:
    """A process that runs one function, and the pipe to it; a `with` block stops it at its end."""

    def __init__(self, run: Callable[..., None], *arguments: object, daemon: bool = False) -> None:
        """Start `run(pipe, *arguments)`; `run` must be in a module, because it is sent by name.

        A `daemon` that nobody stops is stopped when this process ends; it can start no others.
        """
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_run, args=(run, theirs, *arguments), daemon=daemon)
        self._process.start()
        theirs.close()

    def send(self, value: object) -> None:
        """Send a value to the function; no error if it has ended: `receive` raises that."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send(value)

    def receive(self) -> Any:
        """Wait for the next value that the function sends, and return it. Raises Died."""
        try:
            return self._pipe.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            raise Died(_ending(self._process.exitcode)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def _run(run: Callable[..., None], pipe: Connection, *arguments: object) -> None:
    """Call `run` in the new process; Ctrl-C is left to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # a build makes many objects and few reference cycles, so search for cycles
    gc.set_threshold(100_000, 50, 100)  # less often: that saves about 4 % of the time
    try:
        with pipe, suppress(EOFError):  # the other process has ended
            run(pipe, *arguments)
    finally:
        gc.unfreeze()  # else compiled modules report leaked objects when Python ends


def _end_with_parent() -> None:
    """Stop this process at once when the process that started it has ended, perhaps killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _ending(exit_code: int | None) -> str:
    """Return how a process ended, with the cure."""
    if exit_code is not None and exit_code < 0:
        return f"its process was ended by signal {-exit_code}; free some memory and try again"
    return f"its process ended with exit code {exit_code}; report what it wrote above"
