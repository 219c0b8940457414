"""A page as rules for pages see it, and what a rule finds on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handbook.bitext.moving import links
from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page, Segment


class Finding(NamedTuple):
    """What is wrong at a place of a page."""

    offset: int
    text: str
    """What is wrong, and the cure."""


@dataclass(frozen=True)
class Draft:
    """A page that its author may still change."""

    path: str
    """The path of the page, the same in every language."""
    page: Page
    front: Mapping[str, object] = field(default_factory=dict)
    """Its front matter."""
    extensions: frozenset[str] = frozenset()
    """The Markdown extensions of the site."""
    folder: Path = Path()
    """The folder of the page, where there may be pictures."""

    @cached_property
    def body(self) -> str:
        """The text without front matter and code, blanks in their place: offsets are the page's."""
        end = frontmatter.end(self.page.text)
        return " " * end + links.without_code(self.page.text)[end:]

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """Its headings of Markdown in reading order: offset and level of each."""
        texts: tuple[Segment, ...] = (*self.page.segments, *self.page.wordless)
        found = ((s.spans[0][0], self.page.level(s)) for s in texts if s.spans)
        return sorted(each for each in found if each[1])

    def has(self, *extensions: str) -> bool:
        """Tell whether the site has one of some Markdown extensions, by their short names."""
        return not self.extensions.isdisjoint(extensions)

    def offset_of_key(self, key: str) -> int:
        """Return where the line of a key in the front matter begins; 0 if it is not found."""
        found = (each for each in frontmatter.written(self.page.text) if each.key == key)
        line = next((each.line for each in found), 1)
        return sum(map(len, self.page.text.splitlines(keepends=True)[: line - 1]))
