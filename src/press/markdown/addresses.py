"""Links to addresses that no program can read, such as `http://[example`.

MkDocs ends at the first of them. The Markdown extension `press.markdown.addresses` quotes each, so
that it can be read before MkDocs looks at it, and keeps the original in an attribute.
`press.pages.addresses` reports these and removes the attribute.
"""

from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

ATTRIBUTE = "data-no-address"
"""Holds an address as it was written."""
_BEFORE_MKDOCS = 0.5
"""A priority above that of MkDocs, which is 0, and below all that makes links."""


def makeExtension(**_options: object) -> Extension:
    """The extension, as Python-Markdown asks for it."""
    return Addresses()


class Addresses(Extension):
    """Makes addresses that cannot be read into such as can."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the extension to a converter."""
        md.treeprocessors.register(_Mend(md), "addresses", _BEFORE_MKDOCS)


class _Mend(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address and not is_readable(address):
                    element.set(name, quote(address, safe=":/?#&=%"))
                    element.set(ATTRIBUTE, address)


def is_readable(address: str) -> bool:
    """Whether an address can be taken apart (RFC 3986)."""
    try:
        return bool(urlsplit(address))
    except ValueError:
        return False
