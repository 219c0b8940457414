"""Find the pictures without words, the videos and the other sites that a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handbook.bitext.page.segments import Span


class Medium(NamedTuple):
    """A picture, a video or the like that a page shows."""

    span: Span
    """Where its address stands."""
    address: str
    is_picture: bool


TARGET = r"(?:<(?P<pointed>[^<>\n]*+)>|(?P<plain>(?:[^\s<>()]++|\([^\s<>()]*+\))*+))"
"""The address of a picture in Markdown; there may be parentheses in it, but none within these."""


def find(text: str) -> Iterator[Medium]:
    """Yield what a page shows beside its words, but not in comments and in code in a line."""
    if "![" not in text and "<" not in text:
        return
    bare = _shown(text)
    for found in _PICTURE.finditer(bare):
        yield from _medium(found, is_picture=True)
    for tag in _ELEMENT.finditer(bare):
        values = {
            each["name"].casefold(): each
            for each in _ATTRIBUTE.finditer(bare, *tag.span("attributes"))
            if each.lastgroup in ("double", "single", "bare")
        }
        if key := next(filter(values.get, _ADDRESSES), None):
            yield from _medium(values[key], is_picture=tag["tag"].casefold() == "img")


def _medium(found: re.Match[str], *, is_picture: bool) -> Iterator[Medium]:
    """Yield the picture or the like whose address is what a match has last; none if it is empty."""
    name = found.lastgroup
    if name and (address := " ".join(found[name].split())):
        yield Medium(found.span(name), address, is_picture)


def _shown(text: str) -> str:
    """Return a text with NUL in the place of its comments and of its code in a line."""
    last, place = text.rfind("-->"), 0
    parts: list[str] = []
    while found := _UNSHOWN.search(text, place):
        start, end = found.span()
        if not found["ticks"] and end <= last:  # behind the last end, each would be looked for
            end = text.index("-->", end) + 3
        parts += (text[place:start], "\0" * (end - start))
        place = end
    return "".join((*parts, text[place:]))


_UNSHOWN = re.compile(r"<!--|(?<!`)(?P<ticks>`+)(?!`)[^`\n]*(?<!`)(?P=ticks)(?!`)")
_PICTURE = re.compile(rf"!\[\s*\]\({TARGET}")
# A tag that never ends is read to the next `<` alone, unless that is in a value.
_ELEMENT = re.compile(
    r"""<(?P<tag>img|iframe|video|audio|source|embed|object)(?=[\s/])
    (?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'/=]++)(?:\s*+=\s*+
    (?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"']++)))?+|"[^"]*+"|'[^']*+'""",
    re.VERBOSE,
)
_ADDRESSES = ("src", "data", "srcset")
