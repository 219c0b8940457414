"""What is left to do in a language, and who has read what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.files import write
from handbook.bitext.project.keydocuments import is_key_document
from handbook.command import main
from handbooks import link, run
from rows import rows

KEY = "---\nstatus: draft\n---\n\n# Key\n\nWhat we agreed on.\n"
LONG = "\n\n".join(f"Paragraph number {n} has eight words in all." for n in range(12))


@pytest.fixture
def root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """Three pages: a key document that is last, and two more, in another order than their names."""
    link(tmp_path)
    nav = "nav: [index.md, {Late: [b.md, a.md]}, z-key.md]"
    text = f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: {{bitext: {{books: false}}}}\n{nav}\n"
    write(tmp_path / "mkdocs.yml", text)
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    pages = {"index": "# Home\n", "a": f"# A\n\n{LONG}\n", "b": "# B\n\n1789\n", "z-key": KEY}
    for name, page in pages.items():
        write(tmp_path / f"docs/en/{name}.md", page)
    monkeypatch.chdir(tmp_path)
    main.main(["update"])
    capsys.readouterr()
    return tmp_path


def fill(root: Path, name: str) -> None:
    file = root / f"translations/es/{name}.po"
    catalog = po.parse(file.read_text("utf-8"))
    units = tuple(u._replace(translation=u.message.upper()) for u in catalog.units)
    file.write_text(po.dump(Catalog(catalog.header, units)), "utf-8")


def test_what_matters_most_comes_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "todo", "es")
    heads = [line.split(":")[0] for line in out if line[0].isdigit()]
    assert status == 0
    assert heads == [
        "1. z-key.md, a key document",
        "2. site.po",
        "3. index.md",
        "4. b.md",
        "5. a.md",
    ]
    key = (root / "translations/es/z-key.po").read_text("utf-8").splitlines()
    line = key.index('msgid "What we agreed on."')
    units = [each for each in out if "What we agreed on." in each]
    assert units == [f"   translations/es/z-key.po:{line - 1}: missing: “What we agreed on.”"]
    assert "   and 3 more in translations/es/a.po" in out
    assert sum("number 1" in line for line in out) == 1
    assert "1789" not in "".join(out)  # a number is no work
    assert "about" in out[0]


def test_an_edit_is_shown_and_hours_are_reckoned(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "z-key"):
        fill(root, name)
    page = root / "docs/en/z-key.md"
    written = page.read_text("utf-8")
    told = {
        "What we all agreed on.": "added “all”",
        "What we agreed.": "taken out “on”",
        "What we have decided.": "“agreed on” → “have decided”",
    }
    for text, edit in told.items():
        write(page, written.replace("What we agreed on.", text))
        run(capsys, "update")
        status, out, _ = run(capsys, "todo", "es")
        assert [line for line in out if line.endswith(f": changed: {edit}")], edit
    status, lines, _ = run(capsys, "todo", "es", "--json")
    pages = json.loads("\n".join(lines))
    assert (status, pages[0]["page"], pages[0]["words"]) == (0, "z-key.md", 4)
    assert [unit["state"] for unit in pages[0]["units"]] == ["changed"]
    assert sum(len(page["units"]) for page in pages) > 5


def test_nothing_left_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("index", "a", "b", "z-key", "site"):
        fill(root, name)
    assert run(capsys, "todo", "es")[1] == ["es: nothing is left to do"]
    assert run(capsys, "todo", "en")[1] == ["en: nothing is left to do"]
    assert run(capsys, "--quiet", "todo", "es")[1] == []
    assert run(capsys, "todo", "fr")[0] == 2
    page = root / "docs/en/a.md"
    write(page, f"---\nreview_by: 2020-01-02\n---\n{page.read_text('utf-8')}")
    due = "due for review since 2020-01-02: a.md"
    assert (run(capsys, "todo", "en")[1], run(capsys, "status")[1][-1]) == ([due], due)
    assert run(capsys, "todo", "es")[1] == ["es: nothing is left to do"]


def test_a_native_reader_signs_for_a_page(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(root, "z-key")
    name = "translations/es/z-key.po"
    by = ("--by", "A reading circle <circle@example.org>", "--month", "2026-11")
    assert run(capsys, "reviewed", "docs/en/z-key.md", "es", *by) == (0, [f"wrote {name}"], [])
    text = (root / name).read_text("utf-8")
    assert '"X-Reviewed: 2026-11, A reading circle\\n"' in text
    assert run(capsys, "update", "--check")[0] == 0
    assert (
        run(capsys, "reviewed", str(root / name), "es", "--by", "B", "--month", "2026-12")[0] == 0
    )
    assert "2026-12, B" in (root / name).read_text("utf-8")
    assert run(capsys, "reviewed", "z-key.md", "es", "--withdraw")[0] == 0
    assert '"X-Reviewed: \\n"' in (root / name).read_text("utf-8")


_NOT_SIGNED = [
    ("z-key.md es", "handbook: reviewed: give --by NAME, or --withdraw; who has read it"),
    ("z-key.md es --by A --withdraw", "handbook: reviewed: give --by NAME, or --withdraw; not"),
    ("z-key.md en --by A", "docs/en/z-key.md: was written in en"),
    ("none.md es --by A", "none.md: is no page that can be read"),
    ("a.md es --by A", "translations/es/a.po: has no translation that is current"),
    ("z-key.md es --by a@b.org", "translations/es/z-key.po: an address is no name"),
    ("translations/ja/a.po es --by A", "translations/ja/a.po: is in ja, not in es"),
    ("z-key.md fr --by A", "handbook: no language 'fr'"),
    ("z-key.md es --by A --month 2026-13", "handbook: reviewed: argument --month"),
]


def test_a_page_with_a_conflict_is_named_as_that(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/z-key.md"
    page.write_text(f"<<<<<<< HEAD\n{page.read_text('utf-8')}=======\n>>>>>>> x\n", "utf-8")
    status, _, err = run(capsys, "reviewed", "docs/en/z-key.md", "es", "--by", "A")
    assert (status, err[0].startswith("docs/en/z-key.md:1: two versions meet here")) == (2, True)


@pytest.mark.parametrize(("words", "said"), _NOT_SIGNED)
def test_a_signature_that_cannot_be_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    fill(root, "z-key")
    before = {file: file.read_bytes() for file in root.rglob("*.po")}
    status, out, err = run(capsys, "reviewed", *words.split())
    assert (status, out) == (2, [])
    assert err[0].startswith(said)
    assert {file: file.read_bytes() for file in root.rglob("*.po")} == before


def test_what_a_signature_does_not_cover_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(root, "z-key")
    write(root / "docs/en/z-key.md", f"{KEY}\nMore.\n")
    out = run(capsys, "reviewed", "z-key.md", "es", "--by", "A")[1]
    assert out[1:] == ["1 unit is not current, and readers are told so"]


@rows(
    ("front", "is_key"),
    [
        ({}, False),
        ({"status": "restatement"}, True),
        ({"status": "new", "version": "1.0"}, False),
        ({"status": "deprecated"}, False),
        ({"status": "beta"}, False),
        ({"status": "ratified", "authentic": ["en"]}, True),
    ],
)
def test_a_status_of_the_theme_makes_no_key_document(
    front: dict[str, object], is_key: bool
) -> None:
    assert is_key_document(front) == is_key
