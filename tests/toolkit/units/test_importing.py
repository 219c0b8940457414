"""Catalogs of other programs: what is the same is current, and nothing is lost.

The files in `tests/toolkit/foreign` are of one page, as mdpo and po4a write them, and in the form
of mdbook-i18n-helpers.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from folders import TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.bitext.migrate import importing, refused
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import Settings
from handbook.bitext.translate import foreign
from handbook.bitext.translate.foreign import Pool
from handbook.command import main
from handbook.press.markdown import renderers
from rows import rows

FOREIGN = TOOLKIT / "foreign"
PROGRAMS = ("mdbook", "mdpo", "po4a")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of the one page, in English and German."""
    (tmp_path / "docs/en").mkdir(parents=True)
    shutil.copy(FOREIGN / "page.md", tmp_path / "docs/en/page.md")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def take(root: Path, *files: Path) -> importing.Imported:
    """Import catalogs into the handbook."""
    handbook = Handbook(root, Settings(("en", "de")))
    found, problems = importing.read(handbook, files)
    assert problems == []
    [(language, units)] = found.items()
    return importing.take(handbook, language, units)


def states(root: Path) -> dict[str, str]:
    """The state of each message of the page."""
    units = po.parse((root / "translations/de/page.po").read_text("utf-8")).units
    return {unit.message: unit.state for unit in units}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_text_is_current(root: Path, program: str) -> None:
    made = take(root, FOREIGN / f"{program}.po")
    assert made.alone == ()
    missing = {key for key, state in states(root).items() if state != "current"}
    assert missing == ({"Ana", "Ben"} if program == "mdbook" else set())
    catalog = (root / "translations/de/page.po").read_text("utf-8")
    assert "im Raum *hinter* der Bibliothek" in catalog
    assert 'msgstr "Macht den Raum zusammen sauber und schließt die Fenster. Dann' in catalog
    assert 'msgstr "Niemand' in catalog


@pytest.mark.parametrize("attributes", ["{#end}", "{ #end }", "{: #end .wide}", "{: .wide }"])
def test_attributes_of_a_heading_do_not_count(root: Path, attributes: str) -> None:
    heading = f"At the end {attributes}"
    page = (root / "docs/en/page.md").read_text("utf-8")
    write(root / "docs/en/page.md", page.replace("## At the end", f"## {heading}"))
    theirs = (FOREIGN / "mdpo.po").read_text("utf-8").replace('"At the end"', f'"{heading}"')
    write(root / "po/de.po", theirs.replace('"Zum Schluss"', f'"Zum Schluss {attributes}"'))
    assert take(root, root / "po/de.po").alone == ()
    assert states(root)["At the end"] == "current"
    assert 'msgstr "Zum Schluss"\n' in (root / "translations/de/page.po").read_text("utf-8")


@pytest.mark.parametrize("program", PROGRAMS)
def test_nearly_the_same_is_changed_and_what_matches_nothing_is_kept(
    root: Path, program: str
) -> None:
    page = (root / "docs/en/page.md").read_text("utf-8")
    page = page.replace("every Monday", "every Tuesday").replace("## At the end", "## Later")
    write(root / "docs/en/page.md", page)
    made = take(root, FOREIGN / f"{program}.po")
    assert [each.rpartition(": ")[2] for each in made.alone] == ["At the end"]
    assert "; 1 kept at the end of catalogs, matching nothing" in str(made)
    known = states(root)
    assert known["We meet every Tuesday, in the room *behind* the library."] == "changed"
    assert known["Later"] == "missing"
    catalog = (root / "translations/de/page.po").read_text("utf-8")
    assert '#~ msgstr "Zum Schluss"' in catalog
    assert "every Monday" in catalog


def test_what_another_program_has_guessed_is_a_suggestion(root: Path) -> None:
    """The text that it was made for, if that is known, is not nearly the same."""
    guess = '#, fuzzy\n#| msgid "Cleaning up together"\nmsgid "At the end"\nmsgstr "Putzen"\n'
    write(root / "po/de.po", f'msgid ""\nmsgstr "Language: de\\n"\n\n{guess}')
    made = take(root, root / "po/de.po")
    assert (made.suggested, made.changed, made.alone) == (1, 0, ())
    assert states(root)["At the end"] == "suggested"
    assert "0 current and 0 changed, 1 suggested" in str(made)


def test_a_translation_that_is_there_stays_and_another_one_is_kept_beside_it(root: Path) -> None:
    take(root, FOREIGN / "mdpo.po")
    other = (FOREIGN / "mdpo.po").read_text("utf-8").replace("Zum Schluss", "Am Ende")
    write(root / "po/de.po", other.replace("Language: de", "Language: "))
    made = take(root, root / "po")
    assert made.current == made.changed == 0
    catalog = (root / "translations/de/page.po").read_text("utf-8")
    assert "# imported too: Am Ende" in catalog
    assert 'msgstr "Zum Schluss"' in catalog


def test_what_cannot_be_imported_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "de"]\n')
    write(root / "it.po", (FOREIGN / "mdpo.po").read_text("utf-8").replace(": de", ": it"))
    write(root / "broken.po", "msgid \n")
    assert main.main(["import", "it.po", "broken.po", "none.po"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [each.partition(": ")[0] for each in lines] == ["it.po:1", "broken.po:1", "none.po:1"]
    assert "say which: --language CODE" in lines[0]
    assert main.main(["import", "it.po", "--language", "fr"]) == 2
    (root / "empty").mkdir()
    capsys.readouterr()
    assert main.main(["import", "empty"]) == 1
    assert capsys.readouterr().err.startswith("empty: no catalog is in it")
    write(root / "po/page.en.po", (FOREIGN / "mdpo.po").read_text("utf-8"))
    capsys.readouterr()
    assert main.main(["import", "po"]) == 1
    fault = "po/page.en.po:1: is in de by its header, and in en by its name; say which: --language"
    assert capsys.readouterr().err.startswith(fault)


def test_blocks_that_were_taken_for_paragraphs_come_along(root: Path) -> None:
    """Neither mdpo nor po4a knows boxes, tabs and definitions, and not every call of them tasks."""
    blocks = {
        '!!! note "Mind"\n    The port is open.': '!!! note "Achtung"\n    Der Port ist offen.',
        "??? tip\n    Ask the others.": "??? tip\n    Fragt die anderen.",
        '=== "Linux"\n    Type this.': '=== "Linux"\n    Tippt das.',
        "- [ ] Bring a lamp": "- [ ] Bringt eine Lampe mit",
        "Quorum\n:   How many must be there.": "Quorum\n:   Wie viele da sein müssen.",
    }
    write(root / "docs/en/page.md", "\n\n".join(blocks))
    rows = [
        f'msgid "{_row(one)}"\nmsgstr "{_row(other)}"\n'.replace("- [", "[")
        for one, other in blocks.items()
    ]
    write(root / "po/de.po", "\n".join(['msgid ""\nmsgstr "Language: de\\n"\n', *rows]))
    made = take(root, root / "po")
    assert made.alone == ()
    assert {key for key, state in states(root).items() if state != "current"} == {"Tip"}
    catalog = (root / "translations/de/page.po").read_text("utf-8")
    assert 'msgid "Mind"\nmsgstr "Achtung"' in catalog
    assert 'msgid "Bring a lamp"\nmsgstr "Bringt eine Lampe mit"' in catalog


def _row(text: str) -> str:
    """A block in one row, as a string of a catalog."""
    return " ".join(text.split()).replace('"', '\\"')


@rows(
    ("message", "translation", "is_current"),
    [
        ("Come in. We talk about everything here.", "Pasen. Aquí se habla de todo.", True),
        ("We talk about everything here. Come in.", "Aquí se habla de todo. Pasen.", True),
        ("Everybody may come free", "Puede venir cualquiera gratis", False),
    ],
)
def test_sentences_make_up_a_paragraph_in_any_order_and_words_only_a_suggestion(
    message: str, translation: str, is_current: bool
) -> None:
    units = (
        Unit("Come in.", "Pasen."),
        Unit("We talk about everything here.", "Aquí se habla de todo."),
        Unit("Everybody may come", "Puede venir cualquiera"),
        Unit("free", "gratis"),
    )
    found = Pool(units).same(message)
    assert found is not None
    assert (found.translation, found.previous is None) == (translation, is_current)


def test_titles_come_along_and_match_something(root: Path) -> None:
    """Programs that know of mkdocs.yml have its titles in the catalog of a page."""
    write(root / "mkdocs.yml", "site_name: Our site\n")
    write(root / "translations/de/site.po", 'msgid "Start"\nmsgstr ""\n')
    write(root / "given/de/index.md.po", 'msgid "Start"\nmsgstr "Anfang"\n')
    handbook = Handbook(root, Settings(("en", "de")))
    found, _ = importing.read(handbook, [root / "given"])
    titles = importing.fill_interface(handbook, "de", found["de"])
    made = importing.take(handbook, "de", found["de"], titles.numbers)
    assert (titles.taken, made.total, made.alone) == (1, 1, ())
    again = importing.fill_interface(handbook, "de", found["de"])
    assert (again.taken, again.numbers) == (0, titles.numbers)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("given/es/page.md.po", "it seems to be es: handbook add-language es"),
        ("given/pt-BR.po", "it seems to be pt_BR: handbook add-language pt_BR"),
        ("given/page.po", "; say which: --language CODE"),
    ],
)
def test_a_language_that_is_not_there_is_named_with_the_cure(
    root: Path, name: str, cure: str
) -> None:
    write(root / name, 'msgid "Start"\nmsgstr "x"\n')
    _, [problem] = importing.read(Handbook(root, Settings(("en", "de"))), [root / name])
    assert cure in problem.text


def test_what_changes_more_than_words_is_a_suggestion_with_the_reason(root: Path) -> None:
    """So that the site builds strictly; what the handbook had before stays as it was."""
    message = "Everybody learns to lead."
    write(root / "docs/en/page.md", f"# Words\n\n{message}\n\nA second one.\n")
    old = 'msgid "A second one."\nmsgstr "Das `zweite`."\n'
    write(root / "translations/de/page.po", old)
    write(root / "given/de.po", f'msgid "{message}"\nmsgstr "Alle `lernen` das."\n')
    handbook = Handbook(root, Settings(("en", "de")), renderers.whole())
    before = importing.catalogs(handbook, "de")
    assert take(root, root / "given/de.po").current == 1
    again = Handbook(root, Settings(("en", "de")), renderers.whole())
    assert refused.set_aside(again, "de", before) == 1
    assert (states(root)[message], states(root)["A second one."]) == ("suggested", "current")
    catalog = (root / "translations/de/page.po").read_text("utf-8")
    assert "# cannot be shown as it is: words: it adds the code" in catalog
    assert 'msgstr "Alle `lernen` das."' in catalog


def test_another_translation_is_put_beside_its_unit_without_a_look_at_all_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = [f"Text {number * 7919}" for number in range(30)]
    write(root / "docs/en/page.md", "\n\n".join(messages))
    looked_at: list[str] = []
    real = foreign.in_one_line
    monkeypatch.setattr(foreign, "in_one_line", lambda text: real(looked_at.append(text) or text))
    for translation in ("Eins", "Zwei"):
        units = (Unit(message, translation) for message in messages)
        write(root / "other.po", po.dump(Catalog({"Language": "de"}, tuple(units))))
        take(root, root / "other.po")
    units = po.parse((root / "translations/de/page.po").read_text("utf-8")).units
    assert {unit.comment for unit in units} == {"imported too: Zwei"}
    assert len(looked_at) <= 10 * len(messages)
