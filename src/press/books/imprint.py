"""What a book tells of itself before it begins: its edition, whose words it has, who may use it."""

from collections.abc import Iterator

from babel.dates import format_date
from babel.numbers import format_percent

from press.books.book import Book
from press.core.editions import Words

_EDITION = "Edition of {date}"
_WRITTEN = "Pages: {pages}; first written in this language: {written}"
_CURRENT = "Translated passages that match their original as it is now: {share}"
_UNREVIEWED = "Translated pages that no native speaker has reviewed yet: {pages}"
_NEWEST = "The newest edition: {address}"


def words() -> Iterator[tuple[str, str]]:
    """The English messages of imprints, with notes for their translators."""
    for message in (_EDITION, _WRITTEN, _CURRENT, _UNREVIEWED, _NEWEST):
        yield message, "In the imprint of a book. Keep what is in {}."


def imprint(book: Book, say: Words) -> tuple[str, ...]:
    """The lines of a book's imprint, in its language."""
    return tuple(line for line in _lines(book, say) if line)


def _lines(book: Book, say: Words) -> Iterator[str]:
    yield book.standing
    locale = book.languages[book.language].locale
    if book.date:
        yield say(_EDITION).format(date=format_date(book.date, "long", locale))
    yield from _translation(book, say)
    yield book.license
    if "://" in book.address:
        yield say(_NEWEST).format(address=book.address)


def _translation(book: Book, say: Words) -> Iterator[str]:
    """How much of the book was written in its language, and how well the rest keeps up."""
    written = sum(chapter.tally is None for chapter in book.chapters)
    yield say(_WRITTEN).format(pages=len(book.chapters), written=written)
    if book.tally.total:
        # Rounded down: all but one passage is not all.
        share = book.tally.current * 100 // book.tally.total / 100
        locale = book.languages[book.language].locale
        yield say(_CURRENT).format(share=format_percent(share, locale=locale))
    if unreviewed := sum(not chapter.foot.vouched for chapter in book.chapters):
        yield say(_UNREVIEWED).format(pages=unreviewed)
