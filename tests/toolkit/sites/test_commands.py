"""The manual of the command is true: every verb stands there, with what it really prints.

`WRITE_MANUAL=1 pytest tests/toolkit/sites/test_commands.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from folders import ROOT, TOOLKIT
from handbook.bitext.files import write
from handbook.command import main, verbs
from handbooks import link
from programs import COMMAND, commit_all, git
from rows import rows

MANUAL = ROOT / "manual/docs/en/commands.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
FOREIGN = """\
msgid ""
msgstr "Language: ja\\nContent-Type: text/plain; charset=UTF-8\\n"

msgid ""
"- Nobody leads for long.\\n"
"- Everybody learns how to lead."
msgstr ""
"- だれも長くは率いません。\\n"
"- だれもが率いることを学びます。"

msgid "Who keeps the list"
msgstr "名簿の係"
"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook, with the site's configuration of the real one."""
    root = tmp_path_factory.mktemp("commands") / "handbook"
    shutil.copytree(TOOLKIT / "handbook", root)
    link(root)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    start, end = text.index("\nnav:"), text.index("\ntheme:")
    (root / "mkdocs.yml").write_text(text[:start] + text[end:], "utf-8")
    author = ("-c", "user.name=Ana", "-c", "user.email=ana@handbook.example")
    for words in (("init", "-q"), ("add", "."), (*author, "commit", "-qm", "Begin")):
        git(*words, at=root)
    others(root.parent)
    command = root.parent / "bin" / "handbook"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\n{COMMAND}", "utf-8")
    command.chmod(0o755)
    return root


def others(folder: Path) -> None:
    """Write a site that is no handbook, and a catalog of another program."""
    write(folder / "our-site/mkdocs.yml", "site_name: Our site\ntheme: {name: material}\n")
    write(folder / "our-site/docs/index.md", "# Our site\n\nWe meet on [Mondays](when.md).\n")
    write(folder / "our-site/docs/when.md", "# When\n\nAt eight.\n")
    commit_all(at=folder / "our-site")
    write(folder / "po4a/ja.po", FOREIGN)


def shown(root: Path, block: str) -> str:
    """A console block as it would be if its commands ran now."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            path = f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
            done = subprocess.run(
                ["sh", "-c", line.removeprefix("$ ")],
                cwd=root,
                env={**os.environ, "PATH": path},
                text=True,
                encoding="utf-8",
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            lines += [line, *done.stdout.splitlines()]
    return "\n".join(lines) + "\n"


def test_the_manual_shows_what_the_command_prints(handbook: Path) -> None:
    text = MANUAL.read_text("utf-8")
    true = BLOCK.sub(lambda match: f"```console\n{shown(handbook, match[1])}```", text)
    if os.environ.get("WRITE_MANUAL"):
        MANUAL.write_text(true, "utf-8")
    assert true == text


def test_each_page_leads_to_what_has_changed_on_it(handbook: Path) -> None:
    """The site that the manual has built: a page has a history in each language."""
    site = handbook / "site"
    history = (site / "history/mission.html").read_text("utf-8")
    assert "This page is new." in history
    other = "es/history/mission.html"
    assert f'<a href="../{other}" hreflang="es" lang="es">Español</a>' in history
    assert "Esta página es nueva." in (site / other).read_text("utf-8")
    page = (site / "es/mission/index.html").read_text("utf-8")
    assert '<a href="../history/mission.html">Qué ha cambiado en esta página</a>' in page
    assert (site / "es/history/red.html").exists()


def test_what_was_adopted_is_printed_with_version_date_and_standing(handbook: Path) -> None:
    """The page that the manual has adopted, its last edit undone."""
    page = handbook / "docs/en/red.md"
    page.write_text(page.read_text("utf-8").replace("Tuesday", "Monday"), "utf-8")
    shown(handbook, "$ handbook pdf en --to build/adopted")
    pdf = pypdfium2.PdfDocument(handbook / "build/adopted/en/red-en.pdf")
    text = " ".join(" ".join(each.get_textpage().get_text_range() for each in pdf).split())
    assert "Version 1.0, adopted on May 3, 2026 by: Assembly" in text
    assert "The decision is recorded here: minutes of May 3" in text
    assert "This is an authentic text." in text


def test_the_manual_is_a_strict_site_of_one_language_without_a_menu_of_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "manual", tmp_path / "manual")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=tmp_path / "manual",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        text=True,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "manual/site/commands/index.html").read_text("utf-8")
    assert 'class="md-header__title"' in page
    assert "md-select" not in page


def test_every_verb_stands_in_the_manual() -> None:
    text = MANUAL.read_text("utf-8")
    headings = re.findall(r"^## `handbook ([\w-]+)` \{ #\1 \}$", text, re.MULTILINE)
    assert set(headings) == set(verbs.names())
    shown = {
        verb
        for block in BLOCK.findall(text)
        for verb in re.findall(r"(?:\$|&&) handbook ([\w-]+)", block)
    }
    assert shown >= set(verbs.names())


@rows("name", verbs.names())
def test_every_verb_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main.main([name, "--help"])
    assert caught.value.code == 0
    assert "usage: handbook " + name in capsys.readouterr().out
