"""What both suites share: programs, a browser, real pages, figures told at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import unfinished
from figures import FIGURES, Tell
from folders import CORPUS
from press.make import build
from programs import QUIET, Run, chromium, missing

# The same examples for everybody who proposes a change; new ones are tried on our own machines.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the corpus as long: `make quick` leaves it out."""
    for item in items:
        if "corpus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Tell:
    """Print a figure at the end of the run: its name, what was found, what is wanted."""
    figures = pytestconfig.stash.setdefault(FIGURES, [])
    return lambda *figure: figures.append(figure)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for name, found, wanted in config.stash.get(FIGURES, []):
        terminalreporter.write_line(f"{name:<60} {found:>8}   {wanted}")


@pytest.fixture
def gettext() -> Run:
    """Run one of GNU's gettext programs."""

    def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        if shutil.which(program) is None:
            missing(f"gettext's {program}")
        words = [program, *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """Real pages that nobody here wrote."""
    pages = sorted(file for file in CORPUS.rglob("*.md") if file.parent != CORPUS)
    if not pages:
        missing("the corpus of real pages, ../shared/corpus,")
    return pages


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook most of whose passages have changed since they were translated."""
    root = tmp_path_factory.mktemp("edited")
    unfinished.write(root)
    assert build.build(root).problems == ()
    return root / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: a second `sync_playwright` beside it would fail."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=QUIET)
