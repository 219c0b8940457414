"""Find the page that a page which is gone has become, by what its catalogs say.

A catalog is named after its page, so a page that is renamed leaves its catalogs behind. They still
hold its messages, and a page with most of these and no translation of its own is the same page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

SAME = 0.5
"""The least share of their text that two pages have in common if one has become the other."""
LITTLE = 0.1
"""The least such share for which messages that stand on other pages too are looked at."""
CLEAR = 0.1
"""How much more the best page must share than any other that has the same text."""
EDITED = 78.0
"""The least likeness (per cent) of a message to an edited form of it."""

Messages = Collection[str]


@dataclass(frozen=True)
class Renames:
    """What has become of pages that are gone, by their paths."""

    pages: Mapping[str, str] = field(default_factory=dict)
    """The path that a page has now."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The paths of the pages that have the same text, where no one stands out."""


def find(gone: Mapping[str, Messages], new: Mapping[str, Messages]) -> Renames:
    """Match pages that are gone, by the messages of their catalogs, with `new` pages.

    A new page takes the catalogs of one page; of several that became one, those of the most alike.
    """
    unedited = frozenset().union(*gone.values()) & frozenset().union(*new.values())
    shares = {
        (old, path): share
        for old, messages in gone.items()
        for path, candidate in new.items()
        if (share := _share(messages, candidate, unedited)) >= SAME
    }
    doubts = {old: rivals for old in gone if (rivals := _rivals(old, shares, new))}
    pages: dict[str, str] = {}
    for old, path in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        if old not in pages and old not in doubts and path not in pages.values():
            pages[old] = path
    return Renames(pages, doubts)


def _rivals(
    old: str, shares: Mapping[tuple[str, str], float], new: Mapping[str, Messages]
) -> tuple[str, ...]:
    """Return the pages that may as well be what `old` has become; () if one stands out.

    The parts of a page that was split are no rivals: each has a text of its own.
    """
    alike = {path: share for (each, path), share in shares.items() if each == old}
    if not alike:
        return ()
    best = max(sorted(alike), key=lambda path: alike[path])
    close = [path for path in alike if alike[best] - alike[path] < CLEAR]
    rivals = [path for path in close if _share(new[best], new[path]) >= SAME]
    return tuple(sorted(rivals)) if len(rivals) > 1 else ()


def _share(one: Messages, other: Messages, unedited: frozenset[str] = frozenset()) -> float:
    """Return how much of two texts is in both, from 0 to 1; edited messages count in part.

    `unedited` are messages that stand as they are on some page, as most do. To hold each of them
    against all others takes ten times as long as all else, so a little must be in both without.
    """
    here, there = frozenset(one), frozenset(other)
    total = _length(here) + _length(there)
    if not total:
        return 0.0
    both = here & there
    if unedited and _agreeing(both, here - unedited, there - unedited, LITTLE * total) == 0.0:
        return 0.0
    return _agreeing(both, here, there, SAME * total) / total


def _agreeing(both: Messages, here: frozenset[str], there: frozenset[str], least: float) -> float:
    """Return the length of what is in two texts, twice; 0 if that is less than `least`."""
    shared = 2.0 * _length(both)
    rest, left = sorted(here.difference(both), key=len), sorted(there.difference(both))
    if shared + 2 * min(_length(rest), _length(left)) < least:
        return 0.0  # whatever was edited
    found = shared + sum(_edited(message, left) for message in rest)
    return found if found >= least else 0.0


def _edited(message: str, others: Sequence[str]) -> float:
    """Return the length of a message and its likest form among `others`, as far as they agree."""
    match = process.extractOne(message, others, scorer=fuzz.ratio, score_cutoff=EDITED)
    return (len(message) + len(match[0])) * match[1] / 100 if match else 0.0


def _length(messages: Messages) -> int:
    return sum(map(len, messages))
