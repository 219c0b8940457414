"""Pages that move by the command: all that names them follows, and nothing else changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import handbooks
from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.bitext.moving import leftovers
from handbook.bitext.project import faults, tomltable
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import ADOPTIONS
from handbook.bitext.project.redirects import NAME, after_moves, load
from handbook.bitext.upkeep import update
from handbook.command import main
from programs import git
from rows import rows

START = """---
description: How to begin.
---

# Start

See [the plan](plan.md#year "of plan.md"), [a friend](./more/friend.md?x=1).
Or ![a tree](img/tree.png).
Not `[code](plan.md)`, nor [outside](https://example.org/plan.md) or [here](#start).

```md
[fenced](plan.md)
```

[ref]: more/friend.md "A friend"
<a href="plan.md">raw</a> and [a neighbor](../more/friend/).
"""
PLAN = "# Plan\n\n## Year { #year }\n\nBegin with [the start](start.md#start).\n"
FRIEND = "# Amiga\n\nVe al [comienzo](../start.md) y al [plan](../plan.md).\n"
SETTINGS = """\
# The site.
site_name: A test
plugins:
  bitext:
    help: start.md#start # who helps
nav:
  - Home: index.md
  # The beginning
  - 'Start':   "start.md"   # first
  - More:
    - more/friend.md
    - start.md
not_in_nav: |
  /start.md
  other.md
"""

KEYWORDS = "# words\nstart.md: >-\n  begin, first\n\nstart.md#start: go\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose pages link to each other in every way, with all its translations."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(tmp_path / "mkdocs.yml", SETTINGS)
    write(tmp_path / "README.md", "Read [the start](docs/en/start.md).\n")
    pages = {"en/index": "# Home\n", "en/start": START, "en/plan": PLAN, "es/more/friend": FRIEND}
    for name, text in pages.items():
        write(tmp_path / f"docs/{name}.md", text)
    write(
        tmp_path / "docs/en/keywords.yml",
        "# words\nstart.md: >-\n  begin, first\n\nstart.md#start: go\n",
    )
    handbooks.translate(tmp_path, lambda _, unit: unit.message.replace("See", "Ver"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _updates(root: Path) -> list[update.Update]:
    book = Handbook.open(root)
    return [each for each in update.updates(book, book.languages, []) if each.changed]


def snapshot(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_a_moved_page_takes_everything_along(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(root)
    assert main.main(["move", "docs/en/start.md", "docs/en/first/begin.md"]) == 0
    assert "moved docs/en/start.md to docs/en/first/begin.md" in capsys.readouterr().out
    assert (root / "docs/en/first/begin.md").read_text("utf-8") == (
        START.replace("(plan.md#year", "(../plan.md#year")
        .replace("(./more/friend.md", "(../more/friend.md")
        .replace("(img/", "(../img/")
        .replace("]: more", "]: ../more")
        .replace('"plan.md"', '"../plan.md"')
        .replace("(../more/friend/)", "(../../more/friend/)")
    )
    assert "[the start](first/begin.md#start)" in (root / "docs/en/plan.md").read_text("utf-8")
    assert "(../first/begin.md)" in (root / "docs/es/more/friend.md").read_text("utf-8")
    assert "(docs/en/first/begin.md)" in (root / "README.md").read_text("utf-8")
    assert (root / "mkdocs.yml").read_text("utf-8") == SETTINGS.replace(
        "start.md", "first/begin.md"
    )
    assert (root / "docs/en/keywords.yml").read_text("utf-8") == KEYWORDS.replace(
        "start.md", "first/begin.md"
    )
    assert (root / NAME).read_text("utf-8").endswith("\nstart.md: first/begin.md\n")
    for language in ("es", "ja"):
        text = (root / f"translations/{language}/first/begin.po").read_text("utf-8")
        assert "Ver [the plan](../plan.md#year" in text
        assert "#: first/begin.md\n" in text
        assert "start.md#" not in (root / f"translations/{language}/plan.po").read_text("utf-8")
    # Nothing is left, nothing else is written, and nothing remains to be done.
    after = snapshot(root)
    gone = {"docs/en/start.md", "translations/es/start.po", "translations/ja/start.po"}
    assert before.keys() - after.keys() == gone
    assert before["docs/en/index.md"] == after["docs/en/index.md"]
    book = Handbook.open(root)
    assert list(faults.problems(book)) == []
    assert all(book.tally(s, "ja")[1:] == (0, 0, 0) for s in book.sources())
    assert _updates(root) == []


def test_there_and_back_again_leaves_no_trace_but_a_redirect(root: Path) -> None:
    before = snapshot(root)
    assert main.main(["-q", "move", "start.md", "first/begin.md"]) == 0
    assert main.main(["-q", "move", "docs/en/first/begin.md", "docs/en/start.md"]) == 0
    after = snapshot(root)
    assert after.pop(NAME).decode().endswith("\nfirst/begin.md: start.md\n")
    # A link to the same folder is written without "./" once it has been rewritten.
    wording = {name: data.replace(b"(./more", b"(more") for name, data in before.items()}
    assert {n: d.replace(b"(./more", b"(more") for n, d in after.items()} == wording


def test_a_folder_moves_in_every_language(root: Path) -> None:
    write(root / "docs/en/more/tea.md", "# Tea\n\n[Amiga](friend.md), [start](../start.md)\n")
    assert main.main(["-q", "move", "more", "people/near"]) == 0
    assert not list(root.glob("docs/*/more"))
    tea = (root / "docs/en/people/near/tea.md").read_text("utf-8")
    assert tea == "# Tea\n\n[Amiga](friend.md), [start](../../start.md)\n"
    assert "(./people/near/friend.md?x=1)" in (root / "docs/en/start.md").read_text("utf-8")
    assert "(../people/near/friend/)" in (root / "docs/en/start.md").read_text("utf-8")
    assert (root / "translations/en/people/near/friend.po").exists()
    entries = "more/friend.md: people/near/friend.md\nmore/tea.md: people/near/tea.md\n"
    assert (root / NAME).read_text("utf-8").endswith(entries)
    assert "    - people/near/friend.md\n" in (root / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("plugin", "file", "text", "then"),
    [
        (
            "awesome-pages",
            ".pages",
            "nav:\n  - Us: more # all\n  - more/friend.md\n  - ...\n",
            "nav:\n  - Us: we # all\n  - we/friend.md\n  - ...\n",
        ),
        ("awesome-nav", ".nav.yml", "nav:\n  - Us: more/\n", "nav:\n  - Us: we/\n"),
        (
            "literate-nav",
            "SUMMARY.md",
            "- [Us](more/)\n- [Friend](more/friend.md)\n",
            "- [Us](we/)\n- [Friend](we/friend.md)\n",
        ),
    ],
)
def test_a_folder_moves_with_its_navigation(
    root: Path, plugin: str, file: str, text: str, then: str
) -> None:
    """Else it would be in no menu any more, and its own order would be lost."""
    write(root / "mkdocs.yml", f"plugins: [search, {plugin}]\nnot_in_nav: /more/\n")
    write(root / "docs/en/more/index.md", "# More\n")
    for name in (file, ".meta.yml"):
        write(root / "docs/en/more" / name, "title: We\n" if name != "SUMMARY.md" else "- x\n")
    write(root / "docs/en" / file, text)
    assert main.main(["move", "more", "we"]) == 0
    assert (root / "docs/en" / file).read_text("utf-8") == then
    assert "not_in_nav: /we/\n" in (root / "mkdocs.yml").read_text("utf-8")
    assert not (root / "docs/en/more").exists()
    assert {each.name for each in (root / "docs/en/we").iterdir()} == {
        file,
        ".meta.yml",
        "index.md",
    }


def test_a_folder_moves_into_a_folder_of_its_own(root: Path) -> None:
    """Where a page goes, there may be one that goes further."""
    write(root / "docs/es/more/near/friend.md", "# Vecina\n\n[Amiga](../friend.md)\n")
    for each in _updates(root):
        write(root / each.path, po.dump(each.after))
    assert main.main(["-q", "move", "more", "more/near"]) == 0
    texts = [
        (root / f"docs/es/more/near/{name}friend.md").read_text("utf-8") for name in ("", "near/")
    ]
    assert texts == [
        "# Amiga\n\nVe al [comienzo](../../start.md) y al [plan](../../plan.md).\n",
        "# Vecina\n\n[Amiga](../friend.md)\n",
    ]
    folder = root / "translations/en/more/near"
    assert 'msgid "Amiga"' in (folder / "friend.po").read_text("utf-8")
    assert 'msgid "Vecina"' in (folder / "near/friend.po").read_text("utf-8")
    assert (root / NAME).read_text("utf-8").endswith("\nmore/friend.md: more/near/friend.md\n")


def test_what_include_markdown_reads_beside_a_page_is_found_from_its_new_place(root: Path) -> None:
    text = '# P\n\n{% include-markdown "../../README.md" %}\n{% include "en/x.txt" %}\n'
    write(root / "docs/en/parts.md", text)
    assert main.main(["move", "docs/en/parts.md", "docs/en/deep/parts.md"]) == 0
    moved = (root / "docs/en/deep/parts.md").read_text("utf-8")
    assert moved == text.replace("../../README.md", "../../../README.md")


def test_into_a_folder_that_is_there(root: Path) -> None:
    assert main.main(["-q", "move", "docs/en/plan.md", "docs/en/more/"]) == 0
    assert main.main(["-q", "move", "start.md", "more"]) == 0
    assert sorted(each.name for each in root.glob("docs/en/more/*")) == ["plan.md", "start.md"]
    assert "(plan.md#year" in (root / "docs/en/more/start.md").read_text("utf-8")


@rows(
    ("new", "link"),
    [
        ("my page.md", "(my%20page.md#start)"),
        ("a(b.md", "(a%28b.md#start)"),
        ("日本.md", "(日本.md#start)"),
    ],
)
def test_links_to_a_new_name_are_links(new: str, link: str, root: Path) -> None:
    text = (root / "docs/en/plan.md").read_text("utf-8")
    try:
        assert main.main(["-q", "move", "start.md", new]) == 0
        assert link in (root / "docs/en/plan.md").read_text("utf-8")
        assert link in (root / "translations/es/plan.po").read_text("utf-8")
        assert _updates(root) == []
    finally:
        assert main.main(["-q", "move", new, "start.md"]) == 0
    assert (root / "docs/en/plan.md").read_text("utf-8") == text


def test_a_folder_moves_with_a_page_whose_name_is_quoted_in_links(root: Path) -> None:
    write(root / "docs/en/club/100%.md", "# All\n")
    write(root / "docs/en/plan.md", "# Plan\n\nSee [all](club/100%25.md).\n")
    assert main.main(["-q", "move", "club", "group"]) == 0
    assert "(group/100%25.md)" in (root / "docs/en/plan.md").read_text("utf-8")


def test_the_glossary_stays_the_glossary(root: Path) -> None:
    write(root / "docs/en/reference/glossary.md", "# Words\n\nterm\n:   What it means.\n")
    for new in ("words.md", "terms.md"):
        old = Handbook.open(root).settings.glossary
        assert main.main(["-q", "move", old, new]) == 0
        assert list(Handbook.open(root).terms("en")) == ["term"]


_LANGUAGES = 'languages = ["en", "es", "ja"]'


@rows(
    ("text", "made"),
    [
        (
            f"[tool.handbook] # x\n{_LANGUAGES}\n",
            f'[tool.handbook] # x\nglossary = "b.md"\n{_LANGUAGES}\n',
        ),
        ("[tool.handbook]\r\n", '[tool.handbook]\r\nglossary = "b.md"\r\n'),
        ("[tool.handbook]", '[tool.handbook]\nglossary = "b.md"\n'),
        (
            '[project]\nname = "x"\n',
            '[project]\nname = "x"\n\n[tool.handbook]\nglossary = "b.md"\n',
        ),
        ("", '[tool.handbook]\nglossary = "b.md"\n'),
        (
            "[tool.other]\nglossary = \"a.md\"\n[tool.handbook]\n glossary= 'a.md' # ours\n[x]\n",
            '[tool.other]\nglossary = "a.md"\n[tool.handbook]\n glossary= "b.md" # ours\n[x]\n',
        ),
    ],
)
def test_the_glossary_is_named_in_the_table_of_the_handbook(text: str, made: str) -> None:
    assert tomltable.with_value(text, "glossary", "b.md") == made


@rows("text", [f"tool.handbook.{_LANGUAGES}\n", f"[tool]\nhandbook = {{{_LANGUAGES}}}\n"])
def test_a_glossary_that_cannot_be_named_anew_does_not_move(
    text: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/en/reference/glossary.md", "# Words\n\nterm\n:   What it means.\n")
    write(root / "pyproject.toml", text)
    before = snapshot(root)
    assert main.main(["move", "reference/glossary.md", "words.md"]) == 2
    assert 'write glossary = "words.md" below [tool.handbook]' in capsys.readouterr().err
    assert snapshot(root) == before


def test_what_a_page_includes_follows(root: Path) -> None:
    lines = "--8<-- \"{0}\"\n\n> --8<-- '{1}:2:3'\n\n--8<--\n{2}\n; {2}\n  {3}:part\n--8<--\n"
    old = ("docs/en/start.md", "en/start.md", "start.md", "none.md")
    new = ("docs/en/first/begin.md", "en/first/begin.md", "first/begin.md", "none.md")
    write(root / "docs/en/plan.md", "# Plan\n\n" + lines.format(*old))
    write(root / "docs/en/more/other.md", '# Other\n\n--8<-- "../start.md"\n')
    assert main.main(["-q", "move", "start.md", "first/begin.md"]) == 0
    made = (root / "docs/en/plan.md").read_text("utf-8")
    assert made == "# Plan\n\n" + lines.format(*new)
    other = root / "docs/en/more/other.md"
    assert '"../first/begin.md"' in other.read_text("utf-8")
    assert main.main(["-q", "move", "more/other.md", "other.md"]) == 0
    assert '"first/begin.md"' in (root / "docs/en/other.md").read_text("utf-8")


def test_what_a_page_includes_from_a_folder_of_the_site_follows(root: Path) -> None:
    """Nothing above such a folder is read from there."""
    snippets = "markdown_extensions:\n- pymdownx.snippets: {base_path: [docs/en/parts, .]}\n"
    write(root / "mkdocs.yml", (root / "mkdocs.yml").read_text("utf-8") + snippets)
    write(root / "docs/en/parts/warm.md", "Keep warm.\n")
    write(root / "docs/en/warm.md", "Another, which is not included.\n")
    page = '# Plan\n\n--8<-- "warm.md"\n'
    write(root / "docs/en/plan.md", page)
    assert main.main(["-q", "move", "warm.md", "hot.md"]) == 0
    assert (root / "docs/en/plan.md").read_text("utf-8") == page
    moves = [("parts/warm.md", "parts/heat.md"), ("parts/heat.md", "shared/heat.md")]
    for (old, new), path in zip(moves, ("heat.md", "docs/en/shared/heat.md"), strict=True):
        assert main.main(["-q", "move", old, new]) == 0
        assert f'"{path}"' in (root / "docs/en/plan.md").read_text("utf-8")


def test_a_folder_that_moves_into_itself_loses_no_page(root: Path) -> None:
    """Each page took the name of the next, which was written over before it was read."""
    names = ("club/one.md", "club/in/one.md", "club/in/in/one.md")
    for number, name in enumerate(names):
        write(root / "docs/en" / name, f"# Page {number}\n\nSee [the start](/x).\n")
    for each in _updates(root):
        write(root / each.path, po.dump(each.after))
    before = snapshot(root)
    assert main.main(["-q", "move", "club", "club/in"]) == 0
    for number, name in enumerate((*names[1:], "club/in/in/in/one.md")):
        assert (root / "docs/en" / name).read_bytes().startswith(b"# Page %d" % number)
    book = Handbook.open(root)
    assert list(faults.problems(book)) == []
    assert book.redirects == {"club/one.md": "club/in/one.md"}
    assert _updates(root) == []
    assert main.main(["-q", "move", "club/in", "club"]) == 0
    after = snapshot(root)
    assert {name: after[name] for name in before} == before
    assert list(faults.problems(Handbook.open(root))) == []


def test_links_that_lead_out_are_neither_moved_nor_changed(
    root: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "out.md"
    write(outside, "# Out\n\nSee [it](start.md).\n")
    (root / "docs/en/out.md").symlink_to(outside)
    (root / "docs/en/same.md").symlink_to("plan.md")
    assert main.main(["move", "out.md", "in.md"]) == 2
    assert capsys.readouterr().err.startswith("docs/en/out.md:1: is a link that leads out of")
    assert main.main(["-q", "move", "start.md", "begin.md"]) == 0
    assert (root / "docs/en/out.md").is_symlink()
    assert (root / "docs/en/same.md").is_symlink()
    assert "(begin.md#start)" in (root / "docs/en/same.md").read_text("utf-8")


def test_a_script_that_names_a_page_can_still_be_run(root: Path) -> None:
    script = root / ".github/count.sh"
    write(script, "wc -w docs/en/start.md\n")
    script.chmod(0o755)
    assert main.main(["-q", "move", "start.md", "begin.md"]) == 0
    assert script.read_text("utf-8") == "wc -w docs/en/begin.md\n"
    assert script.stat().st_mode & 0o777 == 0o755


def test_lists_that_name_pages_by_their_paths_follow(root: Path) -> None:
    adopted = "# Ours\n'start.md': # of 2026\n- version: '1.0' # of start.md\nplan.md: []\n"
    write(root / ADOPTIONS, adopted)
    owners = "/{}/start.md @a\n/{}/start.po @a\n/docs/en/start.md.txt @b\n/my-docs/en/start.md @b\n"
    write(root / ".github/CODEOWNERS", owners.format("docs/en", "translations/ja"))
    write(root / "translations/ja/READER.md", "Read [this](../../docs/en/start.md).\n")
    assert main.main(["-q", "move", "start.md", "first/begin.md"]) == 0
    assert (root / ADOPTIONS).read_text("utf-8") == adopted.replace("'start.md", "'first/begin.md")
    assert (root / ".github/CODEOWNERS").read_text("utf-8") == (
        "/docs/en/first/begin.md @a\n/translations/ja/first/begin.po @a\n"
        "/docs/en/start.md.txt @b\n/my-docs/en/start.md @b\n"
    )
    assert "(../../docs/en/first/begin.md)" in (root / "translations/ja/READER.md").read_text()


def test_a_page_is_known_however_the_letters_of_its_name_are_written(root: Path) -> None:
    write(root / "docs/en/an\u0303o.md", "# Year\n")
    write(root / "docs/en/links.md", "[a](a\u00f1o.md) [b](an\u0303o.md) ![c](a\u00f1o.png)\n")
    write(root / "mkdocs.yml", "nav:\n  - index.md\n  - a\u00f1o.md\n")
    write(root / NAME, "old.md: a\u00f1o.md#top\n")
    assert Handbook.open(root).redirects == {"old.md": "an\u0303o.md#top"}
    assert main.main(["-q", "move", "docs/en/an\u0303o.md", "docs/en/year.md"]) == 0
    text = (root / "docs/en/links.md").read_text("utf-8")
    assert text == "[a](year.md) [b](year.md) ![c](a\u00f1o.png)\n"
    assert (root / "mkdocs.yml").read_text("utf-8").endswith("  - year.md\n")
    assert Handbook.open(root).redirects["old.md"] == "year.md#top"


@rows(
    ("name", "before", "after"),
    [
        ("CODEOWNERS", r"/docs/en/start.md @a", r"/docs/en/our\ start\*.md @a"),
        ("CODEOWNERS", r"# docs/en/start.md @a # start", r"# docs/en/our\ start\*.md @a # start"),
        (".gitlab/CODEOWNERS", r"/docs/en/start.md", r"/docs/en/our\ start\*.md"),
        (".gitattributes", "/docs/en/start.md text", r'"/docs/en/our start\\*.md" text'),
        (".gitattributes", '"docs/en/start.md"\ttext', r'"docs/en/our start\\*.md"' "\ttext"),
        (".github/x.yml", "- docs/en/start.md", "- docs/en/our start*.md"),
    ],
)
def test_a_pattern_means_the_page_that_has_moved_and_no_other(
    root: Path, name: str, before: str, after: str
) -> None:
    write(root / name, f"{before}\n/docs/en/more/ @b\n")
    path = "docs/en/our start*.md"
    assert main.main(["-q", "move", "docs/en/start.md", path]) == 0
    assert (root / name).read_text("utf-8") == f"{after}\n/docs/en/more/ @b\n"
    if name == ".gitattributes":
        git("init", "-q")
        assert git("check-attr", "text", "--", path) == f"{path}: text: set\n"
    assert main.main(["-q", "move", path, "docs/en/start.md"]) == 0
    assert (root / name).read_text("utf-8").replace('"', "") == (
        f"{before}\n/docs/en/more/ @b\n".replace('"', "")
    )


def test_patterns_of_a_folder_follow_if_all_of_it_has_moved(root: Path) -> None:
    for name in ("our guide/a", "our guide/b", "other/c", "other/d"):
        write(root / f"docs/en/{name}.md", "# A\n")
    owners = "/docs/en/our\\ guide/ @a\ndocs/en/our\\ guide/** @b\n/docs/en/other/ @c\n"
    write(root / "CODEOWNERS", owners)
    write(root / ".github/workflows/x.yml", "paths: [docs/en/our guide/**, docs/en/our guide.md]\n")
    assert main.main(["-q", "move", "docs/en/our guide", "docs/en/hand/book"]) == 0
    assert main.main(["-q", "move", "docs/en/other/c.md", "docs/en/more/c.md"]) == 0
    assert (root / "CODEOWNERS").read_text("utf-8") == (
        "/docs/en/hand/book/ @a\ndocs/en/hand/book/** @b\n/docs/en/other/ @c\n"
    )
    assert (root / ".github/workflows/x.yml").read_text("utf-8") == (
        "paths: [docs/en/hand/book/**, docs/en/our guide.md]\n"
    )


@rows(
    ("name", "new", "before", "after"),
    [
        ("CODEOWNERS", "guide/old", "!/docs/en/guide/a.md", "!/docs/en/guide/old/a.md"),
        ("CODEOWNERS", "guide/old", "docs/en/guide/ @a", "docs/en/guide/old/ @a"),
        ("CODEOWNERS", "my guide", "docs/en/guide/*.md @a", r"docs/en/my\ guide/*.md @a"),
        (".gitattributes", "guide/old", "docs/en/guide/** text", "docs/en/guide/old/** text"),
        (".gitattributes", "our guide", "docs/en/guide/** text", '"docs/en/our guide/**" text'),
        (".gitattributes", "a [1]", '"docs/en/guide/a*" text', r'"docs/en/a \\[1]/a*" text'),
    ],
)
def test_a_pattern_means_what_is_in_a_folder_that_has_moved(
    root: Path, name: str, new: str, before: str, after: str
) -> None:
    write(root / "docs/en/guide/a.md", "# A\n")
    write(root / name, f"{before}\n")
    assert main.main(["-q", "move", "docs/en/guide", f"docs/en/{new}"]) == 0
    assert (root / name).read_text("utf-8") == f"{after}\n"
    if name == ".gitattributes":
        git("init", "-q")
        path = f"docs/en/{new}/a.md"
        assert git("check-attr", "text", "--", path) == f"{path}: text: set\n"


def test_the_folder_of_a_language_stays_though_its_only_page_moves(root: Path) -> None:
    write(root / "docs/ja/only.md", "# 頁\n")
    owners = "/docs/ja/ @j\n/docs/ja/only.md @k\n"
    write(root / "CODEOWNERS", owners)
    assert main.main(["-q", "move", "docs/ja/only.md", "docs/ja/deep/only.md"]) == 0
    assert (root / "CODEOWNERS").read_text("utf-8") == owners.replace("only", "deep/only")


@rows(
    ("text", "found"),
    [
        ("/docs/en/our\\ guide/a.md @a\n", 0),
        ("**/guide/a.md @a\n", 1),  # for which perl would write a pattern of another file
    ],
)
def test_a_pattern_with_a_blank_is_no_leftover(root: Path, text: str, found: int) -> None:
    write(root / "CODEOWNERS", text)
    git("init", "-q")
    git("add", ".")
    moves = {"docs/en/guide/a.md": "docs/en/our guide/a.md"}
    told = list(leftovers.leftovers(root, moves))
    assert told == ["names the old path, and is left alone: CODEOWNERS:1"] * found


@pytest.mark.parametrize("name", [ADOPTIONS, "docs/en/keywords.yml"])
def test_a_list_never_has_a_page_twice(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / name, "start.md: []\n# Of a page that is gone.\nbegin.md: []\n")
    before = snapshot(root)
    assert main.main(["move", "start.md", "begin.md"]) == 2
    assert capsys.readouterr().err.startswith(f"{name}:3: has something of begin.md already; ")
    assert snapshot(root) == before


REFUSED = {
    "nothing.md other.md": "nothing.md: is no page and no folder of pages; ",
    "docs/es/start.md docs/es/begin.md": "docs/es/start.md: is no page; the page is docs/en/start",
    "docs/en/start.md docs/es/start.md": "docs/es/start.md: is in the folder of another language; ",
    "docs/en/start.md docs/en/plan.md": "docs/en/plan.md: exists; ",
    "start.md more/friend.md": "docs/en/more/friend.md: exists; ",
    "start.md Plan.md": "docs/en/Plan.md: exists, as plan.md, from which it differs in case",
    "start.md more/friend/index.md": "docs/en/more/friend/index.md: would have the address of ",
    "start.md start.md": "docs/en/start.md: is where it is already; ",
    "start.md ../begin.md": "../begin.md: is not in the folder of a language; ",
    "start.md /etc/begin.md": "/etc/begin.md: is not in the folder of a language; ",
    "../start.md begin.md": "../start.md: is not in the folder of a language; ",
    "start.md docs/begin.md": "docs/begin.md: is not in the folder of a language; ",
    "start.md begin": "docs/en/begin: is no name of a page; ",
    "start.md begin.txt": "docs/en/begin.txt: is no name of a page; ",
    "start.md .begin.md": "docs/en/.begin.md: is hidden",
    "start.md a#b.md": "docs/en/a#b.md: has #, ? or % in it, ",
    "start.md \udcff.md": "docs/en/\\udcff.md: has a character that is invisible or no text; ",
    "start.md \u202eb.md": "docs/en/\u202eb.md: has a character that is invisible or no text; ",
    "start.md site.md": "docs/en/site.md: would have its translations in site.po",
    "start.md README.md": "docs/en/README.md: is no page of the site",
    "start.md taken.md": "docs/en/taken.md: is taken: there is translations/ja/taken.po; ",
    "index.md home.md": "docs/en/home.md: would leave the site without a home page; ",
    "start.md": "handbook: move: the following arguments are required: NEW; ",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_move_is_a_line_and_nothing_is_written(
    words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "translations/ja/taken.po", 'msgid ""\nmsgstr ""\n')
    before = snapshot(root)
    assert main.main(["move", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(REFUSED[words])
    assert "; " in err
    assert snapshot(root) == before


def test_settings_that_cannot_be_read_stop_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/en/keywords.yml", "start.md: [\n")
    before = snapshot(root)
    assert main.main(["move", "start.md", "begin.md"]) == 2
    assert capsys.readouterr().err.startswith("docs/en/keywords.yml:1: is not YAML (")
    assert snapshot(root) == before


# -- the list of redirects ---------------------------------------------------------------


def test_redirects_follow_each_other_and_keep_their_comments() -> None:
    text = "# Why\nold.md: start.md#x # printed in 2026\n'b.md': start.md\nnew.md: old.md\n"
    assert after_moves(text, {"start.md": "new.md"}) == (
        "# Why\nold.md: new.md#x # printed in 2026\n'b.md': new.md\nstart.md: new.md\n"
    )
    assert after_moves("a.md: b.md", {"c.md": "d.md"}) == "a.md: b.md\nc.md: d.md\n"
    assert after_moves("", {"a.md": "b.md"}).endswith("\na.md: b.md\n")
    text = "a.md: |-\n  b.md\nc.md: x.md\n"
    assert after_moves(text, {"a.md": "d.md"}) == "c.md: x.md\na.md: d.md\n"
    assert after_moves("a.md: b.md\r\n", {"c.md": "d.md"}) == "a.md: b.md\r\nc.md: d.md\r\n"


@rows(
    "text",
    [
        "{old.md: start.md}\n",
        "  old.md: start.md\n",
        "old.md: start.md\n...\n",
        "- old.md: start.md\n",
        "just words\n",
    ],
)
def test_no_line_is_added_to_a_list_that_it_would_break(
    text: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / NAME, text)
    before = snapshot(root)
    assert main.main(["move", "start.md", "begin.md"]) == 2
    assert capsys.readouterr().err.startswith(f"{NAME}:")
    assert snapshot(root) == before


@rows(
    ("line", "told"),
    [
        ("plan.md: start.md", "plan.md is a page, so nobody is led away from it; "),
        ("old.md: none.md", "there is no page none.md; "),
        ("../../old.md: start.md", "../../old.md is no redirect; "),
        ("/old.md: start.md", "/old.md is no redirect; "),
        ("old: start.md", "old is no redirect; "),
        ("en/old.md: start.md", "en/old.md leads from one address in all languages; "),
        ("old.md: es/start.md", "old.md leads from one address in all languages; "),
        ("old.md: [start.md]", "old.md is no redirect; "),
        ("old.md:", "old.md is no redirect; "),
        ("- old.md", "this is no redirect; "),
        ("just words", "just words is no redirect; "),
        ("old.md: [", "is not YAML ("),
        ("old.md: .", "there is no page .; "),
    ],
)
def test_a_redirect_that_leads_nowhere_is_named(line: str, told: str, tmp_path: Path) -> None:
    write(tmp_path / NAME, f"# A comment\n{line}\n")
    found, problems = load(tmp_path, ["start.md", "plan.md"], ["en", "es"])
    assert found == {}
    assert [each.path for each in problems] == [NAME]
    assert problems[0].line in (2, 3)
    assert problems[0].text.startswith(told)


def test_there_need_be_no_redirects(tmp_path: Path) -> None:
    assert load(tmp_path, []) == ({}, [])
    write(tmp_path / NAME, "# None yet\n")
    assert load(tmp_path, []) == ({}, [])


def test_what_names_a_page_by_its_old_path_and_is_left_alone_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "notes/sheet.txt", "one\n`/es/start/`\nstarter.md, restart.md, start/x\n")
    write(root / "notes/list.txt", "start.md\nand more/start.md\n")
    write(root / "notes/new.txt", "first/start.md\n")
    write(root / "docs/en/llms.txt", "- [Start](/start/): how to begin\n")
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], check=True)
    assert main.main(["move", "docs/en/start.md", "docs/en/first/start.md"]) == 0
    left = "names the old path, and is left alone: "
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(left)]
    named = ["docs/en/llms.txt:1", "notes/list.txt:1 and 1 more", "notes/sheet.txt:2"]
    assert told == [f"{left}{each}" for each in named]


def test_what_names_an_old_path_follows_by_the_command_that_is_told(root: Path) -> None:
    write(
        root / "notes.txt", "docs/en/club/one.md\n`/es/club/one/`\nclub/one-day.md club/one.txt\n"
    )
    write(root / "new.txt", "my/club/one.md\n")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "-A"], check=True)
    moves = {"docs/en/club/one.md": "docs/en/my/club/one.md"}
    left, command = leftovers.leftovers(root, moves)
    assert left == "names the old path, and is left alone: notes.txt:1 and 1 more"
    for _ in range(2):  # the second time, there is nothing left to do
        subprocess.run(command.removeprefix("to have these follow: "), shell=True, check=True)
        assert (root / "notes.txt").read_text("utf-8") == (
            "docs/en/my/club/one.md\n`/es/my/club/one/`\nclub/one-day.md club/one.txt\n"
        )
    assert list(leftovers.leftovers(root, moves)) == []


@rows(
    ("old", "new"),
    [
        ("docs/en/start.md", "docs/en/art.md"),  # in the old name
        ("docs/en/start.md", "docs/en/start/index.md"),
        ("docs/en/club/one.md", "docs/en/one.md"),
    ],
)
def test_a_new_name_that_is_like_the_old_one_hides_nothing(
    old: str, new: str, tmp_path: Path
) -> None:
    write(tmp_path / "my notes.txt", f"{new}\n{old}\n")
    subprocess.run(["git", "init", "-q"], check=True, cwd=tmp_path)
    subprocess.run(["git", "add", "-A"], check=True, cwd=tmp_path)
    left, *command = leftovers.leftovers(tmp_path, {old: new})
    assert left.endswith(": my notes.txt:2")
    for each in command:
        words = each.removeprefix("to have these follow: ")
        subprocess.run(words, shell=True, check=True, cwd=tmp_path)
        assert (tmp_path / "my notes.txt").read_text("utf-8") == f"{new}\n{new}\n"


def test_a_folder_that_has_moved_is_followed_by_one_command(root: Path) -> None:
    write(root / "notes.txt", "club/one.md club/two/ tests/club/x.md club-two/one.md\n")
    write(root / "picture.bin", "\0club/one.md")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "-A"], check=True)
    moves = {f"docs/en/club/{name}.md": f"docs/en/group/{name}.md" for name in ("one", "two")}
    left, command = leftovers.leftovers(root, moves)
    assert left.endswith("notes.txt:1")
    subprocess.run(command.partition(": ")[2], shell=True, check=True, cwd=root)
    assert (root / "notes.txt").read_text("utf-8") == (
        "group/one.md group/two/ tests/club/x.md club-two/one.md\n"
    )


def test_where_git_fails_nothing_is_said_to_be_complete(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = {"docs/en/start.md": "docs/en/begin.md"}
    assert list(leftovers.leftovers(root, moves)) == []  # there is no history that could know files
    subprocess.run(["git", "init", "-q"], check=True)
    monkeypatch.setattr(leftovers.git, "ask", lambda *words, root: None)
    (told,) = leftovers.leftovers(root, moves)
    assert told == "what else names the old path is not known: git fails; look for start"


def test_a_sheet_that_tells_people_addresses_tells_the_new_one(root: Path) -> None:
    sheet = root / "translations/es/READER.md"
    write(sheet, "1. Empezar: `/es/start/`\n2. `/start/#a`, `/es/more/start/`, /es/start/\n")
    assert main.main(["-q", "move", "docs/en/start.md", "docs/en/first/begin.md"]) == 0
    told = "1. Empezar: `/es/first/begin/`\n2. `/first/begin/#a`, `/es/more/start/`, /es/start/\n"
    assert sheet.read_text("utf-8") == told
