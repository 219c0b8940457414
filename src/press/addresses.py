"""Links to addresses that no program can read, such as `http://[example`.

MkDocs ends at the first of them. A Markdown extension, `press.addresses`, makes each into one that
can be read before MkDocs looks at it, and leaves a sign by which it is named with its place.
"""

import html
import re
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from press import site
from press.settings import log

_SIGN = "data-no-address"
_SIGNED = re.compile(rf' {_SIGN}="([^"]*)"')
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
                    element.set(_SIGN, address)


def is_readable(address: str) -> bool:
    """Whether an address can be taken apart (RFC 3986)."""
    try:
        return bool(urlsplit(address))
    except ValueError:
        return False


def name(content: str, page: Page, config: MkDocsConfig) -> str:
    """Warn of the signs that the extension left in a page's HTML, and remove them."""
    source = site.of(config).sources[site.place(page.file.src_uri)[1]]
    for written in _SIGNED.findall(content):
        address = html.unescape(written)
        before, found, _ = source.file.read_text("utf-8").partition(address)
        line = before.count("\n") + 1 if found else 1
        cure = "correct it, or write it as code"
        log.warning(
            "docs/%s/%s:%d: %s is no address; %s", source.language, source.path, line, address, cure
        )
    return _SIGNED.sub("", content)
