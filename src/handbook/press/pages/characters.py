"""Warnings about characters that XML does not allow, so that pages and books cannot hold them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from handbook.bitext.page.characters import uncarried, without_uncarried
from handbook.bitext.problem import Problem
from handbook.press.core.editions import Leaf
from handbook.press.core.log import log


def clean(html: str, leaf: Leaf) -> str:
    """Return a page's HTML without the characters that XML does not allow; warn about each."""
    for written, fault in faults(html):
        log.warning(Problem(leaf.file, leaf.line_with(written), fault))
    return without_uncarried(html)


def faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character that XML does not allow, as it is written, and what is said of it."""
    for written in dict.fromkeys(uncarried(text)):
        name = written
        if len(written) == 1:
            name = unicodedata.name(written, f"U+{ord(written):04X}")
        yield written, f"the character {name} cannot be shown; delete it"
