"""A new handbook, and sites that become one: with real builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.command import main, worktree
from handbook.press.make import build
from programs import commit_all, git


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a call."""
    status = main.main(list(words))
    return status, *capsys.readouterr()


def test_a_new_handbook_is_built_checked_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The theme has no words in the first language, and no font is there for the third."""
    root = tmp_path / "our-group"
    status, said, problems = run(capsys, "new", str(root), "--languages", "qu,fr,am,pt-br")
    assert (status, problems) == (0, "")
    assert "write yours in qu" in said
    assert "no books in am" in said
    outcome = build.build(root)
    assert outcome.problems == ()
    assert [each.language for each in outcome.languages] == ["qu", "fr", "am", "pt-BR"]
    assert "Bienvenue" in (root / "site/fr/index.html").read_text("utf-8")
    books = {each.stem for each in (root / "site/books").glob("*.pdf")}
    assert books == {f"handbook-{each}" for each in ("qu", "fr", "pt-BR")}
    monkeypatch.chdir(root)
    assert run(capsys, "check")[0] == run(capsys, "update", "--check")[0] == 0
    assert run(capsys, "new", ".", "--languages", "fr")[0] == 2
    with (root / "mkdocs.yml").open("a") as file:
        file.write("extra_css: [a.css]\nextra: {tagged: !ENV [NO_SUCH_NAME, 5]}\n")
    write(root / "docs/qu/a.css", "p {}")
    write(root / "docs/qu/written-beside.md", "# One more\n")
    assert run(capsys, "stage", "--to", "build/pages")[0] == 0
    build_staged = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.fr.yml"]
    done = subprocess.run(
        build_staged, cwd="build/pages", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (root / "build/pages/site/fr/index.html").read_text("utf-8")
    assert "Bienvenue" in page
    assert 'href="/pt-BR/"' in page
    assert 'href="written-beside/"' in page
    assert (root / "build/pages/site/fr/a.css").exists()


# -- a site in one language ------------------------------------------------------------

SITE = """\
# Our site: settings
site_name: "Our site" # in quotation marks
docs_dir: content
repo_url: https://github.com/example/example
theme:
  name: material
  palette: {scheme: slate}
  custom_dir: content/overrides
plugins: [search] # one
extra_css: [look.css]
nav:
  - Home: README.md
  - Guide:
      - guide/one.md
exclude_docs: |
  /drafts/
  *.tmp
markdown_extensions:
  - pymdownx.snippets: {check_paths: true}
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
not_in_nav: |
  /parts/
"""
ONE = """\
---
owner: us
---
# One

--8<-- "content/parts/note.md"

Back [home](../README.md), a [file](../data.txt), a [word](#nowhere), and a microphone: \U0001f3a4

```mermaid
graph LR
  Start --> B[End]
```
"""


def committed(root: Path, files: dict[str, str]) -> Path:
    """Write files and commit them."""
    for name, text in files.items():
        write(root / name, text)
    commit_all(at=root)
    return root


def test_a_site_in_one_language_becomes_a_handbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "mkdocs.yml": SITE,
        "content/README.md": "# Home\n\n[One](guide/one.md)\n",
        "content/guide/one.md": ONE,
        "content/parts/note.md": "A note.\n",
        "content/drafts/x.md": "# [x](no.md)\n",
        "content/data.txt": "Data",
        "content/look.css": "p {}",
        "content/overrides/partials/x.html": "",
        "CONTRIBUTING.md": "# How\n\nBe kind.\n",
    }
    root = committed(tmp_path, files)
    monkeypatch.chdir(root)
    assert "name the languages" in run(capsys, "init")[2]
    status, said, problems = run(capsys, "init", "--languages", "fr")
    assert (status, problems) == (0, ""), problems
    assert "undo it: git reset --hard" in said
    text = (root / "mkdocs.yml").read_text("utf-8")
    assert [row for row in SITE.splitlines() if row not in text.splitlines()] == [
        "docs_dir: content",
        "plugins: [search] # one",
        "  - Home: README.md",
        "  /drafts/",
        "  /parts/",
    ]
    assert "meta: [owner]" in text
    assert 'Start["Start"]' in (root / "docs/en/guide/one.md").read_text("utf-8")
    assert (root / "CONTRIBUTING.md").read_text("utf-8").startswith("# How\n\nBe kind.\n\n<!--")
    outcome = build.build(root)
    assert outcome.problems == ()
    page = (root / "site/fr/guide/one/index.html").read_text("utf-8")
    assert "A note." in page
    edited = "https://github.com/example/example/edit/master/translations/fr/guide/one.po"
    assert edited in page
    assert (root / "site/look.css").exists()
    assert (root / "site/books/handbook-fr.pdf").exists()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert run(capsys, "check")[0] == run(capsys, "update", "--check")[0] == 0
    assert "is a handbook's already" in run(capsys, "init", "--languages", "de")[2]
    git("reset", "--quiet", "--hard", at=root)
    assert {each: (root / each).read_text("utf-8") for each in files} == files
    assert not (root / "docs").exists()


REFUSED = {
    "mkdocs.yml: is not here": {"README.md": ""},
    "has the theme mkdocs": {"mkdocs.yml": "site_name: x\n", "docs/a.md": "# A\n"},
    "mkdocs.yml:1: is not YAML": {"mkdocs.yml": "a: [\n", "docs/a.md": "# A\n"},
    "base.yml:1: is not YAML": {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "a: [\n"},
    "none.yml:1: not found": {"mkdocs.yml": "INHERIT: none.yml\n", "docs/a.md": "# A\n"},
    "there is no folder docs": {"mkdocs.yml": "theme: material\n"},
    "outside of this folder": {"mkdocs.yml": "theme: material\ndocs_dir: ../x\n"},
    "handbook init --from-pages": {
        "mkdocs.yml": "theme: material\n",
        "docs/a.md": "# A\n",
        "docs/ja/a.md": "# B\n",
    },
    "the plugin blog makes pages of its own": {
        "mkdocs.yml": "theme: material\nplugins: [search, blog]\n",
        "docs/a.md": "# A\n",
    },
    "write search: {exclude: true} into the front matter": {
        "mkdocs.yml": "theme: material\nplugins: [search, exclude-search]\n",
        "docs/a.md": "# A\n",
    },
    "the plugin llmstxt lists pages of one language": {
        "mkdocs.yml": "theme: material\nplugins: [search, llmstxt]\n",
        "docs/a.md": "# A\n",
    },
    "the plugin mdpo publishes other catalogs; take it out here": {
        "mkdocs.yml": "theme: material\nplugins: [search, mdpo]\n",
        "docs/a.md": "# A\n",
    },
    "rename or delete one": {
        "mkdocs.yml": "theme: material\n",
        "docs/index.md": "# A\n",
        "docs/en/index.md": "# B\n",
        "docs/en/sub/x.md": "# B\n",
        "docs/sub/x.md": "# B\n",
    },
}


@pytest.mark.parametrize(("words", "files"), REFUSED.items())
def test_what_cannot_be_a_handbook_is_left_alone(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    files: dict[str, str],
) -> None:
    monkeypatch.chdir(committed(tmp_path, files))
    status, said, problems = run(capsys, "init", "--languages", "fr")
    assert (status, said) == (2, "")
    assert words in problems
    assert git("status", "--porcelain", at=tmp_path) == ""


def test_only_what_can_be_undone_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "mkdocs.yml", "theme: material\n")
    write(tmp_path / "docs/a.md", "# A\n")
    assert "is not kept by git" in run(capsys, "init", "--languages", "fr")[2]
    committed(tmp_path, {})
    write(tmp_path / "docs/b.md", "# B\n")
    assert "docs/b.md: is not committed" in run(capsys, "init", "--languages", "fr")[2]


def test_what_git_does_not_keep_outlives_an_init_that_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where git is older than 2.25, and knows nothing of lists of paths in a file."""
    real = shutil.which("git")
    old = f'#!/bin/sh\ncase "$*" in *--pathspec-f*) exit 129;; esac\nexec {real} "$@"\n'
    write(tmp_path / "programs/git", old)
    (tmp_path / "programs/git").chmod(0o755)
    root = committed(tmp_path / "site", {".gitignore": "*.tmp\n", "docs/a.md": "# A\n"})
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=":")
    for name in ("docs/mine.txt", "docs/*.tmp", "docs/b.tmp", "docs/cö.tmp"):
        write(root / name, "mine")
    (root / os.fsdecode(b"docs/d\xff.tmp")).write_text("mine")
    before = sorted(root.rglob("docs/*"))
    strangers = worktree.strangers(["docs", "translations"])
    (root / "docs/a.md").rename(root / "docs/e.md")
    write(root / "docs/en/new.tmp", "ours")
    write(root / "translations/es/a.po", "ours")
    worktree.stage(["docs", "translations"], strangers)
    names = ["docs/a.md -> docs/e.md", "docs/en/new.tmp", "translations/es/a.po"]
    staged = [
        row[3:] for row in git("status", "--porcelain", at=root).splitlines() if row[0] != "?"
    ]
    assert staged == names
    worktree.undo(["docs", "translations"], strangers)
    assert sorted(root.rglob("docs/*")) == before
    assert not (root / "translations/es/a.po").exists()


def test_what_git_refuses_to_take_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    full = f'#!/bin/sh\ncase "$*" in *update-index*) exit 128;; esac\nexec {real} "$@"\n'
    write(tmp_path / "programs/git", full)
    (tmp_path / "programs/git").chmod(0o755)
    pages = {"mkdocs.yml": "site_name: a\ntheme: material\n", "docs/a.md": "# A\n"}
    root = committed(tmp_path / "site", pages)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=":")
    status, _, problems = run(capsys, "init", "--languages", "fr")
    assert (status, "git takes nothing that is new" in problems) == (1, True)
    problem = worktree.undo(["docs", "translations"], [])
    assert "could not be undone; git reset --hard, then delete" in str(problem)


# -- a site translated as pages --------------------------------------------------------

TWO = "# Two\n\nThe first words of it, 12.\n\nA [dot](img/dot.txt) and [three](sub/three.md)\n"
ZWEI = "# Zwei\n\nDie ersten Worte dieser Seite, 12.\n\nEin [Punkt]({}) und [drei](sub/three.md)\n"
PAGES = {
    "docs/index.md": "# Home\n\nWelcome to [two](two.md).\n",
    "docs/two.md": TWO,
    "docs/sub/three.md": "# Three\n\nBack to [two](../two.md).\n",
    "docs/img/dot.txt": ".",
}
NAV = """\
site_name: x
theme: {name: material}
nav:
  - Start: index.md
  - Rest: [two.md, sub/three.md]
plugins:
  - search
"""
FOLDERS = PAGES | {
    "mkdocs.yml": NAV,
    "docs/de/index.md": "# Start\n\nWillkommen bei [zwei](two.md).\n",
    "docs/de/two.md": ZWEI.format("../img/dot.txt"),
    "docs/de/sub/three.md": PAGES["docs/sub/three.md"],
    "docs/de/own.md": "# Eigenes\n\nNur hier.\n",
}
SUFFIXES = PAGES | {
    "mkdocs.yml": NAV
    + """\
  - i18n:
      docs_structure: suffix
      languages:
        - locale: en # first
          default: true
          name: English
        - locale: de
          name: Deutsch
          nav_translations:
            Start: Anfang
            Rest: Übriges
""",
    "docs/index.de.md": FOLDERS["docs/de/index.md"],
    "docs/two.de.md": ZWEI.format("img/dot.txt") + "\n## Mehr\n\nDas gibt es nur deutsch.\n",
    "docs/img/dot.de.txt": ":",
}


def test_patterns_of_a_navigation_may_fit_nothing_that_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "mkdocs.yml": "site_name: x\ntheme: {name: material}\nplugins: [awesome-nav]\n",
        "docs/.nav.yml": "nav:\n  - '*.md'\n  - guide\n  - '*' # rest\n  - More: ['*', two.md]\n",
        "docs/two.md": "# Two\n",
        "docs/index.md": "# Home\n",
        "docs/guide/.nav.yml": "nav: ['*.??.md', '*']\n",
        "docs/guide/one.md": "# One\n\nText.\n",
        "docs/de/index.md": "# Heim\n",
        "docs/de/guide/one.md": "# Eins\n\nWorte.\n",
    }
    monkeypatch.chdir(committed(tmp_path, files))
    status, said, problems = run(capsys, "init", "--from-pages")
    assert (status, problems) == (0, "")
    assert "docs/en/.nav.yml: no page fits “*” now, and none has to" in said
    entry = "{glob: '*', ignore_no_matches: true}"
    text = (tmp_path / "docs/en/.nav.yml").read_text("utf-8")
    assert f"  - {entry} # rest\n  - More: [{entry}, " in text
    assert "'*']\n" in (tmp_path / "docs/en/guide/.nav.yml").read_text("utf-8")
    assert build.build(tmp_path).problems == ()


@pytest.mark.parametrize("files", [FOLDERS, SUFFIXES], ids=["folders", "suffixes"])
def test_translated_pages_become_catalogs(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str],
) -> None:
    monkeypatch.chdir(committed(tmp_path, files))
    status, said, problems = run(capsys, "init", "--from-pages")
    assert (status, problems) == (0, ""), problems
    catalog = (tmp_path / "translations/de/two.po").read_text("utf-8")
    assert 'msgstr "Ein [Punkt](img/dot.txt) und [drei](sub/three.md)"' in catalog
    assert "fuzzy" not in catalog
    outcome = build.build(tmp_path)
    assert outcome.problems == ()
    page = (tmp_path / "site/de/two/index.html").read_text("utf-8")
    assert "Die ersten Worte" in page
    left = sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.glob("docs/de/**/*.*"))
    if files is FOLDERS:
        assert left == ["docs/de/own.md"]
        assert "docs/de/own.md: has no source" in said
        three = (tmp_path / "translations/de/sub/three.po").read_text("utf-8")
        assert 'msgstr "Three"' not in three
        assert "docs/de/sub/three.md: is a copy" in said
    else:
        assert left == ["docs/de/img/dot.txt"]
        assert "docs/two.de.md:9: only here, in no pair: Das gibt es nur deutsch." in said
        assert "Anfang" in page
        assert "locale: en # first" in (tmp_path / "mkdocs.yml").read_text("utf-8")
    git("reset", "--quiet", "--hard", at=tmp_path)
    assert {each: (tmp_path / each).read_text("utf-8") for each in files} == files
