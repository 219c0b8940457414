"""Tables that can be read on any screen: figures aligned, and on a narrow one each row as a card.

On a narrow screen the columns of a table are a few letters wide. There the styles of the theme show
each row as a card instead, with the head of its column before each value. Both are decided here,
because styles cannot know what is in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from handbook.bitext.languages.scripts import is_wide
from handbook.press.core import tree
from handbook.press.core.tree import Element

_FITTING = 36
"""The width of a table, in Latin letters, that fits the screen of a phone."""
_CROWDED = 34
"""The width of the longest words of a form's columns, in Latin letters, that does not fit it."""
_PHRASE = 8
"""How much of a word is kept whole in a script without spaces."""
_LONG = 16
"""How many rows make a timeline so long that its years are folded on the screen of a phone."""
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_FIGURE = re.compile(r"[\d\s.,:%+\-−–—/()€$£¥~±×'’]*|\d+ ?[^\W\d_]{1,2} ?\d+")
"""A figure, or two with a short word between, such as *2 or 3*."""

Row = Sequence[Element]


def lay_out(content: Element) -> None:
    """Align the columns of figures in the tables of a page; mark wide tables with `data-cards`.

    The cells of a marked table name their column in `data-label`. The rows of a long one whose
    first cells are dates in order have their year in `data-year`: assets/fold.js folds them. Tables
    with a class of their own, or with cells that span others, are left as they are.
    """
    for table in content.xpath(".//table[not(@class) and not(.//@colspan or .//@rowspan)]"):
        heads: Row = table.xpath("./thead/tr[1]/th")
        rows: list[Row] = [row.xpath("./td") for row in table.xpath("./tbody/tr")]
        if not heads or not all(len(row) == len(heads) for row in rows):
            continue
        _align(heads, rows)
        if _width([heads, *rows]) > _FITTING:
            table.set("data-cards", "")
            _mark_years(rows)
            _name_columns(heads, rows)


def lay_out_form(content: Element) -> None:
    """Mark the heads of columns to write in that stand `on-end` on a phone: all columns fit it.

    No figure, such as *15–30*, is broken.
    """
    for cell in content.iter("td"):
        if _has_digit(tree.text(cell)) and _FIGURE.fullmatch(tree.text(cell)):
            cell.set("style", f"{cell.get('style', '')} white-space: nowrap;".lstrip())
    for table in content.iter("table"):
        rows: list[Row] = [row.xpath("./th | ./td") for row in table.iter("tr")]
        if len({len(row) for row in rows}) != 1:
            continue
        columns = list(zip(*rows, strict=True))
        if sum(max(map(_word_width, column)) for column in columns) <= _CROWDED:
            continue
        for head, *cells in columns[1:]:
            if not any(map(tree.text, cells)) and _cell_width(head) > _PHRASE // 2:
                head.set("class", "on-end")


def _align(heads: Row, rows: Sequence[Row]) -> None:
    """Align columns of figures to the right, as `---:` does; the first is what a row is about."""
    for head, *cells in list(zip(heads, *rows, strict=True))[1:]:
        found = [tree.text(cell) for cell in cells]
        if any(map(_has_digit, found)) and all(map(_FIGURE.fullmatch, found)):
            for cell in (head, *cells):
                if not cell.get("style"):
                    cell.set("style", "text-align: right;")


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _width(rows: Sequence[Row]) -> int:
    """Return how wide a table is if no cell is broken into lines, in Latin letters."""
    return sum(max(map(_cell_width, column)) for column in zip(*rows, strict=True))


def _cell_width(cell: Element) -> int:
    text = tree.text(cell)
    return len(text) + sum(map(is_wide, text)) + 2


def _word_width(cell: Element) -> int:
    """Return how wide a cell is at least, with its lines broken between words."""
    words = tree.text(cell).split()
    wide = any(is_wide(each) for word in words for each in word)
    longest = max(map(len, words), default=0)
    return 1 + (min(2 * longest, _PHRASE) if wide else longest)


def _name_columns(heads: Row, rows: Sequence[Row]) -> None:
    """Give each cell the head of its column, but those of the first and of two columns alone."""
    names = [_name(head) for head in heads]
    for row in rows if len(heads) > 2 else ():
        for cell, name in list(zip(row, names, strict=True))[1:]:
            if name:
                cell.set("data-label", name)


def _name(head: Element) -> str:
    """Return what a head says; what is said of its translation stands behind that, in brackets."""
    name = deepcopy(head)
    states: list[Element] = name.xpath(".//small[@class='state']")
    for state in states:
        tree.remove(state)
    return " ".join((tree.text(name), *(f"({tree.text(each)})" for each in states))).strip()


def _mark_years(rows: Sequence[Row]) -> None:
    """Note on each row of a long timeline its year (`data-year`)."""
    found = [_YEAR.search(tree.text(row[0])) for row in rows]
    years = [each.group() for each in found if each]
    if len(rows) < _LONG or len(years) < len(rows) or years != sorted(years):
        return
    for row, year in zip(rows, years, strict=True):
        row[0].getparent().set("data-year", year)
