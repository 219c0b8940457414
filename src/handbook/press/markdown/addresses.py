"""A Markdown extension for addresses that MkDocs cannot resolve.

MkDocs stops with an error at the first URL that cannot be parsed, such as `http://[example`. The
extension percent-encodes each before MkDocs parses it, and keeps the original in an attribute.
`press.pages.addresses` warns about these and removes the attribute.

It also hides from MkDocs a link to a page in one certain language (`../ja/index.md` on an English
page), which has no file in the build of another one: it gets the scheme `EDITION`.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

ATTRIBUTE = "data-no-address"
"""The HTML attribute that keeps a URL as the author wrote it."""
EDITION = "edition"
"""The scheme of an address that leads to a page in a certain language: `edition:ja/index.md`."""
Find = Callable[[str], str | None]
"""A function that returns the address with that scheme of a link, or None if it is another."""
_BEFORE_MKDOCS = 0.5
"""A priority above MkDocs' own, which is 0, and below everything that makes links."""


def makeExtension(find: Find | None = None) -> Extension:
    """Return the extension: Python-Markdown calls this function by its name.

    `find` recognises links to certain languages; it knows the page that is rendered.
    """
    return Addresses(find or _none)


def _none(address: str) -> None:
    return None


class Addresses(Extension):
    """Extension that makes URLs parsable by percent-encoding."""

    def __init__(self, find: Find) -> None:
        """Take the function that recognises links to certain languages."""
        super().__init__()
        self._find = find

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the extension to a Markdown converter."""
        md.treeprocessors.register(_Mend(md, self._find), "addresses", _BEFORE_MKDOCS)


class _Mend(Treeprocessor):
    """Tree processor that percent-encodes the URLs that cannot be parsed."""

    def __init__(self, md: Markdown, find: Find) -> None:
        super().__init__(md)
        self._find = find

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address and not is_readable(address):
                    element.set(name, quote(address, safe=":/?#&=%"))
                    element.set(ATTRIBUTE, address)
                elif address and (found := self._find(address)):
                    element.set(name, found)


def is_readable(address: str) -> bool:
    """Tell whether a URL can be parsed (RFC 3986)."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
