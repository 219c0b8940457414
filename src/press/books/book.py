"""A handbook as a book in one language: its parts and chapters, as they were built for the site.

Whatever makes books reads these records and nothing else of a build; the plugin collects them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from bitext.languages.registry import Languages
from bitext.translate.assemble import Tally
from press.core import tree

_HERE = "//handbook/"


class Place(NamedTuple):
    """Where a link within a book leads."""

    path: str
    """The path of a chapter."""
    anchor: str
    """An id on its page, or "" for its beginning."""


@dataclass(frozen=True)
class Chapter:
    """A page."""

    path: str
    """Relative to the folder of its language, the same in every language: `toolkit/roles.md`."""
    file: str
    """Where its source stands in the repository: `docs/en/toolkit/roles.md`."""
    title: str
    """Its first heading, as text."""
    html: str
    """Its content as readers of the site get it. Links are relative to `url`."""
    url: str
    """Relative to the root of the site."""
    address: str
    """In full, or as `url` where the configuration has no site_url."""
    language: str
    """The language it is in: another than the book's where nothing of it is translated."""
    source_language: str
    tally: Tally | None
    """How much of it is translated; None where it was written in the book's language."""
    notice: tuple[str, ...]
    """What to tell of its translation before it begins."""
    facts: tuple[str, ...]
    """What to tell of it behind its end: status, keeper, dates."""
    vouched: bool
    """False for a translation that no native speaker has reviewed."""
    meta: Mapping[str, Any]

    def content(self) -> tree.Element:
        """Read `html` as a tree; nobody keeps one longer than it takes to set the chapter."""
        return tree.parse(self.html)

    def leads(self, href: str) -> str:
        """Where a link on it leads, in full; "" if that is no address at all."""
        return _joined(self.address, href)

    @property
    def sheet(self) -> bool:
        """Whether it is made to be printed on one side of paper."""
        return bool(self.meta.get("sheet"))

    @property
    def date(self) -> date | None:
        """The newest day its front matter names that is not a promise."""
        days = (self.meta.get(key) for key in ("reviewed", "date"))
        return max((day for day in days if isinstance(day, date)), default=None)


@dataclass(frozen=True)
class Part:
    """A section of the navigation."""

    title: str
    slug: str
    """Its title in mkdocs.yml as part of an address, the same in every language."""
    items: tuple[Part | Chapter, ...]

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters in it, in order."""
        return tuple(_chapters(self.items))


@dataclass(frozen=True)
class Book:
    """The handbook in one language, or some of it."""

    language: str
    title: str
    description: str
    standing: str
    """For whom it speaks; or ""."""
    license: str
    """Who may do what with it; or ""."""
    address: str
    """Where its home page stands."""
    items: tuple[Part | Chapter, ...]
    languages: Languages = field(repr=False, compare=False)
    """What is known of its language, and of that of chapters that are not translated."""
    files: Mapping[str, Path] = field(repr=False)
    """What pages show besides words, by its address relative to the root of the site."""

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters, in the order of the navigation."""
        return tuple(_chapters(self.items))

    @property
    def tag(self) -> str:
        """The code of its language as HTML, EPUB and BCP 47 write it."""
        return self.languages[self.language].tag

    @cached_property
    def date(self) -> date | None:
        """The newest date of a chapter: the same pages make the same book on any day."""
        return max((each.date for each in self.chapters if each.date), default=None)

    @cached_property
    def tally(self) -> Tally:
        """How much of its translated chapters is current."""
        tally = Tally()
        for chapter in self.chapters:
            tally = tally.plus(chapter.tally or Tally())
        return tally

    def only(self, item: Part | Chapter) -> Book:
        """A book of what is in one part, or of one chapter."""
        items = item.items if isinstance(item, Part) else (item,)
        return replace(self, title=item.title, items=items)

    def find(self, chapter: Chapter, href: str) -> Place | None:
        """Where a link of `chapter` leads; None if that is outside of the book."""
        url, anchor = urldefrag(_joined(_HERE + chapter.url, href))
        path = self._paths.get(url)
        return Place(path, unquote(anchor)) if path else None

    def file(self, chapter: Chapter, href: str) -> Path | None:
        """The picture or other file that `chapter` names; None if there is none."""
        url, _ = urldefrag(_joined(_HERE + chapter.url, href))
        return self.files.get(unquote(url.removeprefix(_HERE)))

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {urljoin(_HERE, each.url): each.path for each in self.chapters}


def _chapters(items: tuple[Part | Chapter, ...]) -> Iterator[Chapter]:
    for item in items:
        if isinstance(item, Part):
            yield from item.chapters
        else:
            yield item


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
