"""Processes of builds that are forked from one which has loaded all modules, as tests start them.

The program forks them from itself or starts each anew; in a process of tests, what these changed
would come along, and to load what a build needs takes longer than to build two pages.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile

import pytest
from mkdocs.__main__ import cli

import installed
from folders import TESTS
from handbook.bitext.problem import Problem
from handbook.press.core import process
from handbook.press.make import build, workshop

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["loaded"])


class Forked(process.Process):
    """A process like that of a build; nothing that a test has changed reaches it either."""

    def __init__(self, run: Callable[..., None], *arguments: object, forked: bool = False) -> None:
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


def site(root: Path) -> Sequence[Problem]:
    """Build a site in processes that are forked and load nothing again, as the command may."""
    with Forked(_site, root) as running:
        problems: Sequence[Problem] = running.receive()
        return problems


def _site(pipe: Connection, root: Path) -> None:
    """Build the site, and send what is wrong with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workshop, "can_fork", lambda: True)
        patch.setattr(workshop, "load", None)
        pipe.send(build.build(root).problems)


def mkdocs(root: Path, *arguments: str) -> CompletedProcess[str]:
    """Run MkDocs' command in a folder, as its users do; return what came of it."""
    with Forked(_mkdocs, root, arguments) as running:
        return CompletedProcess(["mkdocs", *arguments], *running.receive())


def _mkdocs(pipe: Connection, root: Path, arguments: Sequence[str]) -> None:
    """Run MkDocs' command; send its exit code and all that was written to the two outputs."""
    os.chdir(root)
    sys.path.insert(0, str(root))
    with TemporaryFile() as output, TemporaryFile() as errors:
        os.dup2(output.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        code = _exit_code(arguments)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        for file in (output, errors):
            file.seek(0)
        pipe.send((code, output.read().decode(), errors.read().decode()))


def _exit_code(arguments: Sequence[str]) -> object:
    """Run MkDocs' command, and return what Python would end with."""
    try:
        cli(arguments, "mkdocs")
    except SystemExit as ended:
        return ended.code
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    return 1
