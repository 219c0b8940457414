"""Build each language of a site in its own process, and rebuild single pages there.

First, each process assembles a part of the pages in all languages; then the processes exchange
these parts, because every page links to itself in all languages. Each process builds one language
into its own folder, so that none can overwrite another's files. When all are built, their files are
merged and replace the site as a whole.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import reduce
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, Never, Self

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from handbook.bitext.problem import Problem, SettingsError, amount
from handbook.bitext.translate.assemble import Tally
from handbook.press.core import i18n, places
from handbook.press.core.config import load
from handbook.press.core.editions import Edition, Editions
from handbook.press.core.failures import problems_of
from handbook.press.core.kept import Kept, Used, delete_unused
from handbook.press.core.log import collected
from handbook.press.core.process import Died, Process, can_fork
from handbook.press.make.aside import PARTS, Aside
from handbook.press.plugin import handlers, plugin
from handbook.press.plugin.remake import Remaker

_MAPS = ("sitemap.xml", "sitemap.xml.gz")


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
    """The file of the home page."""

    def __str__(self) -> str:
        pages = f"{amount(self.pages, 'page')}, {self.written} written in it"
        line = f"{self.name} ({self.language}): {pages}"
        if self.tally.total:
            line += f", the others {self.tally.percent} % current"
        return f"{line}: {os.path.relpath(self.home)}"


@dataclass(frozen=True)
class Outcome:
    """The result of a build."""

    languages: tuple[Built, ...]
    problems: tuple[Problem, ...]
    """Problems of pages, catalogs or the configuration."""
    used: Used = field(default_factory=dict)
    """Which results of earlier builds, or of this one, it was made of."""


@dataclass(frozen=True)
class Remade:
    """The result of rebuilding one page."""

    enough: bool
    """False if other pages must be rebuilt too; then nothing was written."""
    problems: tuple[Problem, ...]


class Ready(NamedTuple):
    """What a forked process has from the one that it was forked from, and need not load again."""

    config: MkDocsConfig
    said: tuple[Problem, ...]
    """What was wrong with it."""


class Workshop:
    """The processes that build the languages of a site; the end of its `with` block stops them."""

    def __init__(
        self,
        root: Path,
        config: MkDocsConfig,
        address: str | None = None,
        languages: Collection[str] = (),
        said: Iterable[Problem] = (),
    ) -> None:
        """Start a process for each language of `config`, or only for `languages`.

        `address` is that of a preview: with it, the processes make no books and keep running, to
        rebuild single pages. With `languages`, the files of other languages in the existing site
        stay as they are. `said` is what was wrong with `config`. Raises SettingsError.
        """
        self._site_dir, self._default = Path(config.site_dir), i18n.default(config)
        self._is_part, self._is_preview = bool(languages), bool(address)
        names = [each for each in i18n.names(config) if not languages or each in languages]
        with ExitStack() as stack:  # an exception in this block stops the processes already started
            self._aside = Aside(self._site_dir)
            stack.callback(self._aside.close)
            self._folders = {each: self._aside.folder / PARTS / each for each in names}
            ready = Ready(config, tuple(said)) if not address and can_fork() else None
            if ready:
                plugin.of(config).read_ahead(config)
            self._processes = {
                language: stack.enter_context(
                    Process(
                        *(_work, root, self._site_dir, folder, language, address),
                        *((i, len(names)), ready),
                        forked=ready is not None,
                    )
                )
                for i, (language, folder) in enumerate(self._folders.items())
            }
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes and remove the build folder."""
        self._stack.close()

    def build(self) -> Iterator[Outcome]:
        """Build all languages; yield the result of each, the site's default language first.

        Once all are built, they replace the existing site. If one cannot be built, the existing
        site stays; without an existing site, and in a preview, the built languages are published.
        """
        whole = self._editions()
        for language, process in self._processes.items():
            mine = (each if each.language == language else each.outline() for each in whole)
            process.send(list(mine))
        failed, used = [], Used()
        for language, process in self._processes.items():
            try:
                outcome = process.receive()
            except Died as error:
                outcome = Outcome((), (Problem(language, 0, str(error)),))
            if not outcome.languages:
                failed.append(language)
            for folder, names in outcome.used.items():
                used.setdefault(folder, set()).update(names)
            yield outcome
        if failed and self._site_dir.exists() and not self._is_preview:
            kept = f"left as it was: {', '.join(failed)} could not be built"
            yield Outcome((), (Problem(os.path.relpath(self._site_dir), 0, kept),))
        else:
            self._publish(failed)
        if not (failed or self._is_part or self._is_preview):
            delete_unused(used)

    def _publish(self, failed: Collection[str]) -> None:
        """Merge the languages that were built, and replace the site with the result.

        What those that `failed` had written is left out. Of a part, what all languages share, such
        as scripts and styles, is new too: its pages were made for that.
        """
        new = self._aside.folder
        if self._is_part and self._site_dir.exists():
            shutil.copytree(self._site_dir, new, dirs_exist_ok=True, copy_function=_link)
        for language, folder in self._folders.items():
            if self._is_part:
                self._make_room(language, folder)
            if folder.exists() and language not in failed:
                _move(folder, new, replacing=self._is_part)
        shutil.rmtree(new / PARTS, ignore_errors=True)
        self._aside.publish()

    def _make_room(self, language: str, folder: Path) -> None:
        """Delete the old pages of a language from the copy of the site, where `folder` goes.

        The map of the site stays, unless it is of the default language, at the root: the new one
        lists pages of languages that were not built.
        """
        shutil.rmtree(self._aside.folder / language, ignore_errors=True)
        for name in _MAPS if language != self._default else ():
            if (self._aside.folder / name).exists():
                (folder / name).unlink(missing_ok=True)

    def _editions(self) -> list[Edition]:
        """Receive and merge the parts of all editions; return [] if a process has ended early."""
        parts: list[list[Edition]] = []
        for process in self._processes.values():
            with suppress(Died):  # the others then assemble all pages; `build` reports it later
                if part := process.receive():
                    parts.append(part)
        if len(parts) < len(self._processes):
            return []
        return [reduce(Edition.plus, each) for each in zip(*parts, strict=True)]

    def remake(self, path: str, languages: Iterable[str]) -> Remade:
        """Rebuild the page at `path` in `languages`, each of which must have been built before."""
        processes = [self._processes[language] for language in languages]
        for process in processes:
            process.send(path)
        try:
            made = [process.receive() for process in processes]
        except Died as error:
            return Remade(False, (Problem(path, 0, str(error)),))
        problems = (problem for each in made for problem in each.problems)
        return Remade(all(each.enough for each in made), tuple(dict.fromkeys(problems)))


def _move(folder: Path, target: Path, *, replacing: bool) -> None:
    """Move the content of `folder` to `target`; files that this has already, only if `replacing`.

    A file that is replaced may be a link to one of the old site, which stays as it is.
    """
    for entry in folder.iterdir():
        there = target / entry.name
        if entry.is_dir() and there.is_dir():
            _move(entry, there, replacing=replacing)
        elif not there.exists():
            entry.rename(there)
        elif replacing and not _is_same(entry, there):
            if there.is_dir():  # where now a file is
                shutil.rmtree(there)
            else:
                there.unlink()
            entry.rename(there)


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two files have the same content: then the older one, with its date, stays."""
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _link(file: str, copy: str) -> None:
    """Create `copy` as a hard link, which needs no space; where the disk has none, as a copy."""
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)


# -- in the process of a language -----------------------------------------------------


def _work(
    pipe: Connection,
    root: Path,
    site_dir: Path,
    folder: Path,
    language: str,
    address: str | None,
    part: tuple[int, int],
    ready: Ready | None,
) -> None:
    """Build one language in `folder`: send a part of all editions, receive all, send the outcome.

    `part` is the number of this part and the number of all parts. With an `address`, then receive
    paths of pages, rebuild each, and send the result.
    """
    built: tuple[Built, ...] = ()
    with collected() as problems:
        try:
            config = _settings(ready, problems, root, folder, address)
        except SettingsError as error:  # somebody has saved mkdocs.yml since the build began
            pipe.send(None)
            pipe.recv()
            pipe.send(Outcome((), error.problems))
            return
        _exchange(pipe, plugin.of(config).editions(config), part, config, is_preview=bool(address))
        remaker = Remaker.of(config) if address else None
        if _is_built(language, config, problems, serving=bool(address)):
            built = (_built(language, site_dir, config),)
    pipe.send(Outcome(built, tuple(problems), Kept.used))
    if remaker:
        _remake(pipe, remaker, site_dir)


def _settings(
    ready: Ready | None, problems: list[Problem], root: Path, folder: Path, address: str | None
) -> MkDocsConfig:
    """Return the configuration that builds in `folder`; what is wrong with it is a problem again.

    Raises SettingsError.
    """
    if ready is None:
        return load(root, site_dir=folder, site_url=address)
    ready.config.site_dir = str(folder)
    problems += ready.said
    return ready.config


def _remake(pipe: Connection, remaker: Remaker, site_dir: Path) -> Never:
    """Rebuild each page whose path is received, until this process is ended."""
    while True:
        path = pipe.recv()
        with collected() as problems:
            enough = remaker.remake(path, site_dir)
        pipe.send(Remade(enough, tuple(problems)))


def _exchange(
    pipe: Connection,
    editions: Editions,
    part: tuple[int, int],
    config: MkDocsConfig,
    *,
    is_preview: bool,
) -> None:
    """Send this process's part of all editions, and receive the whole of them."""
    pipe.send(editions.part(*part, list(i18n.names(config))))
    if not is_preview:  # a preview keeps what it has of a page that cannot be read any more
        editions.handbook.forget_parsed()
    editions.take_rest(*pipe.recv())


def _is_built(
    language: str, config: MkDocsConfig, problems: list[Problem], *, serving: bool
) -> bool:
    """Build a language; tell whether nothing ended that, else why, among the problems."""
    editions = plugin.of(config).editions(config)
    try:
        _build(language, config, serving=serving)
    except Abort:  # after a handler has ended the build with a reason, which MkDocs has logged
        reason = problems.pop()
        place = _place(problems, language, editions)
        text = f"{reason.text.rstrip('.')}; this has ended the build: mend that"
        problems.append(reason if reason.path else Problem(*place, text))
    except Exception as error:  # raised by our code, a theme, another plugin or an extension
        problems += problems_of(error, *_place(problems, language, editions))
    else:
        return True
    return False


def _place(problems: list[Problem], language: str, editions: Editions) -> tuple[str, int]:
    """Return where a build failed: at the page that MkDocs named last, or in the language.

    What MkDocs said is removed from the problems: the failure is reported once.
    """
    if problems and (found := _AT_PAGE.match(problems[-1].text)):
        path = places.split(found[1])[1]
        if editions.has(path):
            del problems[-1]
            return editions.leaf(path, language).file, 1
    return language, 0


_AT_PAGE = re.compile("Error (?:reading|building) page '([^']+)'")


def _build(language: str, config: MkDocsConfig, *, serving: bool) -> None:
    """Build the site in one language, with the events that MkDocs has for a whole run."""
    i18n.select(language, config)
    handlers.wrap_handlers(config)
    config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def _built(language: str, site_dir: Path, config: MkDocsConfig) -> Built:
    """Return what there is to tell of the site in one language."""
    editions = plugin.of(config).editions(config)
    leaves = (editions.leaf(path, language) for path in editions.sources)
    tallies = [leaf.tally for leaf in leaves if leaf.tally]
    return Built(
        language,
        i18n.names(config)[language],
        pages=len(editions.sources),
        written=len(editions.sources) - len(tallies),
        tally=reduce(Tally.plus, tallies, Tally()),
        home=site_dir / places.file(places.HOME, language, config),
    )
