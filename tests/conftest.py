"""What both suites share: programs, a browser, real pages, figures told at the end."""

from __future__ import annotations

import gc
import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

import unfinished
from figures import FIGURE, Tell
from folders import CORPUS
from programs import PATIENCE, QUIET, Run, chromium, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

if os.environ.get("CI") == "true":
    from hypothesis import settings

    # The same examples for everybody who proposes a change; new ones are tried on our own machines.
    settings.register_profile("ci", derandomize=True)
    settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _no_power_cut() -> Iterator[None]:
    """Let files be written without waiting for the disk: no test outlives a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


_GIT = """\
[user]
	name = Somebody
	email = somebody@handbook.example
[init]
	defaultBranch = main
[maintenance]
	auto = false
"""
"""What repositories of tests have in place of the settings of whoever runs them."""


@pytest.fixture(scope="session", autouse=True)
def _no_lines_of_progress() -> Iterator[None]:
    """Have the command print the same, however long it takes on a busy machine."""
    from handbook.command import console

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(console, "REPEATED", None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _git_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have git read no settings of this machine, make bare folders, and not tidy up behind itself.

    A signature that somebody's git asks for, or another name of the first branch, would fail tests.
    """
    settings_file = tmp_path_factory.mktemp("git") / "config"
    settings_file.write_text(_GIT, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings_file))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_TEMPLATE_DIR", "")  # samples of hooks: 13 files for each repository
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_builds() -> Iterator[None]:
    """Have builds start in a third of their time, see `installed` and `forks`."""
    import installed
    from forks import Forked
    from handbook.press.make import build, workshop

    with installed.remembered(), pytest.MonkeyPatch.context() as patch:
        for module in (build, workshop):
            patch.setattr(module, "Process", Forked)
        patch.setattr(workshop, "can_fork", lambda: False)  # for these take no loaded settings
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the corpus as long: `make quick` leaves it out."""
    for item in items:
        if "corpus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Leave what was collected out of all garbage collections: it lives until the end."""
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_unconfigure() -> None:
    """Let Python collect all of it at the end: extension modules look for what is left."""
    gc.unfreeze()


class _BySite(LoadScopeScheduling):
    """Gives a process all tests of a folder that share a built site, or else those of a file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = posixpath.dirname(file)
        return folder if posixpath.basename(folder) in ("site", "sites") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Keep what shares a site together where pytest would divide by file: a site is built once."""
    return _BySite(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Print a figure at the end of the run: its name, what was found, what is wanted."""
    told = request.node.user_properties  # reach the end of the run from any process
    return lambda *figure: told.append((FIGURE, [str(each) for each in figure]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of all tests, in the order of their names."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    ended = (each for each in reports if getattr(each, "when", None) == "call")
    told = (figure for each in ended for key, figure in each.user_properties if key == FIGURE)
    for name, found, wanted in sorted(told):
        terminalreporter.write_line(f"{name:<60} {found:>8}   {wanted}")


@pytest.fixture
def gettext() -> Run:
    """Run one of GNU's gettext programs."""

    def run(
        program: str, *arguments: str | Path, fed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        if shutil.which(program) is None:
            missing(f"gettext's {program}")
        words = [program, *map(str, arguments)]
        return subprocess.run(words, input=fed, capture_output=True, encoding="utf-8", check=False)

    return run


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """Real pages that nobody here wrote; they lie beside the repository, and not everywhere."""
    pages = sorted(file for file in CORPUS.rglob("*.md") if file.parent != CORPUS)
    if not pages:
        pytest.skip("the corpus of real pages, ../shared/corpus, is not here")
    return pages


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook most of whose passages have changed since they were translated."""
    from handbook.press.make import build

    root = tmp_path_factory.mktemp("edited")
    unfinished.write(root)
    assert build.build(root).problems == ()
    return root / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: a second `sync_playwright` beside it would fail."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=QUIET)
