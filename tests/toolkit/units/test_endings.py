"""The space between lines with which a chapter does not end on a page that is all but empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from handbook.press.books.book import Book
from handbook.press.books.pdf.composer import Composer
from handbook.press.books.pdf.endings import ROUNDS, Ending, best_space, next_space
from handbook.press.books.pdf.printer import Printer
from handbook.press.books.typeset.manuscript import Manuscript
from rows import rows


def _laid_out(height: Callable[[float], float]) -> list[Ending]:
    """The trials of a chapter whose height in pages depends on its space."""
    tried: list[Ending] = []
    space: float | None = 1
    while space is not None and len(tried) < ROUNDS:
        pages, filled = divmod(height(space), 1)
        tried.append(Ending(space, int(pages) + 1, filled))
        space = next_space(tried)
    return tried


@rows("height", [0.03, 0.9, 1.25, 3.95])
def test_a_chapter_that_ends_well_keeps_its_space(height: float) -> None:
    tried = _laid_out(lambda space: height)
    assert (len(tried), best_space(tried)) == (1, 1)


@rows("share", [0.3, 0.45, 0.6])
@rows("height", [1.04, 1.1, 1.15, 2.02, 2.08, 3.14, 5.05])
def test_one_that_does_not_is_set_tighter_or_wider(height: float, share: float) -> None:
    tried = _laid_out(lambda space: height * (1 + share * (space - 1)))
    best = next(each for each in tried if each.space == best_space(tried))
    assert not best.is_short
    assert 0.76 <= best.space <= 1.32


@rows("height", [1.17, 2.2, 4.23])
def test_a_page_of_a_few_lines_is_filled_where_little_does_it(height: float) -> None:
    tried = _laid_out(lambda space: height * (1 + 0.4 * (space - 1)))
    best = next(each for each in tried if each.space == best_space(tried))
    assert best.is_full
    assert len(tried) <= 3


def test_no_great_space_is_worth_it() -> None:
    tried = _laid_out(lambda space: 2.2)
    assert best_space(tried) == 1
    assert all(0.8 <= each.space <= 1.2 for each in tried)


def test_what_moves_in_steps_is_tried_further() -> None:
    tried = _laid_out(lambda space: 2.08 if space > 0.8 else 1.9)
    assert best_space(tried) == 0.76


def test_what_nothing_moves_is_left_as_it_is() -> None:
    assert best_space(_laid_out(lambda space: 2.08)) == 1


# On paper --------------------------------------------------------------------------------------

_WORDS = "<p>Who takes notes reads them aloud before the meeting ends, and all agree.</p>"


@pytest.mark.long
def test_a_line_too_many_is_no_page_of_its_own(books: dict[str, Book], tmp_path: Path) -> None:
    first = replace(books["en"].chapters[1], facts=(), notice=())
    sides = []
    for lines in (46, 48, 50, 53, 56, 59):
        html = f"<h1>Title</h1>{_WORDS * lines}"
        book = replace(books["en"], items=(replace(first, html=html),))
        composer = Composer(Manuscript(book), "glossary.md", lambda message: message)
        sides.append(_lines(Printer(tmp_path).print(composer.page(book.chapters[0])).file))
    assert [each for each in sides if len(each) > 1 and each[-1] < 6] == []
    assert {len(each) for each in sides} == {1, 2}


def _lines(file: Path) -> list[int]:
    """How many of the lines stand on each page of a PDF."""
    with pypdfium2.PdfDocument(file) as pdf:
        return [each.get_textpage().get_text_range().count("aloud") for each in pdf]
