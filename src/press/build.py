"""Build the site: what `handbook site` does.

Each language is built in a process of its own. The processes first assemble one language each, then
hand each other what they have assembled: every page links to itself in all languages.

A plain `mkdocs build --strict` gives the same site, one language after the other, and ends at the
first that has a warning. Here everything else is built still, and all that is wrong told.
"""

import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from multiprocessing.connection import Connection
from pathlib import Path

from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from bitext.assemble import Tally
from bitext.files import Problem, SettingsError
from bitext.project import Handbook
from press import book, books, epub, glossary, i18n, imprint, links, notices, site
from press.books import Made
from press.process import Died, Process

_ASIDE = ".building"
"""The folder in that of the site where languages are built that have a folder of their own.

MkDocs leaves it alone when it cleans, for its name begins with a dot.
"""
_INDEX = "search/search_index.json"


@dataclass(frozen=True)
class Built:
    """One language of a built site."""

    language: str
    name: str
    """The language's name, as its speakers call it."""
    pages: int
    written: int
    """How many of the pages were first written in this language."""
    tally: Tally
    """How much of the other pages is translated."""
    home: Path
    """The file to open."""

    def __str__(self) -> str:
        told = f"{self.name} ({self.language}): {self.pages} pages, {self.written} written in it"
        if self.tally.total:
            told += f", the others {self.tally.current * 100 // self.tally.total} % current"
        return f"{told}: {os.path.relpath(self.home)}"


@dataclass(frozen=True)
class Outcome:
    """What came of a build."""

    languages: tuple[Built, ...]
    problems: tuple[str, ...]
    """What is wrong with pages, catalogs or the configuration, each in a line."""


def build(root: Path, *, site_dir: Path | None = None) -> Outcome:
    """Build the handbook in `root` in all its languages, into the folder mkdocs.yml names.

    Whatever is wrong is among the problems; nothing is printed.
    """
    built: list[Built] = []
    with _collected() as problems:
        try:
            config = configuration(root, site_dir=site_dir)
            site.of(config)
            for outcome in _in_parallel(root, Path(config.site_dir), tuple(i18n.names(config))):
                built += outcome.languages
                problems += outcome.problems
        except (MkDocsException, SettingsError) as error:
            problems.append(str(error))
    return Outcome(tuple(built), tuple(dict.fromkeys(problems)))


def configuration(root: Path, *, site_dir: Path | None = None) -> MkDocsConfig:
    """The site's configuration as mkdocs.yml gives it. Raises SettingsError."""
    settings = {"site_dir": str(site_dir)} if site_dir else {}
    with _collected() as messages:
        try:
            return load_config(str(root / "mkdocs.yml"), strict=False, **settings)
        except MkDocsException as error:
            told = "; ".join(message.rstrip(".") for message in messages) or " ".join(
                str(error).split()
            )
            raise SettingsError(Problem("mkdocs.yml", 1, f"{told}; correct it")) from None


def handbook(root: Path) -> Handbook:
    """The handbook in `root`, with translations held to what the site's Markdown makes of them."""
    return site.of(configuration(root)).handbook


def words(root: Path) -> list[tuple[str, str]]:
    """The words of the site that stand on no page, with notes for their translators."""
    return [*notices.words(configuration(root)), *glossary.words(), *imprint.words(), *epub.words()]


def epubs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | str]:
    """Write the handbook in `root` as e-books into `folder`; tell each, and whatever is wrong."""
    for language in languages:
        with _collected() as problems:
            try:
                config = configuration(root)
                yield books.make_epub(book.read(config, language), folder, config)
            except MkDocsException as error:
                problems.append(str(error))
        yield from dict.fromkeys(problems)


def _in_parallel(root: Path, site_dir: Path, languages: tuple[str, ...]) -> Iterator[Outcome]:
    """Build each language in a process of its own; what came of each, in order."""
    default, *others = languages
    folders = {default: site_dir, **{each: site_dir / _ASIDE / each for each in others}}
    utils.clean_directory(str(site_dir))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, site_dir / _ASIDE, ignore_errors=True)
        processes = {
            language: stack.enter_context(Process(_language, root, site_dir, folder, language))
            for language, folder in folders.items()
        }
        editions = []
        for process in processes.values():
            with suppress(Died):  # the others will assemble its edition; it is told of below
                editions.append(process.receive())
        for process in processes.values():
            process.send(editions)
        for language, process in processes.items():
            try:
                yield process.receive()
            except Died as error:
                yield Outcome((), (f"{language}: {error}",))
            if language != default:
                _join_indexes(folders[language], site_dir)
                _move(folders[language], site_dir)


def _join_indexes(folder: Path, site_dir: Path) -> None:
    """Add to the theme's search index, one for all languages, what was found in `folder`."""
    if not (folder / _INDEX).exists() or not (site_dir / _INDEX).exists():
        return
    here, there = (json.loads((each / _INDEX).read_text("utf-8")) for each in (folder, site_dir))
    there["docs"] += here["docs"]
    (site_dir / _INDEX).write_text(json.dumps(there, separators=(",", ":")), "utf-8")


def _move(folder: Path, site_dir: Path) -> None:
    """Put what is in `folder` where readers look for it, but for what is there from before."""
    for file in sorted(folder.rglob("*")):
        target = site_dir / file.relative_to(folder)
        if file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            file.rename(target)


def _language(pipe: Connection, root: Path, site_dir: Path, folder: Path, language: str) -> None:
    """Build one language in `folder`: send its edition, get those of all, send the outcome."""
    built: tuple[Built, ...] = ()
    with _collected() as problems:
        config = configuration(root, site_dir=folder)
        book = site.of(config)
        pipe.send(book.edition(language))
        for edition in pipe.recv():
            book.take(edition)
        try:
            _build(language, config)
            built = (_built(language, site_dir, config),)
        except (MkDocsException, SettingsError) as error:
            problems.append(str(error))
    pipe.send(Outcome(built, tuple(problems)))


def _build(language: str, config: MkDocsConfig) -> None:
    i18n.select(language, config)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def _built(language: str, site_dir: Path, config: MkDocsConfig) -> Built:
    book = site.of(config)
    tallies = [tally for path in book.sources if (tally := book.tally(path, language))]
    return Built(
        language,
        i18n.names(config)[language],
        pages=len(book.sources),
        written=len(book.sources) - len(tallies),
        tally=reduce(Tally.plus, tallies, Tally()),
        home=site_dir / links.file(links.HOME, language, config),
    )


class _Collector(logging.Handler):
    """Keeps what is logged, for whoever builds to print."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collected() -> Iterator[list[str]]:
    """What MkDocs and our own hooks warn of within the block."""
    messages: list[str] = []
    collector = _Collector(messages)
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    try:
        yield messages
    finally:
        log.removeHandler(collector)
