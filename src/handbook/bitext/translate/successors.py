"""Follow the numbered passages of a page from one version of its source to another.

Which old message became which new one is told by the merge, the same that keeps translations: the
messages of the old version are given marks for translations, and where the merge puts a mark, the
new message is the old one, the same or edited. So a number finds its passage as surely as a
translation does. What was written anew has hardly a word to be told by: from one version to the
next, its place among its neighbours tells what stands there now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
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
    is_rewritten: bool = False
    """Whether only its place tells its successor: it was written anew, or another was put there."""


_GONE = Fate(None, is_edited=False)
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
    for number, place in _in_place(step, old, new).items():
        fate = later.get(place, _GONE)
        if not here[number].number and fate.number:
            here[number] = fate._replace(is_rewritten=True)
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
        number: Fate(
            now.number,
            fate.is_edited or now.is_edited,
            fate.is_rewritten or now.is_rewritten,
        )
        if now.number
        else _GONE
        for number, (fate, now) in found.items()
    }


def _compared(fates: Fates, old: Page, new: Page) -> Fates:
    """Return `fates`, edited only where the words of `old` and `new` differ.

    An edit on the way may have been undone.
    """
    before, after = ({p.number: p for p in numbered(page)} for page in (old, new))
    return {
        number: _fate(before[number], old, after[fate.number], new, fate.is_rewritten)
        if fate.number
        else _GONE
        for number, fate in fates.items()
    }


def _in_place(fates: Fates, old: Page, new: Page) -> dict[str, str]:
    """Return the numbers of what stands in `new` where passages that are gone stood in `old`.

    It does where below one heading, between the same two neighbors, as many have come as are gone,
    each of the same kind.
    """
    before, after = numbered(old), numbered(new)
    places = {each.number: place for place, each in enumerate(after)}
    led = [(i, places[now]) for i, each in enumerate(before) if (now := fates[each.number].number)]
    taken = {j for _, j in led}
    same = {_heading(each, new): each.heading for each in after}
    headings = {each.heading: same.get(_heading(each, old), -1) for each in before}
    headings |= {before[i].heading: after[j].heading for i, j in led}
    found: dict[str, str] = {}
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *led, (len(before), len(after))]):
        if not taken.isdisjoint(range(j + 1, next_j)):
            continue
        for heading, run in groupby(before[i + 1 : next_i], key=lambda each: each.heading):
            gone = list(run)
            come = [each for each in after[j + 1 : next_j] if each.heading == headings[heading]]
            if [_kinds(each, old) for each in gone] == [_kinds(each, new) for each in come]:
                found |= {one.number: other.number for one, other in zip(gone, come, strict=True)}
    return found


def _heading(passage: Numbered, page: Page) -> str | None:
    return None if passage.heading is None else page.segments[passage.heading].key


def _kinds(passage: Numbered, page: Page) -> list[str]:
    return [page.segments[index].kind for index in passage.segments]


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
        passage.number: _fate(passage, old, after[found[i]], new) if i in found else _GONE
        for i, passage in enumerate(before)
    }


def _fate(one: Numbered, old: Page, other: Numbered, new: Page, is_rewritten: bool = False) -> Fate:
    is_edited = not _says_the_same(one, old, other, new)
    return Fate(other.number, is_edited, is_edited and is_rewritten)


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
