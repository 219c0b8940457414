"""The Markdown extension `press.markdown.addresses` for URLs that cannot be parsed.

MkDocs stops with an error at the first one, such as `http://[example`. The extension
percent-encodes each before MkDocs parses it, and keeps the original in an attribute.
`press.pages.addresses` warns about these and removes the attribute.
"""

from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

ATTRIBUTE = "data-no-address"
"""The HTML attribute that keeps a URL as the author wrote it."""
_BEFORE_MKDOCS = 0.5
"""A priority above MkDocs' own, which is 0, and below everything that makes links."""


def makeExtension(**_options: object) -> Extension:
    """Return the extension: Python-Markdown calls this function by its name."""
    return Addresses()


class Addresses(Extension):
    """Extension that makes URLs parsable by percent-encoding."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the extension to a Markdown converter."""
        md.treeprocessors.register(_Mend(md), "addresses", _BEFORE_MKDOCS)


class _Mend(Treeprocessor):
    """Tree processor that percent-encodes the URLs that cannot be parsed."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address and not is_readable(address):
                    element.set(name, quote(address, safe=":/?#&=%"))
                    element.set(ATTRIBUTE, address)


def is_readable(address: str) -> bool:
    """Tell whether a URL can be parsed (RFC 3986)."""
    try:
        return bool(urlsplit(address))
    except ValueError:
        return False
