"""Report the addresses on a page that no program can read."""

import html
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from press.core import editions
from press.core.settings import log
from press.markdown.addresses import ATTRIBUTE

_MARKED = re.compile(rf' {ATTRIBUTE}="([^"]*)"')


def name(content: str, page: Page, config: MkDocsConfig) -> str:
    """Warn of the addresses that the Markdown extension marked in a page's HTML; unmark them."""
    source = editions.of(config).sources[editions.place(page.file.src_uri)[1]]
    for written in _MARKED.findall(content):
        address = html.unescape(written)
        before, found, _ = source.file.read_text("utf-8").partition(address)
        line = before.count("\n") + 1 if found else 1
        cure = "correct it, or write it as code"
        log.warning(
            "docs/%s/%s:%d: %s is no address; %s", source.language, source.path, line, address, cure
        )
    return _MARKED.sub("", content)
