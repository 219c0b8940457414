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


def find(text: str) -> Iterator[Medium]:
    """Yield what a page shows beside its words, but not in comments and in code in a line."""
    if "![" not in text and "<" not in text:
        return
    bare = _UNSHOWN.sub(lambda found: "\0" * len(found[0]), text)
    for found in _MEDIUM.finditer(bare):
        name = next(each for each in _ADDRESSES if found[each] is not None)
        is_picture = (found["tag"] or "img").casefold() == "img"
        if found[name]:
            yield Medium(found.span(name), found[name], is_picture)


_UNSHOWN = re.compile(r"<!--.*?-->|(?<!`)(`+)(?!`)[^`\n]*(?<!`)\1(?!`)", re.DOTALL)
_ADDRESSES = ("pointed", "plain", "double", "single", "bare")
_MEDIUM = re.compile(
    r"""!\[\s*\]\((?:<(?P<pointed>[^<>\n]*)>|(?P<plain>[^\s<>)]*))
    |<(?P<tag>img|iframe|video|audio|source|embed|object)\s(?:[^<>]*?\s)??(?:src|data)\s*=\s*
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.VERBOSE | re.IGNORECASE,
)
