"""The manual for organizations that take the toolkit up: its settings and its commands are true."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext.files import write
from handbook.bitext.project import settings
from handbook.command import main
from handbook.press.plugin import options
from rows import rows

PAGES = sorted((ROOT / "manual/docs/en").glob("*.md"))
TABLES = {"bitext": options.Options, "handbook": settings.Settings}
_CONSOLE = re.compile(r"^```console\n.*?^```$", re.MULTILINE | re.DOTALL)  # sites/test_commands.py
_CODE = re.compile(r"`(handbook [^`]+)`|^(handbook [^#\n]+)", re.MULTILINE)


def settings_of(table: type) -> Iterator[str]:
    """Yield a row for each setting of a class: its name, and the text below it in the source."""
    body = ast.parse(inspect.getsource(table)).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, text in zip(body.body, body.body[1:], strict=False):
        name = field.target if isinstance(field, ast.AnnAssign) else None
        name = field.targets[0] if isinstance(field, ast.Assign) else name
        if isinstance(name, ast.Name) and isinstance(text, ast.Expr):
            assert isinstance(text.value, ast.Constant)
            yield f"| `{name.id}` | {' '.join(str(text.value.value).split())} |"


@rows("name", TABLES)
def test_the_tables_of_settings_are_those_of_the_program(name: str) -> None:
    wanted = list(settings_of(TABLES[name]))
    assert len(wanted) > 4
    page = (ROOT / "manual/docs/en/settings.md").read_text("utf-8")
    assert "\n".join(wanted) in page, "write this table:\n" + "\n".join(wanted)


@rows("page", PAGES)
def test_every_command_is_one(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` behind a call checks the verb; the options before it are among those it lists."""
    for found in _CODE.finditer(_CONSOLE.sub("", page.read_text("utf-8"))):
        words = (found[1] or found[2]).split()[1:]
        if words[0].startswith("-") or words[0] == "VERB":
            continue
        with pytest.raises(SystemExit) as ended:
            main.main([words[0], "--help"])
        assert ended.value.code == 0
        told = capsys.readouterr().out
        for option in (word for word in words if word.startswith("--")):
            assert option in told, found[0]


def test_links_of_posts_become_addresses_and_those_inside_the_blog_stay(tmp_path: Path) -> None:
    """What the manual tells a site with a blog to run."""
    page = (ROOT / "manual/docs/en/plugins.md").read_text("utf-8")
    [line] = re.findall(r"^perl .*", page, re.MULTILINE)
    kept = "[a](../index.md) [b](../authors.md) [c](other.md)"
    links = "[d](../../index.md) [e](../../roles.md#lead) [f](../../one/two/index.md)"
    write(tmp_path / "blog/posts/first.md", f"{kept} {links}")
    subprocess.run(line, shell=True, cwd=tmp_path, check=True)
    assert (tmp_path / "blog/posts/first.md").read_text("utf-8") == (
        f"{kept} [d](/) [e](/roles/#lead) [f](/one/two/)"
    )


def test_it_is_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "manual")
    assert (main.main(["check"]), *capsys.readouterr()) == (0, "", "")
