"""Programs that tests use: where one is missing, a test is skipped, or fails under CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import NoReturn

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

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
