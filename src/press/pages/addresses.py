"""Report the addresses on a page that no program can read."""

import html
import re

from press.core.editions import Leaf
from press.core.log import log
from press.markdown.addresses import ATTRIBUTE

_MARKED = re.compile(rf' {ATTRIBUTE}="([^"]*)"')


def report(content: str, leaf: Leaf) -> str:
    """Warn of the addresses that the Markdown extension marked in a page's HTML; unmark them."""
    for written in _MARKED.findall(content):
        address = html.unescape(written)
        before, found, _ = leaf.source.file.read_text("utf-8").partition(address)
        line = before.count("\n") + 1 if found else 1
        cure = "correct it, or write it as code"
        log.warning("%s:%d: %s is no address; %s", leaf.file, line, address, cure)
    return _MARKED.sub("", content)
