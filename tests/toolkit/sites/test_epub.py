"""What a page may hold, in an e-book."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from folders import ROOT, TOOLKIT
from handbook.bitext.languages.registry import Languages
from handbook.press.books.book import Book
from handbook.press.books.epub.package import epub
from handbook.press.core import tree
from papers import NAMESPACES, documents, judge

# One of everything that pages may hold; identity is where its links and images lead.
_CONSTRUCTS = TOOLKIT / "epub"


def test_a_page_with_everything_on_it_is_valid(books: dict[str, Book], tmp_path: Path) -> None:
    book = books["es"]
    everything = "".join(file.read_text("utf-8") for file in sorted(_CONSTRUCTS.glob("*.html")))
    path = "toolkit/100% two words?.md"  # what no file in an archive is called
    untranslated = replace(book.chapters[4], path=path, html=everything, language="en")
    file, picture = tmp_path / "book.epub", ROOT / "theme/assets/share.png"
    small = replace(book, address="", license="", description="", items=(untranslated,))
    small = replace(small, files={untranslated.url + "share.png": picture})
    file.write_bytes(epub(small, "", lambda message: message))
    assert judge(file) == []
    with zipfile.ZipFile(file) as archive:
        assert archive.read("EPUB/pictures/1.png") == picture.read_bytes()
        ((page, text),) = [each for each in documents(archive).items() if "text/" in each[0]]
    sources = text.xpath("//x:img/@src", namespaces=NAMESPACES)
    assert (page.count("/"), sources) == (2, ["../../pictures/1.png"])
    assert "A picture that is elsewhere" in tree.text(text)


def test_pages_of_similar_names_are_different_files(books: dict[str, Book]) -> None:
    chapter = replace(books["en"].chapters[1], html="<p>Words.</p>")
    paths = ("a b.md", "a_20_b.md", "_20 x.md", " 20_x.md", "a_5f_20_b.md")
    items = tuple(replace(chapter, path=path, url=path) for path in paths)
    book = replace(books["en"], items=items)
    with zipfile.ZipFile(io.BytesIO(epub(book, "", lambda message: message))) as archive:
        assert len({each for each in archive.namelist() if "/text/" in each}) == len(paths)


def test_what_is_no_address_ends_nothing(books: dict[str, Book]) -> None:
    chapter = replace(books["en"].chapters[1], html='<p><a href="http://[bad">words</a></p>')
    book = replace(books["en"], items=(chapter,))
    with zipfile.ZipFile(io.BytesIO(epub(book, "", lambda message: message))) as archive:
        ((_, text),) = [each for each in documents(archive).items() if "text/" in each[0]]
    assert "words" in tree.text(text)


def test_a_book_from_right_to_left_is_turned_that_way(
    books: dict[str, Book], tmp_path: Path
) -> None:
    english = books["en"]
    untranslated = replace(english.chapters[0], html="<p>Run <code>make(1)</code>.</p>")
    arabic = replace(english, language="ar", languages=Languages(), items=(untranslated,))
    file = tmp_path / "book.epub"
    file.write_bytes(epub(arabic, "", lambda message: message))
    assert judge(file) == []
    with zipfile.ZipFile(file) as archive:
        assert b'<spine page-progression-direction="rtl">' in archive.read("EPUB/package.opf")
        assert b' dir="rtl"' in archive.read("EPUB/nav.xhtml")
        style = archive.read("EPUB/style.css").decode()
        ((_, page),) = [each for each in documents(archive).items() if "text/" in each[0]]
    told = {each.get("dir") for each in page.xpath("//x:code | //x:body/*", namespaces=NAMESPACES)}
    assert "ltr" in told  # both are English
    assert ("padding-left" in style, "text-align: left" in style) == (False, False)
    assert ":lang(ar) em" in style  # the script has no italics
    with zipfile.ZipFile(io.BytesIO(epub(english, "", lambda message: message))) as archive:
        assert b"<spine>" in archive.read("EPUB/package.opf")
