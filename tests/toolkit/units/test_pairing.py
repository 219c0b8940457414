"""The best pairing in order, against every pairing there is."""

from __future__ import annotations

from itertools import combinations, pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from handbook.bitext.translate import pairing
from handbook.bitext.translate.pairing import best_pairs

_SIZES = st.integers(0, 4)


def score(pairs: list[tuple[int, int]], table: list[list[int]]) -> int:
    return sum(table[i][j] for i, j in pairs)


def every(rows: int, columns: int) -> list[list[tuple[int, int]]]:
    return [
        list(zip(some, others, strict=True))
        for size in range(min(rows, columns) + 1)
        for some in combinations(range(rows), size)
        for others in combinations(range(columns), size)
    ]


@given(st.data(), _SIZES, _SIZES)
def test_no_pairing_in_order_is_better(data: st.DataObject, rows: int, columns: int) -> None:
    row = st.lists(st.integers(-4, 4), min_size=columns, max_size=columns)
    table = data.draw(st.lists(row, min_size=rows, max_size=rows))
    found = best_pairs(rows, columns, lambda i, first, last: table[i][first:last])
    assert all(i < k and j < n for (i, j), (k, n) in pairwise(found))
    assert score(found, table) == max(score(pairs, table) for pairs in every(rows, columns))


@given(st.data(), st.integers(0, 12), st.integers(0, 12))
def test_a_band_has_the_same_pairs(data: st.DataObject, rows: int, columns: int) -> None:
    row = st.lists(st.integers(-1, 4), min_size=columns, max_size=columns)
    table = data.draw(st.lists(row, min_size=rows, max_size=rows))
    with patch.object(pairing, "_FIRST", data.draw(st.integers(0, 3))):
        found = best_pairs(rows, columns, lambda i, first, last: table[i][first:last], most=4)
    assert found == best_pairs(rows, columns, lambda i, first, last: table[i][first:last])


def test_of_texts_that_are_alike_few_are_compared() -> None:
    asked = 0

    def likeness(i: int, first: int, last: int) -> list[float]:
        nonlocal asked
        asked += last - first
        return [95.0 if i == j else 10.0 for j in range(first, last)]

    assert best_pairs(1000, 1000, likeness, most=100) == [(i, i) for i in range(1000)]
    assert asked < 200 * 1000


def test_of_pairings_equally_good_the_earlier_is_taken() -> None:
    assert best_pairs(1, 3, lambda i, first, last: [1.0] * 3) == [(0, 0)]
    assert best_pairs(3, 1, lambda i, first, last: [1.0]) == [(0, 0)]
