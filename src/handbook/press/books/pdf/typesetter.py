"""Run Typst in a process of its own, with limits: where it crashes, the build goes on.

A document that needs more memory or time than `limits` says, or on which Typst fails, ends that
process alone, and the problem says so; the next document gets a new one.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time as clock
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from math import ceil
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from handbook.bitext import limits
from handbook.press.books.pdf.endings import ROUNDS, Ending, Tuning, best_space, next_space
from handbook.press.core.memory import give_back, keep_no_blocks
from handbook.press.core.process import Died, Process

if sys.platform != "win32":  # which has no such limits
    import resource

FONTS = ("font-source-sans-pro",)
"""The packages of the design's own fonts, besides the fonts that come with Typst."""
_OWN = 1_000_000
"""A document of more characters gets a new process: in one that has typeset others, even refused
ones, what was freed lies in pieces, a tenth of what it takes."""
_ROOT = Path("/")
"""Typst's root folder: the paths of pictures are absolute."""


@dataclass(frozen=True)
class Job:
    """What Typst needs to know of a document."""

    source: str
    timestamp: datetime
    packages: tuple[str, ...]
    """The Python packages that contain the fonts of its languages."""
    fitted: bool
    """Whether its source finds the largest text size that fits by itself."""
    is_chapter: bool
    """Whether it is one chapter of a book, whose spaces are found by trials."""
    is_large: bool
    """Whether the layouts of earlier documents are forgotten first, and its own at its end."""


@dataclass(frozen=True)
class Typeset:
    """A document as PDF; `fit` has the values that a fitted one found, if any."""

    pdf: bytes
    fit: tuple[str, ...] | None
    """The size of its text, the padding of its rows, and what it has no room for."""
    tuning: Tuning


@dataclass(frozen=True)
class Refused:
    """The error that Typst found in a document."""

    message: str
    diagnostic: str


class Overrun(Exception):
    """Raised when a document ended the process that typeset it: too large, too slow, or a bug."""


class Typesetter:
    """A process that typesets documents, started when there is a first one to typeset."""

    def __init__(
        self, memory: int = limits.PRINT_MEMORY, seconds: int = limits.PRINT_SECONDS
    ) -> None:
        """Take the megabytes of memory, and the seconds of computing for each document."""
        self.memory, self.seconds = memory, seconds
        self._process: Process | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def typeset(self, job: Job) -> Typeset | Refused:
        """Typeset a document. Raises Overrun.

        If the process ends that has typeset others before, whose layouts it keeps, a new one tries
        again: what is refused does not depend on what came before. A chapter that is too much with
        the trials of its spaces, each of which is kept too, is set without them.
        """
        if len(job.source) > _OWN:
            self.close()
        jobs = [job] if self._process is None else [job, job]
        if job.is_chapter:
            jobs.append(replace(job, is_chapter=False))
        for each in jobs:
            with suppress(Died):
                return self._ask(each)
            self.close()
        raise Overrun

    def _ask(self, job: Job) -> Typeset | Refused:
        """Send a job to the process, started if there is none; return its answer."""
        if self._process is None:
            self._folder = TemporaryDirectory(prefix="handbook-", ignore_cleanup_errors=True)
            file = Path(self._folder.name, "document.typ")
            self._process = Process(_work, file, self.memory, self.seconds, daemon=True)
        self._process.send(job)
        answer: Typeset | Refused = self._process.receive()
        return answer

    def close(self) -> None:
        """End the process, which frees its memory; the next document starts another one."""
        if self._process is not None:
            self._process.close()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


@cache
def shared() -> Typesetter:
    """Return the typesetter that all printers of this process use; it ends with the process."""
    made = Typesetter()
    Finalize(None, made.close, exitpriority=0)  # a forked process ends without `atexit`
    return made


# -- in the process -------------------------------------------------------------------


def _work(pipe: Connection, file: Path, memory: int, seconds: int) -> None:
    """Typeset each document that is sent, by way of a file, where Typst knows it again.

    What fails otherwise than by an error ends the process.
    What Typst writes about its failures names files of its makers, and is not shown.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # Where memory has ended, Rust needs more of it for the way to a failure, and waits for itself
    # for ever: it holds the lock of the first while it tells of the second.
    os.environ["RUST_BACKTRACE"] = "0"
    os.environ.setdefault("RAYON_NUM_THREADS", "2")  # more take more memory: the same everywhere
    keep_no_blocks()
    _limit("RLIMIT_DATA", memory * 1024 * 1024)
    _limit("RLIMIT_CORE", 0)
    while True:
        job = pipe.recv()
        _limit("RLIMIT_CPU", ceil(clock.process_time()) + seconds)
        try:
            pipe.send(_typeset(job, file))
        except OSError:  # the process that asked has ended
            return
        except BaseException:  # such as MemoryError, or Typst's PanicException
            os._exit(1)


def _limit(name: str, value: int) -> None:
    """Set a limit of this process where the system has it; never above one that it has already."""
    if sys.platform != "win32":
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value if hard < 0 else min(value, hard), hard))


def _typeset(job: Job, file: Path) -> Typeset | Refused:
    """Typeset a document in this process, with the spaces that its chapter ends well with."""
    if job.is_large:
        _forget_layouts(job.packages)
    file.write_text(job.source, "utf-8", newline="\n")

    @cache
    def laid_out(space: float, *, bound: bool) -> typst.Compiler:
        """Return the document with these inputs: Typst lays it out once, for all that is asked."""
        inputs, fonts = _inputs(space, bound=bound), _fonts(job.packages)
        return typst.Compiler(str(file), root=_ROOT, font_paths=fonts, sys_inputs=inputs)

    try:
        spaces = [
            _space(partial(laid_out, bound=bound)) if job.is_chapter else 1
            for bound in (False, True)
        ]
        document = laid_out(spaces[0], bound=False)
        made = document.compile(format="pdf", pdf_standards=["ua-1"], timestamp=job.timestamp)
        fit = _found(document, "<fit>") if job.fitted else ()
        tuning = _tuning(spaces[1], laid_out(spaces[1], bound=True)) if job.is_chapter else Tuning()
    except typst.TypstError as error:
        return Refused(error.message, error.diagnostic or "")
    assert isinstance(made, bytes)
    if job.is_large:
        _forget_layouts(job.packages)  # to compress a file takes memory too
    return Typeset(_packed(made), tuple(fit[0]) if fit else None, tuning)


def _forget_layouts(packages: tuple[str, ...]) -> None:
    """Empty Typst's cache of layouts: those of ten documents, 400 MB."""
    compiler = typst.Compiler(root=_ROOT, font_paths=_fonts(packages))
    for _ in range(12):
        compiler.compile(b"", format="pdf")
    give_back()


def _space(laid_out: Callable[[float], typst.Compiler]) -> float:
    """Return the space between lines with which the only chapter of a document ends well."""
    tried: list[Ending] = []
    wanted: float | None = 1
    with suppress(RuntimeError):  # compiling says what is wrong
        while wanted is not None and len(tried) < ROUNDS:
            for pages, filled in _found(laid_out(wanted), "<ending>"):
                tried.append(Ending(wanted, pages, filled))
            wanted = next_space(tried) if tried else None
    return best_space(tried) if tried else 1


def _tuning(space: float, bound: typst.Compiler) -> Tuning:
    """Return what a book is told of a chapter that was laid out, with a space, as in a book."""
    moved = tuple((spot, way) for spot, way in _found(bound, "<moved>"))
    return Tuning(space, moved, *(pages for pages, _ in _found(bound, "<ending>")))


def _inputs(space: float, *, bound: bool) -> dict[str, str]:
    """Return what the design reads of a trial."""
    return {"space": f"{space:g}"} | ({"bound": "yes"} if bound else {})


def _found(document: typst.Compiler, label: str) -> list[Any]:
    """Return the values that a document puts at a label."""
    found: list[Any] = json.loads(document.query(label, field="value"))
    return found


@cache
def _fonts(packages: tuple[str, ...]) -> typst.Fonts:
    folders = [str(files(each.replace("-", "_"))) for each in (*FONTS, *packages)]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _packed(made: bytes) -> bytes:
    """Return a PDF compressed to a third: Typst leaves the objects of its pages uncompressed."""
    import pikepdf  # takes a tenth of the time of a start

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()
