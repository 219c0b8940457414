"""A rule for marks of Markdown and HTML that a translation adds and that readers are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from handbook.bitext.checks.pair import Pair

_BLOCK = re.compile(
    r"(?:#{1,6}|[-+*>:|]|\[[ xX]\]|!!!|\?\?\?\+?|===[!+]?)(?=[ \t])|```|~~~|\[\^[^\]\s]+\]:"
)
"""What begins a heading, an item, a quote, a definition, a row, a task, a box, a tab or code."""
_NUMBER = re.compile(r"\d{1,2}[.)](?=[ \t])")
"""What begins an item that is numbered."""
_ENTITY = re.compile(r"&[A-Za-z][A-Za-z0-9]*;")
_CODE = frozenset(("code", "code comment", "label"))
_PLAIN = frozenset(("image", "link title", "attribute", "abbreviation"))
"""Kinds of text in which nothing is a link."""


def marks(pair: Pair) -> Iterator[str]:
    """A mark that the source does not have is shown as it is.

    It begins a heading or a list, which the page does by itself, makes a link where none can be,
    or names no character.
    """
    block = _BLOCK.match(pair.target)
    if block and pair.kind not in _CODE and not _BLOCK.match(pair.source):
        yield f"“{block[0]}” is shown before the text; delete it, the page has its own"
    number = _NUMBER.match(pair.target) if pair.kind == "item" else None
    if number and not any(map(str.isdigit, pair.source)):
        yield f"“{number[0]}” is shown before the text; delete it, the page has its own"
    for name in dict.fromkeys(_ENTITY.findall(pair.target)):
        if name[1:] not in html5 and name not in pair.source and pair.kind not in _CODE:
            yield f"“{name}” is no character and is shown as it is; write the character"
    if pair.kind in _PLAIN and "](" in pair.target and "](" not in pair.source:
        yield "“](” is shown as it is; write the words alone"
