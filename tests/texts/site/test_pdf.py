"""Books on paper: read as a PDF viewer reads them, and as a screen reader does."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from places import ROOT, TOOLKIT
from press.books.book import Book, Chapter
from press.books.pdf.composer import Composer
from press.books.pdf.printer import Printer, Unprintable
from press.books.typeset.manuscript import Manuscript
from press.core import editions, tree
from press.make import build
from sites import Built

LANGUAGES = ("en", "es", "ja")
A4, LETTER = (595, 842), (612, 792)
_CONSTRUCTS = TOOLKIT / "epub"


@pytest.fixture(scope="session")
def folder(built: Built) -> Path:
    return built[0] / "books"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def handbook(folder: Path, language: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / f"handbook-{language}.pdf") as pdf:
        yield pdf


def _said(file: Path) -> str:
    """The text of a PDF. Where a word is divided at the end of a line, it is whole again."""
    with pypdfium2.PdfDocument(file) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return re.sub("(?:\\u00ad|\\ufffe|\\u0002)\\s*", "", "\n".join(pages))


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
    for away in page.xpath(f"{signs} | .//*[local-name()='svg']"):
        tree.remove(away)
    return " ".join(page.itertext())


def _elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The elements of the structure that screen readers follow, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(list(kids)) if isinstance(kid, pikepdf.Dictionary)]


def _composer(book: Book) -> Composer:
    say = editions.of(build.configuration(ROOT)).words(book.language)
    return Composer(Manuscript(book), "reference/glossary.md", say)


# The handbook as a whole -----------------------------------------------------------------------


def test_every_word_of_every_page_is_in_the_book(
    folder: Path, language: str, books: dict[str, Book]
) -> None:
    printed = _tokens(_said(folder / f"handbook-{language}.pdf"))
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
    for element in _elements(handbook):
        kind = str(element.S)
        kinds[kind] += 1
        if kind == "/Figure":
            assert str(element.get("/Alt", "")).strip()
        if re.fullmatch("/H[1-6]", kind):
            assert int(kind[2]) <= level + 1
            level = int(kind[2])
    assert kinds["/Table"] > 80
    assert kinds["/TH"] > 200
    assert kinds["/Note"] > 100
    assert kinds["/TOCI"] > 60
    assert kinds["/Figure"] >= 19


def test_its_pages_and_outline_follow_the_navigation(
    handbook: pikepdf.Pdf, language: str, books: dict[str, Book]
) -> None:
    with handbook.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[1:-1] == [item.title for item in books[language].items]
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
    assert inside > 600
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
    assert sum(line.strip() in headings for page in pages for line in page) > 300
    sheets = {each.title.replace(" ", "") for each in books[language].chapters if each.sheet}
    for page in pages:
        lines = [line.strip() for line in page if line.strip()]
        if (
            lines[0].replace(" ", "") not in sheets
        ):  # on these a heading stands in a line with its text
            assert not headings & set(lines[-2:-1]), lines[-1]  # the last line is the page's number


# Each document ---------------------------------------------------------------------------------


def test_there_is_one_of_everything(folder: Path, language: str, books: dict[str, Book]) -> None:
    names = {
        each.relative_to(folder / language).as_posix()
        for each in (folder / language).rglob("*.pdf")
    }
    pages = {f"{each.path.removesuffix('.md')}-{language}.pdf" for each in books[language].chapters}
    sheets = {each for each in pages if each.startswith("sheets/") and "index" not in each}
    letters = {each.replace(".pdf", "-us-letter.pdf") for each in sheets}
    sections = "start-here key-documents toolkit print-sheets strategy reference".split()
    assert len(sheets) == 9
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
    assert len(sheets) == 18


def test_nothing_of_typst_is_left_in_the_text(
    folder: Path, language: str, books: dict[str, Book]
) -> None:
    for chapter in books[language].chapters:
        said = _said(folder / language / f"{chapter.path.removesuffix('.md')}-{language}.pdf")
        assert set("#[]{}\\$") & set(said) <= set(_prose(chapter)), chapter.path


def test_no_file_is_too_large_for_a_message(folder: Path) -> None:
    for file in folder.rglob("*.pdf"):
        whole = file.parent == folder or file.parent.parent == folder
        assert file.stat().st_size <= (3_000_000 if whole else 300_000), file.name


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


# Constructs ------------------------------------------------------------------------------------

_EVERYTHING = """
<h1 id="top">Everything</h1>
<p>Some <em>stress</em>, <strong>weight</strong>, <code>#eval("x") $y$</code>, <kbd>Ctrl</kbd>,
<mark>unconfirmed</mark>, H<sub>2</sub>O, <del>gone</del>, <ins>added</ins>, [brackets], #hash,
$sum$, *stars*, `ticks`, back\\slash, "quotes", @at, &lt;angle&gt;, <a href="https://example.org/a">out</a>,
<a href="#h">within</a><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p>
<p lang="ja"><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>と日本語</p>
<h2 id="h">Heading</h2>
<ul class="task-list">
<li class="task-list-item"><label><input type="checkbox" checked>done</label></li></ul>
<ol start="3"><li><p>third</p><ul><li>nested</li></ul></li></ol>
<details><summary>folded</summary><p>opened</p></details>
<blockquote><p>quoted</p></blockquote>
<dl><dt>term</dt><dd>told</dd></dl>
<div class="highlight"><pre><code>line one
line two</code></pre></div>
<table><thead><tr><th>head</th><th>other</th></tr></thead>
<tbody><tr><td>cell</td><td>cell</td></tr></tbody></table>
<p><small class="state">older version</small> <span class="changed">An older text.</span></p>
<p><img src="picture.png" alt="A picture of nothing"></p>
<div class="footnote"><ol>
<li id="fn:1"><p>The note.<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>
"""
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f"
    "0300050001ff5c9d2b9b0000000049454e44ae426082"
)


@pytest.fixture
def page(books: dict[str, Book], tmp_path: Path) -> Book:
    """A book of one page with everything on it."""
    (tmp_path / "picture.png").write_bytes(_PIXEL)
    book = books["en"]
    chapter = replace(book.chapters[1], html=_EVERYTHING)
    files = {chapter.url + "picture.png": tmp_path / "picture.png"}
    return replace(book, items=(chapter,), files=files)


def _saying(page: Book, html: str) -> Book:
    """A book of one page with other content."""
    return replace(page, items=(replace(page.chapters[0], html=html),))


def _printed(book: Book, folder: Path) -> str:
    """What the only page of a book says on paper."""
    return _said(Printer(folder).print(_composer(book).page(book.chapters[0])).file)


def test_a_page_with_everything_on_it(page: Book, tmp_path: Path) -> None:
    printed = Printer(tmp_path).print(_composer(page).page(page.chapters[0]))
    said = " ".join(_said(printed.file).split())
    for words in (
        '#eval("x") $y$', "[brackets], #hash, $sum$, *stars*, `ticks`, back\\slash",
        "“quotes”, @at, <angle>", "https://example.org/a", "3. third", "folded", "opened",
        "quoted", "line one line two", "older version", "The note.", "かんじ",
    ):  # fmt: skip
        assert words in said
    with pikepdf.open(printed.file) as pdf:
        elements = list(_elements(pdf))
    assert {str(each.get("/Lang", "")) for each in elements} >= {"ja"}
    assert "A picture of nothing" in {str(each.get("/Alt", "")) for each in elements}


def test_what_a_comment_says_is_not_printed(page: Book) -> None:
    html = """<div class="admonition"><!-- hidden --><p>shown</p></div>
        <figure><!-- hidden --><p>shown</p></figure>
        <dl><!-- hidden --><dt>term</dt><!-- hidden --><dd>shown</dd></dl>"""
    book = _saying(page, html)
    body = Manuscript(book).set(book.chapters[0]).body
    assert (body.count("shown"), body.count("hidden")) == (3, 0)


_RAW = """
<a href="https://example.org/"><p>word-0</p></a> <center><p>word-1</p></center>
<ins><ul><li>word-2</li></ul></ins> <dl><dt>word-3</dt></dl>
<table><caption>word-4</caption><tr><td>word-5</td><td>word-6</td></tr></table>
<table><thead><tr><th>word-7</th><th>word-8</th><th>word-9</th></tr></thead>
<tbody><tr><td colspan="2" rowspan="2">word-10</td><td>word-11</td></tr>
<tr><td>word-12</td></tr><tr><td>word-13</td></tr></tbody>
<tfoot><tr><td colspan="9">word-14</td></tr></tfoot></table>
<table><thead><tr><th>word-15</th></tr></thead><tbody><tr></tr></tbody></table>
"""


def test_raw_html_loses_no_word(page: Book, tmp_path: Path) -> None:
    said = _printed(_saying(page, _RAW), tmp_path)
    assert re.findall(r"word-(\d+)", said) == [str(each) for each in range(16)]


def test_no_number_of_a_page_is_read_as_code(page: Book, tmp_path: Path) -> None:
    html = """<ol start="eval(x)"><li>one</li></ol><ol start="-3"><li>one</li></ol>
        <table><thead><tr><th width="sys%">head</th></tr></thead>
        <tbody><tr><td colspan="0" rowspan="1, fill: red">cell</td></tr></tbody></table>"""
    book = _saying(page, html)
    assert _printed(book, tmp_path).count("1. one") == 2
    assert "red" not in Manuscript(book).set(book.chapters[0]).body


def test_drawings_are_as_large_as_they_say(page: Book) -> None:
    html = """<svg viewBox="-1 -.5 20 30.0"><title>T</title></svg>
        <svg viewBox="0,0,20,30"><title>T</title></svg>
        <svg viewBox="none" width="20px" height="30"><title>T</title></svg>
        <svg width="100%"><title>T</title></svg>"""
    book = _saying(page, html)
    body = Manuscript(book).set(book.chapters[0]).body
    sizes = re.findall(r'"T", (\d+), (\d+)\)', body)
    assert sizes == [("20", "30"), ("20", "30"), ("20", "30"), ("100", "100")]


def test_a_poster_with_something_missing_is_printed(page: Book, tmp_path: Path) -> None:
    html = """<div class="signals"><figure><figcaption>words alone</figcaption></figure>
        <figure><svg viewBox="0 0 9 9"><title>T</title></svg></figure></div>"""
    assert "words alone" in _printed(_saying(page, html), tmp_path)


def test_languages_are_told_to_screen_readers(page: Book, tmp_path: Path) -> None:
    html = """<p lang="pt-BR">um</p><p lang="zh-Hant">一</p><p lang="x-none">?</p>
        <p lang="en-GB">one</p>"""
    book = _saying(page, html)
    printed = Printer(tmp_path).print(_composer(book).page(book.chapters[0]))
    with pikepdf.open(printed.file) as pdf:
        said = {str(each.Lang) for each in _elements(pdf) if "/Lang" in each}
    assert said == {"pt-BR", "zh", "en-GB"}


def test_links_lead_to_more_than_pages(page: Book, tmp_path: Path) -> None:
    addresses = ["tel:+1234", "geo:1,2", "mailto:a@b.example", "https://example.org/x"]
    html = "".join(f'<p><a href="{each}">there</a></p>' for each in addresses)
    book = _saying(page, html + '<p><a href="//example.org/y">there</a></p>')
    said = _printed(book, tmp_path)
    assert all(each in said for each in (*addresses, "https://example.org/y"))
    assert Manuscript(book).set(book.chapters[0]).flaws == ()


def test_the_constructs_of_e_books_are_printed_too(page: Book, tmp_path: Path) -> None:
    html = "".join(each.read_text("utf-8") for each in sorted(_CONSTRUCTS.glob("*.html")))
    html = re.sub(r'href="[^"]*"|<img[^>]*>', "", html)
    book = replace(page, items=(replace(page.chapters[0], html=html),))
    assert Printer(tmp_path).print(_composer(book).page(book.chapters[0])).size > 10_000


def test_the_same_page_makes_the_same_bytes(page: Book, tmp_path: Path) -> None:
    document = _composer(page).page(page.chapters[0])
    one, other = (Printer(tmp_path / name).print(document) for name in ("one", "other"))
    assert one.file.read_bytes() == other.file.read_bytes()


def test_what_has_not_changed_is_not_printed_again(page: Book, tmp_path: Path) -> None:
    document = _composer(page).page(page.chapters[0])
    file = Printer(tmp_path).print(document).file
    file.write_bytes(b"kept")
    assert Printer(tmp_path).print(document).size == len(b"kept")
    (tmp_path / "picture.png").write_bytes(_PIXEL + b"\0")
    assert Printer(tmp_path).print(document).size > len(b"kept")


def test_a_character_without_a_glyph_is_refused(page: Book, tmp_path: Path) -> None:
    chapter = replace(page.chapters[0], html="<p>A unicorn: 🦄</p>")
    book = replace(page, items=(chapter,))
    with pytest.raises(Unprintable) as caught:
        Printer(tmp_path).print(_composer(book).page(chapter))
    assert caught.value.letters == {"🦄"}


def test_what_cannot_be_printed_is_named_and_the_rest_is_printed(tmp_path: Path) -> None:
    for name in ("hooks", "theme"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    docs = tmp_path / "docs/en"
    docs.mkdir(parents=True)
    (tmp_path / "translations").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: null\n", "utf-8")
    (docs / "index.md").write_text("# Home\n\nWelcome.\n", "utf-8")
    (docs / "bad.md").write_text(
        "# Bad\n\nA unicorn: 🦄\n\n![A hole](hole.png)\n\n[Nowhere](index.md#nowhere)\n\n"
        '<a href="http://[bad">Bad</a> <a href="javascript:bad()">Bad</a>\n\n![](there.png)\n\n'
        '<svg viewBox="0 0 1 1"></svg>\n',
        "utf-8",
    )
    (docs / "there.png").write_bytes(_PIXEL)
    made = list(build.pdfs(tmp_path, ["en"], tmp_path / "out"))
    told = "\n".join(each for each in made if isinstance(each, str))
    assert "docs/en/bad.md:5: the picture hole.png is not there" in told
    assert "docs/en/bad.md:7: a link leads to index.md#nowhere, which is nowhere" in told
    assert "docs/en/bad.md:9: a link leads to http://[bad, which is nowhere" in told
    assert "docs/en/bad.md:9: a link leads to javascript:bad(), which is nowhere" in told
    assert "docs/en/bad.md:11: the picture there.png has no words for who cannot see it" in told
    assert "docs/en/bad.md:13: a drawing has no words for who cannot see it" in told
    (docs / "bad.md").write_text("# Bad\n\nA unicorn: 🦄\n", "utf-8")
    made = list(build.pdfs(tmp_path, ["en"], tmp_path / "out"))
    assert "docs/en/bad.md:3: no font has '🦄'; write it in another way" in made
    assert {each.name for each in (tmp_path / "out").rglob("*.pdf")} == {"index-en.pdf"}


def test_each_page_offers_the_documents_it_is_in(built: Built) -> None:
    page = (built[0] / "es/sheets/agenda/index.html").read_text("utf-8")
    offered = re.findall(r'href="(?:\.\./)+(books/[^"]+)"', page)
    assert offered == [
        "books/es/sheets/agenda-es.pdf",
        "books/es/sheets/agenda-es-us-letter.pdf",
        "books/es/print-sheets-es.pdf",
        "books/handbook-es.pdf",
        "books/handbook-es.epub",
    ]
    assert all((built[0] / each).exists() for each in offered)
