"""A staged handbook in other generators, and the plugin in MkDocs' successor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import handbooks
from handbook.command import main
from programs import package

pytestmark = pytest.mark.build

GENERATORS = ("mkdocs", "properdocs", "zensical")


def call(generator: str, folder: Path, *words: str) -> str:
    """Build strictly with a generator, if it is installed; return what it printed."""
    package(generator)
    done = subprocess.run(
        [sys.executable, "-m", generator, "build", "--strict", *words],
        cwd=folder,
        env=os.environ | {"HANDBOOK_BOOKS": "false", "DISABLE_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with one of everything in three languages, as other generators get it."""
    root = handbooks.sample(tmp_path_factory.mktemp("sample"))
    before = Path.cwd()
    os.chdir(root)
    try:
        main.main(["-q", "stage", "--to", "build/pages"])
    finally:
        os.chdir(before)
    return root / "build/pages"


@pytest.mark.parametrize("generator", GENERATORS)
def test_what_is_staged_is_built_without_a_warning(staged: Path, generator: str) -> None:
    for language in ("en", "es"):  # the first empties the folder of the site
        call(generator, staged, "-f", f"mkdocs.{language}.yml")
    pages = {str(each.relative_to(staged / "es")) for each in (staged / "es").rglob("*.md")}
    made = {each.relative_to(staged / "site/es") for each in (staged / "site/es").rglob("*.html")}
    wanted = {Path(each.removesuffix(".md").removesuffix("index"), "index.html") for each in pages}
    assert wanted <= made
    assert 'lang="es"' in (staged / "site/es/index.html").read_text("utf-8")


def test_the_plugin_makes_the_same_site_with_properdocs(tmp_path: Path) -> None:
    root = tmp_path / "pair"
    root.mkdir()
    handbooks.pair(root)
    call("properdocs", root, "--site-dir", str(tmp_path / "one"))
    call("mkdocs", root, "--site-dir", str(tmp_path / "other"))
    one, other = (
        {each.relative_to(tmp_path / name): each.read_bytes() for each in _pages(tmp_path / name)}
        for name in ("one", "other")
    )
    assert list(one) == list(other)
    assert [str(path) for path in one if one[path] != other[path]] == []


def _pages(site: Path) -> list[Path]:
    return sorted(each for each in site.rglob("*.html"))
