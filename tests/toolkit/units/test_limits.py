"""Limits: what would stop a machine is refused, quickly, and nothing that people write is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handbook.bitext.catalog.canonical import volume
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.limits import (
    PRINT_MADE,
    PRINT_MEMORY,
    is_language_over,
    page_excess,
    print_memory,
    text_excess,
    translation_excess,
)
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Segment
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.reading import read_page
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.guards import refusal
from handbook.press.books.book import Chapter
from handbook.press.plugin import bookshelf
from rows import rows

MARKS = "o" + "\u0301" * 20_000
FENCE = "``` x " + 'a="" ' * 40 + "!"


@rows("translation", [MARKS, FENCE, "x" * 5000, f"> {FENCE}", "[^" * 300, "`" * 300])
def test_a_translation_over_a_limit_is_refused(translation: str) -> None:
    assert translation_excess("A sentence.", translation)
    assert refusal(Segment("paragraph", "A sentence.", ((0, 11),), ""), translation)


@rows(
    ("message", "translation"),
    [
        ("Yes", "はい、そうです。" * 100),
        ("Hello", "Xin chào, tiếng Việt: ế ộ ữ"),
        ("A sentence of some words. " * 4, "<ruby>語<rt>ご</rt></ruby>" * 30),
        ("See [a](b.md) and *c*.", "Vea [a](b.md), ![x](y) y *c* (" + "*d* " * 40),
        ("Hello", "e\u0301\u0323\u0302"),
        ("Stop", "————————————————————————"),
        ("Stop", "……………………………………"),
        ('``` py title="a" hl_lines="1"', '``` py title="b" hl_lines="1"'),
    ],
)
def test_what_people_write_is_not(message: str, translation: str) -> None:
    assert translation_excess(message, translation) is None


def test_of_a_page_that_grows_too_long_the_longest_translations_are_refused() -> None:
    """Each is within its own limit; those that are as long as people write them stay."""
    innocent = [("A sentence of some words.", "Una frase de unas palabras."), None] * 500
    assert page_excess(innocent) == []
    padded = [*innocent, *[("Cell", "x" * 2_000)] * 200]
    refused = page_excess(padded)
    assert refused
    assert min(refused) >= len(innocent)
    left = [pair for n, pair in enumerate(padded) if n not in refused]
    assert page_excess(left) == []


def test_what_is_left_of_such_a_page_is_translated() -> None:
    page = scan.read("# Title\n\n" + "".join(f"Line {n}.\n\n" for n in range(100)))
    units = [Unit("Title", "Título", line=1)]
    units += [Unit(f"Line {n}.", "x" * 2_000, line=n + 2) for n in range(100)]
    made = assemble(page, Catalog({}, tuple(units)))
    assert made.text.startswith("# Título")
    assert len(made.text) < 60_000
    assert made.refusals
    assert all("one of the longest; shorten it" in each.reason for each in made.refusals)


def test_a_page_over_a_limit_is_named_with_its_line(tmp_path: Path) -> None:
    for text in (MARKS, FENCE):
        (tmp_path / "page.md").write_text(f"# A page\n\n{text}\n", "utf-8")
        problem = read_page(tmp_path / "page.md", "docs/en/page.md")
        assert str(problem).startswith("docs/en/page.md:3: ")


def test_pages_of_any_length_are_no_excess() -> None:
    assert text_excess("A word. " * 100_000) is None


# -- a language as a whole --------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook of forty small pages and one that is translated as people do it."""
    (tmp_path / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "es"]\n')
    for number in range(40):
        _put(tmp_path, f"page{number}", f"Line {number}.", "")
    _put(tmp_path, "index", "A sentence of some words.", "Una frase de unas palabras.")
    return tmp_path


def _put(root: Path, name: str, message: str, translation: str, encoding: str = "utf-8") -> None:
    page, catalog = root / f"docs/en/{name}.md", root / f"translations/es/{name}.po"
    page.parent.mkdir(parents=True, exist_ok=True)
    catalog.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"{message}\n", "utf-8")
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={encoding}\\n"\n'
    catalog.write_text(f'{head}\nmsgid "{message}"\nmsgstr "{translation}"\n', encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_many_pages_each_within_its_limit_are_refused_together(root: Path, encoding: str) -> None:
    """Whoever parsed what before: in each process of a build, what is refused is the same."""
    few = Handbook.open(root)
    assert not few.is_over("es")
    for number in range(40):
        _put(root, f"page{number}", f"Line {number}.", "ñ" * 1_900, encoding)
    one, other = Handbook.open(root), Handbook.open(root)
    for source in other.sources():
        other.catalog(source, "es")
    for handbook in (one, other):
        made = {each.path: handbook.translated(each, "es") for each in handbook.sources()}
        assert made.pop("index.md").text == "Una frase de unas palabras.\n"
        for path, translation in made.items():
            (problem,) = translation.problems
            assert problem.path == f"translations/es/{path.removesuffix('.md')}.po"
            assert problem.line == 4
            assert "more than 3 times as long as the pages" in problem.text
            assert "ñ" not in translation.text


def test_a_language_may_be_as_long_as_people_write_it() -> None:
    assert not is_language_over(1_000, 3 * 1_000 + 20_000)
    assert is_language_over(1_000, 3 * 1_000 + 20_001)


def test_what_is_not_in_use_counts_for_nothing() -> None:
    used = b'msgid ""\nmsgstr "x"\n\nmsgid "a"\nmsgstr ""\n"bcd"\n'
    unused = b'\n#~ msgid "b"\n#~ msgstr "' + b"c" * 1_000 + b'"\n'
    assert volume(used) == volume(used + unused) < 20
    assert volume(b"charset=nonsense \xff\xfe\xff") == 0


def test_the_memory_of_printing_grows_with_the_pages_alone() -> None:
    assert print_memory(0) == print_memory(500_000) == PRINT_MEMORY
    assert print_memory(10_000_000) > 10 * PRINT_MEMORY


def test_what_plugins_make_of_pages_has_a_limit_of_its_own() -> None:
    """The reference of a program's code took 9 GB."""
    assert PRINT_MEMORY < print_memory(0, made=900_000) < PRINT_MADE
    assert print_memory(0, made=10_000_000) == PRINT_MADE
    assert print_memory(10_000_000, made=10_000_000) > PRINT_MADE


def test_the_memory_of_printing_counts_what_a_plugin_adds_to_a_page() -> None:
    """Not what a translation adds, whose text is in another language than its source."""
    long = Chapter(
        path="a.md",
        file="docs/en/a.md",
        title="A",
        html="<p>long</p>" * 300,
        url="a/",
        address="a/",
        language="en",
        source_language="en",
        tally=None,
        notice=(),
        facts=(),
        needs_review=False,
        credit=(),
        meta={},
    )
    sizes = [
        bookshelf._size_made([each], {"docs/en/a.md": len("# A\n")})
        for each in (long, replace(long, language="es"))
    ]
    assert sizes == [len(long.html) // 3, len("# A\n")]
