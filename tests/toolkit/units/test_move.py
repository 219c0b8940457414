"""Pages that move by the command: all that names them follows, and nothing else changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.bitext.moving import leftovers
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import ADOPTIONS
from handbook.bitext.project.redirects import NAME, after_moves, load
from handbook.bitext.upkeep import update
from handbook.command import main
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
    help: start.md # who helps
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


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose pages link to each other in every way, with all its translations."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(tmp_path / "mkdocs.yml", SETTINGS)
    write(tmp_path / "README.md", "Read [the start](docs/en/start.md).\n")
    pages = {"en/index": "# Home\n", "en/start": START, "en/plan": PLAN, "es/more/friend": FRIEND}
    for name, text in pages.items():
        write(tmp_path / f"docs/{name}.md", text)
    write(tmp_path / "docs/en/keywords.yml", "# words\nstart.md: >-\n  begin, first\n")
    for each in _updates(tmp_path):
        units = tuple(
            u._replace(translation=u.message.replace("See", "Ver")) for u in each.after.units
        )
        write(tmp_path / each.path, po.dump(each.after.__class__(each.after.header, units)))
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
    assert "first/begin.md: >-\n" in (root / "docs/en/keywords.yml").read_text("utf-8")
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


def test_the_glossary_stays_the_glossary(root: Path) -> None:
    write(root / "docs/en/reference/glossary.md", "# Words\n\nterm\n:   What it means.\n")
    for new in ("words.md", "terms.md"):
        old = Handbook.open(root).settings.glossary
        assert main.main(["-q", "move", old, new]) == 0
        assert list(Handbook.open(root).terms("en")) == ["term"]


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
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], check=True)
    assert main.main(["move", "docs/en/start.md", "docs/en/first/start.md"]) == 0
    left = "names the old path, and is left alone: "
    told = capsys.readouterr().out.splitlines()[-2:]
    assert told == [f"{left}notes/list.txt:1 and 1 more", f"{left}notes/sheet.txt:2"]


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
    monkeypatch.setattr(leftovers, "ask", lambda *words, root: None)
    (told,) = leftovers.leftovers(root, moves)
    assert told == "what else names the old path is not known: git fails; look for start"


def test_a_sheet_that_tells_people_addresses_tells_the_new_one(root: Path) -> None:
    sheet = root / "translations/es/READER.md"
    write(sheet, "1. Empezar: `/es/start/`\n2. `/start/#a`, `/es/more/start/`, /es/start/\n")
    assert main.main(["-q", "move", "docs/en/start.md", "docs/en/first/begin.md"]) == 0
    told = "1. Empezar: `/es/first/begin/`\n2. `/first/begin/#a`, `/es/more/start/`, /es/start/\n"
    assert sheet.read_text("utf-8") == told
