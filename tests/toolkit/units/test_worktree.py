"""What `handbook init` leaves alone: files that git does not keep, and what is read later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbooks import run
from programs import commit_all, git

SITE = {
    "mkdocs.yml": "site_name: x\ntheme: {name: material}\n",
    "docs/index.md": "---\ntemplate: home.html\n---\n# Home\n\nHello.\n",
    "docs/de/index.md": "---\ntemplate: de.html\n---\n# Start\n\nHallo.\n",
    "docs/es/index.md.po": 'msgid "Hello."\nmsgstr "Hola."\n',
    ".gitignore": "/docs/made.md\n*.bak\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in two languages, all of it kept by git, in the current folder."""
    for name, text in SITE.items():
        write(tmp_path / name, text)
    monkeypatch.chdir(tmp_path)
    commit_all()
    return tmp_path


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "translations/own.txt", "docs/new.md"])
def test_what_git_does_not_keep_is_to_be_committed_first(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / name, "mine\n")
    status, _, said = run(capsys, "init", "--from-pages")
    assert status == 2
    assert said[0].startswith(f"{name}: is not committed, so nothing could be undone; git add -A")
    assert git("status", "--porcelain", "-uall") == f"?? {name}\n"


def test_a_name_that_is_not_utf_8_is_named_as_it_can_be_printed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """MkDocs makes titles of the names of folders: such a one is no text that could be written."""
    page = root / os.fsdecode(b"docs/caf\xe9/page.md")
    page.parent.mkdir()
    page.write_text("# Page\n", "utf-8")
    status, _, said = run(capsys, "init", "--from-pages")
    assert status == 2
    assert said[0].startswith("docs/caf\\xe9/page.md: is not committed")
    commit_all()
    status, _, said = run(capsys, "init", "--from-pages")
    assert (status, said) == (1, ["docs/en/caf\\xe9:1: its name is not UTF-8; rename it"])


def test_what_git_ignores_is_neither_committed_nor_undone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ignored = ("docs/made.md", "translations/old.bak")
    for name in ignored:
        write(root / name, "mine\n")
    status, said, _ = run(capsys, "init", "--from-pages")
    assert status == 0
    assert "template (docs/de/index.md); all languages have that of en" in "\n".join(said)
    assert "handbook import docs/es; then delete them" in "\n".join(said)
    staged = git("diff", "--cached", "--name-only").split()
    assert {"docs/en/index.md", "translations/de/index.po"} <= {*staged}
    assert not {*ignored, "docs/es/index.md.po"} & {*staged}
    git("reset", "-q", "--hard")
    assert git("status", "--porcelain") == ""
    assert [(root / name).read_text("utf-8") for name in ignored] == ["mine\n"] * 2


def test_all_reasons_against_are_named_at_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "mkdocs.yml", "site_name: x\ntheme: mkdocs\nplugins: [blog, monorepo]\n")
    status, _, said = run(capsys, "init", "--languages", "de")
    assert status == 2
    named = [each.partition("; ")[0].split(" ")[:4] for each in said]
    assert [each[-1] for each in named] == ["theme", "blog", "monorepo"]
