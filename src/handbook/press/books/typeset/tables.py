"""Conversion of tables to Typst: columns as wide as their content, forms with room to write in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from handbook.bitext.languages.scripts import is_wide
from handbook.press.books.typeset.typst import array, flag
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element

_LINE = 74
"""A table of three or more columns that is wider than so many characters may use the margin."""
_LABEL = 36
"""A column of a form whose cells have at most so many characters is as wide as its content."""
_LABELS = 60
"""Columns as wide as their content leave no room beside them if they have more characters."""
_SHORT = 13
"""A cell of at most so many characters is not broken into lines."""
_SMALL = 450
"""A table of at most so many characters is not broken between pages."""
_LONG = 900
"""One of at most so many is, if it would leave much of a page white."""
_MOST = 1000
"""The most columns that a cell can span, as in browsers."""
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = re.compile(r"\d+(\.\d+)?%")


class _Cell(NamedTuple):
    element: Element
    row: int
    column: int
    width: int
    """The number of columns it spans."""
    height: int
    """The number of rows it spans."""


@dataclass(frozen=True)
class _Column:
    top: Element
    """The first of its cells, which gives its width and its alignment."""
    letters: tuple[int, ...]
    """The widths, in characters, of its cells that span no other column, the header first."""
    word: int
    """The characters of the longest word in these cells, in a script with spaces."""

    @property
    def widest(self) -> int:
        return max(self.letters, default=0)

    @property
    def width(self) -> str:
        """The width in Typst: as the page gives it, `auto` for short cells, or a fraction."""
        given: str = self.top.get("width", "")
        if _SHARE.fullmatch(given):
            return given
        if self.widest <= _SHORT:
            return "auto"
        mean = sum(self.letters) / len(self.letters)
        return f"{max(mean, _SHORT, self.widest / 3, self.word * 1.5) ** 0.6:.2f}fr"

    @property
    def form_width(self) -> str:
        """The width in a form; a column whose cells are all empty gets room to write in."""
        given: str = self.top.get("width", "")
        if _SHARE.fullmatch(given):
            return given
        if any(self.letters[1:]):
            return "auto" if self.widest <= _LABEL else self.form_share
        is_tick = self.widest == 1 and not tree.text(self.top).strip().isalpha()
        return "2.2em" if is_tick else f"{3 + self.widest / 6:.2f}fr"

    @property
    def form_share(self) -> str:
        """The width in a form whose columns share what room there is."""
        return f"{self.widest / 6:.2f}fr"

    @property
    def align(self) -> str:
        """The alignment in Typst. Figures stand on the right in Arabic too, ones below ones."""
        style = self.top.get("style", "") + self.top.get("align", "")
        return "right" if "right" in style else "center" if "center" in style else "start"


def table(writer: Writer, element: Element) -> str:
    """Convert a table, below its caption; return "" if it has no cells."""
    head = _cells(element.findall("thead/tr"))
    body = _cells(element.xpath("./tbody/tr | ./tr | ./tfoot/tr"))
    columns = _columns([*head, *body])
    if not columns:
        return ""
    widths = array(_form_widths(columns) if writer.form else [each.width for each in columns])
    above = "".join(f"{writer.blocks(each)}\n" for each in element.iterfind("caption"))
    with writer.where(blanks="blank" if writer.form else ""):
        cells = array(_filled(writer, body, len(columns)))
    heads = array(_filled(writer, head, len(columns)))
    aligns = array(each.align for each in columns)
    named = all(tree.text(each.element).strip() and each.width == 1 for each in head)
    low = ", low: true" if writer.form and head and named else ""
    is_redline = "redline" in tree.classes(element)
    plain = ", plain: true" if is_redline else ""
    sheet, letters = writer.chapter.sheet, sum(sum(each.letters) for each in columns)
    spot = ""
    if _SMALL < letters <= _LONG and not sheet:
        spot = ", at: {}, led: {}".format(*writer.spot(element))
    return (  # `cells` ends with a comma, or is nothing: each is an argument of its own
        f"{above}#data-table(({widths}), ({heads}), {cells}"
        f"wide: {flag(is_redline or (_is_wide(columns) and not sheet))}, aligns: ({aligns}),"
        f" form: {flag(sheet)}, long: {flag(letters > _LONG)}{spot}{plain}{low})"
    )


def is_form(content: Element) -> bool:
    """Tell whether a page has empty table cells to write in."""
    return not all(map(tree.text, content.iter("td")))


def _cells(rows: list[Element]) -> list[_Cell]:
    """Return the cells of rows, each in the first column that no cell before it spans."""
    cells: list[_Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            while (number, column) in taken:
                column += 1
            width = _span(element, "colspan")
            height = min(_span(element, "rowspan"), len(rows) - number)
            cells.append(_Cell(element, number, column, width, height))
            taken.update(product(range(number, number + height), range(column, column + width)))
    return cells


def _span(cell: Element, name: str) -> int:
    return min(tree.number(cell, name, 1) or 1, _MOST)


def _columns(cells: list[_Cell]) -> list[_Column]:
    """Return the columns of a table, each with the lengths of its texts."""
    columns = []
    for number in range(max((each.column + each.width for each in cells), default=0)):
        over = [each for each in cells if each.column <= number < each.column + each.width]
        alone = [each.element for each in over if each.width == 1]
        word = max(map(_word, alone), default=0)
        columns.append(_Column(over[0].element, tuple(map(_letters, alone)), word))
    return columns


def _form_widths(columns: list[_Column]) -> list[str]:
    """Return the widths in a form. Long columns give way where one to write in had no room."""
    widths = [each.form_width for each in columns]
    if not any(each.endswith("fr") for each in widths):
        return _filling(columns, widths)
    labels = [each.widest for each in columns if each.form_width == "auto"]
    if sum(labels) <= _LABELS:
        return widths
    fair = _LABELS // len(columns)
    return [
        each.form_share if width == "auto" and each.widest > fair else width
        for each, width in zip(columns, widths, strict=True)
    ]


def _filling(columns: list[_Column], widths: list[str]) -> list[str]:
    """Return the widths of a form as wide as its page: its longest column has what others leave."""
    longest = max(columns, key=lambda each: each.widest)
    return [
        "1fr" if each is longest and width == "auto" else width
        for each, width in zip(columns, widths, strict=True)
    ]


def _letters(cell: Element) -> int:
    return sum(2 if is_wide(each) else 1 for each in tree.text(cell))


def _word(cell: Element) -> int:
    words = _WORD.findall(tree.text(cell))
    return max((len(each) for each in words if not any(map(is_wide, each))), default=0)


def _is_wide(columns: list[_Column]) -> bool:
    return len(columns) > 2 and sum(each.widest for each in columns) > _LINE


def _filled(writer: Writer, cells: list[_Cell], columns: int) -> Iterator[str]:
    """Yield the cells in Typst, row by row; rows that are too short get empty cells."""
    rows: dict[int, list[_Cell]] = defaultdict(list)
    taken = Counter[int]()
    for each in cells:
        rows[each.row].append(each)
        taken.update(dict.fromkeys(range(each.row, each.row + each.height), each.width))
    for row in range(max(taken, default=-1) + 1):
        yield from (_cell(writer, each) for each in rows[row])
        yield from ["[]"] * (columns - taken[row])


def _cell(writer: Writer, cell: _Cell) -> str:
    """Convert a cell."""
    with writer.where(notes=cell.element.tag != "th"):
        body = writer.blocks(cell.element, bare=True)
    if cell.width == cell.height == 1:
        return f"[{body}]"
    return f"table.cell(colspan: {cell.width}, rowspan: {cell.height}, [{body}])"
