"""Tables: columns as wide as what they hold asks for, those of a form with room to write in."""

from __future__ import annotations

from dataclasses import dataclass

from press import tree
from press.tree import Element
from press.typeset.typst import array, flag
from press.typeset.writer import Writer

_LINE = 74
"""A table of three columns that is wider than so many letters may use the margin."""
_LABEL = 36
"""A column of a form whose cells are this short is as wide as they are."""
_SHORT = 13
"""A cell of so few letters is not broken."""
_LONG = 900
"""A table of fewer letters is not broken between pages."""


@dataclass(frozen=True)
class _Column:
    given: str
    """How wide the page says it is, in per cent, or ""."""
    letters: tuple[int, ...]
    """How many letters wide each cell is, the head first."""

    @property
    def widest(self) -> int:
        return max(self.letters)

    @property
    def width(self) -> str:
        """As the page says, as wide as short cells are, or a share."""
        if self.given:
            return self.given
        if self.widest <= _SHORT:
            return "auto"
        mean = sum(self.letters) / len(self.letters)
        return f"{max(mean, _SHORT, self.widest / 3) ** 0.6:.2f}fr"

    @property
    def form_width(self) -> str:
        """That of a column in a form; where every cell is empty, it is there to be written in."""
        if any(self.letters[1:]):
            return "auto" if self.widest <= _LABEL else f"{self.widest / 9:.2f}fr"
        return "2.2em" if self.widest == 1 else f"{3 + self.widest / 6:.2f}fr"


def table(writer: Writer, element: Element) -> str:
    """A table, if it has rows."""
    head = [cell for row in element.iterfind("thead/tr") for cell in row]
    rows = element.xpath("./tbody/tr | ./tr")
    if not rows:
        return ""
    columns = [_column(*cells) for cells in zip(head, *rows, strict=False)]
    widths = array(each.form_width if writer.form else each.width for each in columns)
    with writer.where(blanks=writer.form):
        cells = array(_cell(writer, cell) for row in rows for cell in row)
    heads = array(_cell(writer, cell) for cell in head)
    aligns = array(map(_align, head))
    sheet, long = writer.chapter.sheet, sum(sum(each.letters) for each in columns) > _LONG
    return (
        f"#data-table(({widths}), ({heads}), {cells}"
        f"wide: {flag(_is_wide(columns) and not sheet)}, aligns: ({aligns}),"
        f" form: {flag(sheet)}, long: {flag(long)})"
    )


def is_form(content: Element) -> bool:
    """Whether there are cells to write in."""
    return not all(map(tree.text, content.iter("td")))


def _column(*cells: Element) -> _Column:
    given = cells[0].get("width", "")
    return _Column(given if given.endswith("%") else "", tuple(map(_letters, cells)))


def _letters(cell: Element) -> int:
    return sum(2 if each > "\u2e80" else 1 for each in tree.text(cell))


def _is_wide(columns: list[_Column]) -> bool:
    return len(columns) > 2 and sum(each.widest for each in columns) > _LINE


def _align(cell: Element) -> str:
    style = cell.get("style", "") + cell.get("align", "")
    return next((each for each in ("right", "center") if each in style), "left")


def _cell(writer: Writer, cell: Element) -> str:
    with writer.where(notes=cell.tag != "th"):
        body = writer.blocks(cell, bare=True)
    spans = [f"{key}: {cell.get(key)}, " for key in ("colspan", "rowspan") if cell.get(key)]
    return f"table.cell({''.join(spans)}[{body}])" if spans else f"[{body}]"
