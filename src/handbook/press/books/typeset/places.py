"""The targets of the links and the files of the pictures in a book's chapters."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handbook.press.books.book import Book, Chapter
from handbook.press.books.typeset.typst import label


class Target(NamedTuple):
    """A place in the handbook that a link leads to."""

    label: str
    address: str
    """Its full URL, for readers of a page that is printed alone."""


class Places:
    """All places of a book that links can lead to, and the files that it refers to."""

    def __init__(self, book: Book) -> None:
        """Take the book; its ids are collected when they are first needed."""
        self._book = book
        self._chapters = {each.path: each for each in book.chapters}

    def __contains__(self, target: Target) -> bool:
        return target.label in self._labels

    def target(self, chapter: Chapter, href: str) -> Target | None:
        """Return the target of a link of `chapter`; None if it is outside of the handbook."""
        place = self._book.find(chapter, href)
        if place is None:
            return None
        address = self._chapters[place.path].address
        return Target(label(*place), f"{address}#{place.anchor}" if place.anchor else address)

    def file(self, chapter: Chapter, href: str) -> Path | None:
        """Return the picture or other file that `chapter` refers to; None if there is none."""
        return self._book.file(chapter, href)

    @cached_property
    def _labels(self) -> frozenset[str]:
        """The labels of all chapters and of all ids in them."""
        return frozenset(
            label(chapter.path, anchor)
            for chapter in self._book.chapters
            for anchor in ("", *chapter.content().xpath(".//@id"))
        )
