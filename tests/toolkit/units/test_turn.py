"""A page whose source becomes another language: every pair of every language is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.bitext import files
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.bitext.moving.turn import turn
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import faults
from handbook.bitext.project.edits import Edits, carry_out
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.press.markdown import renderers

PAGE = """---
title: Assembly
keeper: none yet
---

# Assembly

We meet on **Monday**, see [roles](roles.md#who) and [the park](https://en.example.org/park).

!!! tip
    Bring tea.[^1]

| Time | Who |
| ---- | --- |
| Six  | All |

chair
:   Someone who listens.

2014\\. That was the year.

[^1]: Or coffee.
"""
SPANISH = {
    "Assembly": "Asamblea",
    "We meet on **Monday**, see [roles](roles.md#who) and"
    " [the park](https://en.example.org/park).": "Nos vemos el **lunes**: [roles](roles.md#who) y"
    " [el parque](https://en.example.org/park).",
    "https://en.example.org/park": "https://es.example.org/parque",
    "Tip": "Consejo",
    "Bring tea.[^1]": "Traigan té.[^1]",
    "Time": "Hora",
    "Who": "Quién",
    "Six": "Seis",
    "All": "Todas",
    "chair": "moderadora",
    "Someone who listens.": "Alguien que escucha.",
    "2014\\. That was the year.": "2014\\. Ese fue el año.",
    "Or coffee.": "O café.",
}
LANGUAGES = '["en", "es", "ja"]\nhosts = ["es.example.org", "en.example.org"]'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of one page, all in Spanish and half in Japanese, in every state."""
    write(tmp_path / "pyproject.toml", f"[tool.handbook]\nlanguages = {LANGUAGES}\n")
    write(tmp_path / "docs/en/page.md", PAGE)
    write(tmp_path / "README.md", "See [the page](docs/en/page.md#x).\n")
    write(tmp_path / ".github/CODEOWNERS", "/docs/en/page.md @a\n")
    states = {
        "Assembly": Unit("Assembly", "集会", comment="short"),
        "Time": Unit("Time", "時刻", fuzzy=True, previous="Hour"),
        "Who": Unit("Who", "誰か", fuzzy=True),
        "Six": Unit("Six", "六時"),
    }
    known = {m: Unit(m, t) for m, t in SPANISH.items()}
    for language, units in (("es", known), ("ja", states)):
        start = handbook(tmp_path).catalogs.empty("en", language)
        old = (Unit("Gone.", f"{language} gone.", note="paragraph"),)
        full = Catalog(
            {**start.header, "X-Reviewed": "yes"}, tuple(units.values()), old, comment=language
        )
        write(tmp_path / f"translations/{language}/page.po", po.dump(full))
    save(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def handbook(root: Path) -> Handbook:
    return Handbook.open(root, renderers.whole())


def save(root: Path) -> None:
    book = handbook(root)
    for each in update.updates(book, book.languages, []):
        assert update.write(book, each) is None


def turned_edits(root: Path, language: str = "es") -> Edits:
    edits = turn(handbook(root), "page.md", language)
    assert isinstance(edits, Edits), edits
    return edits


def turned(root: Path, language: str) -> Handbook:
    assert len(list(carry_out(root, turned_edits(root, language)))) in (5, 6, 7)
    book = handbook(root)
    assert list(faults.problems(book)) == []
    assert not any(each.changed for each in update.updates(book, book.languages, []))
    return book


def catalog(root: Path, language: str) -> Catalog:
    return po.parse((root / f"translations/{language}/page.po").read_text("utf-8"))


def test_a_page_that_others_include_is_included_from_its_new_place(root: Path) -> None:
    write(root / "docs/en/other.md", '# Other\n\n--8<-- "docs/en/page.md:3:4"\n')
    save(root)
    edits = turned_edits(root)
    assert edits.texts["docs/en/other.md"] == '# Other\n\n--8<-- "docs/es/page.md:3:4"\n'


def test_what_a_page_includes_is_turned_before_it(root: Path) -> None:
    write(root / "docs/en/other.md", '--8<-- "docs/en/page.md"\n')
    save(root)
    found = turn(handbook(root), "other.md", "es")
    assert isinstance(found, list)
    assert str(found[0]) == (
        "docs/en/other.md: includes docs/en/page.md, in en; turn that first: handbook turn"
        " docs/en/page.md es"
    )
    list(carry_out(root, turned_edits(root)))
    assert isinstance(turn(handbook(root), "other.md", "es"), Edits)


def test_every_pair_of_every_language_is_kept(root: Path) -> None:
    book = handbook(root)
    before = book.translated(book.sources()[0], "ja")
    spanish = book.translated(book.sources()[0], "es").text
    book = turned(root, "es")
    [source] = book.sources()
    assert (source.language, book.read(source).text) == ("es", spanish)
    assert not (root / "docs/en/page.md").exists()
    assert not (root / "translations/es/page.po").exists()
    assert "(docs/es/page.md#x)" in (root / "README.md").read_text("utf-8")
    assert (root / ".github/CODEOWNERS").read_text("utf-8") == "/docs/es/page.md @a\n"
    # English is all there, and its page is the old one but for ids that are written out.
    english = catalog(root, "en")
    pairs = {unit.message: unit.translation for unit in english.units}
    here, there = "https://en.example.org/park", "https://es.example.org/parque"
    assert pairs.pop(there) == here
    assert {t.replace(there, here): m.replace(there, here) for m, t in pairs.items()} == {
        old: spanish for old, spanish in SPANISH.items() if old != here
    }
    assert english.obsolete[0][:2] == ("es gone.", "Gone.")
    assert (english.header["X-Source-Language"], english.header["X-Reviewed"]) == ("es", "yes")
    text = book.translated(source, "en").text
    assert text.replace(" { #assembly }", "").replace('!!! tip "Tip"', "!!! tip") == PAGE
    # Japanese has the states that it had.
    japanese = catalog(root, "ja")
    assert japanese.comment == "ja"
    by_message = {unit.message: unit for unit in japanese.units}
    assert by_message["Asamblea"][:2] == ("Asamblea", "集会")
    assert by_message["Asamblea"].comment == "short"
    assert (by_message["Hora"].state, by_message["Hora"].previous) == ("changed", "Hour")
    assert by_message["Quién"].state == "suggested"
    assert japanese.obsolete[0][:2] == ("Gone.", "ja gone.")
    assert book.tally(source, "ja") == before.tally


def test_turned_there_and_back_it_is_the_same_page(root: Path) -> None:
    japanese = catalog(root, "ja")
    turned(root, "es")
    book = turned(root, "en")
    [source] = book.sources()
    text = book.read(source).text
    assert text.replace(" { #assembly }", "").replace('!!! tip "Tip"', "!!! tip") == PAGE
    assert {u.message: u.translation for u in catalog(root, "es").units} == SPANISH
    again = catalog(root, "ja")
    assert [(u.message, u.translation, u.state) for u in again.units] == [
        (u.message, u.translation, u.state) for u in japanese.units
    ]


def refused(root: Path, page: str = "page.md", language: str = "es") -> list[str]:
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    found = turn(handbook(root), page, language)
    assert isinstance(found, list)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before
    return [str(each) for each in found]


def test_what_is_not_translated_is_listed(root: Path) -> None:
    file = root / "translations/es/page.po"
    text = file.read_text("utf-8").replace('"Hora"', '""')
    write(file, text.replace('msgid "Who"', '#, fuzzy\n#| msgid "Which"\nmsgid "Who"'))
    cure = "a page is turned when all of it is current"
    told = refused(root)
    assert [each.partition(": ")[2] for each in told] == [
        f"missing: “Time”; {cure}",
        f"changed: “Who”; {cure}",
    ]
    assert all(each.startswith("translations/es/page.po:") for each in told)


def test_two_texts_with_one_translation_are_named(root: Path) -> None:
    file = root / "translations/es/page.po"
    write(file, file.read_text("utf-8").replace('"Quién"', '"Hora"'))
    assert refused(root) == [
        "translations/es/page.po:48: “Hora” is the translation of “Time” too:"
        " one of the two would be lost; word one differently for “Who”"
    ]


def test_an_address_that_only_the_old_source_named_is_told(root: Path) -> None:
    settings = root / "pyproject.toml"
    write(settings, settings.read_text("utf-8").replace(', "en.example.org"', ""))
    assert any('write hosts = ["en.example.org"]' in each for each in refused(root))


@pytest.mark.parametrize(
    ("page", "language", "told"),
    [
        ("docs/es/page.md", "es", "docs/es/page.md: is no page that can be read; the page is docs"),
        ("none.md", "es", "none.md: is no page that can be read; give docs/<language>/….md"),
        ("../page.md", "es", "../page.md: is not in the folder of a language; "),
        ("page.md", "en", "page.md: has en as its source already; "),
    ],
)
def test_what_cannot_be_turned_is_a_line(page: str, language: str, told: str, root: Path) -> None:
    [line] = refused(root, page, language)
    assert line.startswith(told)


def test_a_catalog_in_the_way_is_never_written_over(root: Path) -> None:
    write(root / "translations/en/page.po", 'msgid ""\nmsgstr ""\n')
    assert refused(root) == [
        "translations/en/page.po: would be written over; rename or delete it first"
    ]


@pytest.mark.parametrize("number", range(4))
def test_where_the_disk_refuses_a_file_all_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for name in "abc":
        write(tmp_path / name, name)
    edits = Edits({"a": "new", "folder/d": "new"}, {"b": "folder/e"}, ("c",))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*")}
    left = iter(range(number))

    def refusing(do: Callable[..., object]) -> Callable[..., object]:
        def refuse_at_last(file: Path, *data: bytes) -> object:
            if next(left, None) is None and not refused:
                refused.append(file)
                raise SettingsError(Problem(str(file), 1, "cannot be written"))
            return do(file, *data)

        return refuse_at_last

    refused: list[Path] = []
    for name in ("write_bytes", "remove"):
        monkeypatch.setattr(files, name, refusing(getattr(files, name)))
    with pytest.raises(SettingsError):
        list(carry_out(tmp_path, edits))
    assert {file: file.read_bytes() for file in tmp_path.rglob("*")} == before
