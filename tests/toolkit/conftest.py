"""The toolkit is tried on a sample handbook; no test of it reads this repository's own texts."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import handbooks
from folders import ROOT, TOOLKIT

if TYPE_CHECKING:
    from handbook.press.books.book import Book

_TEXTS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("docs", "translations"))
_READS = ("open", "os.listdir", "os.scandir")
_guarded = False


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """End what reads a file or a folder of the repository's texts while a toolkit test runs."""
    if _guarded and event in _READS and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = _real(posixpath.abspath(os.fsdecode(arguments[0])))
        if f"{path}{os.sep}".startswith(_TEXTS):
            raise RuntimeError(f"a test of the toolkit reads {path}; move it to tests/texts")


def _real(path: str) -> str:
    """Return where a path leads. A folder is followed once a test: this was a tenth of all time."""
    if posixpath.islink(path):
        return posixpath.realpath(path)
    folder, name = posixpath.split(path)
    return posixpath.join(_real_folder(folder), name)


_real_folder = cache(posixpath.realpath)

sys.addaudithook(_refuse)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Guard the texts while a test of this folder runs, its fixtures, and what it forks.

    pytest calls this for every test, also for those of other folders. The settings, hooks and
    theme of the repository may be read: small handbooks inherit them. Programs that a test starts,
    such as `handbook serve`, are not guarded.
    """
    global _guarded
    _real_folder.cache_clear()
    _guarded = item.path.is_relative_to(TOOLKIT)
    try:
        return (yield)
    finally:
        _guarded = False


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample handbook: one of everything, in three languages."""
    return handbooks.sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def books(sample: Path) -> dict[str, Book]:
    """The sample as a record, by language: read as a build reads it, but nothing is written."""
    import sites

    return sites.Books(sample)
