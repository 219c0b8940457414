"""A page is its text plus the spans a translator may change.

The law: put the spans back as they were and you have the page, byte for byte.
Nothing is ever rendered or re-serialised; a translated page is the source text
with some spans replaced, back to front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handbook.bitext.problem import line_at

Span = tuple[int, int]

# What a run of text is, in the order a newcomer meets them. The kind decides how
# a translation is written into the page (`bitext.translate.splice`); translators see it too.
KINDS = {
    "front matter": "value of a front-matter key",
    "heading": "heading, ATX or setext",
    "paragraph": "paragraph",
    "item": "first text of a list item",
    "cell": "table cell",
    "term": "term of a definition list",
    "footnote": "first text of a footnote",
    "title": "title of an admonition, a tab, details or a block",
    "default title": "title the theme adds where the page gives none",
    "short form": "abbreviation that the page explains, which may differ by language",
    "abbreviation": "what an abbreviation stands for",
    "image": "alternative text of an image that stands alone",
    "link title": "title of a link reference or of an image that stands alone",
    "attribute": "what an attribute list shows: a title, a label in the contents",
    "html": "text in raw HTML",
    "drawing": "text in an inline SVG",
    "label": "label in a Mermaid diagram",
    "code title": "title above a code block",
    "code": "code block marked as translatable",
    "code comment": "comment in a code block, without the code",
    "address": "address of an outside page, which may differ by language",
}


# What the note of a unit begins with whose translation is at first the message itself: other
# languages may write it in another way, but need not, so it is no work that is left to do.
GIVEN = ("address", "short form", "number")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


def key(context: str | None, message: str) -> str:
    """Return what a message is known by: itself, behind its context where its author gave one.

    gettext joins the two in the same way.
    """
    return message if context is None else f"{context}\x04{message}"


def split_key(key: str) -> tuple[str | None, str]:
    """Return the context, or None, and the message of a key."""
    context, mark, message = key.rpartition("\x04")
    return (context if mark else None), message


class Attribute(NamedTuple):
    """An attribute list (`{ .class }`), which is left out of a message and put back later."""

    element: str
    """The inline element it follows, by its `bitext.page.inline.Element.key`."""
    nth: int
    """Which of the message's elements with that key, counted from 0."""
    text: str
    """The list as written, braces included."""


class Segment(NamedTuple):
    """A run of a page's text that a translator reads as one message."""

    kind: str
    """One of `KINDS`, or of what nobody translates (`Page.wordless`) "code block"."""
    message: str
    """The text, soft line breaks joined; a line break that readers see is a newline."""
    spans: tuple[Span, ...]
    """Character offsets replaced by a translation, one for each line of the message.
    Empty for an address, or the words of an attribute list, inside another message."""
    place: str
    """Where on the page: the nearest id that the author has given a heading, or ""."""
    note: str = ""
    """The author's note to translators, from a directive above the text."""
    detail: str = ""
    """What a translation needs to be written there: quotation marks, indentation, a template."""
    attributes: tuple[Attribute, ...] = ()
    context: str | None = None
    """What the author says to tell it from the same message with another meaning."""
    is_number: bool = False
    """Whether it is a number, a time or a date, without a word."""
    is_apart: bool = False
    """Whether it stands in a footnote, the head of a table or an HTML element of running text:
    there, nothing is numbered."""

    @property
    def key(self) -> str:
        """What its unit is known by."""
        return key(self.context, self.message)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, of Markdown or of HTML."""
        is_html = self.kind == "html" and self.detail.lower() in _HEADINGS
        return is_html or self.kind == "heading"

    @property
    def is_given(self) -> bool:
        """Whether the message itself is its translation as long as nobody writes another."""
        return self.is_number or self.kind in GIVEN


class Fault(NamedTuple):
    """Something on a page that translators could not read or readers would not see."""

    offset: int
    text: str
    """What is wrong, and the cure."""


class Page(NamedTuple):
    """The text of a page and its segments in reading order."""

    text: str
    segments: tuple[Segment, ...]
    faults: tuple[Fault, ...] = ()
    wordless: tuple[Segment, ...] = ()
    """What readers see and no translator: text without a word, indented code, formulas."""

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 1, of an offset."""
        return line_at(self.text, offset)

    def line(self, segment: Segment) -> int:
        """Return the line, counted from 1, where `segment` begins."""
        return self.line_at(segment.spans[0][0]) if segment.spans else 1

    def level(self, segment: Segment) -> int:
        """Return how deep a heading of Markdown is, by its hashes or underline; 0 of other text."""
        if segment.kind != "heading":
            return 0
        start = self.text.rfind("\n", 0, segment.spans[0][0]) + 1
        if hashes := _HASHES.search(self.text, start, segment.spans[0][0]):
            return len(hashes[0])
        return 1 if _UNDERLINED.match(self.text, segment.spans[-1][1]) else 2


# Not `#.`, an item of a list of FancyLists. A directive may stand behind the hashes.
_HASHES = re.compile(r"#{1,6}(?![.)])")
_UNDERLINED = re.compile(r"[^\n]*+\n[ \t>]*=")


def replace(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    """Return `text` with each span replaced by a new text.

    Spans must not overlap. New texts for the same empty span keep their order.
    """
    parts: list[str] = []
    position = 0
    for (start, end), new in sorted(changes, key=lambda change: change[0]):
        parts += text[position:start], new
        position = end
    parts.append(text[position:])
    return "".join(parts)


def messages(segments: Sequence[Segment]) -> dict[str, Segment]:
    """Return the first segment of each distinct message and context by its key, in order."""
    found: dict[str, Segment] = {}
    for segment in segments:
        found.setdefault(segment.key, segment)
    return found
