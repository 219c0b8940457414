"""A site with the extension nl2br shows each line of a paragraph as a line, and so do all verbs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import handbooks
from handbook.bitext.files import write
from handbook.command.main import main
from handbook.press.make import build

PAGE = """# Rain

The first line,
the **second** one.

- An item
  of two lines

<div markdown="span">A box
of two</div>
"""
SPANISH = """# Lluvia

La primera línea,
la **segunda**.

- Un punto
  de dos líneas

<div markdown="span">Una caja
de dos</div>
"""
COPY = SPANISH.replace("# Lluvia", "# Lluvia { #rain }")
MESSAGES = {
    "Rain": "Lluvia",
    "The first line,\nthe **second** one.": "La primera línea,\nla **segunda**.",
    "An item\nof two lines": "Un punto\nde dos líneas",
    "A box\nof two": "Una caja\nde dos",
}
EXTENSIONS = "markdown_extensions:\n  - md_in_html\n  - nl2br: {}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of one page of several lines a paragraph, translated."""
    handbooks.notes(tmp_path, {"docs/en/index.md": PAGE}, settings=EXTENSIONS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDBOOK_BOOKS", "false")
    write(tmp_path / "docs/es/index.md", SPANISH)
    assert main(["align", "--quiet", "docs/es/index.md"]) == 0
    (tmp_path / "docs/es/index.md").unlink()
    return tmp_path


def _units(text: str) -> dict[str, str]:
    """The messages of a catalog, each with its translation."""
    text = text.replace('""\n"', '"').replace('"\n"', "")
    found = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    return {one.replace("\\n", "\n"): other.replace("\\n", "\n") for one, other in found}


def test_every_verb_reads_the_same_lines(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = root / "translations/es/index.po"
    assert _units(catalog.read_text("utf-8")) == MESSAGES
    assert main(["update", "--quiet"]) == 0
    assert _units(catalog.read_text("utf-8")) == MESSAGES
    assert main(["extract", "--output", "all.pot", "docs/en/index.md"]) == 0
    assert _units((root / "all.pot").read_text("utf-8")).keys() == MESSAGES.keys()
    capsys.readouterr()
    assert main(["check", "--quiet"]) == 0
    assert main(["assemble", "docs/en/index.md", "--catalog", str(catalog), "--to", "copy"]) == 0
    assert (root / "copy/index.md").read_text("utf-8") == COPY
    assert capsys.readouterr().err == ""


def test_the_translated_page_has_the_lines_of_its_source(root: Path) -> None:
    outcome = build.build(root)
    assert outcome.problems == ()
    shown = (root / "site/es/index.html").read_text("utf-8")
    for text in ("La primera línea,<br>", "Un punto<br>", "Una caja<br>"):
        assert text in shown.replace("<br />", "<br>")
