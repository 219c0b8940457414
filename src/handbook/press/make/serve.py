"""Serve a live preview of the handbook while people edit it: what `handbook serve` does.

When a page or catalog is saved, that page is rebuilt in the languages concerned and reloaded in
open browsers. When any other file is saved, or an edit affects other pages, everything is rebuilt.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.files import Stamp, stamp
from handbook.bitext.problem import Problem, SettingsError, amount
from handbook.bitext.project.pages import SITE
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import i18n
from handbook.press.core.config import load
from handbook.press.core.config import root as root_of
from handbook.press.make.livereload import Server
from handbook.press.make.workshop import Workshop
from handbook.press.plugin import plugin

_OWN = re.compile(r"^\.(?!nav\.yml$|pages$)|~$|\.pyc$|^\d+$")
"""Matches the names of temporary files of editors and of Python's bytecode files, but not those of
files that plugins read the navigation from."""

Tell = Callable[[str], None]
"""A function that shows a line of text to the user."""
Warn = Callable[[Problem], None]
"""A function that shows a problem to the user."""


def serve(
    root: Path,
    tell: Tell,
    warn: Warn,
    *,
    languages: Collection[str] = (),
    host: str | None = None,
    port: int | None = None,
) -> None:
    """Serve the handbook in `root` until an exception ends it.

    Only `languages` are served or, without any, all. `host` and `port` override `dev_addr` of
    mkdocs.yml. `tell` is called with the address and with each page that was rebuilt; `warn`
    is called with each problem. Raises SettingsError.
    """
    config = load(root)
    named = config.dev_addr
    config.dev_addr = type(named)(host or named.host, port or named.port)
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder, ExitStack() as stack:
        shown = Path(folder, "site")  # a subfolder: the folder for builds beside it is deleted too
        mount = urlsplit(config.site_url or "/").path
        server = Server(shown, *config.dev_addr, mount)
        stack.callback(server.shutdown)
        preview = SitePreview(root, shown, server.url, tell, warn, languages)
        stack.callback(preview.close)
        server.follow(preview.refresh, warn)
        preview.refresh()
        for place in _watched(config):
            server.watch(str(place))
        tell(f"Serving on {_home(server.url, config, languages)}; Ctrl-C ends it")
        server.serve()  # type: ignore[no-untyped-call]  # of MkDocs


def _home(address: str, config: MkDocsConfig, languages: Collection[str]) -> str:
    """Return the address of the home page in the first language that is served."""
    default = i18n.default(config)
    if not languages or default in languages:
        return address
    return f"{address}{next(each for each in i18n.names(config) if each in languages)}/"


class Change(NamedTuple):
    """A page whose source or catalog was saved, and the languages to rebuild it in."""

    path: str
    languages: tuple[str, ...]


class SitePreview:
    """A live preview: a built site and the processes that built it."""

    def __init__(
        self,
        root: Path,
        site_dir: Path,
        address: str,
        tell: Tell,
        warn: Warn,
        languages: Collection[str] = (),
    ) -> None:
        """Prepare a preview of `languages`, or of all; `refresh` makes the first build."""
        self._root, self._site_dir, self._address, self._tell = root, site_dir, address, tell
        self._wanted, self._warn = languages, warn
        self._workshop: Workshop | None = None
        self._languages: tuple[str, ...] = ()
        self._places: list[Path] = []
        self._seen: Mapping[Path, Stamp] = {}

    def refresh(self) -> None:
        """Rebuild what has changed since the last call; report every problem.

        What ends a build, such as a full disk, ends its processes: the next call builds all anew.
        """
        try:
            self._refresh()
        except BaseException:
            self.close()
            raise

    def _refresh(self) -> None:
        before, self._seen = self._seen, _look(self._places)
        files = {file for file, _ in before.items() ^ self._seen.items()}
        pages = {file for file in files if file in before and file in self._seen}
        changes = _changes(files, pages, self._root, self._languages)
        if self._workshop is None or changes is None or not self._remake(changes):
            self._rebuild()

    def close(self) -> None:
        """Stop the processes of the preview."""
        if self._workshop is not None:
            self._workshop.close()
            self._workshop = None

    def _remake(self, changes: Iterable[Change]) -> bool:
        """Rebuild single pages; tell whether that was enough, or all has to be rebuilt."""
        assert self._workshop is not None
        for path, languages in changes:
            made = self._workshop.remake(path, languages)
            for problem in made.problems:
                self._warn(problem)
            if not made.enough:
                return False
            if not made.problems:
                self._tell(f"{path} is up to date: {', '.join(languages)}")
        return True

    def _rebuild(self) -> None:
        """Build all languages with new processes; with settings that are wrong, keep the old."""
        try:
            config = load(self._root, site_dir=self._site_dir, site_url=self._address)
            plugin.of(config).editions(config)
        except SettingsError as error:
            for problem in error.problems:
                self._warn(problem)
            return
        self.close()
        names = (each for each in i18n.names(config) if not self._wanted or each in self._wanted)
        self._languages, self._places = tuple(names), list(_watched(config))
        self._seen = _look(self._places)
        self._workshop = Workshop(self._root, config, self._address, self._wanted)
        outcomes = list(self._workshop.build())
        problems = (problem for outcome in outcomes for problem in outcome.problems)
        for problem in dict.fromkeys(problems):
            self._warn(problem)
        self._tell(f"up to date: {amount(len(outcomes), 'language')}")


def _changes(
    files: Iterable[Path], known: Container[Path], root: Path, languages: tuple[str, ...]
) -> list[Change] | None:
    """Return the pages to rebuild for the changed `files`; None if all must be rebuilt.

    All must be if a page is new or deleted (not `known`): the navigation on every page names it;
    and if it is none of the handbook's, as `watch` may name the source of a program.
    """
    changes: dict[str, set[str]] = {}
    for file in files:
        match file.relative_to(root).parts if file.is_relative_to(root) else ():
            case ("docs", _, *rest) if file.suffix == ".md" and file in known:
                changes.setdefault("/".join(rest), set()).update(languages)
            case ("translations", language, *_) if language not in languages:
                pass  # this language is not served
            case ("translations", language, *rest) if file.suffix == ".po" and rest != [SITE]:
                path = PurePosixPath(*rest).with_suffix(".md").as_posix()
                changes.setdefault(path, set()).add(language)
            case _:
                return None
    return [Change(path, tuple(sorted(some))) for path, some in sorted(changes.items())]


def _watched(config: MkDocsConfig) -> Iterator[Path]:
    """Yield the files and folders to watch; they may be made later."""
    root = root_of(config)
    own = (str(root / MKDOCS), str(root / "pyproject.toml"), config.docs_dir)
    watched = (*own, *config.watch, *plugin.watched(config))
    yield from map(Path, dict.fromkeys(watched))


def _look(places: Iterable[Path]) -> dict[Path, Stamp]:
    """Return every file in `places`, except temporary ones, with what tells whether it changes."""
    seen: dict[Path, Stamp] = {}
    for place in places:
        for file in [place] if place.is_file() else place.rglob("*"):
            if not _OWN.search(file.name) and (found := stamp(file)):
                seen[file] = found
    return seen
