"""The imprint of a book: for whom it speaks, edition, state of the translation, license."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent

from handbook.press.books.book import Book
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_

# Translators: In the imprint of a book. Keep what is in {}.
_EDITION = N_("Edition of {date}")
# Translators: In the imprint of a book. Keep what is in {}.
_WRITTEN = N_("Pages: {pages}; first written in this language: {written}")
# Translators: In the imprint of a book. Keep what is in {}.
_CURRENT = N_("Translated passages that match their original as it is now: {share}")
# Translators: In the imprint of a book. Keep what is in {}.
_UNREVIEWED = N_("Translated pages that no native speaker has reviewed yet: {pages}")
# Translators: In the imprint of a book: the translators who want to be named. Keep {names}.
_TRANSLATORS = N_("Translated by: {names}")
# Translators: In the imprint of a book. Keep what is in {}.
_NEWEST = N_("The newest edition: {address}")


def imprint(book: Book, say: Say) -> tuple[str, ...]:
    """Return the lines of a book's imprint, in the language of the book."""
    return tuple(line for line in _lines(book, say) if line)


def edition(book: Book, say: Say) -> str:
    """Return the line that dates a book's edition; "" where none of its pages has a date."""
    if book.date is None:
        return ""
    locale = book.languages[book.language].locale
    return say(_EDITION).format(date=format_date(book.date, "long", locale))


def _lines(book: Book, say: Say) -> Iterator[str]:
    """Yield the lines of an imprint; some may be empty."""
    yield book.standing
    yield edition(book, say)
    yield from _translation(book, say)
    yield book.license
    if "://" in book.address:
        yield say(_NEWEST).format(address=book.address)


def _translation(book: Book, say: Say) -> Iterator[str]:
    """Yield lines on how much was written in the book's language, and how current the rest is."""
    written = sum(chapter.tally is None for chapter in book.chapters)
    yield say(_WRITTEN).format(pages=len(book.chapters), written=written)
    if book.tally.total:
        locale = book.languages[book.language].locale
        share = format_percent(book.tally.percent / 100, locale=locale)
        yield say(_CURRENT).format(share=share)
    if names := dict.fromkeys(name for chapter in book.chapters for name in chapter.credit):
        locale = book.languages[book.language].locale
        yield say(_TRANSLATORS).format(names=format_list(list(names), locale=locale))
    if unreviewed := sum(chapter.needs_review for chapter in book.chapters):
        yield say(_UNREVIEWED).format(pages=unreviewed)
