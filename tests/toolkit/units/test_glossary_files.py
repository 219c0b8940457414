"""`handbook glossary`: terms for translators' programs, in any pair of languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import handbooks
from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.command.main import main
from programs import Run

PAGE = """\
# Words

council / assembly
:   Who decides *together*.

turn
:   A place in a
    list.

nobody
:   Not translated.
"""
TEXTS = {
    "pyproject.toml": '[tool.handbook]\nname = "Notes"\nglossary = "words.md"\n',
    "docs/en/words.md": PAGE,
}
TRANSLATIONS = {
    "council / assembly": "consejo / asamblea",
    "turn": "turno",
}


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose glossary is half translated into Spanish; the catalog of that."""
    handbooks.notes(tmp_path, TEXTS)
    monkeypatch.chdir(tmp_path)
    assert main(["update", "--quiet"]) == 0
    file = tmp_path / "translations/es/words.po"
    handbooks.fill(file, TRANSLATIONS)
    return file


def test_a_table_has_each_spelling_with_its_translation_and_definition(
    words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["glossary", "es"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "council\tconsejo / asamblea\tWho decides together.",
        "assembly\tconsejo / asamblea\tWho decides together.",
        "turn\tturno\tA place in a list.",
    ]
    assert main(["glossary", "en", "--from", "es"]) == 0
    assert capfd.readouterr().out.startswith("consejo\tcouncil / assembly\tWho decides")


def test_a_catalog_is_one_for_gettext(
    gettext: Run, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(words, words.read_text("utf-8").replace('#. term\n#: words.md\nmsgid "turn', FUZZY))
    assert main(["glossary", "es", "--format", "po"]) == 0
    text = capfd.readouterr().out
    made = gettext("msgcat", "--no-wrap", "-", fed=text)
    assert (made.stdout, made.stderr) == (text, "")
    units = {unit.message: unit for unit in po.parse(text).units}
    assert list(units) == ["council", "assembly", "turn"]
    assert (units["turn"].fuzzy, units["turn"].note) == (True, "A place in a list.")
    assert main(["glossary", "es"]) == 0
    assert "turn" not in capfd.readouterr().out


FUZZY = """\
#. term
#: words.md
#, fuzzy
#| msgid "turns"
msgid "turn"""


@pytest.mark.parametrize(
    ("words_of_call", "said"),
    [
        (["en"], "glossary: from en into en; give another: es"),
        (["xx"], "xx"),
        (["es", "--from", "pt"], "pt"),
    ],
)
def test_a_wrong_call_is_refused(
    words: Path, capfd: pytest.CaptureFixture[str], words_of_call: list[str], said: str
) -> None:
    assert main(["glossary", *words_of_call]) == 2
    assert said in capfd.readouterr().err


def test_a_handbook_without_glossary_says_so(
    words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("docs/en/words.md").rename("docs/en/terms.md")
    assert main(["glossary", "es"]) == 2
    assert "there is no page words.md" in capfd.readouterr().err
