"""Failures of what belongs to a site are told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Template, UndefinedError
from mkdocs.config.defaults import MkDocsConfig

from handbook.press.core.config import problems_of
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
