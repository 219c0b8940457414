"""A process for each language, in which it is built and single pages of it are made anew.

The processes first assemble a part of the pages each, in all languages, then hand each other what
they have assembled: every page links to itself in all languages. Each builds one language into a
folder of its own, so that none can write over another. When all are built, their files are put
together and take the place of the site, as a whole.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import reduce
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from bitext.translate.assemble import Tally
from press.core import i18n, places
from press.core.config import failure_line, load
from press.core.editions import Edition
from press.core.log import collected
from press.core.target import Aside
from press.make.process import Died, Process
from press.plugin import plugin
from press.plugin.remake import Remaker

_PARTS = ".languages"
"""The folder in that of the new site where each language is built in a folder of its own."""


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


@dataclass(frozen=True)
class Remade:
    """What came of making a page anew."""

    enough: bool
    """False if more than the page would have to change; then nothing was written."""
    problems: tuple[str, ...]


class Workshop:
    """The processes that build the languages of a site; leaving its `with` block ends them."""

    def __init__(
        self,
        root: Path,
        config: MkDocsConfig,
        address: str | None = None,
        languages: Collection[str] = (),
    ) -> None:
        """Start a process for each language of `config`, or for `languages` alone.

        With an `address` to show the site at, they stay for single pages, and make no books. With
        `languages` what the site has in others stays as it is. Raises SettingsError.
        """
        self._site_dir, self._default = Path(config.site_dir), i18n.default(config)
        self._is_part, self._is_preview = bool(languages), bool(address)
        names = [each for each in i18n.names(config) if not languages or each in languages]
        with ExitStack() as stack:  # if it is ended in here, so are those that are started
            self._aside = Aside(self._site_dir)
            stack.callback(self._aside.close)
            self._folders = {each: self._aside.folder / _PARTS / each for each in names}
            self._processes = {
                language: stack.enter_context(
                    Process(_work, root, self._site_dir, folder, language, address, (i, len(names)))
                )
                for i, (language, folder) in enumerate(self._folders.items())
            }
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        self._stack.close()

    def build(self) -> Iterator[Outcome]:
        """Build all languages; what came of each, the site's default first.

        The site is put in its place once all are built. Where one cannot be, the site that is
        there stays; if there is none, and in a preview, the languages that were built are shown.
        """
        whole = self._editions()
        for language, process in self._processes.items():
            mine = (each if each.language == language else each.outline() for each in whole)
            process.send(list(mine))
        failed = []
        for language, process in self._processes.items():
            try:
                outcome = process.receive()
            except Died as error:
                outcome = Outcome((), (f"{language}: {error}",))
            if not outcome.languages:
                failed.append(language)
            yield outcome
        if failed and self._site_dir.exists() and not self._is_preview:
            kept = f"{os.path.relpath(self._site_dir)} is left as it was, without this build"
            yield Outcome((), (f"{kept}: {', '.join(failed)} could not be built",))
        else:
            self._publish()

    def _publish(self) -> None:
        """Put the languages that were built together, and the whole in the place of the site."""
        new = self._aside.folder
        if self._is_part and self._site_dir.exists():
            shutil.copytree(self._site_dir, new, dirs_exist_ok=True, copy_function=_link)
        for language, folder in self._folders.items():
            if self._is_part:
                self._take_out(language, folder)
            if folder.exists():
                _move(folder, new)
        shutil.rmtree(new / _PARTS, ignore_errors=True)
        self._aside.publish()

    def _take_out(self, language: str, folder: Path) -> None:
        """Take out of a copy of the site what it has of a language that was built in `folder`.

        That is the files whose path names it, such as `es/…` and `search/es.json`; of the site's
        default, which is at the root, all. Other files are the same in every language.
        """
        new, is_default = self._aside.folder, language == self._default
        shutil.rmtree(new / language, ignore_errors=True)
        for file in folder.rglob("*"):
            path = file.relative_to(folder)
            is_own = is_default or language in re.split(r"\W", path.as_posix())
            if file.is_file() and is_own:
                (new / path).unlink(missing_ok=True)

    def _editions(self) -> list[Edition]:
        """All editions, put together from the parts of each process; none if one has died."""
        parts: list[list[Edition]] = []
        for process in self._processes.values():
            with suppress(Died):  # the others will assemble all for themselves; it is told of later
                parts.append(process.receive())
        if len(parts) < len(self._processes):
            return []
        return [reduce(Edition.plus, each) for each in zip(*parts, strict=True)]

    def remake(self, path: str, languages: Iterable[str]) -> Remade:
        """Make the page at `path` anew in some languages. Only where all were built before."""
        processes = [self._processes[language] for language in languages]
        for process in processes:
            process.send(path)
        try:
            made = [process.receive() for process in processes]
        except Died as error:
            return Remade(False, (f"{path}: {error}",))
        problems = (problem for each in made for problem in each.problems)
        return Remade(all(each.enough for each in made), tuple(dict.fromkeys(problems)))


def _move(folder: Path, target: Path) -> None:
    """Move what is in `folder` to `target`, but for what is there from before."""
    for entry in folder.iterdir():
        there = target / entry.name
        if not there.exists():
            entry.rename(there)
        elif entry.is_dir():
            _move(entry, there)


def _link(file: str, copy: str) -> None:
    """Give a file a second name, which costs no space; copy it where the disk cannot."""
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)


# -- in a process of its own ----------------------------------------------------------


def _work(
    pipe: Connection,
    root: Path,
    site_dir: Path,
    folder: Path,
    language: str,
    address: str | None,
    part: tuple[int, int],
) -> None:
    """Build one language in `folder`: send a part of all editions, get the whole, send the outcome.

    `part` is the number of its part, and of how many. With an `address`, then get paths of pages,
    and send what came of making each anew.
    """
    built: tuple[Built, ...] = ()
    with collected() as problems:
        config = load(root, site_dir=folder, site_url=address)
        book = plugin.of(config).editions(config)
        pipe.send(book.part(*part, list(i18n.names(config))))
        book.take(*pipe.recv())
        remaker = Remaker.of(config) if address else None
        try:
            _build(language, config, serving=bool(address))
            built = (_built(language, site_dir, config),)
        except Exception as error:  # of a theme, another plugin or an extension as well as ours
            problems.append(f"{language}: {failure_line(error)}")
    pipe.send(Outcome(built, tuple(problems)))
    while remaker:
        path = pipe.recv()
        with collected() as problems:
            enough = remaker.remake(path, site_dir)
        pipe.send(Remade(enough, tuple(problems)))


def _build(language: str, config: MkDocsConfig, *, serving: bool) -> None:
    i18n.select(language, config)
    config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def _built(language: str, site_dir: Path, config: MkDocsConfig) -> Built:
    book = plugin.of(config).editions(config)
    leaves = (book.leaf(path, language) for path in book.sources)
    tallies = [leaf.tally for leaf in leaves if leaf.tally]
    return Built(
        language,
        i18n.names(config)[language],
        pages=len(book.sources),
        written=len(book.sources) - len(tallies),
        tally=reduce(Tally.plus, tallies, Tally()),
        home=site_dir / places.file(places.HOME, language, config),
    )
