"""Printing of all PDFs of a handbook in one language, and reporting of what cannot be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from html import escape
from itertools import product
from pathlib import Path
from unicodedata import category

from handbook.bitext import limits
from handbook.bitext.languages import scripts
from handbook.bitext.languages.registry import Languages
from handbook.bitext.problem import Level, Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.settings import MKDOCS
from handbook.press.books.book import Book, Chapter, Part
from handbook.press.books.pdf.composer import PAPERS, Composer, Document, Fit
from handbook.press.books.pdf.endings import Tuning
from handbook.press.books.pdf.printer import Printed, Printer, Unprintable
from handbook.press.books.pdf.typesetter import Typesetter
from handbook.press.books.typeset.manuscript import Manuscript
from handbook.press.books.typeset.writer import Flaw
from handbook.press.core.editions import Say


def print_all(
    book: Book,
    glossary: str,
    say: Say,
    root: Path,
    folder: Path,
    *,
    emblem: str = "",
    tolerant: bool = False,
    memory: int = limits.PRINT_MEMORY,
) -> Iterator[Printed | Problem]:
    """Print PDFs of a handbook, its sections, pages and sheets into `folder`, if not done before.

    `glossary` is the path of the page whose terms are indexed, `emblem` an SVG for covers. Problems
    name a file and line below `root`; a document that has a problem is not printed, every other is.
    A `tolerant` one leaves out characters that no font has, and what leads nowhere, prints pictures
    without words, and names all of these the same. A document that needs more than `memory`
    megabytes is named and left out. Nothing is printed in a language whose own letters no font has:
    that is said once.
    """
    typesetter = Typesetter(memory)
    composer = Composer(Manuscript(book), glossary, say, emblem)
    printer = Printer(folder, typesetter)
    with closing(typesetter):
        try:
            yield from _print_all(book, composer, printer, root, tolerant=tolerant)
        except _Fontless as error:
            yield error.problem


def _print_all(
    book: Book, composer: Composer, printer: Printer, root: Path, *, tolerant: bool
) -> Iterator[Printed | Problem]:
    """Print the documents of single chapters, then the bound ones with the spaces those found."""
    fits: dict[str, Fit | Tuning] = {}
    for document in _alone(composer, book):
        made = _print(document, printer, book, root, tolerant=tolerant)
        yield from made
        for each in made:
            if isinstance(each, Printed) and each.kind == "page":
                fits[each.key] = each.fit or each.tuning
        del document  # before the next is composed: one can be large
    for document in _bound(composer, book, fits):
        yield from _print(document, printer, book, root, tolerant=tolerant)
        del document


def print_sample(
    book: Book, say: Say, root: Path, folder: Path, *, memory: int = limits.PRINT_MEMORY
) -> Iterator[Printed | Problem]:
    """Print into `folder` what tells, for little, whether all could be printed; yield the problems.

    That is one page with every letter that pages have, and each sheet on the lower of two papers:
    what fits there fits on the other.
    """
    typesetter = Typesetter(memory)
    composer, printer = Composer(Manuscript(book), "", say), Printer(folder, typesetter)
    with closing(typesetter), suppress(_Fontless):
        yield from _unprintable_letters(book, say, printer, root)
        for chapter in (each for each in book.chapters if each.sheet):
            yield from _print(composer.sheet(chapter, PAPERS[-1]), printer, book, root)


def _unprintable_letters(book: Book, say: Say, printer: Printer, root: Path) -> Iterator[Problem]:
    """Yield a problem for each letter that no font has and each chapter that uses it."""
    manuscript = Manuscript(book)
    letters = {each.path: manuscript.convert(each).letters for each in book.chapters}
    shown = sorted(filter(_stands_alone, frozenset().union(*letters.values())))
    html = f"<p>{escape(' '.join(shown))}</p>"
    page = replace(book.chapters[0], path="letters.md", html=html, meta={})
    alone = Manuscript(replace(book, items=(page,)))
    document = Composer(alone, "", say).page(page)
    try:
        printer.print(document)
    except Unprintable as error:
        _refuse_fontless(document, error.letters, book.languages)
        for letter, chapter in product(sorted(error.letters), book.chapters):
            if letter in letters[chapter.path]:
                yield _problem(_letterless(chapter, letter), book.language, root)


def print_beside(
    book: Book, other: Book, wanted: str, say: Say, root: Path, folder: Path
) -> Iterator[Printed | Problem]:
    """Print a page or a section of a book in two columns, beside itself in another language.

    `wanted` is the path or the file of a page, or the slug or title of a section.
    """
    item = _found(book.items, wanted)
    if item is None:
        fault = "is no page and no section of the navigation; write a path such as mission.md"
        yield Problem(wanted, 0, fault)
        return
    composer = Composer(Manuscript(book), "", say)
    document = composer.beside(item, Manuscript(other.apart()))
    try:
        yield from _print(document, Printer(folder), book, root)
    except _Fontless as error:
        yield error.problem


def _found(items: Iterable[Part | Chapter], wanted: str) -> Part | Chapter | None:
    """Return the page or the section with a name, wherever it is in the navigation."""
    for item in items:
        names = (item.slug, item.title) if isinstance(item, Part) else (item.path, item.file)
        if wanted in names:
            return item
        if isinstance(item, Part) and (found := _found(item.items, wanted)):
            return found
    return None


def _alone(composer: Composer, book: Book) -> Iterator[Document]:
    """Yield what is printed of single chapters, which also finds how they fill their pages."""
    for chapter in book.chapters:
        if not chapter.sheet:
            yield composer.page(chapter)
            continue
        for paper in PAPERS:
            yield composer.sheet(chapter, paper)


def _bound(composer: Composer, book: Book, fits: Mapping[str, Fit | Tuning]) -> Iterator[Document]:
    """Yield the documents with a cover: the whole handbook and each section."""
    yield composer.handbook(fits)
    for item in book.items:
        if isinstance(item, Part):
            yield composer.section(item, fits)


LEFT_OUT = "left out"
"""The rule of a problem that did not keep its document from being printed."""


_TOLERABLE = ("link", "words")


def _print(
    document: Document, printer: Printer, book: Book, root: Path, *, tolerant: bool = False
) -> list[Printed | Problem]:
    """Print a document, or return why not; `tolerant`: leave out what cannot be printed."""
    flaws = [flaw for setting in document.settings for flaw in setting.flaws]
    if not flaws or (tolerant and all(flaw.rule in _TOLERABLE for flaw in flaws)):
        left = [replace(flaw, rule=LEFT_OUT) for flaw in flaws]
        try:
            return [*_printed(document, printer, book, root), *_problems(left, book, root)]
        except Unprintable as error:
            _refuse_fontless(document, error.letters, book.languages)
            flaws = _unprintable(document, error)
            if tolerant and flaws:
                left += [replace(flaw, rule=LEFT_OUT) for flaw in flaws]
                return _print_without(document, error.letters, printer, left, book, root)
            if not flaws:
                return [_failure(document, error, book, root, tolerant=tolerant)]
    return _problems(flaws, book, root)


def _stands_alone(letter: str) -> bool:
    """Tell whether a character is seen by itself: no blank, and no mark on another."""
    return category(letter)[0] not in "MZ" and category(letter) not in ("Cc", "Cf")


def _printed(
    document: Document, printer: Printer, book: Book, root: Path
) -> list[Printed | Problem]:
    """Print a document; of a sheet also return what it has no room for. Raises Unprintable."""
    made = printer.print(document)
    return [made, *sheet(document.settings[0].chapter, made, book, root)]


def sheet(chapter: Chapter, made: Printed, book: Book, root: Path) -> Iterator[Problem]:
    """Yield a problem for a sheet that its paper has no room for.

    One that takes two sides of paper is an error in every handbook.
    """
    if made.short_of:
        catalog = catalog_path(chapter.path, book.language)
        file = catalog if (root / catalog).exists() else chapter.file
        fault = _SHORT_OF[made.short_of].format(paper=_PAPERS[made.kind])
        level: Level = "error" if made.short_of == "sides" else "warning"
        yield Problem(file, 1, f"{SHEET}: {fault}", SHEET, level)


_PAPERS = {"page": "A4", "letter": "US Letter"}
SHEET, LETTER = "sheet", "letter"
_SHORT_OF = {
    "sides": "takes more than one side of {paper}, even in the smallest letters; shorten it",
    "pen": "has more rows than there is room for on {paper} to write in with a pen; take some out,"
    " or shorten its text",
}


class _Fontless(Exception):
    """Raised when no font has the letters of a language itself: none of its books is printed."""

    def __init__(self, problem: Problem) -> None:
        """Take the problem that names the language and the package to install."""
        super().__init__(problem)
        self.problem = problem


def _refuse_fontless(document: Document, letters: Iterable[str], languages: Languages) -> None:
    """Raise _Fontless if letters that no font has are those of a language without fonts."""
    for code in document.languages:
        own = scripts.names(languages[code].name_of(code))
        if own & scripts.names(letters) and not languages.has_fonts(code):
            fault = f"books in {code} are not printed: no font that is installed has its letters"
            raise _Fontless(Problem(MKDOCS, 0, f"{fault}; {languages[code].font_cure}"))


def _print_without(
    document: Document,
    letters: frozenset[str],
    printer: Printer,
    left: list[Flaw],
    book: Book,
    root: Path,
) -> list[Printed | Problem]:
    """Print a document with a box in place of letters that no font has."""
    source = document.source.translate(dict.fromkeys(map(ord, letters), "\u25a1"))
    try:
        made = _printed(replace(document, source=source), printer, book, root)
        return [*made, *_problems(left, book, root)]
    except Unprintable as error:
        return [_failure(document, error, book, root)]


def _problems(flaws: Iterable[Flaw], book: Book, root: Path) -> list[Printed | Problem]:
    return [_problem(flaw, book.language, root) for flaw in flaws]


def _failure(
    document: Document, error: Unprintable, book: Book, root: Path, *, tolerant: bool = False
) -> Problem:
    """Return why a document cannot be printed for a reason that is in none of its texts.

    Of what is too large, the place is the longest page; where books are `tolerant`, that is no
    problem of the site.
    """
    if error.is_size:
        longest = max(document.settings, key=lambda each: len(each.body)).chapter
        catalog = catalog_path(longest.path, book.language)
        file = catalog if (root / catalog).exists() else longest.file
        cure = (
            "shorten this page"
            if len(document.settings) == 1
            else "shorten its pages, of which this is the longest"
        )
        cure += f", or name what no book needs in {MKDOCS}, below bitext: not_in_books"
        rule = LEFT_OUT if tolerant else ""
        return Problem(file, 1, f"{document.name}.pdf is left out: {error}; {cure}", rule)
    file = document.settings[0].chapter.file
    if not error.letters:
        return Problem(file, 1, f"cannot be printed: {error}")
    cure = book.languages[book.language].font_cure
    letters = " ".join(sorted(error.letters))
    fault = f"cannot be printed in {book.language}: no font has {letters}, as in dates; {cure}"
    return Problem(file, 1, fault)


def _unprintable(document: Document, error: Unprintable) -> list[Flaw]:
    """Return a flaw for each character that no font has and each chapter that uses it."""
    return [
        _letterless(setting.chapter, letter)
        for letter in sorted(error.letters)
        for setting in document.settings
        if letter in setting.letters
    ]


def _letterless(chapter: Chapter, letter: str) -> Flaw:
    return Flaw(chapter, letter, f"no font has {letter!r}; write it in another way", LETTER)


def _problem(flaw: Flaw, language: str, root: Path) -> Problem:
    """Return a flaw as a problem with its file and line: in the gettext catalog or on the page."""
    chapter = flaw.chapter
    for name in (catalog_path(chapter.path, language), chapter.file):
        if line := _line(root / name, flaw.needle):
            return Problem(name, line, flaw.words, flaw.rule)
    return Problem(chapter.file, 1, flaw.words, flaw.rule)


def _line(file: Path, needle: str) -> int:
    """Return the number of the first line of a file that contains `needle`; 0 if none does.

    A catalog may be in another encoding than a page.
    """
    if not file.exists():
        return 0
    lines = file.read_text("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if needle in line), 0)
