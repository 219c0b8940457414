"""Align a page with an older translation of it, to make its catalog.

The segments of both are paired in order by what a translation keeps: the kind of text,
links, code, numbers and, roughly, the length (Gale and Church, "A program for aligning
sentences in bilingual corpora", 1993, use length alone).
"""

from __future__ import annotations

import re
from dataclasses import replace

from bitext.catalog.units import Catalog
from bitext.page import inline
from bitext.page.segments import Page, Segment
from bitext.translate import pairing
from bitext.translate.merge import merge

_KEPT = re.compile(r"\d+(?:[.,]\d+)*|\[\^[^\]]+\]|\]\([^)\s]+")
# In the scale of `_likeness`. A pair of other kinds must cost more than to leave both out.
_SKIP = -0.6
_OTHER_KIND = -2.0


def align(page: Page, translated: Page, catalog: Catalog, path: str = "") -> Catalog:
    """Return `catalog`, merged with `page`, its missing units filled from `translated`.

    Segments that share little are left missing rather than guessed. Of a message that the page
    repeats, the first place counts.
    """
    found = {mine.message: theirs.message for mine, theirs in reversed(pairs(page, translated))}
    merged = merge(page, catalog, path=path)
    return replace(
        merged,
        units=tuple(
            unit._replace(translation=found[unit.message], fuzzy=False, previous=None)
            if unit.message in found and unit.state in ("missing", "suggested")
            else unit
            for unit in merged.units
        ),
    )


def pairs(page: Page, translated: Page) -> list[tuple[Segment, Segment]]:
    """Return the segments of two pages that are most likely the same text, in order."""
    source = [segment for segment in page.segments if segment.kind != "address"]
    other = [segment for segment in translated.segments if segment.kind != "address"]
    if [s.kind for s in source] == [s.kind for s in other]:
        return list(zip(source, other, strict=True))
    mine = [_features(segment) for segment in source]
    theirs = [_features(segment) for segment in other]

    def likeness(i: int, j: int) -> float:
        return _likeness(mine[i], theirs[j])

    found = pairing.best(len(mine), len(theirs), likeness, _SKIP)
    return [(source[i], other[j]) for i, j in found]


_Features = tuple[str, frozenset[str], int]


def _features(segment: Segment) -> _Features:
    """Return the kind of a segment, what a translation keeps of it, and its length in letters."""
    message = segment.message
    code = (e.key for e in inline.elements(message) if e.kind == "code")
    kept = frozenset((*_KEPT.findall(message), *code))
    wide = sum(ord(char) > 0x2E80 for char in message)
    return segment.kind, kept, len(message) + wide


def _likeness(mine: _Features, theirs: _Features) -> float:
    """Return -2 for another kind, up to 2 for the same links, code and numbers, and length."""
    if mine[0] != theirs[0]:
        return _OTHER_KIND
    union = mine[1] | theirs[1]
    shared = len(mine[1] & theirs[1]) / len(union) if union else 0.5
    length = min(mine[2], theirs[2]) / max(mine[2], theirs[2], 1)
    return shared + length - (0.5 if union and not shared else 0.0)
