"""Follow the numbered passages of a page from one version of its source to another.

Which old message became which new one is told by the merge, the same that keeps translations: the
messages of the old version are given marks for translations, and where the merge puts a mark, the
new message is the old one, the same or edited. So a number finds its passage as surely as a
translation does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from handbook.bitext.catalog.units import Catalog
from handbook.bitext.page.numbers import Numbered, numbered
from handbook.bitext.page.segments import Page, messages
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.pairing import best_pairs
from handbook.bitext.translate.sameness import is_editorial

_MARK = "\ue6a2{}\ue6a3"
_MARKS = re.compile("\ue6a2(\\d+)\ue6a3")
_WORTH = {"current": 1.0, "changed": 0.8, "suggested": 0.5, "missing": 0.0}
"""What a pair of messages counts: a look-alike in another place less than an edit in its place."""


class Fate(NamedTuple):
    """What became of a passage of an older version."""

    number: str | None
    """Its number now; None if it is gone."""
    is_edited: bool
    """Whether its words are others now."""


Fates = Mapping[str, Fate]
"""The fate of each passage of a version, by its number in it."""


def followed(versions: Sequence[Page]) -> tuple[Fates, ...]:
    """Return what has become, in the last of some versions, of the passages of each.

    They are followed from version to version: each edit is small, and all together may leave
    hardly a word as it was. A passage that was deleted on the way is looked for once more,
    directly: it may have been put back.
    """
    if not versions:
        return ()
    newest = versions[-1]
    found: list[Fates] = [{each.number: Fate(each.number, False) for each in numbered(newest)}]
    for old, new in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
        step, later = successors(old, new), found[0]
        here = {number: _then(fate, later) for number, fate in step.items()}
        if any(fate.number is None for fate in here.values()):
            direct = successors(old, newest)
            taken = {fate.number for fate in here.values()}
            here = {
                number: direct[number]
                if fate.number is None and direct[number].number not in taken
                else fate
                for number, fate in here.items()
            }
        found.insert(0, _compared(here, old, newest))
    return tuple(found)


def _then(fate: Fate, later: Fates) -> Fate:
    """Return the fate of a passage by that of its successor."""
    return later.get(fate.number, fate) if fate.number else fate


def _compared(fates: Fates, old: Page, new: Page) -> Fates:
    """Return `fates`, edited only where the words of `old` and `new` differ.

    An edit on the way may have been undone.
    """
    before, after = ({p.number: p for p in numbered(page)} for page in (old, new))
    return {
        number: Fate(
            fate.number,
            fate.number is not None
            and not _says_the_same(before[number], old, after[fate.number], new),
        )
        for number, fate in fates.items()
    }


def successors(old: Page, new: Page) -> Fates:
    """Return the fate of each numbered passage of `old` in `new`, an edited form of the page."""
    before, after = numbered(old), numbered(new)
    worth = _worth(old, new, before, after)

    def likeness(i: int, first: int, last: int) -> list[float]:
        return [worth.get((i, j), -1.0) for j in range(first, last)]

    pairs = best_pairs(len(before), len(after), likeness)
    found = dict(pairs)
    taken = set(found.values())
    best_first = sorted(worth, key=lambda each: -worth[each])
    for i, j in best_first:  # those that were moved
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    for i, j in best_first:  # and joined with others
        found.setdefault(i, j)
    return {
        passage.number: _fate(passage, old, after[found[i]], new)
        if i in found
        else Fate(None, False)
        for i, passage in enumerate(before)
    }


def _fate(one: Numbered, old: Page, other: Numbered, new: Page) -> Fate:
    return Fate(other.number, not _says_the_same(one, old, other, new))


def _says_the_same(one: Numbered, old: Page, other: Numbered, new: Page) -> bool:
    mine = [old.segments[index].message for index in one.segments]
    theirs = [new.segments[index].message for index in other.segments]
    return len(mine) == len(theirs) and all(map(is_editorial, mine, theirs))


def _worth(
    old: Page, new: Page, before: Sequence[Numbered], after: Sequence[Numbered]
) -> dict[tuple[int, int], float]:
    """Return how much each old passage has in common with each new one, from 0 to 1.

    Only pairs that have something in common are there.
    """
    became = _became(old, new)
    places: dict[str, list[int]] = {}
    for j, passage in enumerate(after):
        for index in passage.segments:
            places.setdefault(new.segments[index].key, []).append(j)
    worth: dict[tuple[int, int], float] = {}
    for i, passage in enumerate(before):
        segments = [old.segments[index] for index in passage.segments]
        whole = sum(len(each.message) for each in segments)
        for segment in segments:
            for key, certainty in became.get(segment.key, ()):
                for j in dict.fromkeys(places.get(key, ())):
                    share = certainty * len(segment.message) / whole
                    worth[i, j] = worth.get((i, j), 0.0) + share
    return worth


def _became(old: Page, new: Page) -> dict[str, list[tuple[str, float]]]:
    """Return the keys of the new messages that each old one became, with their certainty."""
    catalog = merge(old, Catalog({}))
    units = tuple(
        unit._replace(translation=_MARK.format(number), fuzzy=False, previous=None)
        for number, unit in enumerate(catalog.units)
    )
    keys = list(messages(old.segments))
    found: dict[str, list[tuple[str, float]]] = {}
    for unit in merge(new, replace(catalog, units=units)).units:
        for number in map(int, _MARKS.findall(unit.translation)):
            found.setdefault(keys[number], []).append((unit.key, _WORTH[unit.state]))
    return found
