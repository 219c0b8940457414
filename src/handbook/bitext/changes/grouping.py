"""Pair the passages of two versions of a page.

Which passage was edited into which is found by the same merge that keeps translations: a catalog
is made of the old version whose translations are the numbers of its passages, and merged with the
new one. What the merge leaves alone, because its message is still there or no translation would
fit, is paired in its place, and then wherever it has moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes.passages import Passage
from handbook.bitext.page.segments import Page, Segment, messages
from handbook.bitext.translate import pairing
from handbook.bitext.translate.merge import ALIKE, entries, merge
from handbook.bitext.translate.revisions import EDITED


class Group(NamedTuple):
    """Passages that belong together, by their numbers in both versions."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


_MARK = re.compile("\x02(\\d+)\x03")


def groups(old: Sequence[Passage], new: Sequence[Passage]) -> list[Group]:
    """Return which passages of two versions belong together; each is in one group at most."""
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind:
        return [Group((0,), (0,))]
    found = sources(_page(old), _page(new))
    pairs = _Pairs(old, new)
    pairs.join_and_split(found)
    pairs.in_order([_single(found, each.key) for each in new])
    pairs.in_place()
    pairs.anywhere()
    return sorted(pairs.groups, key=lambda group: (group.new, group.old))


def _single(sources: Mapping[str, tuple[str, ...]], key: str) -> str:
    """Return the one key that a segment was made from; where there is not one, what is no key."""
    found = sources.get(key, ())
    return found[0] if len(found) == 1 else "\0"


def sources(old: Page, new: Page) -> dict[str, tuple[str, ...]]:
    """Return the keys of the old segments that each new one was made from, as the merge sees it."""
    keys = list(messages(old.segments))
    merged = merge(new, numbered(old))
    return {
        unit.key: tuple(keys[int(number)] for number in _MARK.findall(unit.translation))
        for unit in merged.units
        if unit.state != "suggested"  # a look-alike is no edit
    }


def numbered(page: Page) -> Catalog:
    """Return a catalog of a page in which each translation begins with the number of its unit.

    Behind it stands the message: links are followed only where a translation has them.
    """
    notes = {key: note for note, _, key in entries(page, "")}
    known = messages(page.segments)
    return Catalog(
        {},
        tuple(
            Unit(s.message, _numbered(n, s.message), note=notes[key], context=s.context)
            for n, (key, s) in enumerate(known.items())
        ),
    )


def _numbered(number: int, message: str) -> str:
    """Return a message behind a number, without what would begin another number in it."""
    return f"\x02{number}\x03" + message.replace("\x02", "")


def _page(found: Sequence[Passage]) -> Page:
    """Return passages as a page that can be merged."""
    return Page("", tuple(_segment(each) for each in found))


def _segment(passage: Passage) -> Segment:
    context, mark, message = passage.key.rpartition("\x04")
    return Segment(passage.kind, message, (), "", context=context if mark else None)


class _Pairs:
    """Passages of two versions that are being paired; once paired, each is left alone."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self._old, self._new = old, new
        self.groups: list[Group] = []
        self._old_left = dict.fromkeys(range(len(old)))
        self._new_left = dict.fromkeys(range(len(new)))

    def _take(self, old: Iterable[int], new: Iterable[int], is_moved: bool = False) -> None:
        group = Group(tuple(old), tuple(new), is_moved)
        self.groups.append(group)
        for number in group.old:
            del self._old_left[number]
        for number in group.new:
            del self._new_left[number]

    def join_and_split(self, sources: Mapping[str, tuple[str, ...]]) -> None:
        """Pair what was joined or divided.

        `sources` has the keys of the old passages that each new one was made from.
        """
        places = _places(self._old)
        shared = Counter(keys for keys in sources.values() if len(keys) == 1)
        for j in list(self._new_left):
            if j not in self._new_left:
                continue  # it was a part of the one before
            keys = sources.get(self._new[j].key, ())
            old = [n for key in keys for n in places[key] if n in self._old_left]
            if len(keys) > 1 and len(old) == len(keys) and _is_run(old):
                self._take(old, [j])
            elif len(keys) == 1 and shared[keys] > 1:
                self._divide(old[:1], self._parts(j, sources))

    def _parts(self, first: int, sources: Mapping[str, tuple[str, ...]]) -> list[int]:
        """Return the new passages from `first` on that were made from the same old one."""
        keys, parts = sources.get(self._new[first].key), [first]
        while parts[-1] + 1 in self._new_left and sources.get(self._new[parts[-1] + 1].key) == keys:
            parts.append(parts[-1] + 1)
        return parts

    def _divide(self, old: Sequence[int], parts: Sequence[int]) -> None:
        """Pair an old passage with its parts, if these are all of it together."""
        whole = " ".join(self._new[n].text for n in parts)
        if old and len(parts) > 1 and fuzz.ratio(whole, self._old[old[0]].text) >= ALIKE:
            self._take(old, parts)

    def in_order(self, sources: Sequence[str]) -> None:
        """Pair what the merge has paired, in order; what is out of order was moved."""
        old, new = list(self._old_left), list(self._new_left)
        mine, theirs = [self._old[i].key for i in old], [sources[j] for j in new]
        for step in LCSseq.opcodes(mine, theirs):
            if step.tag == "equal":
                for i, j in zip(
                    old[step.src_start : step.src_end],
                    new[step.dest_start : step.dest_end],
                    strict=True,
                ):
                    self._take([i], [j])
        left: dict[str, list[int]] = {}
        for i in self._old_left:
            left.setdefault(self._old[i].key, []).append(i)
        for j in list(self._new_left):
            if waiting := left.get(sources[j]):
                self._take([waiting.pop(0)], [j], is_moved=True)

    def in_place(self) -> None:
        """Pair what is left between the same neighbours: by likeness, or else one by one."""
        for old, new in self._gaps():
            for i, j in self._alike(old, new):
                self._take([old[i]], [new[j]])
        for old, new in self._gaps():
            kinds = [self._old[i].kind for i in old]
            if kinds == [self._new[j].kind for j in new]:
                for i, j in zip(old, new, strict=True):
                    self._take([i], [j])

    def _alike(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        def likeness(i: int, first: int, last: int) -> list[float]:
            mine = self._old[old[i]]
            return [
                fuzz.ratio(mine.text, theirs.text, score_cutoff=EDITED) or -1.0
                if mine.is_given == theirs.is_given
                else -1.0
                for theirs in (self._new[j] for j in new[first:last])
            ]

        return pairing.best_pairs(len(old), len(new), likeness, most=100.0)

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        """Return the passages that are left between neighbors that are paired in order."""
        anchors = [(g.old[-1], g.new[-1]) for g in self.groups if not g.is_moved]
        ends = [(-1, -1), *sorted(anchors, key=lambda each: each[1]), (_FAR, _FAR)]
        found = []
        for (i, j), (i_end, j_end) in pairwise(ends):
            old = [n for n in self._old_left if i < n < i_end]
            new = [n for n in self._new_left if j < n < j_end]
            if old and new:
                found.append((old, new))
        return found

    def anywhere(self) -> None:
        """Pair what was moved and edited: what is much alike, wherever it stands."""
        scored = sorted(
            (
                (-score, j, i)
                for j in self._new_left
                for i in self._old_left
                if (score := self._moved_likeness(i, j)) >= ALIKE
            ),
        )
        for _, j, i in scored:
            if i in self._old_left and j in self._new_left:
                self._take([i], [j], is_moved=True)

    def _moved_likeness(self, i: int, j: int) -> float:
        mine, theirs = self._old[i].text, self._new[j].text
        if not mine or (min(len(mine), len(theirs)) < _SHORTEST and mine != theirs):
            return 0.0  # pictures are alike in that they have no words
        return fuzz.ratio(mine, theirs, score_cutoff=ALIKE)


_FAR = 10**9
_SHORTEST = 8
"""The letters from which on two texts in different places that are alike are one that was moved."""


def _places(found: Sequence[Passage]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, each in enumerate(found):
        places.setdefault(each.key, []).append(number)
    return places


def _is_run(numbers: Sequence[int]) -> bool:
    return all(second == first + 1 for first, second in pairwise(numbers))
