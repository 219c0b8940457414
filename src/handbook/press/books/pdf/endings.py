"""The space between lines with which a chapter does not end on a page that is all but empty.

A chapter whose last page has only a few lines is set a little tighter, so that the page goes, or
a little wider, so that more comes onto it. What a space comes to is seen when it is printed, so
Typst is asked again until the chapter ends well or nothing is left to try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

LONGEST = 150_000
"""Spaces are tried of chapters of at most so many bytes in Typst: each trial is kept in
memory, and of forty printed pages nobody minds how the last one ends."""
ROUNDS = 6
"""How often a document is laid out before the best of what was tried is taken."""
LEAST = 0.16
"""The part of a page that a chapter's last page has to fill: eight lines."""
FULL = 0.24
"""The part that it should fill: what is less looks left over."""
_WORTH = 0.2
"""How much the space may change for that alone."""
_SAFE = 0.012
"""What is added to what a space has to gain, for the estimate is one: half a line of a page."""
_SPACES = sorted((step / 100 for step in range(76, 134, 2)), key=lambda each: abs(each - 1))
"""The spaces that may be tried, as factors, that which changes least first."""
_GUESSES = 2
"""How many estimates are trusted."""
_LAST = (0.84, 1.2, 0.76, 1.32)
"""What is tried after them: a heading that keeps to its text moves in steps."""
_SHARE = 0.42
"""How much of a page's height is space between lines, as long as it has not been measured."""


class Tuning(NamedTuple):
    """What the trials of a chapter found for books."""

    space: float = 1
    """The space between lines with which it ends well, as a factor."""
    moved: tuple[tuple[str, int], ...] = ()
    """The drawings and tables that, kept whole, would leave a page white: the label of the place of
    each, and the number of the way in which it is printed."""
    pages: int = 0
    """How many pages it has in a book; 0 if that was not tried."""


@dataclass(frozen=True)
class Ending:
    """Where a chapter ends that was laid out with a space."""

    space: float
    """A factor: 1 is the space of the book."""
    pages: int
    filled: float
    """The part of its last page that is filled."""

    @property
    def is_short(self) -> bool:
        """Whether its last page is all but empty; a chapter of one page has no other."""
        return self.pages > 1 and self.filled < LEAST

    @property
    def is_full(self) -> bool:
        """Whether nobody would ask why its last page is there."""
        return self.pages == 1 or self.filled >= FULL

    @property
    def height(self) -> float:
        """The height of the chapter, in pages."""
        return self.pages - 1 + self.filled


def next_space(tried: Sequence[Ending]) -> float | None:
    """Return the space to try next after all that were tried; None if one does, or none is left."""
    if any(each.is_full for each in tried):
        return None
    last, share = tried[-1], _share(tried)
    is_short = all(each.is_short for each in tried)
    done = {each.space for each in tried}
    spaces = [each for each in _SPACES if is_short or abs(each - 1) <= _WORTH]
    untried = [each for each in spaces if each not in done]
    for space in untried if len(tried) <= _GUESSES else ():
        height = last.height * (1 + share * (space - last.space))
        if FULL + _SAFE <= height % 1 <= 1 - _SAFE:
            return space
    return next((each for each in _LAST if each in untried), None) if is_short else None


def best_space(tried: Sequence[Ending]) -> float:
    """Return the space of the ending that is best; the usual one where no other is better."""
    return max(tried, key=lambda each: (each.is_full, each.filled, -abs(each.space - 1))).space


def _share(tried: Sequence[Ending]) -> float:
    """Return how much of the chapter's height is space between lines, as the trials show."""
    shares = [
        (two.height - one.height) / (two.space - one.space) / one.height
        for one, two in pairwise(tried)
    ]
    return min(max(shares[-1], 0.25), 0.9) if shares else _SHARE
