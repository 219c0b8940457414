"""A page's sections, for searching: its text as a reader sees it, from one heading to the next."""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bitext.page.markup import TAG, VOID, end_of

_HEADINGS = frozenset("dt h1 h2 h3 h4 h5 h6".split())
"""What begins a section, if it has an id; terms that a page defines are such headings too."""
_LINES = frozenset("dd dt li ol p pre td th ul".split())
_UNREAD = frozenset("object script style".split())
_APART = re.compile(
    r'\s(?:data-search-exclude\b|class="(?:footnote-backref|headerlink|linenodiv)"|id="fnref)'
)
_ID = re.compile(r'\sid="([^"]*)"')


_OVER = 1 << 30
"""Deeper than anything: a section to which nothing more is added."""


class Section(NamedTuple):
    """A heading and what stands under it."""

    anchor: str
    """The id of the heading; "" for the part that begins the page."""
    title: str
    text: str
    """A line for each block."""


@dataclass
class _Draft:
    """A section that is being read."""

    anchor: str = ""
    depth: int = 0
    """How many elements its heading stands in, itself counted. What they hold belongs to it."""
    excluded: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def cut(page: str) -> list[Section]:
    """The sections of a page's HTML, the part that begins the page first.

    Elements with `data-search-exclude` are left out; with a heading goes the section. A heading
    within an element is over where that element ends: what follows belongs to the section before.
    """
    cutter, position = _Cutter(), 0
    while tag := TAG.search(page, position):
        cutter.say(page[position : tag.start()])
        position = tag.end() if cutter.read(tag) else end_of(page, tag.start())
    cutter.say(page[position:])
    return [
        Section(each.anchor, _plain(each.title), _plain(each.text))
        for each in cutter.drafts
        if not each.excluded
    ]


class _Cutter:
    """Deals what it reads out to sections."""

    def __init__(self) -> None:
        self.drafts = [_Draft()]
        self.section = self.drafts[0]
        self.open: list[str] = []
        self.title_ends = 0

    def say(self, text: str) -> None:
        """Take a run of text."""
        if text:
            lines = text if "pre" in self.open else text.replace("\n", " ")
            (self.section.title if self.title_ends else self.section.text).append(lines)

    def read(self, tag: re.Match[str]) -> bool:
        """Take a tag; whether the element it begins, if it begins one, is to be read too."""
        name = tag["name"]
        if not name or tag["empty"] or name in VOID:
            return True
        if tag["close"]:
            self.leave(name)
        elif name in _UNREAD or (tag["attributes"] and _APART.search(tag["attributes"])):
            if name in _HEADINGS:
                self.begin(tag, excluded=True)
            return False
        else:
            self.enter(tag)
        return True

    def enter(self, tag: re.Match[str]) -> None:
        """Go into an element."""
        name = tag["name"]
        self.open.append(name)
        if name in _HEADINGS:
            self.begin(tag)
        elif name in _LINES:
            self.section.text.append("\n")

    def begin(self, tag: re.Match[str], *, excluded: bool = False) -> None:
        """Begin a section, if the heading has an id; the first h1 is that of the page."""
        identifier = _ID.search(tag["attributes"])
        if identifier is None:
            return
        is_first = tag["name"] == "h1" and len(self.drafts) == 1 and not self._has_text()
        if is_first:
            self.drafts.clear()
        anchor = "" if is_first else identifier[1]
        self.section = _Draft(anchor, len(self.open) + excluded, excluded)
        self.drafts.append(self.section)
        self.title_ends = 0 if excluded else len(self.open)

    def _has_text(self) -> bool:
        return any(not piece.isspace() for piece in self.section.text)

    def leave(self, name: str) -> None:
        """Close an element and all that was left open in it."""
        while name in self.open:
            self.go_back(len(self.open))
            left = self.open.pop()
            if self.title_ends > len(self.open):
                self.title_ends = 0
            if left in _LINES:
                self.section.text.append("\n")
            if left == name:
                return

    def go_back(self, depth: int) -> None:
        """Where an element ends that a heading stands in, go on with the section before it."""
        if self.section.depth > depth:
            before = [each for each in self.drafts if each.depth <= depth]
            self.section.depth = _OVER if before else self.section.depth
            self.section = (before or [self.section])[-1]


def _plain(pieces: list[str]) -> str:
    text = html.unescape("".join(pieces)).replace("\N{WORD JOINER}", "")
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
