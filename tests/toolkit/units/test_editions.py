"""Editions of a handbook, worked out in parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.bitext.catalog import po
from handbook.bitext.project import update
from handbook.bitext.project.handbook import Handbook
from handbook.press.core.editions import Editions


def test_a_part_reads_no_catalogs_but_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "es"]', "utf-8")
    (tmp_path / "docs/en").mkdir(parents=True)
    for name in "abc":
        (tmp_path / f"docs/en/{name}.md").write_text(f"# Page {name}\n", "utf-8")
    handbook = Handbook.open(tmp_path)
    for each in update.updates(handbook, ["es"], []):
        update.write(handbook, each)
    read: list[str] = []
    parse = po.parse
    monkeypatch.setattr(po, "parse", lambda text: read.append(text) or parse(text))
    Editions(Handbook.open(tmp_path)).part(1, 3, ["en", "es"])
    assert [re.findall(r'msgid "(.+)"', text) for text in read] == [["Page b"]]
