"""The catalogs of a handbook, each parsed at most once, and not at all where its text will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from bitext.catalog import canonical, units
from bitext.catalog.units import Catalog, Unit
from bitext.files import read
from bitext.languages.registry import Languages
from bitext.page.segments import Page
from bitext.problem import Problem
from bitext.project.reading import read_catalog
from bitext.translate.merge import entries


def path_of(page: str, language: str) -> str:
    """The path of the catalog of the page at `page`, from the root, with slashes."""
    return f"translations/{language}/{PurePosixPath(page).with_suffix('.po')}"


def files_below(folder: Path) -> list[Path]:
    """The catalogs below a folder; not hidden files, which editors and killed runs leave."""
    return [file for file in sorted(folder.rglob("*.po")) if not file.name.startswith(".")]


Stamp = tuple[int, int] | None
"""When a file was saved, and its size; None if there is none."""


class Catalogs:
    """The catalogs below a root. A catalog's name is its path from there, with slashes."""

    def __init__(self, root: Path, project: str, records: Languages) -> None:
        """Take the root, and for the headers of new catalogs the project and the languages."""
        self._root, self._project, self._records = root, project, records
        self._loaded: dict[str, Catalog | Problem | None] = {}
        self._stamps: dict[str, Stamp] = {}
        self._current: set[str] = set()
        self._holders: dict[str, Mapping[str, Sequence[str]]] = {}
        self._elsewhere: dict[tuple[str, str], Unit | None] = {}

    def load(self, name: str) -> Catalog | Problem | None:
        """The catalog `name` as it is, or why it cannot be read; None if there is no such file."""
        if name not in self._loaded:
            self._stamps[name] = _stamp(self._root / name)  # first: what is saved meanwhile differs
            self._loaded[name] = read_catalog(self._root / name, name)
        return self._loaded[name]

    def is_stale(self, name: str) -> bool:
        """Whether the catalog `name` was saved by somebody since it was loaded."""
        return name in self._loaded and self._stamps[name] != _stamp(self._root / name)

    def refresh(self, name: str) -> None:
        """Have the catalog `name` loaded again if it was saved since."""
        if self.is_stale(name):
            del self._loaded[name]

    def replace(self, name: str, catalog: Catalog | None) -> None:
        """Take `catalog` for what is in the file `name` from now on."""
        self._loaded[name] = catalog
        self._stamps.setdefault(name, _stamp(self._root / name))
        self._current.discard(name)

    def empty(self, source_language: str, language: str) -> Catalog:
        """A catalog of this project without a unit."""
        record = self._records[language]
        return units.empty(record.gettext_code, source_language, self._project, record.plural_forms)

    def is_current(self, name: str, page: Page, path: str) -> bool:
        """Whether a catalog has just what the page at `path` asks for, as far as its text can tell.

        That is many times faster than to parse and to merge it. False does not mean that it has
        not, and is what is said of catalogs that are parsed already.
        """
        if name not in self._current and name not in self._loaded:
            text = read(self._root / name, name)
            if isinstance(text, str) and canonical.has(text, entries(page, path)):
                self._current.add(name)
        return name in self._current

    def elsewhere(self, message: str, language: str, pages: Iterable[str]) -> Unit | None:
        """A translated unit of `message` in a catalog of `pages`, a current one if there is one."""
        if (message, language) not in self._elsewhere:
            found: Unit | None = None
            for name in self._holding(language, pages).get(message, ()):
                for unit in _translated(self.load(name), message):
                    if found is None or found.fuzzy or not unit.fuzzy:
                        found = unit
            self._elsewhere[message, language] = found
        return self._elsewhere[message, language]

    def _holding(self, language: str, pages: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The catalogs that have a message, by message; none is parsed for it."""
        if language not in self._holders:
            holders: dict[str, list[str]] = {}
            for page in pages:
                name = path_of(page, language)
                text = read(self._root / name, name) if (self._root / name).exists() else ""
                for message in canonical.messages(text) if isinstance(text, str) else ():
                    holders.setdefault(message, []).append(name)
            self._holders[language] = holders
        return self._holders[language]


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _translated(catalog: Catalog | Problem | None, message: str) -> Iterator[Unit]:
    """The units of a message that have a translation, obsolete ones first."""
    if isinstance(catalog, Catalog):
        for unit in (*catalog.obsolete, *catalog.units):
            if unit.message == message and unit.translation and unit.context is None:
                yield unit
