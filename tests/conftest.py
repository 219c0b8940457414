"""What several tests share: where things are, and programs that must be there under CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples for everybody who proposes a change; new ones are tried on our own machines.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

Run = Callable[..., subprocess.CompletedProcess[str]]


def missing(what: str) -> None:
    """Fail under CI; elsewhere skip with a plain line."""
    message = f"{what} is not here; see README, “What you need”"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


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
