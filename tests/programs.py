"""Programs that tests use: where one is missing, a test is skipped, or fails under CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
_Answer = TypeVar("_Answer")

PATIENCE = 120.0
"""Seconds for what must come, however busy the machine is: waiting ends as soon as it is there."""

COMMAND = """\
import sys
from handbook.command import console, main
console.REPEATED = None
if __name__ == "__main__":
    sys.exit(main.main())
"""
"""The command `handbook` as a program that prints the same however long it takes."""

SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss8m".split()
"""How Java is started: nothing here runs long enough to be worth its best machine code."""

QUIET = """--no-sandbox --disable-gpu --disable-background-networking --disable-component-update
    --disable-sync""".split()
"""How Chromium is started: it asks nobody for anything by itself."""


def eventually(ask: Callable[[], _Answer]) -> _Answer:
    """What `ask` answers once that is true, and raises no OSError: a program may not be there yet.

    After `PATIENCE` the last answer, or what was raised.
    """
    end = time.monotonic() + PATIENCE
    while True:
        is_over = time.monotonic() > end
        try:
            if (answer := ask()) or is_over:
                return answer
        except OSError:
            if is_over:
                raise
        time.sleep(0.03)


def git(*words: str | Path, at: Path | None = None) -> str:
    """What git prints in a folder, or in the current one; it has to succeed."""
    done = subprocess.run(["git", *words], cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit_all(message: str = "All", *, at: Path | None = None) -> None:
    """Keep all that is in a folder, or in the current one, in a repository there."""
    git("init", "--quiet", at=at)
    git("add", "--all", at=at)
    git("commit", "--quiet", "--message", message, at=at)


def missing(what: str) -> NoReturn:
    """Fail under CI; elsewhere skip with a plain line."""
    message = f"{what} is not here; see README, “What you need”"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def package(name: str) -> None:
    """Ask for a Python package, such as one of fonts."""
    if importlib.util.find_spec(name.replace("-", "_")) is None:
        missing(f"the Python package {name}")


def chromium() -> str:
    """Where the system's Chromium is."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium")
    return program
