"""The sections of a page for the search index: the visible text from one heading to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handbook.press.core import tree
from handbook.press.core.tree import SVG, Element

_HEADINGS = frozenset("dt h1 h2 h3 h4 h5 h6".split())
"""Elements that begin a section if they have an id; terms that a page defines (`dt`) do too."""
_LINES = frozenset("dd dt li ol p td th ul".split())
_EDGE = "\N{INFORMATION SEPARATOR TWO}"
"""The mark of the end of a line of text; pages do not contain control characters."""
_APART = "\N{INFORMATION SEPARATOR THREE}"
"""The mark around a footnote, into which no result runs on from the text above it."""
_UNREAD = frozenset(("object", "script", "style", f"{SVG}script", f"{SVG}style"))
_UNREAD_CLASSES = frozenset("footnote-backref headerlink linenodiv".split())


class Section(NamedTuple):
    """A heading and the text under it."""

    anchor: str
    """The id of the heading; "" for the section at the beginning of the page."""
    title: str
    text: str
    """The text, with one line for each block, and a blank one before each footnote."""


@dataclass
class _Draft:
    """A section whose text is still being collected."""

    anchor: str = ""
    heading: str = ""
    """The id of its heading, which is also the anchor unless it is the page's title."""
    is_excluded: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Tell whether the section has no title and no text yet."""
        return not "".join(self.title + self.text).strip()


def cut(content: Element, titles: Mapping[str, str] | None = None) -> list[Section]:
    """Return the sections of a page; the first one is the beginning of the page.

    `titles` has other titles for some of the headings, by id.

    Elements with `data-search-exclude` are left out, and with such a heading its section. The
    section of a heading inside an element ends with that element: the text after it belongs to the
    section before.
    """
    drafts = [_Draft()]
    _deal_out(content, drafts[0], drafts)
    other = titles or {}
    return [
        Section(each.anchor, other.get(each.heading) or _plain(each.title), _plain(each.text))
        for each in drafts
        if not each.is_excluded
    ]


def _deal_out(element: Element, section: _Draft, drafts: list[_Draft]) -> None:
    """Add an element's text to its section, and to the sections that begin inside the element."""
    section.text.append(element.text or "")
    for child in element:
        if child.tag in _HEADINGS and child.get("id"):
            section = _begun(child, drafts)
        elif child.tag == "pre" and not _is_unread(child):
            section.text += (_EDGE, "".join(_words(child)).replace("\n", _EDGE), _EDGE)
        elif not _is_unread(child):
            edge = _edge(child)
            section.text.append(edge)
            _deal_out(child, section, drafts)
            section.text.append(edge)
        section.text.append(child.tail or "")


def _edge(element: Element) -> str:
    """Return what marks where an element begins and ends; "" if that is within a line."""
    if element.get("id", "").startswith("fn:"):
        return _APART
    return _EDGE if element.tag in _LINES else ""


def _begun(heading: Element, drafts: list[_Draft]) -> _Draft:
    """Return the section that a heading begins; an h1 before all text is the title of the page."""
    if heading.tag == "h1" and len(drafts) == 1 and drafts[0].is_empty():
        section = drafts[0]
    else:
        section = _Draft(heading.get("id", ""))
        drafts.append(section)
    section.heading = heading.get("id", "")
    section.is_excluded = _is_unread(heading)
    section.title = list(_words(heading))
    return section


def _words(element: Element) -> Iterator[str]:
    """Yield the pieces of text in an element, without its excluded parts."""
    for node in tree.nodes(element):
        if isinstance(node, str):
            yield node
        elif not _is_unread(node):
            yield from _words(node)


def _is_unread(element: Element) -> bool:
    """Tell whether an element is left out of the index."""
    return (
        element.tag in _UNREAD
        or "data-search-exclude" in element.attrib
        or element.get("class") in _UNREAD_CLASSES
        or element.get("id", "").startswith("fnref")
    )


def _plain(pieces: list[str]) -> str:
    """Join pieces of text to lines, without word joiners and extra spaces."""
    text = "".join(pieces).replace("\N{WORD JOINER}", "")
    return "\n\n".join(filter(None, map(_lines, text.split(_APART))))


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split(_EDGE) if line.strip())
