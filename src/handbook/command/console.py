"""Where the command prints: results on standard output, problems and progress on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TextIO, TypeVar

from handbook.bitext.problem import Problem
from handbook.command.formats import TEXT, Format

_REFRESHED = 1.0
"""Seconds between two looks of a terminal's line of progress."""
REPEATED: float | None = 30.0
"""Seconds between two lines of progress where there is no terminal, as in the log of a server.

With None there are no such lines: what is printed does not depend on how long the work takes.
"""
_CLEARED = "\r\x1b[K"
"""What takes away the line that a terminal's cursor is in."""

_LOCK = Lock()
"""Held by the thread that prints, and while a process is forked: else that could never print."""
if sys.platform != "win32":
    os.register_at_fork(
        before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release
    )

T = TypeVar("T")


class Console:
    """The two outputs of the command. Each line is written through at once."""

    def __init__(self, level: int = 0, problems: Format = TEXT) -> None:
        """Print everything but details, or with -1 what is asked for alone, with 1 details too."""
        self._level, self._format = level, problems
        self._output, self._errors = sys.stdout, sys.stderr
        self._found = 0
        self._shows_progress = False

    def result(self, line: str) -> None:
        """Print something that was asked for."""
        self._print(line, self._output)

    def file(self, text: str) -> None:
        """Print a file that was asked for: in UTF-8, whatever the encoding of the terminal."""
        self._output.buffer.write(text.encode("utf-8"))
        self._output.buffer.flush()

    def remark(self, line: str) -> None:
        """Print on standard error what is no problem, for git to show with what it says itself."""
        self._print(line, self._errors)

    def say(self, line: str) -> None:
        """Print what was done, unless quiet; beside problems for a program on standard error."""
        if self._level >= 0:
            self._print(line, self._errors if self._format.closing else self._output)

    def detail(self, line: str) -> None:
        """Print what only somebody who looks for a fault wants to know."""
        if self._level > 0:
            self._print(line, self._errors)

    def problem(self, problem: Problem) -> None:
        """Print a problem."""
        before = self._format.between if self._found else self._format.opening
        self._found += 1
        stream = self._output if self._format.is_output else self._errors
        self._print(before + self._format.line(problem), stream)

    def close(self) -> None:
        """Print what ends a list of problems."""
        if self._format.closing:
            opening = "" if self._found else self._format.opening
            self._print(opening + self._format.closing, self._output)

    def say_made(self, made: Iterable[object]) -> Iterator[Problem]:
        """Say what was made; give those that are problems."""
        for each in made:
            if isinstance(each, Problem):
                yield each
            else:
                self.say(str(each))

    def counted(self, items: Iterable[T], work: str, total: int) -> Iterator[T]:
        """Give `items` while showing how many of `total` are done."""
        with self.progress(work, total) as step:
            for item in items:
                yield item
                step()

    @contextmanager
    def progress(self, work: str, total: int = 0) -> Iterator[Callable[[], None]]:
        """Show on standard error that `work` goes on, with each call of what this gives a step.

        In a terminal it is one line with a counter; elsewhere a line now and then, and none for
        work that is done soon.
        """
        counter, done = _Counter(work, total), Event()
        ticker = Thread(target=self._show, args=(counter, done), name="handbook", daemon=True)
        if self._level >= 0:
            ticker.start()
        try:
            yield counter.step
        finally:
            done.set()
            if self._level >= 0:
                ticker.join()

    def _show(self, counter: _Counter, done: Event) -> None:
        """Show the counter again and again until the work is done."""
        if not self._errors.isatty():
            while not done.wait(REPEATED):
                self._print(str(counter), self._errors)
            return
        self._refresh(counter)
        while not done.wait(_REFRESHED):
            self._refresh(counter)
        with _LOCK:
            self._clear()

    def _refresh(self, counter: _Counter) -> None:
        with _LOCK:
            print(_CLEARED + str(counter), end="", file=self._errors, flush=True)
            self._shows_progress = True

    def _print(self, line: str, stream: TextIO) -> None:
        with _LOCK:
            self._clear()
            print(line, file=stream, flush=True)

    def _clear(self) -> None:
        if self._shows_progress:
            print(_CLEARED, end="", file=self._errors, flush=True)
            self._shows_progress = False


@dataclass
class _Counter:
    """How far some work is."""

    work: str
    total: int
    done: int = 0
    start: float = field(default_factory=time.monotonic)

    def step(self) -> None:
        self.done += 1

    def __str__(self) -> str:
        count = f"{self.done} of {self.total}, " if self.total else ""
        return f"{self.work}: {count}{time.monotonic() - self.start:.0f} s"
