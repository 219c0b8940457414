"""A redline as a file: a page of HTML with all that it needs, and a PDF set like the books."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.dates import format_date

from handbook.bitext.changes.redline import Redline
from handbook.bitext.changes.words import BREAK
from handbook.bitext.files import put
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.registry import Languages
from handbook.press.books.book import Book, Chapter
from handbook.press.books.pdf.composer import Composer
from handbook.press.books.pdf.printer import Printer
from handbook.press.books.typeset.manuscript import Manuscript
from handbook.press.core.editions import Say
from handbook.press.redlines import captions, plain
from handbook.press.redlines.fragment import Presenter, SayIn
from handbook.press.redlines.page import page_of


@dataclass(frozen=True)
class Document:
    """A redline with the words around it."""

    redline: Redline
    old: str
    """What the older version is called."""
    new: str
    language: str
    """The language of its title and explanations."""

    def title(self, say: Say) -> str:
        """Return its title."""
        return say(captions.TITLE).replace("{title}", self.redline.title)

    def notes(self, say: Say) -> Iterator[str]:
        """Yield the sentences above its table."""
        yield say(captions.SPAN).replace("{old}", self.old).replace("{new}", self.new)
        redline = self.redline
        if redline.is_new:
            yield say(captions.NEW_PAGE)
        if redline.is_gone:
            yield say(captions.GONE_PAGE)
        if redline.former:
            yield say(captions.FORMER).replace("{path}", redline.former)
        if not redline.is_visible:
            yield say(captions.NOTHING)
            return
        yield say(captions.LEGEND)
        pieces = (piece for row in redline.rows for piece in row.change.pieces)
        if any(piece.fate != "same" and BREAK in piece.text for piece in pieces):
            yield say(captions.BREAKS)


def name_of(day: date | None, commit: str | None, record: Language, say: Say) -> str:
    """Return what a version is called: its day and its commit; "now" for what is in the folder."""
    if day is None or commit is None:
        return say(captions.NOW)
    return f"{format_date(day, 'long', locale=record.locale)} ({commit[:10]})"


def html(document: Document, say: SayIn, records: Languages) -> str:
    """Return a redline as a page of HTML that needs no other file."""
    words, record = say(document.language), records[document.language]
    title = escape(document.title(words))
    notes = "\n".join(f"<p>{escape(each)}</p>" for each in document.notes(words))
    table = Presenter(say, records).table(document.redline)
    contents = _contents(document.redline, words)
    head = f"<header>\n<h1>{title}</h1>\n{notes}\n{contents}</header>"
    return page_of(title, record, f"{head}\n<main>\n{table}\n</main>")


def _contents(redline: Redline, say: Say) -> str:
    """Return links to the changed passages."""
    count = sum(row.is_visible for row in redline.rows)
    if not count:
        return ""
    label = escape(say(captions.COUNT).replace("{count}", str(count)))
    links = " ".join(f'<a href="#change-{n}">{n}</a>' for n in range(1, count + 1))
    return f'<nav aria-label="{label}"><p>{label}</p>\n<p>{links}</p></nav>\n'


def _plain(document: Document, say: SayIn, records: Languages) -> str:
    """Return a redline as plain text, with what is told above it but for the legend of signs."""
    words, redline = say(document.language), document.redline
    notes = (each for each in document.notes(words) if each != words(captions.LEGEND))
    head = f"{redline.file}: {document.title(words)}"
    return "\n".join((head, *notes, "", plain.text(redline, say, records))) + "\n"


def pdf(document: Document, say: SayIn, records: Languages, file: Path) -> None:
    """Print a redline to a file. Raises Unprintable and SettingsError."""
    book = _book(document, say, records)
    words = say(document.language)
    composer = Composer(Manuscript(book), "", words)
    with TemporaryDirectory() as folder:
        printed = Printer(Path(folder)).print(composer.page(book.chapters[0]))
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(printed.file, file)


def _book(document: Document, say: SayIn, records: Languages) -> Book:
    """Return a book whose only chapter is a redline."""
    words, redline = say(document.language), document.redline
    notes = "".join(f"<p>{escape(each)}</p>" for each in document.notes(words))
    table = Presenter(say, records, is_print=True).table(redline)
    title = document.title(words)
    chapter = Chapter(
        path=redline.path,
        file=redline.file,
        title=title,
        html=f"<h1>{escape(title)}</h1>{notes}{table}",
        url="",
        address="",
        language=document.language,
        source_language=redline.source,
        tally=None,
        notice=(),
        facts=(),
        needs_review=False,
        credit=(),
        meta={},
    )
    return Book(
        language=document.language,
        title=title,
        description="",
        standing="",
        license="",
        address="",
        items=(chapter,),
        languages=records,
        files={},
    )


def write(document: Document, say: SayIn, records: Languages, file: Path) -> None:
    """Write a redline to a file whose name ends in .html, .txt or .pdf."""
    if file.suffix == ".pdf":
        pdf(document, say, records, file)
        return
    made = (_plain if file.suffix == ".txt" else html)(document, say, records)
    file.parent.mkdir(parents=True, exist_ok=True)
    put(file, made.encode())
