"""The browser scripts: their types, their style, and what they do, without a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from audits import program
from folders import ROOT
from handbook.bitext.languages.browser import for_browser
from handbook.bitext.languages.registry import Languages
from handbook.press.frame.catalogs import fields
from programs import missing

SCRIPTS = ROOT / "tests/scripts"


def run(*command: str | Path) -> None:
    """Run a program of Node.js in the repository; its findings are the failure's message."""
    node = shutil.which("node")
    if node is None:
        missing("Node.js")
    done = subprocess.run(
        [node, *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("where", ["pages", "search", "offline"])
def test_types_are_right(where: str) -> None:
    """One call for each global scope: a page, the search worker, the service worker."""
    run(program("typescript/bin/tsc"), "--project", SCRIPTS / f"{where}.tsconfig.json")


def test_the_linter_and_the_formatter_find_nothing() -> None:
    run(program("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings")


def test_the_logic_is_right() -> None:
    run("--test", *sorted(SCRIPTS.glob("*.test.js")))


def test_they_are_tried_with_the_rules_that_an_index_has() -> None:
    rules = json.loads((SCRIPTS / "languages.json").read_text("utf-8"))
    assert rules == {code: for_browser(Languages()[code]) for code in ("en", "es", "ja", "ko")}


def test_a_catalog_is_tried_with_the_header_that_the_program_writes() -> None:
    assert json.loads((SCRIPTS / "fields.json").read_text("utf-8")) == json.loads(fields())
