"""The targets of the links and the files of the pictures in a book's chapters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handbook.press.books.book import Book, Chapter, Place
from handbook.press.books.typeset.typst import label
from handbook.press.core.tree import Element


class Target(NamedTuple):
    """A place in the handbook that a link leads to."""

    place: Place
    address: str
    """Its full URL, for readers of a page that is printed alone."""

    @property
    def label(self) -> str:
        """The name of its label within the book."""
        return label(*self.place)


class Places:
    """All places of a book that links can lead to, and the files that it refers to."""

    def __init__(self, book: Book) -> None:
        """Take the book; its ids are collected when they are first needed."""
        self._book = book
        self._chapters = {each.path: each for each in book.chapters}

    def __contains__(self, target: Target) -> bool:
        path, anchor = target.place
        return not anchor or hash(anchor) in self._anchors[path]

    def target(self, chapter: Chapter, href: str) -> Target | None:
        """Return the target of a link of `chapter`; None if it is outside of the handbook."""
        place = self._book.find(chapter, href)
        if place is None:
            return None
        address = self._chapters[place.path].address
        return Target(place, f"{address}#{place.anchor}" if place.anchor else address)

    def file(self, chapter: Chapter, href: str) -> Path | None:
        """Return the picture or other file that `chapter` refers to; None if there is none."""
        return self._book.file(chapter, href)

    @cached_property
    def _anchors(self) -> dict[str, frozenset[int]]:
        """The hashes of the ids in each chapter, by its path.

        A reference of code has an id for each line of it: 380,000 texts would take 60 MB.
        """
        chapters = self._book.chapters
        return {each.path: frozenset(map(hash, _ids(each.content()))) for each in chapters}


def _ids(content: Element) -> Iterator[str]:
    """Yield the ids of a page's elements; lxml's own texts would keep the whole page."""
    return (each.attrib["id"] for each in content.iter() if "id" in each.attrib)
