"""A redline as plain text, for a comment or a mail: [- words taken out -], {+ words put in +}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from handbook.bitext.changes.redline import Redline, Row
from handbook.bitext.changes.words import Piece
from handbook.bitext.languages.registry import Languages
from handbook.press.redlines.fragment import Presenter, SayIn

_SIGNS = {
    "<ins><strong>": "{+",
    "</strong></ins>": "+}",
    "<del>": "[-",
    "</del>": "-]",
    "<br>": "\n",
    "</p>": "\n",
    "</li>": "\n",
}
_TAG = re.compile("<[^>]*>")


def text(redline: Redline, say: SayIn, records: Languages) -> str:
    """Return the changed passages of a page, each with its translations below it."""
    presenter = Presenter(say, records, is_print=True)
    rows = (each for each in redline.rows if each.is_visible)
    return "\n\n".join("\n".join(_passage(each, redline, presenter, say)) for each in rows)


def _passage(row: Row, redline: Redline, presenter: Presenter, say: SayIn) -> Iterator[str]:
    """Yield the lines of a passage, those of a translation behind the code of its language."""
    change = replace(row.change, pieces=tuple(_shortened(row.change.pieces)))
    yield from _lines(presenter.source(change, say(redline.source)))
    for code, cell in zip(redline.languages, row.cells, strict=True):
        shown = replace(cell, pieces=tuple(_shortened(cell.pieces)))
        for line in _lines(presenter.cell(shown, change, say(code))):
            yield f"  {code}: {line}"


def _lines(html: str) -> list[str]:
    for tag, sign in _SIGNS.items():
        html = html.replace(tag, sign)
    return unescape(_TAG.sub("", html)).rstrip("\n").split("\n")


_LONGEST, _KEPT = 160, 70
"""How many letters of unchanged words are shown, and how many at each end of more."""


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield words without the middle of a long stretch that has not changed."""
    for piece in pieces:
        if piece.fate == "same" and len(piece.text) > _LONGEST:
            ends = piece.text[:_KEPT].rsplit(" ", 1)[0], piece.text[-_KEPT:].split(" ", 1)[-1]
            piece = piece._replace(text=" … ".join(ends))
        yield piece
