"""How problems are worded."""

from __future__ import annotations

from handbook.bitext.problem import amount


def test_one_is_no_plural() -> None:
    told = [amount(number, "page") for number in (0, 1, 2, 21)]
    assert told == ["0 pages", "1 page", "2 pages", "21 pages"]
