"""Build the site: what `handbook site` does.

A plain `mkdocs build --strict` gives the same site, one language after the other, and ends at the
first that has a warning. Here everything else is built still, and all that is wrong told.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from bitext.problem import Problem, SettingsError
from bitext.project.handbook import Handbook
from press.books.book import Book
from press.books.pdf.printer import Printed
from press.core import i18n, interface, theme
from press.core.config import FAILURES, failure_line, load
from press.core.log import collected
from press.make.process import Died, Process
from press.make.workshop import Built, Outcome, Workshop
from press.plugin import bookshelf, plugin, wording
from press.plugin.bookshelf import Made
from press.plugin.populate import read_book


def build(root: Path, *, site_dir: Path | None = None, languages: Collection[str] = ()) -> Outcome:
    """Build the handbook in `root`, into the folder mkdocs.yml names; see `outcomes`."""
    built: list[Built] = []
    problems: list[str] = []
    for outcome in outcomes(root, site_dir=site_dir, languages=languages):
        built += outcome.languages
        problems += outcome.problems
    return Outcome(tuple(built), tuple(dict.fromkeys(problems)))


def outcomes(
    root: Path, *, site_dir: Path | None = None, languages: Collection[str] = ()
) -> Iterator[Outcome]:
    """Build the handbook in `root`, giving what came of each language when it is done.

    Without `languages` the whole site is made new; with some, these alone are put into the site
    that is there. Whatever is wrong is among the problems; nothing is printed.
    """
    with collected() as problems:
        try:
            config = load(root, site_dir=site_dir)
            plugin.of(config).editions(config)
            if problem := plugin.unsafe_target(config):
                raise SettingsError(problem)
            for language in languages:
                if language not in i18n.names(config):
                    fault = f"the plugin i18n has no language {language}; add it to its languages"
                    problems.append(str(Problem("mkdocs.yml", 1, fault)))
            with Workshop(root, config, languages=languages) as workshop:
                yield from workshop.build()
        except FAILURES as error:
            problems = _with_failure(problems, error)
    if problems:
        yield Outcome((), tuple(problems))


def _with_failure(logged: Iterable[str], failure: BaseException) -> list[str]:
    """What was logged, and the failure; once what MkDocs logs of its configuration and raises."""
    message = failure_line(failure)
    return [*(each for each in logged if each.rstrip(".") not in message), message]


def handbook(root: Path) -> Handbook:
    """The handbook in `root`, with translations held to what the site's Markdown makes of them."""
    return plugin.open_editions(root).handbook


def messages(root: Path) -> list[interface.Message]:
    """The interface text of the site, each message once, with a note for its translators."""
    config = load(root)
    notes: dict[str, str] = {}
    for message, note in _all_messages(config):
        notes.setdefault(message, note)
    return list(notes.items())


def _all_messages(config: MkDocsConfig) -> Iterator[interface.Message]:
    yield from wording.messages(config)
    if standing := plugin.of(config).config.standing:
        yield standing, "`standing` of the site."
    yield from interface.in_code()
    env = config.theme.get_env()
    for folder in (theme.FOLDER, config.theme.custom_dir):
        if folder:
            yield from interface.in_templates(Path(folder), env)


Make = Callable[[Book, Path, MkDocsConfig], Iterable[Made | Problem]]
"""Makes something of a book in a folder, and tells it and what is wrong."""


def epubs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | Problem]:
    """Write the handbook in `root` as e-books into `folder`; tell each, and whatever is wrong."""
    return _each(root, languages, folder, _written)


def pdfs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | Problem]:
    """Print the handbook in `root` and all that is in it into `folder`; tell what came of it."""
    return _each(root, languages, folder, _printed)


def _written(book: Book, folder: Path, config: MkDocsConfig) -> Iterator[Made | Problem]:
    yield bookshelf.make_epub(book, folder, plugin.of(config).state, config)


def _printed(book: Book, folder: Path, config: MkDocsConfig) -> Iterator[Made | Problem]:
    """The handbook, the folder with everything else, and whatever is wrong."""
    made = list(bookshelf.make_pdfs(book, folder, plugin.of(config).state))
    others = [each for each in made if isinstance(each, Printed) and each.kind != "handbook"]
    for each in made:
        if isinstance(each, Problem):
            yield each
        elif each.kind == "handbook":
            yield Made(each.file, each.size)
    yield Made(folder / book.language, sum(each.size for each in others), len(others))


def _each(
    root: Path, languages: Iterable[str], folder: Path, make: Make
) -> Iterator[Made | Problem]:
    """What is made of the book in each language, each in a process of its own."""
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
    """Send what is made of the book in one language, and after it what is wrong with its pages."""
    made: list[Made | Problem] = []
    with collected() as problems:
        try:
            config = load(root)
            made += make(read_book(config, language), folder, config)
        except FAILURES as error:
            problems = _with_failure(problems, error)
        except OSError as error:
            problems.append(
                f"{error.filename or folder}: {error.strerror}; mend that and try again"
            )
    pipe.send([*made, *map(Problem.parse, dict.fromkeys(problems))])
