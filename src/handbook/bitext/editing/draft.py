"""A page as rules for pages see it, and what a rule finds on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handbook.bitext.checks.rules import waived
from handbook.bitext.moving import links
from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page, Segment

_UNREAD = re.compile(
    r"<(?P<name>style|script|pre|code)\b[^<>]*>(?P<held>.*?)</(?P=name)>|(?P<comment><!--.*?-->)",
    re.DOTALL | re.IGNORECASE,
)
"""What is neither text nor markup to who reads a page, such as the rules of a style."""
_INCLUDING = re.compile(r"^[ \t>]*(?:-+8<-+|\{%|::: ?[\w.]+$)", re.MULTILINE)
"""A snippet, a template's statement such as include, or what mkdocstrings writes."""
_NOTE = re.compile(
    r"<!--\s*i18n:\s*note\s(?P<note>.*?)-->(?=\s*(?:<!--.*?-->\s*)*(?P<block>(?:[^\n]*\S[^\n]*\n?)*))",
    re.DOTALL,
)
"""An author's note, and the block that it stands above."""


class Finding(NamedTuple):
    """What is wrong at a place of a page."""

    offset: int
    text: str
    """What is wrong, and the cure."""


@dataclass(frozen=True)
class Site:
    """What rules for pages know of the settings of their site."""

    extensions: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Its Markdown extensions by their short names, with their options."""
    host: str = ""
    named: frozenset[str] = frozenset()
    """The paths of the pages that the menu gives a title."""
    is_private: bool = False
    """Whether files of other hosts are fetched when it is built (Material's plugin privacy)."""
    parts: frozenset[str] = frozenset()
    """The paths of the pages that others include."""


@dataclass(frozen=True)
class Draft:
    """A page that its author may still change."""

    path: str
    """The path of the page, the same in every language."""
    page: Page
    front: Mapping[str, object] = field(default_factory=dict)
    """Its front matter."""
    site: Site = Site()
    folder: Path = Path()
    """The folder of the page, where there may be pictures."""

    @cached_property
    def body(self) -> str:
        """The text without front matter and code, blanks in their place: offsets are the page's."""
        end = frontmatter.end(self.page.text)
        return " " * end + links.without_code(self.page.text)[end:]

    @cached_property
    def shown(self) -> str:
        """The body without what is neither text nor markup: comments, styles, scripts, all code."""
        blocks = (each.spans for each in self.page.wordless if each.kind == "code block")
        body = links.blanked(self.body, sorted(span for spans in blocks for span in spans))
        found = _UNREAD.finditer(body)
        return links.blanked(body, (each.span(each.lastgroup or 0) for each in found))

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """Its headings of Markdown in reading order: offset and level of each."""
        texts: tuple[Segment, ...] = (*self.page.segments, *self.page.wordless)
        found = ((s.spans[0][0], self.page.level(s)) for s in texts if s.spans)
        return sorted(each for each in found if each[1])

    @cached_property
    def _waivers(self) -> list[tuple[int, int, frozenset[str]]]:
        """Where the notes of its author begin, where the blocks below end, and what is waived."""
        found = (each for each in _NOTE.finditer(self.body))
        return [(each.start(), each.end("block"), waived(each["note"])) for each in found]

    def waived_at(self, offset: int) -> frozenset[str]:
        """Return the rules that an author's note waives for the block at an offset.

        What is wrong with the front matter, or with all of the page, is waived at its beginning.
        """
        place = max(offset, len(self.body) - len(self.body.lstrip()))
        names = (each for start, end, each in self._waivers if start <= place <= end)
        return frozenset().union(*names)

    def has(self, *extensions: str) -> bool:
        """Tell whether the site has one of some Markdown extensions, by their short names."""
        return not self.site.extensions.keys().isdisjoint(extensions)

    @property
    def includes(self) -> bool:
        """Whether it includes other texts, where its title and its notes may be."""
        return bool(_INCLUDING.search(self.body))

    @property
    def is_numbered_by_notes(self) -> bool:
        """Whether footnotes have the numbers in which they are written, as by default."""
        return self.site.extensions.get("footnotes", {}).get("USE_DEFINITION_ORDER") is not False

    def offset_of_key(self, key: str) -> int:
        """Return where the line of a key in the front matter begins; 0 if it is not found."""
        found = (each for each in frontmatter.written(self.page.text) if each.key == key)
        line = next((each.line for each in found), 1)
        return sum(map(len, self.page.text.splitlines(keepends=True)[: line - 1]))
