"""Run a function in its own process and exchange values with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Self

_CONTEXT = multiprocessing.get_context("spawn")
"""A process that is started anew: the same on every system, without its parent's locks and sockets.
"""
_HARMLESS = "handbook"
"""The name of our threads, which hold no lock while a process is forked; see `Console`."""


class Died(Exception):
    """Raised when a process ended before it sent the value that `receive` waits for."""


class Process:
    """A process that runs one function, and the pipe to it; a `with` block stops it at its end."""

    def __init__(
        self,
        run: Callable[..., None],
        *arguments: object,
        daemon: bool = False,
        forked: bool = False,
    ) -> None:
        """Start `run(pipe, *arguments)`; `run` must be in a module, because it is sent by name.

        A `daemon` that nobody stops is stopped when this process ends; it can start no others.
        `forked`, it has all that this one has loaded, and takes the arguments as they are; only
        where `can_fork` says so.
        """
        context = _FORKING if forked else _CONTEXT
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(run, theirs, *arguments), daemon=daemon)
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
        """Stop the process at once: a politer signal is lost if it has only just been forked."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


if sys.platform == "linux":  # elsewhere, libraries of the system do not bear it
    _FORKING = multiprocessing.get_context("fork")
else:
    _FORKING = _CONTEXT


def can_fork() -> bool:
    """Tell whether a process may be forked here: no thread may hold a lock that nobody frees.

    Such as one of a site's hook.
    """
    if sys.platform != "linux":
        return False
    others = (each for each in threading.enumerate() if each is not threading.current_thread())
    return all(each.name == _HARMLESS for each in others)


def _run(run: Callable[..., None], pipe: Connection, *arguments: object) -> None:
    """Call `run` in the new process; Ctrl-C is left to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and not what a forked one was told to do
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
