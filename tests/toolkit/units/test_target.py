"""The folder of a site: what is never deleted, and how a site is replaced as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.bitext.problem import SettingsError
from handbook.press.core import target
from handbook.press.make import aside
from handbook.press.make.aside import Aside


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook, and a folder that has nothing to do with it."""
    for name in ("mkdocs.yml", "docs/en/index.md", "translations/es/index.po", "src/a.py"):
        write(tmp_path / name, "text")
    write(tmp_path / "site/index.html", "old")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "holds mkdocs.yml"),
        ("..", "holds mkdocs.yml"),
        ("docs", "holds docs"),
        ("docs/en", "is within docs"),
        ("translations", "holds translations"),
        ("translations/es", "is within translations"),
        ("src", "holds files that are of no site"),
        ("mkdocs.yml", "holds mkdocs.yml"),
    ],
)
def test_sources_are_never_deleted(root: Path, name: str, reason: str) -> None:
    sources = [root / "docs", root / "translations"]
    problem = target.refusal(root / name, root, sources)
    assert problem is not None
    assert reason in problem.text


def test_a_site_and_an_empty_folder_may_be_built_into(root: Path) -> None:
    (root / "empty").mkdir()
    for name in ("site", "empty", "not/there"):
        assert target.refusal(root / name, root, [root / "docs"]) is None


def test_a_site_is_replaced_as_a_whole(root: Path) -> None:
    write(root / "site/old/page.html", "old")
    write(root / "site/.git/config", "kept")
    aside = Aside(root / "site")
    write(aside.folder / "index.html", "new")
    assert (root / "site/index.html").read_text() == "old"
    aside.publish()
    aside.close()
    assert (root / "site/index.html").read_text() == "new"
    assert (root / "site/.git/config").read_text() == "kept"
    assert sorted(each.name for each in (root / "site").iterdir()) == [".git", "index.html"]
    assert not list(root.glob(".site.new*"))


def test_where_folders_cannot_be_exchanged_files_are(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_exchange", lambda one, other: False)
    test_a_site_is_replaced_as_a_whole(root)


def test_what_is_not_published_leaves_the_site(root: Path) -> None:
    aside = Aside(root / "site")
    write(aside.folder / "index.html", "new")
    write(aside.folder / ".languages/es/index.html", "half")
    aside.close()
    assert (root / "site/index.html").read_text() == "old"
    assert not list(root.glob(".site.new*"))
    assert not (root / "site/.languages").exists()


def test_what_an_ended_build_left_is_gone(root: Path) -> None:
    write(root / ".site.new/index.html", "half")
    write(root / ".site.new/.languages/es/index.html", "half")
    aside = Aside(root / "site")
    assert list(aside.folder.iterdir()) == []
    aside.close()
    assert not (root / "site/.languages").exists()


def test_one_build_at_a_time(root: Path) -> None:
    aside = Aside(root / "site")
    with pytest.raises(SettingsError, match="another process"):
        Aside(root / "site")
    aside.close()
    Aside(root / "site").close()
