"""The toolkit is tried on a sample handbook; no test of it reads this repository's own texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

import handbooks
import sites
from folders import ROOT, TOOLKIT
from handbook.press.books.book import Book

_TEXTS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("docs", "translations"))
_READS = ("open", "os.listdir", "os.scandir")
_guarded = False


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """End what reads a file or a folder of the repository's texts while a toolkit test runs."""
    if _guarded and event in _READS and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.fsdecode(os.path.realpath(arguments[0]))
        if f"{path}{os.sep}".startswith(_TEXTS):
            raise RuntimeError(f"a test of the toolkit reads {path}; move it to tests/texts")


sys.addaudithook(_refuse)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Guard the texts while a test of this folder runs, its fixtures, and what it forks.

    pytest calls this for every test, also for those of other folders. The settings, hooks and
    theme of the repository may be read: small handbooks inherit them. Programs that a test starts,
    such as `handbook serve`, are not guarded.
    """
    global _guarded
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
    return sites.books(sample)
