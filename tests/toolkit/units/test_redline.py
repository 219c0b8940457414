"""`handbook redline`: what git keeps of a page, in every language side by side."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

import handbooks
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes import redline, versions
from handbook.bitext.changes.redline import Redline
from handbook.bitext.changes.repository import Repository
from handbook.bitext.files import write
from handbook.bitext.languages.registry import Languages
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.command.main import main
from handbook.press.core import tree
from programs import git
from rows import rows

PAGE = """\
# Meeting

We meet on Mondays in [the library](library.md).

Bring something to eat.
"""
NAME = "docs/en/meeting.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of one page, translated into Spanish, in git; a folder in a larger repository."""
    folder = tmp_path / "handbook"
    write(folder / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(folder / NAME, PAGE)
    write(folder / "docs/en/index.md", "# Home\n")
    write(tmp_path / "docs/en/meeting.md", "# Another page of that name\n")
    monkeypatch.chdir(folder)
    git("init", "-q", str(tmp_path))
    translate("es", {"We meet": "Nos vemos los lunes en [la biblioteca](library.md)."})
    commit("Begin")
    return folder


def commit(message: str) -> None:
    git("add", "-A", ":/")
    git("commit", "-qm", message)


def translate(language: str, words: dict[str, str], page: str = "meeting") -> None:
    """Update the catalogs, and translate the messages that begin in a certain way."""
    name = f"translations/{language}/{page}.po"

    def say(path: str, unit: Unit) -> str | None:
        found = (text for start, text in words.items() if unit.message.startswith(start))
        return next(found, None) if path == name else None

    handbooks.translate(Path(), say)


def edit(old: str, new: str, name: str = NAME) -> None:
    text = Path(name).read_text("utf-8")
    assert old in text
    write(Path(name), text.replace(old, new))


def made(page: str = NAME, since: str = "HEAD", until: str | None = None) -> Redline:
    repository, here = Repository(Path()), Handbook.open(Path())
    span = versions.span(repository, since, until)
    assert not isinstance(span, Problem)
    found = versions.redline(repository, here, page, span, here.languages)
    assert isinstance(found, Redline)
    return found


def shown(found: Redline) -> list[str]:
    """What has changed, in lines: the source and each translation, with their states."""
    lines = []
    for row in found.rows:
        if row.is_visible:
            lines.append(f"{row.change.kind}: {marked(row.change.pieces)}")
            lines += (
                f"  {code} {cell.state}: {marked(cell.pieces)}".rstrip()
                for code, cell in zip(found.languages, row.cells, strict=True)
            )
    return lines


def marked(pieces: tuple[redline.Piece, ...]) -> str:
    signs = {"same": "{}", "out": "[-{}-]", "in": "[+{}+]"}
    return "".join(" " * p.is_apart + signs[p.fate].format(p.text) for p in pieces)


def test_each_translation_stands_beside_the_source_as_far_as_it_has_come(root: Path) -> None:
    edit("Mondays", "Tuesdays")
    assert shown(made()) == [
        "changed: We meet on [-Mondays-] [+Tuesdays+] in the library.",
        "  es older: Nos vemos los lunes en la biblioteca.",
        "  ja missing:",
    ]
    translate("es", {"We meet": "Nos vemos los martes en [la biblioteca](library.md)."})
    assert shown(made()) == [
        "changed: We meet on [-Mondays-] [+Tuesdays+] in the library.",
        "  es current: Nos vemos los [-lunes-] [+martes+] en la biblioteca.",
        "  ja missing:",
    ]


def test_a_better_translation_of_the_same_text_is_a_change_too(root: Path) -> None:
    translate("es", {"We meet": "Nos reunimos los lunes en [la biblioteca](library.md)."})
    assert shown(made()) == [
        "same: We meet on Mondays in the library.",
        "  es current: Nos [-vemos-] [+reunimos+] los lunes en la biblioteca.",
        "  ja missing:",
    ]


def test_a_text_that_was_wrapped_anew_shows_nothing(root: Path) -> None:
    edit("on Mondays in", "on\nMondays in")
    assert not made().is_visible


def test_a_picture_that_was_exchanged_under_its_name_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("Bring", "![The hall](<pictures/the hall.png>) Bring")
    write(Path("docs/en/pictures/the hall.png"), "old")
    write(Path("docs/en/pictures/other.png"), "old")
    commit("A picture")
    edit("Bring", "![Other](pictures/other.png) Bring")
    assert [link.is_exchanged for row in made().rows for link in row.change.links] == [False]
    write(Path("docs/en/pictures/the hall.png"), "new")
    write(Path("docs/en/pictures/other.png"), "new")
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "build/x.html")[0] == 0
    page = tree.parse(Path("build/x.html").read_text("utf-8"))
    assert [tree.text(each) for each in page.iter("li")] == [
        "Picture “The hall” is another one under the same name: pictures/the hall.png",
        "Picture “Other” is: [put in: pictures/other.png]",
    ]
    commit("Another picture")
    assert not made().is_visible
    assert made(NAME, "HEAD~1", "HEAD").is_visible


def test_a_picture_without_words_that_was_exchanged_under_its_name_is_told(root: Path) -> None:
    edit("Bring", "![](pictures/hall.png)\n\nBring")
    write(Path("docs/en/pictures/hall.png"), "old")
    commit("A picture")
    write(Path("docs/en/pictures/hall.png"), "new")
    [row] = [row for row in made().rows if row.is_visible]
    assert [(each.is_exchanged, each.new and each.new.words) for each in row.change.links] == [
        (True, "hall.png")
    ]


def test_what_a_page_includes_is_a_part_of_it(root: Path) -> None:
    """Through another page, and translated by the catalog of the part."""
    write(Path("docs/en/parts/food.md"), "Bring soup, and enough of it for all of us.\n")
    write(Path("docs/en/parts/all.md"), '--8<-- "parts/food.md"\n\n--8<-- "parts/all.md"\n')
    edit("Bring something to eat.", '--8<-- "parts/all.md"')
    translate("es", {"Bring soup": "Traigan sopa para todas las personas."}, page="parts/food")
    commit("Parts")
    edit("soup", "bread", "docs/en/parts/food.md")
    assert shown(made()) == [
        "changed: Bring [-soup-] [+bread+], and enough of it for all of us.",
        "  es older: Traigan sopa para todas las personas.",
        "  ja missing:",
    ]


def test_what_a_page_includes_from_outside_of_docs_is_a_part_of_it(root: Path) -> None:
    """All languages show the same of it; also between two commits, and through another file."""
    write(Path("mkdocs.yml"), SNIPPETS)
    write(Path("notes/all.md"), '--8<-- "food.txt"\n\n--8<-- "../../docs/en/meeting.md"\n')
    write(Path("notes/more/food.txt"), "Bring soup.\n")
    edit("Bring something to eat.", '--8<-- "all.md"')
    commit("Notes")
    edit("soup", "bread", "notes/more/food.txt")
    told = ["changed: Bring [-soup-] [+bread+].", "  es shared:", "  ja shared:"]
    assert shown(made()) == told
    commit("Bread")
    assert shown(made(since="HEAD~1", until="HEAD")) == told


SNIPPETS = """site_name: A site
markdown_extensions:
  - pymdownx.snippets: {base_path: [notes, notes/more]}
"""


def test_code_keeps_its_lines(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("Bring", "```py\nfor each in us:\n    ask(each)\n```\n\nBring")
    commit("Code")
    edit("ask(each)", "tell(each)")
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "build/x.html")[0] == 0
    assert ">for each in us:<br>    <del>" in Path("build/x.html").read_text("utf-8")


def test_a_page_is_followed_through_its_names(root: Path) -> None:
    first = git("rev-parse", "HEAD").strip()
    Path("docs/en/start").mkdir()
    git("mv", NAME, "docs/en/start/when.md")
    commit("Move the page")
    edit("Bring something", "Bring a plate and something", "docs/en/start/when.md")
    commit("Edit it")
    middle = git("rev-parse", "HEAD").strip()
    git("mv", "docs/en/start/when.md", "docs/en/start/meetings.md")
    now = made("docs/en/start/meetings.md", first)
    assert now.former == "meeting.md"
    assert shown(now)[0] == "changed: Bring [+a plate and+] something to eat."
    then = made("docs/en/start/meetings.md", first, middle)
    assert (then.path, then.former) == ("start/when.md", "meeting.md")


def test_a_page_that_is_new_and_one_that_is_gone(root: Path) -> None:
    write(Path("docs/en/new.md"), "# New\n")
    git("rm", "-q", NAME)
    new, gone = made("new.md"), made()
    assert (new.is_new, [row.change.kind for row in new.rows]) == (True, ["new"])
    assert (gone.is_gone, {row.change.kind for row in gone.rows}) == (True, {"gone"})


def test_a_page_that_was_turned_is_compared_in_its_new_source_language(root: Path) -> None:
    translate("es", {"Meeting": "Reunión", "Bring": "Traiga algo."})
    commit("Translate")
    Path("docs/es").mkdir()
    spanish = "# Reunión\n\nNos vemos los martes en [la biblioteca](library.md).\n\nTraiga algo.\n"
    write(Path("docs/es/meeting.md"), spanish)
    git("rm", "-q", "-r", NAME, "translations/es/meeting.po")
    found = made("docs/es/meeting.md")
    assert found.source == "es"
    assert shown(found)[0] == "changed: Nos vemos los [-lunes-] [+martes+] en la biblioteca."


MENUS = """\
site_name: Our handbook
theme: !!python/name:no.module
nav:
  - Home: index.md
  - When we meet:
      - meeting.md
  - Contact us: contact.md
"""


def test_names_in_the_menus_are_shown_as_pages_are(root: Path) -> None:
    write(Path("mkdocs.yml"), MENUS)
    catalog = Path("translations/es/site.po")
    units = (Unit("Our handbook", "Nuestro manual"), Unit("Contact us", "Escríbanos"))
    write(catalog, po.dump(Catalog({}, (*units, Unit("Own words", "Palabras")))))
    commit("Menus")
    assert not made("mkdocs.yml").is_visible
    edit("When we meet", "When and where we meet", "mkdocs.yml")
    edit("      - meeting.md", "      - meeting.md\n      - index.md", "mkdocs.yml")
    edit("contact.md", "meeting.md", "mkdocs.yml")
    edit("Escríbanos", "Escriban", str(catalog))
    edit("Palabras", "Frases", str(catalog))
    found = made(str(catalog))
    assert (found.path, found.title) == ("mkdocs.yml", "mkdocs.yml")
    assert shown(found) == [
        "changed: When [+and where+] we meet",
        "  es missing:",
        "  ja missing:",
        "new: [+index.md+]",
        "  es shared:",
        "  ja shared:",
        "changed: Contact us",
        "  es current: [-Escríbanos-][+Escriban+]",
        "  ja missing:",
        "same: Own words",
        "  es current: [-Palabras-][+Frases+]",
        "  ja shared:",
    ]
    Path("mkdocs.yml").unlink()
    assert made("mkdocs.yml").is_visible


# -- the command ------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["redline", *words])
    out, error = capsys.readouterr()
    return code, out, error


def test_it_writes_a_page_and_a_pdf(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("on Mondays in [the library](library.md)", "on Tuesdays in [the library](books.md) & hall")
    code, out, _ = run(capsys, NAME, "--from", "HEAD", "--language", "es")
    assert code == 0
    assert out.splitlines() == [
        "build/redlines/meeting.html: changed passages: 1",
        "build/redlines/meeting.pdf: changed passages: 1",
    ]
    html = Path("build/redlines/meeting.html").read_text("utf-8")
    page = tree.parse(html)
    assert [tree.text(each) for each in page.iter("ins")] == [
        "[put in: Tuesdays]",
        "[put in: & hall]",
        "[put in: books.md]",
    ]
    assert [tree.text(each) for each in page.iter("del")][:1] == ["[taken out: Mondays]"]
    heads = [tree.text(each) for each in page.iter("th")]
    assert heads == ["English", "español"]
    assert "aún sin traducir: esta es la traducción del texto anterior" in html
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", html)  # it needs no other file
    pdf = pypdfium2.PdfDocument("build/redlines/meeting.pdf")
    assert "Tuesdays" in pdf[0].get_textpage().get_text_range()


def test_what_is_no_word_is_told_in_words_in_the_language_of_the_page(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "docs/es/plan.md"
    write(Path(name), '- [ ] Pedir **la sala**\n\n!!! note "Nota"\n    Lea [esto](a.md "uno").\n')
    commit("Plan")
    write(Path(name), '- [x] Pedir la sala\n\n!!! tip "Nota"\n    Lea [esto](a.md "dos").\n')
    assert run(capsys, str(Path(name).absolute()), "--from", "HEAD", "--language", "es")[0] == 0
    page = tree.parse(Path("build/redlines/plan.html").read_text("utf-8"))
    assert [tree.text(each) for each in page.iter("li")] == [
        "Casilla: [quitado: sin marcar] [añadido: marcada]",
        "Ya no en negrita: «la sala»",
        "Tipo de recuadro: [quitado: note] [añadido: tip]",
        'El enlace «esto» lleva a: [quitado: a.md "uno"] [añadido: a.md "dos"]',
    ]
    printed = pypdfium2.PdfDocument("build/redlines/plan.pdf")[0].get_textpage().get_text_range()
    for words in ("Casilla: sin marcar marcada", "Ya no en negrita: «la sala»"):
        assert words in " ".join(printed.split())


LONG = "Whoever comes late reads what was said before, asks for it if it is not clear, and waits. "


def test_it_writes_plain_text_for_a_comment(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("Bring something to eat.", f"{LONG * 3}& <b>you</b>.")
    commit("Long")
    edit("on Mondays", "on Tuesdays")
    edit("& <b>you", "& <b>all")
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "build/change.txt")[0] == 0
    head, _, *told = Path("build/change.txt").read_text("utf-8").splitlines()
    assert head == "docs/en/meeting.md: Changes to “Meeting”"
    assert told == [
        "",
        "changed",
        "We meet on [-Mondays-] {+Tuesdays+} in the library.",
        "  es: aún sin traducir: esta es la traducción del texto anterior",
        "  es: Nos vemos los lunes en la biblioteca.",
        "  ja: 未翻訳",
        "",
        "changed",
        "Whoever comes late reads what was said before, asks for it if it is …"
        " what was said before, asks for it if it is not clear, and waits. & [-you-] {+all+}.",
        "  es: aún sin traducir",
        "  ja: 未翻訳",
    ]


def test_a_catalog_names_its_page_and_its_language(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = f"translations/es/{Path(NAME).stem}.po"
    status, out, _ = run(capsys, catalog, "--from", "HEAD", "--to-file", "build/x.html")
    assert (status, out.startswith("build/x.html: changed passages")) == (0, True)
    page = tree.parse(Path("build/x.html").read_text("utf-8"))
    assert [tree.text(each) for each in page.iter("th")] == ["English", "español"]
    assert run(capsys, "translations/es/none.po", "--from", "HEAD")[0] == 2


def test_what_it_cannot_do_it_says_in_a_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, NAME, "--from", "nowhere")[::2] == (
        2,
        "git knows no revision 'nowhere'; git log lists commits, git branch -a branches\n",
    )
    assert run(capsys, NAME, "--from=--output=x")[0] == 2
    assert "is no page in either version" in run(capsys, "docs/en/other.md", "--from", "HEAD")[2]
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "x.doc")[0] == 2
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "docs/x.html")[0] == 2
    assert run(capsys, NAME)[0] == 2
    assert run(capsys, NAME, "--from", "HEAD", "--to-file", "a change.html")[0] == 0
    assert Path("a change.html").is_file()
    assert not Path("x").exists()


@rows("page", [NAME, f"./{NAME}", NAME.replace("docs/en", "translations/es").replace(".md", ".po")])
def test_a_page_that_cannot_be_read_is_not_taken_for_gone(
    root: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    Path(NAME).write_bytes(b"# \xff\n")
    status, said, problems = run(capsys, page, "--from", "HEAD")
    assert (status, said) == (2, "")
    assert problems == f"{NAME}:1: is not UTF-8; save the file in that encoding\n"


def test_where_there_is_no_history_one_line_says_so(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("Mondays", "Tuesdays")
    commit("Edit")
    shallow = root.parent.parent / f"{root.parent.name}-shallow"
    git("clone", "-q", "--depth", "1", f"file://{root.parent}", str(shallow))
    monkeypatch.chdir(shallow / "handbook")
    code, _, error = run(capsys, NAME, "--from", "HEAD~1")
    assert (code, error.count("\n")) == (1, 1)
    assert "this clone is shallow; fetch the rest: git fetch --unshallow" in error
    (root.parent / ".git").rename(root.parent / "elsewhere")
    monkeypatch.chdir(root)
    code, _, error = run(capsys, NAME, "--from", "HEAD")
    said = "there is no history here; clone the handbook with git; an archive has no history\n"
    assert (code, error) == (1, said)
    git("init", "-q", str(shallow.parent / "new"))
    shutil.copytree(root, shallow.parent / "new/handbook", ignore=shutil.ignore_patterns(".git"))
    monkeypatch.chdir(shallow.parent / "new/handbook")
    code, _, error = run(capsys, NAME, "--from", "HEAD")
    assert (code, "commit the handbook first: git add --all && git commit" in error) == (1, True)


# -- in a catalog -----------------------------------------------------------------------


def test_a_changed_unit_shows_what_has_changed_in_its_message() -> None:
    unit = Unit("We *meet* on Tuesdays.", "Nos vemos.", fuzzy=True, previous="We meet on Mondays.")
    records = Languages()
    assert marked(redline.of_unit(unit, records["en"])) == "We meet on [-Mondays-] [+Tuesdays+]."
    same = unit._replace(fuzzy=False, previous=None)
    assert marked(redline.of_unit(same, records["en"])) == "We meet on Tuesdays."


def test_with_dots_a_branch_is_compared_with_where_it_left(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("branch", "-M", "main")
    git("switch", "-qc", "branch")
    edit("Bring something to eat.", "Bring something to drink.")
    commit("On the branch")
    git("switch", "-q", "main")
    edit("on Mondays", "on Fridays")
    commit("On main")
    git("switch", "-q", "branch")
    for revision, count in (("main...", 1), ("main", 2)):
        code, out, _ = run(capsys, NAME, "--from", revision, "--to-file", "build/x.html")
        assert (code, out.strip()) == (0, f"build/x.html: changed passages: {count}")
    code, out, _ = run(capsys, NAME, "--from", "branch...", "--to", "main", "--to-file", "x.html")
    assert (code, out.strip()) == (0, "x.html: changed passages: 1")
    assert "no revision 'nowhere'" in run(capsys, NAME, "--from", "nowhere...")[2]
    assert run(capsys, NAME, "--from", "...")[0] == 2
