"""Make a catalog of a page and an older translation of it.

Both are read into segments; the two sequences are aligned in order by what a translation
keeps: the kind of text, links, code, numbers and, roughly, the length (Gale and Church,
"A program for aligning sentences in bilingual corpora", 1993, use length alone).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.catalog.units import Catalog
from bitext.page import inline
from bitext.page.segments import Page, Segment
from bitext.translate.merge import merge

_KEPT = re.compile(r"\d+(?:[.,]\d+)*|\[\^[^\]]+\]|\]\([^)\s]+")
_SKIP = -0.6
_OTHER_KIND = -2.0


def align(page: Page, translated: Page, catalog: Catalog, path: str = "") -> Catalog:
    """`catalog`, merged with `page`, its missing units filled from `translated`.

    Pairs that share little are left missing rather than guessed.
    """
    pairs = dict(_pairs(page.segments, translated.segments))
    merged = merge(page, catalog, path=path)
    return replace(
        merged,
        units=tuple(
            unit._replace(translation=pairs[unit.message], fuzzy=False, previous=None)
            if unit.message in pairs and unit.state in ("missing", "suggested")
            else unit
            for unit in merged.units
        ),
    )


def _pairs(source: Sequence[Segment], other: Sequence[Segment]) -> list[tuple[str, str]]:
    source = [segment for segment in source if segment.kind != "address"]
    other = [segment for segment in other if segment.kind != "address"]
    if [s.kind for s in source] == [s.kind for s in other]:
        matched = list(zip(source, other, strict=True))
    else:
        matched = _aligned(source, other)
    return [(mine.message, theirs.message) for mine, theirs in reversed(matched)]


def _aligned(source: Sequence[Segment], other: Sequence[Segment]) -> list[tuple[Segment, Segment]]:
    """The best pairing in order (Needleman and Wunsch, 1970)."""
    rows, columns = len(source), len(other)
    mine = [_features(segment) for segment in source]
    theirs = [_features(segment) for segment in other]
    best = [[_SKIP * (i + j) for j in range(columns + 1)] for i in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            pair = best[i - 1][j - 1] + _likeness(mine[i - 1], theirs[j - 1])
            best[i][j] = max(pair, best[i - 1][j] + _SKIP, best[i][j - 1] + _SKIP)
    pairs = []
    i, j = rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j - 1] + _likeness(mine[i - 1], theirs[j - 1]):
            pairs.append((source[i - 1], other[j - 1]))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j] + _SKIP:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


_Features = tuple[str, frozenset[str], int]


def _features(segment: Segment) -> _Features:
    """What a translation keeps of a segment, and its weight in letters."""
    message = segment.message
    code = (e.key for e in inline.elements(message) if e.kind == "code")
    kept = frozenset((*_KEPT.findall(message), *code))
    wide = sum(ord(char) > 0x2E80 for char in message)
    return segment.kind, kept, len(message) + wide


def _likeness(mine: _Features, theirs: _Features) -> float:
    """From -2 (another kind) to 2 (the same links, code and numbers, and as long)."""
    if mine[0] != theirs[0]:
        return _OTHER_KIND
    union = mine[1] | theirs[1]
    shared = len(mine[1] & theirs[1]) / len(union) if union else 0.5
    length = min(mine[2], theirs[2]) / max(mine[2], theirs[2], 1)
    return shared + length - (0.5 if union and not shared else 0.0)
