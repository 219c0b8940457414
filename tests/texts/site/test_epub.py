"""E-books: judged by W3C's EPUBCheck, and read as an e-reader reads them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import ours
from folders import ROOT
from handbook.press.books.book import Book
from handbook.press.books.epub.package import epub
from handbook.press.core import tree
from handbook.press.plugin import plugin
from papers import NAMESPACES, documents, judge
from sites import Built


@pytest.fixture(params=ours.LANGUAGES)
def file(request: pytest.FixtureRequest, built: Built) -> Path:
    return built[0] / "books" / f"handbook-{request.param}.epub"


def _words(element: etree._Element) -> set[str]:
    return set(" ".join(element.itertext()).split())


def test_epubcheck_finds_nothing(file: Path) -> None:
    assert judge(file) == []


def test_every_word_of_every_page_is_in_it(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    with zipfile.ZipFile(file) as archive:
        made = documents(archive)
    for chapter in book.chapters:
        page = tree.parse(chapter.html)
        # Numbers at hand are on the site; only those of key documents are printed.
        signs = ".//a[@class='headerlink' or contains(@class, 'at-hand')]"
        for sign in page.xpath(f"{signs} | .//*[@class='narrow']"):  # a drawing for phones
            tree.remove(sign)
        document = made[f"text/{chapter.path.removesuffix('.md')}.xhtml"]
        assert _words(page) <= _words(document), chapter.path


def test_its_table_of_contents_is_the_navigation(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    with zipfile.ZipFile(file) as archive:
        contents = documents(archive)["nav.xhtml"]
    linked = contents.xpath("//x:nav[@e:type='toc']//x:a/@href", namespaces=NAMESPACES)
    assert linked == [f"text/{each.path.removesuffix('.md')}.xhtml" for each in book.chapters]
    titles = contents.xpath("//x:nav[@e:type='toc']/x:ol/x:li/*[1]", namespaces=NAMESPACES)
    assert [tree.text(title) for title in titles] == [item.title for item in book.items]


def test_links_between_pages_stay_inside(file: Path, books: dict[str, Book]) -> None:
    book = books[file.stem.removeprefix("handbook-")]
    home = book.address.partition("://")[2].partition("/")[0]
    with zipfile.ZipFile(file) as archive:
        links = {
            name: document.xpath("//x:section//x:a/@href", namespaces=NAMESPACES)
            for name, document in documents(archive).items()
        }
    assert any(".xhtml" in link for found in links.values() for link in found)
    assert [link for found in links.values() for link in found if home in link] == []


def test_the_same_pages_make_the_same_bytes(books: dict[str, Book]) -> None:
    say = plugin.open_editions(ROOT).say(ours.LANGUAGES[-1])
    book = books[ours.LANGUAGES[-1]]
    assert epub(book, "", say) == epub(book, "", say)
