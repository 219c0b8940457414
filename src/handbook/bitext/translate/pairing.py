"""Pair the items of two sequences in order, so that the pairs are as similar as possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

Likeness = Callable[[int, int, int], Sequence[float]]
"""A function that returns how like a row is to the columns from one on up to another.

The higher, the better a pair.
"""


def best_pairs(
    rows: int, columns: int, likeness: Likeness, most: float = inf
) -> list[tuple[int, int]]:
    """Return pairs of a row and a column, both rising, with the greatest sum of likeness.

    A row or a column without a pair adds nothing, so a pair of a likeness below 0 is never made
    (Needleman and Wunsch, 1970). Of equal sums, the one with the earlier pairs is chosen. Where no
    likeness is above `most`, only pairs that may be among the best are looked at: whatever leaves
    a band around the diagonal leaves out a row or a column for each step, and what it then has at
    most is compared with the best sum within the band (Ukkonen, 1985).
    """
    every = max(rows, columns)
    width = every if most == inf else min(every, _FIRST)
    found = _within(rows, columns, width, likeness)
    wanted = 0 if most == inf else min(rows, columns) - int(found.sum / most)
    if width < min(every, wanted):
        found = _within(rows, columns, wanted, likeness)
    return _pairs(found)


_FIRST = 16
"""How wide the band is at first."""
_PAIR, _ROW, _COLUMN = range(3)
"""A step: a pair, a row without one, or a column without one."""


class _Found(NamedTuple):
    """The best sum within a band, and for each row its first column and the steps from there."""

    sum: float
    steps: Sequence[tuple[int, bytearray]]


def _within(rows: int, columns: int, width: int, likeness: Likeness) -> _Found:
    """Return the best sum of pairs that are within a band around the diagonal."""
    low, high = min(0, columns - rows) - width, max(0, columns - rows) + width
    # `sums[j]` is the best sum from row i and column j on.
    sums = [0.0 if j >= rows + low else -inf for j in range(columns + 1)]
    steps: list[tuple[int, bytearray]] = []
    for i in range(rows - 1, -1, -1):
        first, last = max(0, i + low), min(columns, i + high + 1)
        alike, row = likeness(i, first, last), bytearray(last - first)
        diagonal, right = sums[last], 0.0 if last == columns else -inf
        for j in range(last - 1, first - 1, -1):
            below = sums[j]
            best, step = diagonal + alike[j - first], _PAIR
            if below > best:
                best, step = below, _ROW
            if right > best:
                best, step = right, _COLUMN
            sums[j] = right = best
            row[j - first], diagonal = step, below
        steps.append((first, row))
    return _Found(sums[0], steps[::-1])


def _pairs(found: _Found) -> list[tuple[int, int]]:
    """Return the pairs on the way of the best sum."""
    pairs = []
    i = j = 0
    while i < len(found.steps):
        first, row = found.steps[i]
        if j - first == len(row):
            break
        step = row[j - first]
        if step == _PAIR:
            pairs.append((i, j))
        i, j = i + (step != _COLUMN), j + (step != _ROW)
    return pairs
