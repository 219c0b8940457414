"""The HTML of a page as a tree.

html5lib reads it as browsers do; lxml's own parser spells SVG's `viewBox` in small letters, and
then no drawing has a size. In the tree HTML's elements are in no namespace, SVG's are in theirs.
"""

from collections.abc import Iterator
from typing import TypeAlias

import html5lib
from lxml import etree

Element: TypeAlias = etree._Element
Node: TypeAlias = str | Element
"""What stands in an element: text or another element."""
SVG = "{http://www.w3.org/2000/svg}"
_XMLNS = "{http://www.w3.org/2000/xmlns/}"
"""The tree knows what belongs to which namespace; what declared it there would be there twice."""


def parse(html: str) -> Element:
    """The content of a page, under one `<div>`, without comments."""
    parsed = html5lib.parse(
        f"<!DOCTYPE html><div>{html}</div>", "lxml", namespaceHTMLElements=False
    )
    body = parsed.getroot().find("body")
    content = body[0]
    assert isinstance(content, etree._Element)
    body.remove(content)  # else what writes it goes on with what is around it
    etree.strip_elements(content, etree.Comment, with_tail=False)
    etree.strip_attributes(content, f"{_XMLNS}xmlns", f"{_XMLNS}xlink")
    return content


def html(content: Element) -> str:
    """What `parse` would read as `content`."""
    words = html5lib.serialize(
        content,
        "lxml",
        quote_attr_values="always",
        omit_optional_tags=False,
        minimize_boolean_attributes=False,
        resolve_entities=False,
    )
    return str(words).removeprefix("<div>").removesuffix("</div>")


def classes(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(element.get("class", "").split())


def number(element: Element, name: str, other: int) -> int:
    """The whole number that an attribute gives; `other` if it gives none, or one below zero."""
    given = element.get(name, "").strip()
    return int(given) if given.isascii() and given.isdecimal() else other


def nodes(element: Element) -> Iterator[Node]:
    """What stands in an element, in order, with "" between two elements that no text parts."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def text(element: Element) -> str:
    """What an element says, without markup, its white space made single blanks."""
    return " ".join("".join(element.itertext()).split())


def remove(element: Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, before, words = element.getparent(), element.getprevious(), element.tail
    assert parent is not None
    if words and before is not None:
        before.tail = (before.tail or "") + words
    elif words:
        parent.text = (parent.text or "") + words
    element.tail = None
    parent.remove(element)
