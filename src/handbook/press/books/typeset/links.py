"""Conversion of links to Typst: within the book, out of it, and to terms of the glossary."""

from __future__ import annotations

import re

from handbook.press.books.typeset.typst import call, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element, classes

_SCHEME = re.compile(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""The scheme of an absolute URL: that of a web page, an e-mail address, a phone, a place."""


def link(writer: Writer, element: Element) -> str:
    """Convert a link; permalinks and footnote back-links are left out, useless on paper."""
    names, href = classes(element), element.get("href")
    if names & {"headerlink", "footnote-backref"}:
        return ""
    body = writer.run(element)
    if not href or not body:
        return body
    if "number" in names:
        writer.spaced = True
        return call("number", f"[{body}]")
    target = writer.places.target(writer.chapter, href)
    if target is None:
        return _outward(writer, element, href, body)
    if "term" in names:
        return body + call("index-entry", string(target.label))
    if target not in writer.places:
        fault = f"a link leads to {target.label}, which is nowhere"
        writer.flaw(href.partition("#")[2], fault, "link")
        return body
    return call("see", f"label({string(target.label)})", string(target.address), f"[{body}]")


def _outward(writer: Writer, element: Element, href: str, body: str) -> str:
    """Convert a link out of the book, followed by its URL unless its text is the URL."""
    address, said = writer.chapter.leads(href), tree.text(element)
    is_here = not (_SCHEME.match(href) or href.startswith("//"))
    is_known = href.startswith("/") or element.get("hreflang")
    if is_here and (is_known or writer.places.file(writer.chapter, href)):
        if not address:
            return body
    elif is_here or not address:
        writer.flaw(href, f"a link leads to {href}, which is nowhere", "link")
        return body
    if said in (address, address.removeprefix("https://").rstrip("/")):
        return call("address", string(address))
    writer.letters.update(address)
    is_noted = writer.here.notes and not _is_crowded(writer, element)
    return call("out" if is_noted else "out-here", string(address), f"[{body}]")


_NOTES = 60
"""How many notes a paragraph, a list or a table may have for its addresses: with hundreds, a page
has little else, and Typst fails."""
_NOTES_OF_A_PAGE = 600
"""How many a page of the handbook may have: each takes a tenth of a megabyte while printing, and
notes of release may have seven thousand."""


def _is_crowded(writer: Writer, element: Element) -> bool:
    """Tell whether a link stands among too many links out for notes: in its block, on its page."""
    block = element
    for above in element.iterancestors():
        if above is writer.page:
            break
        block = above
    limits = (block, _NOTES), (writer.page, _NOTES_OF_A_PAGE)
    return any(_has_more(writer, part, most) for part, most in limits)


def _has_more(writer: Writer, part: Element, most: int) -> bool:
    """Tell whether a part of a page has more than so many links out; it is counted once."""
    if part not in writer.crowded:
        out = (each for each in part.iter("a") if _SCHEME.match(each.get("href", "")))
        writer.crowded[part] = sum(1 for _ in out) > most
    return writer.crowded[part]
