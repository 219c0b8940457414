"""Links: within the book, out of it, and to terms of the glossary."""

from __future__ import annotations

import re

from press.books.typeset.typst import call, string
from press.books.typeset.writer import Writer
from press.core import tree
from press.core.tree import Element, classes

_SCHEME = re.compile(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""How an address begins that stands for itself: that of a page, a letter box, a phone, a place."""


def link(writer: Writer, element: Element) -> str:
    """A link; signs that lead to where they are mean nothing on paper."""
    names, href = classes(element), element.get("href")
    if names & {"headerlink", "footnote-backref"}:
        return ""
    body = writer.run(element)
    if not href or not body:
        return body
    target = writer.places.target(writer.chapter, href)
    if target is None:
        return _outward(writer, href, tree.text(element), body)
    if "term" in names:
        return body + call("index-entry", string(target.label))
    if target not in writer.places:
        told = f"a link leads to {target.label}, which is nowhere"
        writer.flaw(href.partition("#")[2], told)
        return body
    return call("see", f"label({string(target.label)})", string(target.address), f"[{body}]")


def _outward(writer: Writer, href: str, said: str, body: str) -> str:
    """A link out of the book, with its address unless that is what it says."""
    address = writer.chapter.leads(href)
    relative = not (_SCHEME.match(href) or href.startswith("//"))
    if not address or (relative and writer.places.file(writer.chapter, href) is None):
        writer.flaw(href, f"a link leads to {href}, which is nowhere")
        return body
    if said in (address, address.removeprefix("https://").rstrip("/")):
        return call("address", string(address))
    writer.letters.update(address)
    return call("out" if writer.here.notes else "out-here", string(address), f"[{body}]")
