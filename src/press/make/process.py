"""Talk with a function that runs in a process of its own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

# One behaviour on every system. A forked process would begin with its parent's locks and sockets.
_CONTEXT = multiprocessing.get_context("spawn")


class Died(Exception):
    """The process ended before it had said what was waited for."""


class Process:
    """A running function and the pipe to it; leaving its `with` block ends it."""

    def __init__(self, run: Callable[..., None], *arguments: object) -> None:
        """Start `run(pipe, *arguments)`; a module has to hold it, for it is sent by its name."""
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_run, args=(run, theirs, *arguments))
        self._process.start()
        theirs.close()

    def send(self, value: object) -> None:
        """Hand over a value. Whether anyone is left to take it, `receive` tells."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send(value)

    def receive(self) -> Any:
        """Wait for the next value that the function sends. Raises Died."""
        try:
            return self._pipe.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            raise Died(_told(self._process.exitcode)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def _run(run: Callable[..., None], pipe: Connection, *arguments: object) -> None:
    """Run it, and leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # a build makes many objects and few circles: to look for these less often
    gc.set_threshold(100_000, 50, 100)  # saves some 4 % of its time
    try:
        with pipe, suppress(EOFError):  # nobody is left to talk with
            run(pipe, *arguments)
    finally:
        gc.unfreeze()  # else compiled modules complain of what is left when Python ends


def _end_with_parent() -> None:
    """End this process at once when the one that started it is gone, killed perhaps."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _told(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"its process was ended by signal {-exit_code}; free some memory and try again"
    return f"its process ended with exit code {exit_code}; report what it wrote above"
