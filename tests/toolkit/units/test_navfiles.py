"""Navigation that plugins read from files beside the pages; left out where none is installed."""

from __future__ import annotations

from pathlib import Path

from handbook.bitext.files import write
from handbook.bitext.moving import move
from handbook.bitext.project import edits
from handbook.press.core.config import load
from handbook.press.core.log import collected
from handbook.press.make import interface, navigation
from handbook.press.plugin import plugin
from programs import package
from rows import rows

SITE = """\
site_name: Ours
theme: {{name: material}}
plugins:
  - {name}
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: es, name: Español}}
  - bitext
"""
PAGES = ("en/index.md", "en/guide/one.md", "en/guide/two.md", "es/guide/tres.md")
FILES = {
    "awesome-nav": {
        ".nav.yml": "nav:\n  - Start: index.md\n  - guide\n  - Elsewhere: https://example.org/\n",
        "guide/.nav.yml": "title: The guide\nnav:\n  - two.md\n  - '*'\n",
    },
    "literate-nav": {
        "SUMMARY.md": "* [Start](index.md)\n* [The guide](guide/)\n"
        "* [Elsewhere](https://example.org/)\n",
        "guide/SUMMARY.md": "* [two.md](two.md)\n* *.md\n",
    },
}


def site(root: Path, name: str) -> Path:
    """A handbook of two languages whose navigation the plugin `name` reads."""
    package(f"mkdocs-{name}")
    write(root / "mkdocs.yml", SITE.format(name=name))
    for page in PAGES:
        write(root / "docs" / page, f"# {page}\n")
    for file, text in FILES[name].items():
        write(root / "docs/en" / file, text)
    return root


@rows("name", FILES)
def test_files_are_read_for_all_languages_at_once(tmp_path: Path, name: str) -> None:
    root = site(tmp_path, name)
    with collected() as problems:
        nav = load(root).nav
    assert problems == []
    assert nav[0] == {"Start": "index.md"}
    assert [*nav[1]] == ["The guide"]
    assert nav[2] == {"Elsewhere": "https://example.org/"}
    assert navigation.of_pages(root)[:4] == [
        "index.md",
        "guide/two.md",
        "guide/one.md",
        "guide/tres.md",
    ]
    found = {text for text, _ in interface.find(root).messages}
    assert {"Start", "The guide", "Elsewhere"} <= found
    sources = plugin.open_editions(root).sources  # a file of navigation is no page
    assert set(sources) == {page.partition("/")[2] for page in PAGES}


def test_what_such_a_file_names_wrongly_is_told_at_its_line(tmp_path: Path) -> None:
    root = site(tmp_path, "awesome-nav")
    write(root / "docs/en/.nav.yml", "nav:\n  - index.md\n  - no.md\n")
    with collected() as problems:
        load(root)
    assert [(each.path, each.line) for each in problems] == [("docs/en/.nav.yml", 3)]
    write(root / "docs/en/.nav.yml", "nav: [\n")
    with collected() as problems:
        load(root)
    assert [each.path for each in problems] == ["docs/en/.nav.yml"]
    assert "\n" not in str(problems[0])


@rows("name", FILES)
def test_a_page_that_moves_is_named_anew_in_them(tmp_path: Path, name: str) -> None:
    root = site(tmp_path, name)
    handbook = plugin.open_editions(root).handbook
    found = move.move(handbook, "docs/en/guide/two.md", "docs/en/guide/deux.md")
    assert isinstance(found, edits.Edits)
    assert len(list(edits.carry_out(root, found))) > 1
    file = next(each for each in FILES[name] if each.startswith("guide"))
    assert "(deux.md)" in (text := (root / "docs/en" / file).read_text("utf-8")) or (
        "- deux.md\n" in text
    )
