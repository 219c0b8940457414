"""Failures of what belongs to a site are told with its file and line."""

from __future__ import annotations

import contextlib
import sys
from code import InteractiveConsole
from pathlib import Path

import click
import pytest
from jinja2 import Template, UndefinedError
from lxml import etree
from mkdocs.config.defaults import MkDocsConfig

from handbook.press.core.failures import problems_of
from handbook.press.plugin import excepthook
from handbook.press.plugin.plugin import Plugin


@pytest.mark.parametrize(
    ("text", "line", "error"),
    [
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ("one\n{{ nothing.of.it }}\n", 2, "UndefinedError"),
        ("one\ntwo\n{{ 5 | replace }}", 3, "TypeError"),
        ("{% for x in 5 %}{% endfor %}", 1, "TypeError"),
    ],
)
def test_an_extra_template_that_raises_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/extra.xml").write_text(text)
    config = MkDocsConfig()
    config.docs_dir = str(tmp_path / "docs")
    given = Plugin().on_pre_template(Template(text), template_name="extra.xml", config=config)
    with pytest.raises((ZeroDivisionError, UndefinedError, TypeError)) as caught:
        given.render()
    (problem,) = problems_of(caught.value)
    assert (problem.path, problem.line) == ("docs/extra.xml", line)
    assert error in problem.text


def test_a_failure_of_a_library_is_told_in_its_words_and_by_a_line_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # else this file is one of the handbook's own
    (problem,) = problems_of(OSError("cannot identify  image file"), "docs/en/a.md")
    assert (problem.path, problem.text[:27]) == ("docs/en/a.md", "cannot identify image file;")
    with pytest.raises(KeyError) as caught:
        del etree.Element("a").attrib["href"]
    (problem,) = problems_of(caught.value)
    assert f"it comes from {Path(__file__).name}:" in problem.text


def test_examples_that_a_site_runs_show_their_own_tracebacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python's `code` shows them in its console, unless there is another hook for exceptions."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    written: list[str] = []
    console = InteractiveConsole()
    monkeypatch.setattr(console, "write", written.append)
    with click.Context(click.Command("build")):
        excepthook.install()
        assert sys.excepthook is not sys.__excepthook__
        with contextlib.suppress(Exception):  # nothing is configured; a build has begun
            Plugin()._prepare(MkDocsConfig())
        console.push("1 / 0")
    assert "ZeroDivisionError" in "".join(written)
