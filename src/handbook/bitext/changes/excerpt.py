"""Cut out of two versions of a page what lies around their differences: most of it is the same."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from operator import itemgetter

from rapidfuzz.distance import Postfix, Prefix

from handbook.bitext.page import fences, frontmatter

_FAR_REACHING = re.compile(
    r"^[ \t>]*(?:\[[^\]\n]+\]:|\*\[[^\]\n]+\]:|/{3,}|<(?!https?:|mailto:))|<!--|8<-", re.MULTILINE
)
"""What says how other parts of a page are to be read: with it, a page is compared as a whole."""
_HEADING = re.compile(r"(?<=\n\n)#{1,6}[ \t]+\S")


def differing(old: str, new: str) -> tuple[str, str]:
    """Return the sections of two versions from the first that differs to the last.

    Both versions as they are, where a part of them could not be read by itself.
    """
    if _FAR_REACHING.search(old) or _FAR_REACHING.search(new):
        return old, new
    same = int(Prefix.similarity(old, new))
    alike = min(int(Postfix.similarity(old, new)), min(len(old), len(new)) - same)
    heads, tails = list(_headings(old)), set(_headings(new))
    first = max((each for each in heads if each <= same and each in tails), default=0)
    ends = (each for each in heads if each >= len(old) - alike)
    last = next((each for each in ends if each + len(new) - len(old) in tails), len(old))
    return old[first:last], new[first : last + len(new) - len(old)]


def _headings(text: str) -> Iterator[int]:
    """Yield where headings begin that nothing else can be around."""
    start = frontmatter.end(text)
    code = [(place, fence.end) for place, fence in fences.find(text, start)]
    for found in _HEADING.finditer(text, start):
        before = bisect(code, found.start(), key=itemgetter(0))
        if not before or code[before - 1][1] <= found.start():
            yield found.start()
