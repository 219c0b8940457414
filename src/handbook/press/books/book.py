"""Records of a book, the handbook in one language: its parts and chapters, as built for the site.

The code that makes books reads only these records of a build; the plugin collects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from handbook.bitext.languages.registry import Languages
from handbook.bitext.translate.assemble import Tally
from handbook.press.books.played import link_played
from handbook.press.core import tree

_HERE = "//handbook/"
_UNPRINTED = (
    ".//figure/*[@class='narrow'] | .//details[@class='mkdocstrings-source']"
    " | .//img[contains(@src, '#only-dark') or contains(@src, '#gh-dark-mode-only')]"
)
"""XPath of what is on a page and in no book. Material shows a picture whose address ends in
`#only-dark` on dark screens alone."""
_UNSEEN = ".//a[@class='number at-hand']"
"""XPath of the numbers that a page shows where somebody points at their passages."""


class Place(NamedTuple):
    """The target of a link within a book."""

    path: str
    """The path of the chapter."""
    anchor: str
    """The id of an element on its page, or "" for the beginning of the page."""


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook as a chapter of a book."""

    path: str
    """Its path in the folder of its language, the same in every language: `toolkit/roles.md`."""
    file: str
    """The path of its source in the repository: `docs/en/toolkit/roles.md`."""
    title: str
    """The text of its first heading."""
    html: str
    """Its content as published on the site. Links are relative to `url`."""
    url: str
    """Its URL relative to the root of the site."""
    address: str
    """Its full URL, or the same as `url` where the configuration has no site_url."""
    language: str
    """The language of its text; not the book's language where nothing of it is translated."""
    source_language: str
    tally: Tally | None
    """How much of it is translated; None where it was written in the book's language."""
    notice: tuple[str, ...]
    """The sentences about its translation to show before its text."""
    facts: tuple[str, ...]
    """The facts about it to show beside its text: status, keeper, dates."""
    needs_review: bool
    """Whether it is a translation that no native speaker has reviewed."""
    credit: tuple[str, ...]
    """The names of its translators who want to be thanked."""
    meta: Mapping[str, Any]
    """Its front matter."""

    def content(self) -> tree.Element:
        """Return `html` parsed as a tree; callers keep it only while they convert the chapter.

        The numbers of paragraphs are printed on key documents only, elsewhere a link may lead
        there; drawings for phones and pictures for dark screens are never printed, nor the program
        that a reference of code folds below each entry, most of its length. What plays is a link.
        """
        content = tree.parse(self.html)
        for number in content.xpath(_UNSEEN):
            number.text = ""
        for element in content.xpath(_UNPRINTED):
            tree.remove(element)
        link_played(content)
        return content

    def leads(self, href: str) -> str:
        """Return the full URL that a link of this chapter leads to; "" if nobody knows it."""
        full = _joined(self.address, href)
        return full if _FULL.match(full) else ""

    @property
    def sheet(self) -> bool:
        """Whether it is a sheet: a page made to be printed on one side of paper."""
        return bool(self.meta.get("sheet"))

    @property
    def date(self) -> date | None:
        """The newest date in its front matter, `reviewed` or `date`; planned dates do not count."""
        days = (self.meta.get(key) for key in ("reviewed", "date"))
        return max((day for day in days if isinstance(day, date)), default=None)


@dataclass(frozen=True)
class Part:
    """A section of the navigation as a part of a book."""

    title: str
    slug: str
    """What its files are called, the same in every language: its folder, or its title."""
    items: tuple[Part | Chapter, ...]

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All its chapters, in order."""
        return tuple(_chapters(self.items))


@dataclass(frozen=True)
class Book:
    """A book: the handbook in one language, or only a part or chapter of it."""

    language: str
    title: str
    description: str
    standing: str
    """The sentence that says for whom it speaks; or ""."""
    license: str
    """Its license, which says who may do what with it; or ""."""
    address: str
    """The URL of its home page."""
    items: tuple[Part | Chapter, ...]
    languages: Languages = field(repr=False, compare=False)
    """The records of its language, and of the languages of chapters that are not translated."""
    files: Mapping[str, Path] = field(repr=False)
    """The files of the site, pages that are not in the book too, by URL relative to its root."""
    has_labels: bool = False
    """Whether marked words are labels of what they are behind, and not highlighted."""

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters, in the order of the navigation."""
        return tuple(_chapters(self.items))

    @property
    def tag(self) -> str:
        """The tag of its language, as HTML, EPUB and BCP 47 write it."""
        return self.languages[self.language].tag

    @property
    def is_from_right(self) -> bool:
        """Whether it is written from right to left, and its pages are turned that way."""
        return self.languages[self.language].direction == "rtl"

    @cached_property
    def date(self) -> date | None:
        """The newest date of a chapter, not today: the same pages give the same book any day."""
        return max((each.date for each in self.chapters if each.date), default=None)

    @cached_property
    def tally(self) -> Tally:
        """The sum of the tallies of its translated chapters."""
        tallies = (chapter.tally or Tally() for chapter in self.chapters)
        return reduce(Tally.plus, tallies, Tally())

    def only(self, item: Part | Chapter) -> Book:
        """Return a book that has only one part or one chapter of this book."""
        items = item.items if isinstance(item, Part) else (item,)
        return replace(self, title=item.title, items=items)

    def apart(self) -> Book:
        """Return the book with other paths, to be printed in one document with another edition."""
        return replace(self, items=tuple(_apart(each, self.language) for each in self.items))

    def find(self, chapter: Chapter, href: str) -> Place | None:
        """Return the place a link of `chapter` leads to; None if it is outside of the book."""
        url, anchor = urldefrag(_joined(_HERE + chapter.url, href))
        path = self._paths.get(unquote(url))
        return Place(path, unquote(anchor)) if path else None

    def file(self, chapter: Chapter, href: str) -> Path | None:
        """Return the picture or other file that `chapter` refers to; None if there is none."""
        url, _ = urldefrag(_joined(_HERE + chapter.url, href))
        return self._files.get(unquote(url.removeprefix(_HERE)))

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files by their addresses, which MkDocs and authors quote each in their own way.

        So do `_paths`.
        """
        return {unquote(url): file for url, file in self.files.items()}

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {unquote(urljoin(_HERE, each.url)): each.path for each in self.chapters}


def _apart(item: Part | Chapter, language: str) -> Part | Chapter:
    if isinstance(item, Part):
        return replace(item, items=tuple(_apart(each, language) for each in item.items))
    return replace(item, path=f"{language}/{item.path}")


def _chapters(items: tuple[Part | Chapter, ...]) -> Iterator[Chapter]:
    for item in items:
        if isinstance(item, Part):
            yield from item.chapters
        else:
            yield item


_FULL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
"""How a URL begins that leads somewhere from outside of the site: where the site has an address."""


def _joined(base: str, href: str) -> str:
    """Return the URL that a relative one leads to; "" if it is none."""
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
