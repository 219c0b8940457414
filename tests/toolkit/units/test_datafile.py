"""YAML and TOML of strangers: a value, or one error with its line; never another exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.problem import Problem
from handbook.bitext.project import redirects
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import wording
from handbooks import notes
from rows import rows

WRONG = {
    "nested without end": ("a: 1\nb: " + "[" * 5000, 2),
    "a character that YAML does not have": ("a: 1\nb: \x01", 2),
    "a date that is none": ("a: 1\nb: 2027-02-29", 2),
    "a key that is no date": ("a: 1\n2027-02-29: 2", 2),
    "a number too long to read": ("a: 1\nb: " + "1" * 5000, 2),
    "a character that is none": ('a: 1\nb: "\\UFFFFFFFF"', None),
    "a tag of Python": ("a: 1\nb: !!python/name:os.system", 2),
    "a wrong tag": ("a: 1\nb: !!bool x", 2),
    "a time that is none": ("a: 1\nb: !!timestamp x", 2),
    "no number": ("a: 1\nb: !!int _", 2),
    "an alias of nothing": ("a: 1\nb: *c", 2),
    "aliases of aliases": ("a: &a [x]\n" + "b: [*a, *a]\n" * 11, 12),
    "a list for a key": ("a: 1\n? [b, c]\n: d", 2),
    "two documents": ("a: 1\n---\nb: 2", 2),
    "a key without a value in between": ("a: b: c", 1),
}


@rows(("text", "line"), WRONG.values())
def test_yaml_that_cannot_be_read_is_one_error_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(DataError) as caught:
        datafile.load(text)
    assert line is None or caught.value.line == line
    assert str(caught.value)
    assert "\n" not in str(caught.value)


@rows(
    "text",
    ["a = " + "[" * 5000, "a = " + "1" * 5000, "a = 2027-02-30", 'a = "\\uD800"', "a = ", "[a"],
)
def test_toml_that_cannot_be_read_is_one_error_with_its_line(text: str) -> None:
    with pytest.raises(DataError) as caught:
        datafile.load_toml(f"b = 1\n{text}\n")
    assert caught.value.line in (2, 3)


@rows("text", [text for text, _ in WRONG.values()])
def test_lists_of_a_handbook_name_what_cannot_be_read(tmp_path: Path, text: str) -> None:
    files = {"docs/en/index.md": "# Home\n", redirects.NAME: text, "docs/es/spelling.yml": text}
    notes(tmp_path, files)
    handbook = Handbook.open(tmp_path)
    found = [*handbook.redirect_problems, *wording.wording(handbook, "es")]
    assert {each.path for each in found if isinstance(each, Problem)} <= set(files)
    assert any(each.path == "docs/es/spelling.yml" for each in found)


_READS = re.compile(r"\b(?:yaml\.(?:safe_load|load|compose|parse|scan)(?:_all)?|tomllib\.load)")


def test_nobody_else_reads_yaml_or_toml() -> None:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "hooks").rglob("*.py")]
    readers = {each.name for each in files if _READS.search(each.read_text("utf-8"))}
    assert readers == {"datafile.py"}
