"""`handbook impact`: what a branch does to the translations."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from pathlib import Path

import pytest

import handbooks
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes.effort import Effort, effort
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.command.main import main
from rows import rows

PAGE = """\
---
status: adopted
authentic: [en, es]
---

# Rules

Every member has one vote in the assembly.

The assembly meets twice a year, in spring and in autumn.

Minutes are public and in plain words.

A secretary keeps them for a year.
"""
NAME = "docs/en/rules.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with a key document in Spanish and half of it in Japanese, and a branch of it."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    languages = "".join(
        f"{{locale: {code}, name: {code}, build: true, default: {str(code == 'en').lower()}}}, "
        for code in ("en", "es", "ja")
    )
    plugins = f"[search, {{i18n: {{docs_structure: folder, languages: [{languages}]}}}}, bitext]"
    text = f"site_name: Test\ntheme: {{name: material}}\nplugins: {plugins}\n"
    write(tmp_path / "mkdocs.yml", text)
    write(tmp_path / NAME, PAGE)
    write(tmp_path / "docs/en/index.md", "# Home\n")
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    translate("ja", "Every")
    translate("es", "", "Última persona <a@b.example>")
    commit("Begin")
    git("switch", "-qc", "branch")
    return tmp_path


def git(*words: str, by: str = "Somebody") -> None:
    author = ["-c", f"user.name={by}", "-c", "user.email=e"]
    subprocess.run(["git", *author, *words], check=True, capture_output=True)


def commit(message: str, by: str = "Somebody") -> None:
    git("add", "-A")
    git("commit", "-qm", message, by=by)


def translate(language: str, start: str, by: str = "") -> None:
    """Update the catalogs, and translate the messages that begin in a certain way."""
    book = Handbook.open(Path())
    for each in update.updates(book, book.languages, []):
        update.write(book, each)
    for file in Path(f"translations/{language}").glob("*.po"):
        catalog = po.parse(file.read_text("utf-8"))

        def done(unit: Unit) -> Unit:
            if not unit.message.startswith(start):
                return unit
            return unit._replace(translation=f"«{unit.message}»", fuzzy=False, previous=None)

        header = {**catalog.header, "Last-Translator": by}
        write(file, po.dump(Catalog(header, tuple(map(done, catalog.units)), catalog.obsolete)))


edit = partial(handbooks.edit, name=NAME)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str], str]:
    capsys.readouterr()
    code = main(["impact", "--base", "main", *words])
    out, error = capsys.readouterr()
    return code, out.splitlines(), error


def shape(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, int]]:
    """What happens to each language, without what does not."""
    _, lines, _ = told(capsys, "--format", "json")
    languages = json.loads("\n".join(lines))["languages"]
    return {
        code: {key: each[key] for key in each if each[key] and key not in ("pages", "hours")}
        for code, each in languages.items()
    }


def test_a_branch_that_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(("twice a year, in", "twice a year,\nin"))
    lines = [f"{code}: nothing changes" for code in ("en", "es", "ja")]
    assert told(capsys) == (0, lines, "")


def test_each_language_is_told_what_it_has_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        ("one vote", "two votes"),
        ("spring and in autumn.\n", "spring and in autumn.\n\nGuests may watch.\n"),
        ("plain words", "*plain* words"),
        ("\nA secretary keeps them for a year.\n", ""),
    )
    code, lines, error = told(capsys)
    assert (code, error) == (0, "")
    assert lines == [
        "en: nothing changes",
        "es: 1 changed, 1 new, 1 editorial, 1 gone; to translate: 11 words, about 5 minutes",
        "  rules.md: 1 changed, 1 new, 1 editorial, 1 gone (translated by Última persona)",
        "ja: 1 changed, 1 new, 1 edited while untranslated, 1 gone;"
        " to translate: 11 words, about 5 minutes",
        "  rules.md: 1 changed, 1 new, 1 edited while untranslated, 1 gone"
        " (translated by Somebody)",
        "key document rules.md is no longer complete in es, in which it is to be authentic:"
        " 63 % of its words are current",
    ]


@pytest.mark.long
def test_what_the_branch_translates_itself_is_no_work(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(("one vote", "two votes"))
    commit("Edit")
    assert shape(capsys)["es"] == {"changed": 1, "words": 8}
    translate("es", "Every", "Última persona <a@b.example>")
    assert shape(capsys)["es"] == {"translated": 1}


@pytest.mark.long
def test_what_was_waiting_on_the_base_is_not_the_work_of_the_branch(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("switch", "-q", "main")
    edit(("one vote", "two votes"))
    commit("Edit, without an update")
    git("switch", "-qc", "other")
    edit(("two votes", "three votes"))
    assert shape(capsys)["es"] == {"waiting": 1}
    edit(("three votes", "two votes"), ("Minutes are", "All minutes are"))
    assert shape(capsys)["es"] == {"changed": 1, "words": 8}


def test_what_happened_on_the_base_since_is_not_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("switch", "-q", "main")
    edit(("Minutes are public", "Minutes are secret"))
    commit("Another edit")
    git("switch", "-q", "branch")
    assert shape(capsys) == {"en": {}, "es": {}, "ja": {}}


@pytest.mark.long
def test_text_that_moves_keeps_its_translations(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(("Minutes are public and in plain words.\n\nA sec", "A sec"))
    moved = "\nMinutes are public and in plain words.\n"
    with Path(NAME).open("a") as file:
        file.write(moved)
    assert shape(capsys)["es"] == {"moved": 1}
    edit((moved, ""))
    with Path("docs/en/index.md").open("a") as file:
        file.write(moved)
    assert shape(capsys)["es"] == {"moved": 1}
    git("restore", "docs")
    git("mv", NAME, "docs/en/statute.md")
    assert shape(capsys)["es"] == {}
    edit(("one vote", "two votes"), name="docs/en/statute.md")
    assert shape(capsys)["es"] == {"changed": 1, "words": 8}


def test_an_edit_into_a_text_of_another_page_is_no_work(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it was is gone: its translation is out of use."""
    git("switch", "-q", "main")
    text = "Minutes are public, and in the plainest of words."
    write(Path("docs/en/other.md"), f"# Other\n\n{text}\n")
    translate("es", "")
    commit("Another page")
    git("switch", "-q", "--force-create", "branch")
    edit(("Minutes are public and in plain words.", text))
    assert shape(capsys)["es"] == {"moved": 1, "gone": 1}


def test_pages_that_exchange_their_names_are_not_edited(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path("docs/en/minutes.md")
    write(other, "# Minutes of a meeting\n\nWhoever writes them reads them out in the end.\n")
    translate("es", "")
    commit("Another page")
    git("branch", "-f", "main")
    first, second = Path(NAME).read_text("utf-8"), other.read_text("utf-8")
    write(Path(NAME), second)
    write(other, first)
    told = shape(capsys)["es"]
    assert (told.keys(), told["moved"]) == ({"moved"}, 7)


def test_a_page_that_is_turned_is_no_work_but_for_what_is_edited(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["turn", NAME, "es"]) == 0
    assert shape(capsys) == {"en": {}, "es": {}, "ja": {"waiting": 4}}
    edit(("one vote", "two votes"), name="docs/es/rules.md")
    told = shape(capsys)
    assert (told["es"], told["en"]["changed"]) == ({}, 1)


def test_pages_that_come_and_go(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("rm", "-q", NAME)
    write(Path("docs/en/new.md"), "# Entirely new\n")
    assert shape(capsys)["es"] == {"new": 1, "words": 2, "gone": 5}


@pytest.mark.long
def test_an_edit_that_claims_to_be_editorial_and_is_not(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(("one vote", "two votes"), ("Minutes are", "Minuts are"))
    commit(f"Mend a slip\n\nEditorial: {NAME}")
    code, lines, error = told(capsys)
    assert code == 1
    assert error.startswith(f"{NAME}:8: not an editorial edit: a number has changed")
    assert "(declared by commit " in error
    assert lines[1].startswith("es: 1 changed, 1 editorial; ")
    _, lines, _ = told(capsys, "--format", "github")
    assert lines[-1].startswith(f"::error file={NAME},line=8,title=Not editorial::not an editorial")


def test_it_is_told_whose_translations_they_were(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not who has translated the rest of the page, nor the program that updates catalogs."""
    git("switch", "-q", "main")
    translate("ja", "A sec")
    commit("More Japanese", by="Berta")
    edit(("twice a year", "four times a year"))
    translate("ja", "This is nowhere.")
    commit("Update", by="github-actions[bot]")
    git("switch", "-q", "--force-create", "branch")
    edit(("for a year.", "for two years."))
    assert [line for line in told(capsys)[1] if "  rules.md" in line][-1].endswith("by Berta)")
    edit(("for two years.", "for a year."), ("one vote", "two votes"))
    assert [line for line in told(capsys)[1] if "  rules.md" in line][-1].endswith("by Somebody)")
    edit(("two votes", "one vote"), ("a year.\n", "a year.\n\nThis is new.\n"))
    assert "1 new (translated by Somebody, Berta)" in "".join(told(capsys)[1])


def test_for_a_comment_names_and_texts_cannot_be_markup(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("switch", "-q", "main")
    translate("es", "", "[x](http://evil.example) @all <b>")
    commit("Sign")
    git("switch", "-qc", "other")
    edit(("one vote", "two votes"))
    _, lines, _ = told(capsys, "--format", "markdown")
    text = "\n".join(lines)
    assert "| es | 1 changed | 8 words, about 5 minutes |" in lines
    assert "://" not in text
    assert "[x]" not in text
    assert "@all" not in text


def test_without_history_a_line_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["impact", "--base", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("git knows no revision 'nowhere'")
    git("switch", "-q", "--orphan", "alone")
    git("checkout", "main", "--", ".")
    commit("Another beginning")
    code, _, error = told(capsys)
    assert (code, error.count("\n")) == (1, 1)
    assert error.startswith("this branch and main have no commit in common")


@rows(
    ("words", "said"),
    [
        (0, "0 words"),
        (1, "1 word, about 5 minutes"),
        (120, "120 words, about 25 minutes"),
        (290, "290 words, about 1 hour"),
        (300, "300 words, about 1 hour"),
        (1000, "1000 words, about 3.5 hours"),
    ],
)
def test_an_hour_is_three_hundred_words(words: int, said: str) -> None:
    assert str(Effort(words)) == said


def test_words_are_counted_in_any_script() -> None:
    assert effort(["Three short words", "みっつの言葉"]) == Effort(5)
