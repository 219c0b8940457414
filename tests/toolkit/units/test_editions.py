"""Editions of a handbook, worked out in parts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handbook.bitext.catalog import po
from handbook.bitext.page import scan
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.press.core.editions import Editions


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook of three pages, each with an empty catalog."""
    (tmp_path / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "es"]', "utf-8")
    (tmp_path / "docs/en").mkdir(parents=True)
    for name in "abc":
        (tmp_path / f"docs/en/{name}.md").write_text(f"# Page {name}\n", "utf-8")
    handbook = Handbook.open(tmp_path)
    for each in update.updates(handbook, ["es"], []):
        update.write(handbook, each)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the pages and catalogs that are parsed."""
    found: list[str] = []
    for module, name in ((po, "parse"), (scan, "read")):
        real = getattr(module, name)

        def parse(text: str, *rest: Any, real: Any = real, **options: Any) -> Any:
            found.append(text)
            return real(text, *rest, **options)

        monkeypatch.setattr(module, name, parse)
    return found


def test_a_part_parses_nothing_but_its_own_pages_and_catalogs(root: Path, read: list[str]) -> None:
    Editions(Handbook.open(root)).part(1, 3, ["en", "es"])
    page, catalog = read
    assert page == "# Page b\n"
    assert re.findall(r'msgid "(.+)"', catalog) == ["Page b"]


def test_what_was_forgotten_is_parsed_again(root: Path, read: list[str]) -> None:
    handbook = Handbook.open(root)
    handbook.is_in_parts = True
    source = handbook.sources()[0]
    before = handbook.read(source), handbook.catalog(source, "es")
    handbook.forget_parsed()
    assert (handbook.read(source), handbook.catalog(source, "es")) == before
    assert len(read) == 4


def test_from_the_right_the_dot_of_a_name_is_shown_before_it(root: Path) -> None:
    (root / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "ar"]', "utf-8")
    editions = Editions(Handbook.open(root))
    message = "it has no entries of a catalog; is it the file that ends in .po?"
    assert editions.say("ar")(message).endswith("ينتهي بـ \u200e.po؟")
    assert editions.say("ar")("See docs/a.md. Or e.g. b…") == "See docs/a.md. Or e.g. b…"
    assert editions.say("en")(message) == message


def test_a_title_is_plain_text_that_xml_can_hold(root: Path) -> None:
    (root / "docs/en/a.md").write_text("# A\x07&#7;\N{BELL} or `&#7;`\n", "utf-8")
    editions = Editions(Handbook.open(root))
    assert editions.title("a.md", "es")[0] == "A\N{BELL} or &#7;"
