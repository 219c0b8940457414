"""Warnings about characters that XML does not allow, so that pages and books cannot hold them."""

from __future__ import annotations

import re
import unicodedata

from bitext.problem import Problem
from press.core.editions import Leaf
from press.core.log import log

# The characters outside https://www.w3.org/TR/xml/#charsets: literal, and as numeric references.
_RAW = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_REFERENCE = (
    "&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])"
    "|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]));"
)
_UNCARRIED = re.compile(f"{_RAW}|{_REFERENCE}")


def report(html: str, leaf: Leaf) -> str:
    """Return a page's HTML without the characters that XML does not allow; warn about each."""
    for written in dict.fromkeys(_UNCARRIED.findall(html)):
        text = leaf.source.file.read_text("utf-8")
        before, found, _ = text.partition(written)
        line = before.count("\n") + 1 if found else 1
        name = written
        if len(written) == 1:
            name = unicodedata.name(written, f"U+{ord(written):04X}")
        log.warning(Problem(leaf.file, line, f"the character {name} cannot be shown; delete it"))
    return _UNCARRIED.sub("", html)
