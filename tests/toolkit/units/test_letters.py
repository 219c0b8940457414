"""Corrections that readers sent: documents with their known truth (`received/letters.toml`)."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from folders import TOOLKIT
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.words import words
from handbook.bitext.receiving import corrections, labels, languagenames, letter, receive
from handbook.bitext.receiving.envelope import Piece
from handbook.press.core import interface
from rows import rows

LETTERS = TOOLKIT / "received/letters"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads(
    (TOOLKIT / "received/letters.toml").read_text("utf-8")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TOOLKIT / "received/3", tmp_path, dirs_exist_ok=True)
    return tmp_path


def take(root: Path, file: Path) -> list[str]:
    """Work in what was sent, as `handbook receive` does; give what was not taken, and why."""
    said: list[str] = []
    for piece in receive.sent(file, labels.known()):
        if isinstance(piece, Problem):
            said.append(str(piece))
            continue
        for each in _read(piece):
            made = each
            if not isinstance(each, Problem):
                made = corrections.worked(Handbook.open(root), each)
            if isinstance(made, Problem):
                said.append(str(made))
            else:
                assert isinstance(made, corrections.Worked)
                write(root / made.name, made.text)
    return said


def _read(piece: Piece) -> list[corrections.Correction | Problem]:
    text = letter.decoded(piece.data, labels.known())
    if line := 0 if text else letter.unread(piece.data, labels.known()):
        return [Problem(piece.name, line, "is not UTF-8; save the file in that encoding")]
    assert text, "no correction was found"
    return letter.read(text, piece.name, labels.known())


def texts(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text("utf-8")
        for file in sorted(root.rglob("*.[mp][do]"))
    }


def test_every_file_has_its_truth() -> None:
    assert {file.name for file in LETTERS.iterdir()} == TRUTH.keys()
    assert len(TRUTH) >= 50


@pytest.mark.parametrize("name", TRUTH)
def test_a_correction_is_taken_where_it_belongs_or_refused(root: Path, name: str) -> None:
    truth, before = TRUTH[name], texts(root)
    said = take(root, LETTERS / name)
    after = texts(root)
    now = truth.get("now", {})
    assert {path for path in after if after[path] != before[path]} == set(now), said
    for path, expected in now.items():
        old, new = before[path].split("\n"), after[path].split("\n")
        assert len(old) == len(new)
        changed = [line for line, was in zip(new, old, strict=True) if line != was]
        assert [line.removeprefix('msgstr "').removesuffix('"') for line in changed] == expected
    assert len(said) == (1 if "said" in truth else 0), said
    for words_ in truth.get("said", ()):
        assert words_ in said[0]


@rows("code", ["ar", "de", "fr", "ko", "pt", "pt_BR", "zh", "zh_TW", "es", "ja"])
def test_what_a_page_sends_in_any_language_of_the_program_is_read(code: str) -> None:
    said = words(code)
    values = {
        "page": "docs/en/roles.md",
        "paragraph": "0.3",
        "language": "es",
        "revision": "1f2e3d4",
        "address": "https://site.example/es/roles/",
        "old": "toma notas",
        "new": "redacta el acta",
    }
    lines = [said[labels.FIELDS[key]].replace(f"{{{key}}}", value) for key, value in values.items()]
    [found] = letter.read(
        "\n".join([*lines[:5], "", lines[5], "", lines[6], ""]), "letter.txt", labels.known()
    )
    assert isinstance(found, corrections.Correction)
    assert found == corrections.Correction(**values, file="letter.txt", line=1)


def test_labels_are_words_of_the_interface() -> None:
    known = {message for message, _ in (*interface.in_code(), *interface.in_theme())}
    assert set(labels.FIELDS.values()) <= known


def test_a_handbook_has_labels_in_a_language_of_its_own(root: Path) -> None:
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja", "qu"]\n')
    unit = 'msgid "{}"\nmsgstr "{}"\n'
    head = unit.format("", "Language: qu\\nContent-Type: text/plain; charset=UTF-8\\n")
    own = (("Page: {page}", "Panqa: {page}"), ("Old text: {old}", "Ñawpa: {old}"))
    catalog = "\n".join([head, *(unit.format(*each) for each in own)])
    write(root / "translations/qu/site.po", catalog)
    known = labels.of(Handbook.open(root))
    assert letter.is_correction("Panqa: roles\nÑawpa: x\n", known)
    assert not letter.is_correction("Panqa: roles\nÑawpa: x\n", labels.known())


@rows(
    ("given", "code"),
    [
        ("es", "es"),
        ("ES-mx", "es"),
        ("Español (es)", "es"),
        ("español", "es"),
        ("Spanisch", "es"),
        ("スペイン語", "es"),
        ("日本語", "ja"),
        ("japonés（日本語）", "ja"),
        ("pt-br", "pt_BR"),
        ("Portugiesisch", None),
        ("português (Brasil)", "pt_BR"),
        ("", None),
        ("klingon", None),
    ],
)
def test_a_language_is_known_by_its_code_or_its_name(given: str, code: str | None) -> None:
    assert languagenames.code_of(given, ("en", "es", "ja", "pt", "pt_BR")) == (
        "pt" if given == "Portugiesisch" else code
    )


def test_a_language_that_is_not_said_may_be_given() -> None:
    text = json.dumps({"page": "roles", "old": "a", "new": "b"})
    [found] = letter.read(text, "x.json", labels.known(), language="ja")
    assert isinstance(found, corrections.Correction)
    assert found.language == "ja"
