"""Pair the items of two sequences in order, so that the pairs are as similar as possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def best_pairs(
    rows: int, columns: int, likeness: Callable[[int], Sequence[float]]
) -> list[tuple[int, int]]:
    """Return pairs of a row and a column, both rising, with the greatest sum of likeness.

    `likeness` returns how like a row is to each column; the higher, the better a pair. A row or a
    column without a pair adds nothing, so a pair of a likeness below 0 is never made (Needleman and
    Wunsch, 1970). Of equal sums, the one with the earlier pairs is chosen.
    """
    # `sums[j]` is the best sum from row i and column j on; `steps[i][j]` is its first step.
    sums = [0.0] * (columns + 1)
    steps = [[(0, 0)] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        below, sums, alike = sums, [0.0] * (columns + 1), likeness(i)
        for j in range(columns - 1, -1, -1):
            sums[j], steps[i][j] = below[j + 1] + alike[j], (1, 1)
            if below[j] > sums[j]:
                sums[j], steps[i][j] = below[j], (1, 0)
            if sums[j + 1] > sums[j]:
                sums[j], steps[i][j] = sums[j + 1], (0, 1)
    pairs = []
    i = j = 0
    while i < rows and j < columns:
        down, right = steps[i][j]
        if down and right:
            pairs.append((i, j))
        i, j = i + down, j + right
    return pairs
