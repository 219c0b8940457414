"""Processes of builds that are forked from one which has loaded all modules, as tests start them.

The program starts each anew, and to load what a build needs takes longer than to build two pages.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection

import pytest

import installed
from folders import TESTS
from handbook.press.core import process

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["loaded"])


class Forked(process.Process):
    """A process like that of a build; nothing that a test has changed reaches it either."""

    def __init__(self, run: Callable[..., None], *arguments: object) -> None:
        environment = dict(os.environ)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(process, "_CONTEXT", _FORKING)
            patch.setenv("PYTHONPATH", str(TESTS), prepend=os.pathsep)  # for what is loaded first
            super().__init__(_run, environment, run, *arguments)


def _run(
    pipe: Connection, environment: Mapping[str, str], run: Callable[..., None], *arguments: object
) -> None:
    """Call `run` in the environment of whoever asks: that which is forked has an older one."""
    os.environ.clear()
    os.environ.update(environment)
    with installed.remembered():
        run(pipe, *arguments)
