"""Split rows of pipe tables into cells, as Python-Markdown does (TableProcessor)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator

from handbook.bitext.page.segments import Span

_PIPES = re.compile(r"(\\\\)|(\\`+)|(`+)|(\\\|)|(\|)")
_PIPE = re.compile(r"\|")
_NOWHERE = (sys.maxsize, sys.maxsize)
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def borders(row: str) -> int:
    """Return which borders a table has, by its first row: 1 for left plus 2 for right."""
    return row.startswith("|") | bool(_END_BORDER.search(row)) << 1


def cells(row: str, borders: int) -> list[Span]:
    """Return the spans of the cells of a row (TableProcessor._split).

    Pipes that are escaped, or in code, do not divide cells. `borders`: see the function.
    """
    start, end = 0, len(row)
    if borders:
        start = row.startswith("|")
        if _END_BORDER.search(row) and end > start:
            end -= 1
    pipes: list[int] = []
    ticks: list[tuple[int, int, int]] = []
    if "`" not in row and "\\" not in row:
        pipes = [match.start() for match in _PIPE.finditer(row, start, end)]
    else:
        for match in _PIPES.finditer(row, start, end):
            if match[2]:
                ticks.append((len(match[2]) - 1, match.start(), 1))
            elif match[3]:
                ticks.append((len(match[3]), match.start(), 0))
            elif match[5]:
                pipes.append(match.start())
    bounds = list(_outside(pipes, _regions(ticks)))
    return list(zip([start, *(p + 1 for p in bounds)], [*bounds, end], strict=True))


def _outside(pipes: list[int], regions: Iterator[Span]) -> Iterator[int]:
    """Yield the pipes that are in none of the regions; both are in order."""
    first, last = next(regions, _NOWHERE)
    for pipe in pipes:
        while last < pipe:
            first, last = next(regions, _NOWHERE)
        if pipe < first:
            yield pipe


def _regions(ticks: list[tuple[int, int, int]]) -> Iterator[Span]:
    """Yield the spans of code between runs of as many backticks."""
    places: dict[int, list[int]] = {}
    for number, tick in enumerate(ticks):
        places.setdefault(tick[0], []).append(number)
    i = 0
    while i < len(ticks):
        size = ticks[i][0] - ticks[i][2]
        same = places.get(size, [])
        if size and (following := bisect_right(same, i)) < len(same):
            closing = same[following]
            yield ticks[i][1], ticks[closing][1] + size - 1
            i = closing
        i += 1
