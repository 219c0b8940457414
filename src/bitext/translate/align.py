"""Align a page with an older translation of it, to fill its catalog.

The segments of both are paired in order by what a translation keeps: the kind of text,
links, code, numbers and, roughly, the length (Gale and Church, "A program for aligning
sentences in bilingual corpora", 1993, use length alone).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from bitext.catalog.units import Catalog, Unit
from bitext.page import inline
from bitext.page.segments import Page, Segment
from bitext.translate import pairing
from bitext.translate.merge import merge

_KEPT = re.compile(r"\d+(?:[.,]\d+)*|\[\^[^\]]+\]|\]\([^)\s]+")
# In the scale of `_likeness`. A pair of different kinds must cost more than to skip both.
_SKIP = -0.6
_OTHER_KIND = -2.0


def align(page: Page, translated: Page, catalog: Catalog, path: str = "") -> Catalog:
    """Return `catalog`, merged with `page`, its missing translations taken from `translated`.

    Segments that have little in common are left missing, not guessed. If the page repeats a
    message, the first place counts.
    """
    found = {mine.key: theirs.message for mine, theirs in reversed(pairs(page, translated))}
    merged = merge(page, catalog, path=path)
    return replace(merged, units=tuple(_filled(unit, found) for unit in merged.units))


def _filled(unit: Unit, found: Mapping[str, str]) -> Unit:
    """Return `unit` with the translation found for it, unless it already has one."""
    is_copy = unit.note.startswith("number") and unit.translation == unit.message
    if unit.key not in found or (unit.state in ("current", "changed") and not is_copy):
        return unit
    return unit._replace(translation=found[unit.key], fuzzy=False, previous=None)


def pairs(page: Page, translated: Page) -> list[tuple[Segment, Segment]]:
    """Return the pairs of segments of two pages that are most likely the same text, in order."""
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


class _Features(NamedTuple):
    """The features of a segment that its translation shares."""

    kind: str
    kept: frozenset[str]
    """Numbers, footnote marks, link targets and code."""
    length: int
    """In letters; those of East Asian scripts count twice."""


def _features(segment: Segment) -> _Features:
    message = segment.message
    code = (e.key for e in inline.elements(message) if e.kind == "code")
    kept = frozenset((*_KEPT.findall(message), *code))
    wide = sum(ord(char) > 0x2E80 for char in message)
    return _Features(segment.kind, kept, len(message) + wide)


def _likeness(mine: _Features, theirs: _Features) -> float:
    """Return the likeness of two segments: -2 for different kinds, 2 for all features alike."""
    if mine.kind != theirs.kind:
        return _OTHER_KIND
    union = mine.kept | theirs.kept
    shared = len(mine.kept & theirs.kept) / len(union) if union else 0.5
    length = min(mine.length, theirs.length) / max(mine.length, theirs.length, 1)
    return shared + length - (0.5 if union and not shared else 0.0)
