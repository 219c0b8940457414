"""Build the site: what `handbook site` does.

A plain `mkdocs build --strict` builds the same site, one language after the other, and stops at
the first language with a warning. This module builds the others too, and reports every problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import MKDOCS
from handbook.press.books.book import Book
from handbook.press.books.pdf import documents
from handbook.press.books.pdf.documents import LEFT_OUT
from handbook.press.books.pdf.printer import Printed
from handbook.press.core import i18n
from handbook.press.core.config import load
from handbook.press.core.failures import FAILURES, problems_of
from handbook.press.core.log import collected
from handbook.press.core.process import Died, Process
from handbook.press.make.workshop import Built, Outcome, Workshop
from handbook.press.plugin import bookshelf, handlers, needs, plugin
from handbook.press.plugin.bookshelf import Made
from handbook.press.plugin.populate import generated_paths, read_book


def build(root: Path, *, site_dir: Path | None = None, languages: Collection[str] = ()) -> Outcome:
    """Build the site of the handbook in `root` and return all results; see `outcomes`."""
    built: list[Built] = []
    problems: list[Problem] = []
    for outcome in outcomes(root, site_dir=site_dir, languages=languages):
        built += outcome.languages
        problems += outcome.problems
    return Outcome(tuple(built), tuple(dict.fromkeys(problems)))


def outcomes(
    root: Path, *, site_dir: Path | None = None, languages: Collection[str] = ()
) -> Iterator[Outcome]:
    """Build the site of the handbook in `root`; yield the result of each language when it is built.

    The site is written to `site_dir` or, without it, to the folder that mkdocs.yml names. Without
    `languages` the whole site is built; otherwise only these languages are replaced in the existing
    site. All errors and warnings are among the problems; nothing is printed.
    """
    with collected() as problems:
        try:
            config = load(root, site_dir=site_dir)
            plugin.of(config).editions(config)
            if problem := needs.unsafe_target(config):
                raise SettingsError(problem)
            for language in languages:
                if language not in i18n.names(config):
                    fault = f"the plugin i18n has no language {language}; add it to its languages"
                    problems.append(Problem(MKDOCS, 1, fault))
            with Workshop(root, config, languages=languages, said=problems) as workshop:
                yield from workshop.build()
        except FAILURES as error:
            problems = with_failure(problems, error)
    if problems:
        yield Outcome((), tuple(problems))


def with_failure(logged: Iterable[Problem], failure: BaseException) -> list[Problem]:
    """Return the logged problems and the failure; no duplicates, as MkDocs logs some errors too."""
    last = problems_of(failure)
    said = "\n".join(map(str, last))
    return [*(each for each in logged if str(each).rstrip(".") not in said), *last]


def handbook(root: Path) -> Handbook:
    """Open the handbook in `root`; its translations are checked with the site's own renderer."""
    return plugin.open_editions(root).handbook


def find_generated(handbook: Handbook) -> list[Problem]:
    """Let a handbook know the files that plugins and hooks make while its site is built.

    Returns which of them fail: what they were to make is not known then.
    """
    with collected() as logged:
        try:
            handbook.generated_paths = generated_paths(load(handbook.root))
        except FAILURES as error:
            return with_failure((), error)
    return handlers.failures(logged)


Make = Callable[[Book, Path, MkDocsConfig], Iterable[Made | Problem]]
"""A function that writes files of a book into a folder; yields the files and the problems."""


def epubs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | Problem]:
    """Write an EPUB of the handbook for each language into `folder`; yield files and problems."""
    return _each(root, languages, folder, _written)


def pdfs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | Problem]:
    """Write the PDF files of the handbook for each language into `folder`; yield the results."""
    return _each(root, languages, folder, _printed)


def beside(
    root: Path, languages: Iterable[str], other: str, wanted: str, folder: Path
) -> Iterator[Made | Problem]:
    """Print the page or section `wanted` in two columns: each of `languages` beside `other`."""
    return _each(root, languages, folder, partial(_beside, root=root, other=other, wanted=wanted))


def _beside(
    book: Book, folder: Path, config: MkDocsConfig, *, root: Path, other: str, wanted: str
) -> Iterator[Made | Problem]:
    """Print a page or section of `book` beside the language `other`; yield what was made."""
    state = plugin.of(config).state
    say, home = state.say, state.editions.handbook.root
    there = read_book(load(root), other)
    for each in documents.print_beside(book, there, wanted, say, home, folder):
        yield each if isinstance(each, Problem) else Made(each.file, each.size)
    for note in folder.rglob(f"*-{book.language}-{other}.json"):
        note.unlink()


def _written(book: Book, folder: Path, config: MkDocsConfig) -> Iterator[Made | Problem]:
    yield bookshelf.make_epub(book, folder, plugin.of(config).state, config)


def _printed(book: Book, folder: Path, config: MkDocsConfig) -> Iterator[Made | Problem]:
    """Yield the PDF of the whole handbook, the folder of all other PDF files, and the problems."""
    made = list(bookshelf.make_pdfs(book, folder, plugin.of(config).state, config))
    others = [each for each in made if isinstance(each, Printed) and each.kind != "handbook"]
    for each in made:
        if isinstance(each, Problem):
            if each.rule != LEFT_OUT:
                yield each
        elif each.kind == "handbook":
            yield Made(each.file, each.size)
    yield Made(folder / book.language, sum(each.size for each in others), len(others))


def _each(
    root: Path, languages: Iterable[str], folder: Path, make: Make
) -> Iterator[Made | Problem]:
    """Run `make` for each language in its own process; yield its files and problems."""
    with ExitStack() as stack:
        processes = {
            language: stack.enter_context(Process(_made, root, language, folder, make))
            for language in languages
        }
        for language, process in processes.items():
            try:
                yield from process.receive()
            except Died as error:
                yield Problem(language, 0, str(error))


def _made(pipe: Connection, root: Path, language: str, folder: Path, make: Make) -> None:
    """Run `make` for one language; send its results, then the problems of its pages."""
    made: list[Made | Problem] = []
    with collected() as problems:
        try:
            config = load(root)
            book = read_book(config, language)
            made += make(book, folder, config) if book.chapters else [bookshelf.EMPTY]
        except FAILURES as error:
            problems = with_failure(problems, error)
        except OSError as error:
            problems += problems_of(error, str(folder))
    pipe.send([*made, *dict.fromkeys(problems)])
