"""Build the site: what `handbook site` does.

A plain `mkdocs build --strict` gives the same site. The difference is in what happens to a warning:
--strict ends at the first language that has one, while here everything else is still built and all
that is wrong is told together.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from bitext.assemble import Tally
from bitext.files import Problem, SettingsError
from bitext.project import Handbook
from press import i18n, imprint, links, notices, site


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
    built: tuple[Built, ...] = ()
    with _collected() as problems:
        try:
            config = configuration(root, site_dir=site_dir)
            _build(config)
            built = tuple(_built(language, config) for language in i18n.names(config))
        except (MkDocsException, SettingsError) as error:
            problems.append(str(error))
    return Outcome(built, tuple(dict.fromkeys(problems)))


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
    return [*notices.words(configuration(root)), *imprint.words()]


def _build(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with i18n.undone():
            mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def _built(language: str, config: MkDocsConfig) -> Built:
    book = site.of(config)
    tallies = [tally for path in book.sources if (tally := book.tally(path, language))]
    return Built(
        language,
        i18n.names(config)[language],
        pages=len(book.sources),
        written=len(book.sources) - len(tallies),
        tally=reduce(Tally.plus, tallies, Tally()),
        home=Path(config.site_dir, links.file(links.HOME, language, config)),
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
