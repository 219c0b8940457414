"""Books on paper: read as a PDF viewer reads them, and as a screen reader does."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import ours
from handbook.press.books.book import Book, Chapter, Part
from handbook.press.core import tree
from papers import structure, text_of
from sites import Built

A4 = (595, 842)
LETTER = (612, 792)


@pytest.fixture(scope="session")
def folder(built: Built) -> Path:
    return built[0] / "books"


@pytest.fixture(params=ours.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def handbook(folder: Path, language: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / f"handbook-{language}.pdf") as pdf:
        yield pdf


def _tokens(text: str) -> Counter[str]:
    """How often each word and digit stands in a text; in Japanese, each character."""
    text = unicodedata.normalize("NFKC", text).replace("-", "").replace("\u2060", "")
    return Counter(
        re.findall("[\\u3040-\\u30ff\\u3400-\\u9fff]|\\d|[^\\W\\d\\u3040-\\u9fff]+", text)
    )


def _divided(word: str, printed: Counter[str]) -> bool:
    return any(word[:at] in printed and word[at:] in printed for at in range(2, len(word) - 1))


def _prose(chapter: Chapter) -> str:
    """What a page says, but for what is there for screens alone."""
    page = tree.parse(chapter.html)
    signs = ".//a[@class='headerlink' or @class='footnote-backref'] | .//sup[@id]"
    numbers = ".//a[contains(@class, 'at-hand')]"  # printed on key documents alone
    for away in page.xpath(f"{signs} | {numbers} | .//*[local-name()='svg']"):
        tree.remove(away)
    return " ".join(page.itertext())


# The handbook as a whole -----------------------------------------------------------------------


def test_every_word_of_every_page_is_in_the_book(
    folder: Path, language: str, books: dict[str, Book]
) -> None:
    printed = _tokens(text_of(folder / f"handbook-{language}.pdf"))
    written: Counter[str] = sum(
        (_tokens(_prose(each)) for each in books[language].chapters), Counter()
    )
    lost = written - printed
    # A word that goes on over the page is in two pieces.
    assert not [word for word in lost if not _divided(word, printed)]


def test_it_says_what_screen_readers_ask_for(
    handbook: pikepdf.Pdf, language: str, books: dict[str, Book]
) -> None:
    root = handbook.Root
    with handbook.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == books[language].title
        assert metadata["dc:creator"]
    assert root.MarkInfo.Marked
    assert str(root.Lang) == language
    assert root.ViewerPreferences.DisplayDocTitle


def test_its_structure_is_that_of_its_text(handbook: pikepdf.Pdf) -> None:
    kinds, level = Counter[str](), 0
    for element in structure(handbook):
        kind = str(element.S)
        kinds[kind] += 1
        if kind == "/Figure":
            assert str(element.get("/Alt", "")).strip()
        if re.fullmatch("/H[1-6]", kind):
            assert int(kind[2]) <= level + 1
            level = int(kind[2])
    assert kinds["/Table"] >= _least("tables")
    assert kinds["/TH"] >= _least("heads")
    assert kinds["/Note"] >= _least("notes")
    assert kinds["/TOCI"] >= _least("pages")
    assert kinds["/Figure"] >= _least("figures")


def _least(what: str) -> int:
    return ours.AT_LEAST.get(what, -1) + 1


def test_its_pages_and_outline_follow_the_navigation(
    handbook: pikepdf.Pdf, language: str, books: dict[str, Book]
) -> None:
    with handbook.open_outline() as outline:
        titles = [item.title for item in outline.root]
    items = [item.title for item in books[language].items]
    assert titles[1 : len(items) + 1] == items  # before them is the list of contents
    labels = handbook.Root.PageLabels
    styles = {str(each.S) for each in _leaves(labels, "/Nums") if "/S" in each}
    assert styles == {"/r", "/D"}


def _leaves(branch: pikepdf.Object, key: str, column: int = 1) -> Iterator[pikepdf.Object]:
    """The values of a number tree or a name tree; in column 0 its keys."""
    for kid in branch.get("/Kids", []):
        yield from _leaves(kid, key, column)
    yield from list(branch.get(key, []))[column::2]


def test_links_within_the_book_lead_somewhere(
    handbook: pikepdf.Pdf, language: str, books: dict[str, Book]
) -> None:
    pages = {page.objgen for page in handbook.pages}
    places = handbook.Root.Names.Dests
    assert all(place[0].objgen in pages for place in _leaves(places, "/Names"))
    named = {str(name) for name in _leaves(places, "/Names", 0)}
    inside, outside = 0, []
    for page in handbook.pages:
        for link in page.get("/Annots", []):
            assert str(link.get("/Contents", "")) or "/StructParent" in link
            if "/A" in link and link.A.S == "/URI":
                outside.append(str(link.A.URI))
            else:
                place = link.get("/Dest", link.get("/A", {}).get("/D"))
                named_place = isinstance(place, pikepdf.String) and str(place) in named
                assert named_place or place[0].objgen in pages
                inside += 1
    assert inside >= _least("links")
    home = books[language].address
    assert [each for each in outside if each.startswith(home) and each != home] == []


def test_no_heading_is_left_alone_at_the_foot_of_a_page(
    folder: Path, language: str, books: dict[str, Book]
) -> None:
    headings = {
        tree.text(heading).rstrip("¶")
        for chapter in books[language].chapters
        for heading in tree.parse(chapter.html).iter("h2", "h3")
    }
    with pypdfium2.PdfDocument(folder / f"handbook-{language}.pdf") as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    assert sum(line.strip() in headings for page in pages for line in page) >= _least("headings")
    sheets = {each.title.replace(" ", "") for each in books[language].chapters if each.sheet}
    for page in pages:
        lines = [line.strip() for line in page if line.strip()]
        if (
            lines[0].replace(" ", "") not in sheets
        ):  # on these a heading stands in a line with its text
            assert not headings & set(lines[-2:-1]), lines[-1]  # the last line is the page's number


def test_no_chapter_ends_on_a_page_that_is_all_but_empty(folder: Path, language: str) -> None:
    with pypdfium2.PdfDocument(folder / f"handbook-{language}.pdf") as pdf:
        pages = [list(_lines(each.get_textpage())) for each in pdf]
    heads = [bool(page) and page[0][0] > 842 - 76 and page[0][1] < 10 for page in pages]
    # Where a page has a running head and the next has none, a chapter ends on it.
    ends = [
        page for page, head, after in zip(pages, heads, [*heads[1:], False], strict=True)
        if head and not after
    ]  # fmt: skip
    filled = [A4[1] - 77 - page[-2][0] for page in ends]  # the last line is the page's number
    assert len(ends) >= _least("pages")
    assert [round(each) for each in filled if each < 75] == []  # a heading and two lines


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[tuple[float, float]]:
    """The lower edge of the first letter of each line, and how high it is; from above."""
    edges = []
    text, at = page.get_text_range(), 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            _, bottom, _, top = page.get_charbox(start, loose=True)
            edges.append((bottom, top - bottom))
        at += len(line)
    yield from sorted(edges, reverse=True)


# Each document ---------------------------------------------------------------------------------


def test_there_is_one_of_everything(folder: Path, language: str, books: dict[str, Book]) -> None:
    names = {
        each.relative_to(folder / language).as_posix()
        for each in (folder / language).rglob("*.pdf")
    }
    pages = {f"{each.path.removesuffix('.md')}-{language}.pdf" for each in books[language].chapters}
    sheets = {each for each in pages if each.startswith("sheets/") and "index" not in each}
    letters = {each.replace(".pdf", "-us-letter.pdf") for each in sheets}
    sections = [each.slug for each in books[language].items if isinstance(each, Part)]
    assert sheets == {f"sheets/{each}-{language}.pdf" for each in ours.SHEETS}
    assert names == pages | letters | {f"{each}-{language}.pdf" for each in sections}


def test_a_sheet_is_one_side_of_paper(folder: Path, language: str) -> None:
    sheets = [
        each for each in (folder / language / "sheets").glob("*.pdf") if "index" not in each.name
    ]
    for file in sheets:
        with pikepdf.open(file) as pdf:
            (page,) = pdf.pages
            size = tuple(round(float(each)) for each in page.mediabox[2:])
        assert size == (LETTER if "us-letter" in file.name else A4), file.name
    assert len(sheets) == 2 * len(ours.SHEETS)


@pytest.mark.parametrize("paper", ["", "-us-letter"])
def test_rows_of_a_form_are_high_enough_for_a_pen(folder: Path, language: str, paper: str) -> None:
    low = {}
    for form in ours.FORMS:
        with pypdfium2.PdfDocument(
            folder / f"{language}/sheets/{form}-{language}{paper}.pdf"
        ) as pdf:
            rows = list(_rows(pdf[0]))
        assert rows
        low[form] = min(rows)
    assert {form: each for form, each in low.items() if each < 8.95} == {}  # 9, as it is drawn


def _rows(page: pypdfium2.PdfPage) -> Iterator[float]:
    """How high the rows below the heads of a page's tables are, in millimeters."""
    rules: Counter[int] = Counter()
    uprights = []
    for path in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = path.get_bounds()
        if top - bottom < 1.5:
            rules[round(5 * (bottom + top))] += round(right - left)
        elif right - left < 1.5:
            uprights.append((bottom, top))
    edges = sorted(at / 10 for at, length in rules.items() if length > 300)
    is_row = [
        any(bottom - 2 <= low and high <= top + 2 for bottom, top in uprights)
        for low, high in pairwise(edges)
    ]
    above = pairwise([*is_row, False])
    for (low, high), (row, has_row_above) in zip(pairwise(edges), above, strict=True):
        if (
            row and has_row_above
        ):  # nobody writes into the heads of columns, which have no row above
            yield (high - low) / 72 * 25.4


def test_nothing_of_typst_is_left_in_the_text(
    folder: Path, language: str, books: dict[str, Book]
) -> None:
    for chapter in books[language].chapters:
        said = text_of(folder / language / f"{chapter.path.removesuffix('.md')}-{language}.pdf")
        assert set("#[]{}\\$") & set(said) <= set(_prose(chapter)), chapter.path


def test_no_file_is_too_large_for_a_message(folder: Path) -> None:
    for file in folder.rglob("*.pdf"):
        whole = file.parent == folder or file.parent.parent == folder
        assert file.stat().st_size <= (4_200_000 if whole else 300_000), file.name


def test_no_character_is_an_empty_box(folder: Path) -> None:
    for file in (*folder.glob("*.pdf"), *folder.glob("*/sheets/*.pdf")):
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                assert b"\0\0" not in _glyphs(page), file.name


def _glyphs(page: pikepdf.Page) -> set[bytes]:
    """The numbers, two bytes each, of the glyphs that a page shows; 0 is the empty box."""
    shown = set()
    for operands, operator in pikepdf.parse_content_stream(page, "Tj TJ"):
        words = operands[0] if str(operator) == "TJ" else operands
        for word in words:
            if isinstance(word, pikepdf.String):
                raw = bytes(word)
                shown |= {raw[at : at + 2] for at in range(0, len(raw), 2)}
    return shown


@pytest.mark.parametrize("sheet", ours.SHEETS[:1])
def test_each_page_offers_the_documents_it_is_in(built: Built, sheet: str) -> None:
    code = ours.LANGUAGES[1]
    page = (built[0] / f"{code}/sheets/{sheet}/index.html").read_text("utf-8")
    offered = re.findall(r'href="(?:\.\./)+(books/[^"]+)"', page)
    assert offered == [
        f"books/{code}/sheets/{sheet}-{code}.pdf",
        f"books/{code}/sheets/{sheet}-{code}-us-letter.pdf",
        f"books/{code}/sheets-{code}.pdf",
        f"books/handbook-{code}.pdf",
        f"books/handbook-{code}.epub",
    ]
    assert all((built[0] / each).exists() for each in offered)
