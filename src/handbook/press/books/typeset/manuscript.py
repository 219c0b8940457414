"""The manuscript of a book: its chapters, converted to Typst one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handbook.bitext.languages.record import Print
from handbook.press.books.book import Book, Chapter
from handbook.press.books.typeset import pictures
from handbook.press.books.typeset.elements import ELEMENTS
from handbook.press.books.typeset.places import Places
from handbook.press.books.typeset.tables import is_form
from handbook.press.books.typeset.writer import HEADINGS, Flaw, Here, Writer
from handbook.press.core import order, tree
from handbook.press.core.tree import Element, Node


class Block(NamedTuple):
    """A block of a page that stands beside the same block in another language."""

    typst: str
    drawn: float
    """The width of the widest drawing in it, in its own units; 0 if there is none."""


@dataclass(frozen=True)
class TypstChapter:
    """A chapter converted to Typst."""

    chapter: Chapter
    body: str
    side: str
    """The drawing of a sheet, printed beside its text; or ""."""
    after: str
    """The end of a sheet that a copy on a wall does not need, its links; or ""."""
    form: bool
    """Whether it is a sheet with something to fill in."""
    flaws: tuple[Flaw, ...]
    letters: frozenset[str]
    """All characters that it prints."""
    pictures: tuple[Path, ...]


class Term(NamedTuple):
    """A term of the glossary."""

    id: str
    name: str
    reading: str
    """Its reading in kana; "" in languages that do not need one."""


class Manuscript:
    """A book whose chapters are converted one by one, with links between all of them."""

    def __init__(self, book: Book) -> None:
        """Take the book; a chapter is converted when it is first needed."""
        self.book = book
        self._places = Places(book)
        self._converted: dict[str, TypstChapter] = {}

    def convert(self, chapter: Chapter) -> TypstChapter:
        """Return a chapter converted to Typst, the same for every book that contains it."""
        if chapter.path not in self._converted:
            self._converted[chapter.path] = _typst_chapter(
                chapter, self._places, self.book.languages.printed(chapter.language)
            )
        return self._converted[chapter.path]

    def rows(self, chapter: Chapter, *, numbered: bool) -> tuple[TypstChapter, list[Block]]:
        """Return a chapter block by block, to be set beside the same blocks in another language.

        The chapter itself is without text: what was found in it counts for the book. With a block
        stands what belongs to it, such as the current text of an older translation.
        Only `numbered` rows have the numbers of paragraphs; the page has them once.
        """
        look = self.book.languages.printed(chapter.language)
        page = chapter.content()
        for number in page.xpath(".//a[@class='number']") if not numbered else ():
            tree.remove(number)
        writer = Writer(chapter, page, self._places, look, ELEMENTS, False, Here())
        rows = [Block(writer.flow(each), pictures.widest(each)) for each in _blocks(page)]
        letters, files = frozenset(writer.letters), tuple(writer.pictures)
        found = TypstChapter(chapter, "", "", "", False, tuple(writer.flaws), letters, files)
        return found, rows

    def terms(self, path: str) -> list[Term]:
        """Return the terms in the glossary at `path` that links can lead to."""
        return [
            _term(each)
            for chapter in self.book.chapters
            if chapter.path == path
            for each in chapter.content().iterfind(".//dt[@id]")
        ]


def _typst_chapter(chapter: Chapter, places: Places, look: Print) -> TypstChapter:
    """Convert a chapter, and collect what its conversion has found."""
    page = chapter.content()
    form = chapter.sheet and is_form(page)
    here = Here(blanks="gap" if chapter.sheet else "")
    writer = Writer(chapter, page, places, look, ELEMENTS, form, here)
    side, after, body = map(writer.flow, _parts(page, is_sheet=chapter.sheet))
    return TypstChapter(
        chapter,
        body,
        side,
        after,
        form,
        tuple(writer.flaws),
        frozenset(writer.letters),
        tuple(writer.pictures),
    )


def _parts(page: Element, *, is_sheet: bool) -> tuple[list[Node], list[Node], list[Node]]:
    """Return a sheet's drawing, its end from a heading of class `off-sheet` on, and all the rest.

    The title of the chapter is left out. A page that is not a sheet has only the rest.
    """
    title, drawing, last = page.find("h1"), None, None
    if is_sheet:
        drawing = page.find("figure[@class='diagram']")
        last = next(
            (each for each in page.iterfind("h2") if "off-sheet" in tree.classes(each)), None
        )
    rest = [each for each in tree.nodes(page) if each is not title and each is not drawing]
    end = len(rest) if last is None else rest.index(last)
    return [] if drawing is None else [drawing], rest[end:], rest[:end]


def _blocks(page: Element) -> list[list[Node]]:
    """Return the blocks of a page without its title and its notes, each with what belongs to it.

    A heading is never the last on a page of paper, so it stands with the block below it.
    """
    blocks: list[list[Node]] = []
    is_open = False
    for element in page:
        is_passage = element.tag == "details" and "passage" in tree.classes(element)
        if element.tag == "h1" or "footnote" in tree.classes(element):
            continue
        if blocks and (is_open or is_passage):
            blocks[-1].append(element)
        else:
            blocks.append([element])
        is_open = element.tag in HEADINGS or (is_open and is_passage)
    return blocks


def _term(element: Element) -> Term:
    meaning = next(element.itersiblings("dd"), None)
    reading = order.READING.match(tree.text(meaning)) if meaning is not None else None
    return Term(element.get("id", ""), tree.text(element), reading[1] if reading else "")
