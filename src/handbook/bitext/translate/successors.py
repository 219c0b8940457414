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
        found.insert(0, led_on(old, new, found[0], newest))
    return tuple(found)


def led_on(old: Page, new: Page, later: Fates, newest: Page) -> Fates:
    """Return what has become of the passages of `old` in `newest`, by `later`, the fates of `new`.

    `new` is the version in between that `old` led to.
    """
    step = successors(old, new)
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
    return _compared(here, old, newest)


def _then(fate: Fate, later: Fates) -> Fate:
    """Return the fate of a passage by that of its successor."""
    return later.get(fate.number, fate) if fate.number else fate


def through(fates: Fates, later: Fates) -> Fates:
    """Return fates that lead to a version as those in the one that it led to, by `later`.

    Both are the same page in two languages: what was edited is told within each.
    """
    found = {number: (fate, _then(fate, later)) for number, fate in fates.items()}
    return {
        number: Fate(now.number, now.number is not None and (fate.is_edited or now.is_edited))
        for number, (fate, now) in found.items()
    }


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
    common = _common(old, new, before, after)
    worth = {pair: sum(shares.values()) for pair, shares in common.items()}

    def likeness(i: int, first: int, last: int) -> list[float]:
        return [worth.get((i, j), -1.0) for j in range(first, last)]

    found = dict(best_pairs(len(before), len(after), likeness))
    taken = {j: i for i, j in found.items()}
    best_first = sorted(worth, key=lambda each: -worth[each])
    for i, j in best_first:  # those that were moved
        if i not in found and j not in taken:
            found[i] = j
            taken[j] = i
    for i, j in best_first:  # and joined with others, but not those that only read as these do
        if i not in found and common[i, j].keys() - set(_keys(old, before[taken[j]])):
            found[i] = j
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


_Became = Mapping[str, Sequence[tuple[str, float]]]
"""The keys of the new messages that each old one became, with their certainty."""
_ELSEWHERE = 0.6
"""What words that a page has several times count under another heading: there they are others."""


def _common(
    old: Page, new: Page, before: Sequence[Numbered], after: Sequence[Numbered]
) -> dict[tuple[int, int], dict[str, float]]:
    """Return what each old passage has in common with each new one: parts of its text, by key.

    All parts together are 1 at most. Only pairs that have something in common are there.
    """
    became, holders, places = _became(old, new), _holders(old, before), _holders(new, after)
    common: dict[tuple[int, int], dict[str, float]] = {}
    for i, passage in enumerate(before):
        segments = [old.segments[index] for index in passage.segments]
        whole = sum(len(each.message) for each in segments)
        for segment in segments:
            for key, certainty in became.get(segment.key, ()):
                share = certainty * len(segment.message) / whole
                is_unique = len(holders[segment.key]) == len(places.get(key, ())) == 1
                for j in places.get(key, ()):
                    is_here = is_unique or _is_below_same(passage, old, after[j], new, became)
                    shares = common.setdefault((i, j), {})
                    shares[segment.key] = shares.get(segment.key, 0.0) + share * (
                        1.0 if is_here else _ELSEWHERE
                    )
    return common


def _holders(page: Page, passages: Sequence[Numbered]) -> dict[str, dict[int, None]]:
    """Return the passages, by their places, that have each message, by its key."""
    found: dict[str, dict[int, None]] = {}
    for place, passage in enumerate(passages):
        for key in _keys(page, passage):
            found.setdefault(key, {})[place] = None
    return found


def _keys(page: Page, passage: Numbered) -> list[str]:
    return [page.segments[index].key for index in passage.segments]


def _is_below_same(one: Numbered, old: Page, other: Numbered, new: Page, became: _Became) -> bool:
    """Tell whether a new passage is below the heading that an old one was below."""
    if one.heading is None or other.heading is None:
        return one.heading is other.heading
    later = became.get(old.segments[one.heading].key, ())
    return new.segments[other.heading].key in dict(later)


def _became(old: Page, new: Page) -> _Became:
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
