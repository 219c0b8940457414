"""Show the handbook while it is worked on: what `handbook serve` does.

A saved page or catalog makes that page anew in the languages concerned, and open browsers show it.
Anything else that is saved, and an edit that shows on other pages too, makes everything anew.
"""

from __future__ import annotations

import re
import stat
import tempfile
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from bitext.problem import Problem, SettingsError
from bitext.project.handbook import SITE
from press.core import i18n
from press.core.config import load
from press.core.config import root as root_of
from press.make.workshop import Workshop
from press.plugin import plugin

_LOOK = 0.25
"""Seconds between two looks at the files."""

_OWN = re.compile(r"^\.|~$|\.pyc$|^\d+$")
"""The names of files that editors and Python keep for themselves."""

Tell = Callable[[str], None]
Stamp = tuple[int, int]
"""When a file was changed, and its size."""


def serve(
    root: Path,
    tell: Tell,
    *,
    languages: Collection[str] = (),
    host: str | None = None,
    port: int | None = None,
    warn: Tell | None = None,
) -> None:
    """Serve the handbook in `root` until an exception ends it.

    It is served in `languages` or, without any, in all; at mkdocs.yml's `dev_addr` but for `host`
    and `port`. `tell` is given the address and what was made anew; `warn`, or `tell` without it,
    whatever is wrong. Raises SettingsError.
    """
    config = load(root)
    named = config.dev_addr
    config.dev_addr = type(named)(host or named.host, port or named.port)
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder, ExitStack() as stack:
        shown = Path(folder, "site")  # what is built beside it is put away with it
        server = _Server(config, shown)
        stack.callback(server.shutdown)
        preview = Preview(root, shown, server.url, tell, languages, warn)
        stack.callback(preview.close)
        server.builder = preview.refresh
        preview.refresh()
        for place in _watched(config):
            server.watch(str(place))
        tell(f"Serving on {_home(server.url, config, languages)}; Ctrl-C ends it")
        server.serve()  # type: ignore[no-untyped-call]


def _home(address: str, config: MkDocsConfig, languages: Collection[str]) -> str:
    """The address of the home page in the first language that is served."""
    default = i18n.default(config)
    if not languages or default in languages:
        return address
    return f"{address}{next(each for each in i18n.names(config) if each in languages)}/"


class _Server(LiveReloadServer):
    """MkDocs' server with its port from the beginning: who asks during the first build waits."""

    def __init__(self, config: MkDocsConfig, folder: Path) -> None:
        """Take mkdocs.yml's port, to serve `folder`. Raises SettingsError."""
        host, port = config.dev_addr
        mount = urlsplit(config.site_url or "/").path
        super().__init__(lambda: None, host, port, str(folder), mount, polling_interval=_LOOK)
        self.error_handler = partial(_error_page, folder)
        try:
            super().server_bind()
            super().server_activate()
        except OSError as error:
            self.server_close()
            wrong = f"dev_addr {host}:{port} cannot be used ({error.strerror})"
            cure = "give another --port or --host"
            raise SettingsError(Problem("mkdocs.yml", 1, f"{wrong}; {cure}")) from None

    def server_bind(self) -> None:
        """Nothing: `serve` asks for what is done already."""

    def server_activate(self) -> None:
        """Nothing: as `server_bind`."""


class Change(NamedTuple):
    """A page whose source or catalog was saved, in the languages that show it."""

    path: str
    languages: tuple[str, ...]


class Preview:
    """A built site and the processes that built it."""

    def __init__(
        self,
        root: Path,
        site_dir: Path,
        address: str,
        tell: Tell,
        languages: Collection[str] = (),
        warn: Tell | None = None,
    ) -> None:
        """Nothing is built before `refresh` is called; then `languages` alone, if there are any."""
        self._root, self._site_dir, self._address, self._tell = root, site_dir, address, tell
        self._wanted, self._warn = languages, warn or tell
        self._workshop: Workshop | None = None
        self._languages: tuple[str, ...] = ()
        self._places: list[Path] = []
        self._seen: Mapping[Path, Stamp] = {}

    def refresh(self) -> None:
        """Bring the site up to date with the files; what cannot be used is told."""
        before, self._seen = self._seen, _look(self._places)
        files = {file for file, _ in before.items() ^ self._seen.items()}
        pages = {file for file in files if file in before and file in self._seen}
        changes = _changes(files, pages, self._root, self._languages)
        if self._workshop is None or changes is None or not self._remake(changes):
            self._rebuild()

    def close(self) -> None:
        """End the processes."""
        if self._workshop is not None:
            self._workshop.close()
            self._workshop = None

    def _remake(self, changes: Iterable[Change]) -> bool:
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
        try:
            config = load(self._root, site_dir=self._site_dir, site_url=self._address)
            plugin.of(config).editions(config)
        except SettingsError as error:
            self._warn(str(error))
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
        self._tell(f"{len(outcomes)} languages are up to date")


def _changes(
    files: Iterable[Path], known: Container[Path], root: Path, languages: tuple[str, ...]
) -> list[Change] | None:
    """The pages whose source or catalog is among the changed `files`; None if it takes more.

    A page that was not `known` before, or is gone, stands in the navigation of all others.
    """
    changes: dict[str, set[str]] = {}
    for file in files:
        match file.relative_to(root).parts:
            case ("docs", _, *rest) if file.suffix == ".md" and file in known:
                changes.setdefault("/".join(rest), set()).update(languages)
            case ("translations", language, *_) if language not in languages:
                pass  # nobody is shown it
            case ("translations", language, *rest) if file.suffix == ".po" and rest != [SITE]:
                path = PurePosixPath(*rest).with_suffix(".md").as_posix()
                changes.setdefault(path, set()).add(language)
            case _:
                return None
    return [Change(path, tuple(sorted(some))) for path, some in sorted(changes.items())]


def _watched(config: MkDocsConfig) -> Iterator[Path]:
    root = root_of(config)
    yield from (root / "mkdocs.yml", root / "pyproject.toml", Path(config.docs_dir))
    watched = (*config.watch, *plugin.watched(config))
    yield from (Path(each) for each in dict.fromkeys(watched) if Path(each).exists())


def _look(places: Iterable[Path]) -> dict[Path, Stamp]:
    """Every file that is no editor's own, with what tells whether it was changed."""
    seen = {}
    for place in places:
        for file in [place] if place.is_file() else place.rglob("*"):
            with suppress(FileNotFoundError):  # gone while we looked
                status = file.stat()
                if stat.S_ISREG(status.st_mode) and not _OWN.search(file.name):
                    seen[file] = (status.st_mtime_ns, status.st_size)
    return seen


def _error_page(site_dir: Path, code: int) -> bytes | None:
    page = site_dir / f"{code}.html"
    return page.read_bytes() if page.exists() else None
