"""Load the catalogs of a handbook; each is parsed at most once, and only if necessary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from bitext.catalog import canonical, units
from bitext.catalog.units import Catalog, Unit
from bitext.files import read
from bitext.languages.registry import Languages
from bitext.page.segments import Page
from bitext.problem import Problem
from bitext.project import walk
from bitext.project.reading import read_catalog
from bitext.translate.merge import entries


def path_of(page: str, language: str) -> str:
    """Return the path of the catalog of the page at `page`, from the root, with slashes."""
    return f"translations/{language}/{PurePosixPath(page).with_suffix('.po')}"


Stamp = tuple[int, int] | None
"""The time a file was saved (in nanoseconds), and its size; None if there is no file."""


class Catalogs:
    """The catalogs of a handbook, by name: a catalog's path from the root, with slashes."""

    def __init__(self, root: Path, project: str, records: Languages) -> None:
        """Take the root, and the project's name and languages for the headers of new catalogs."""
        self._root, self._project, self._records = root, project, records
        self._loaded: dict[str, Catalog | Problem | None] = {}
        self._stamps: dict[str, Stamp] = {}
        self._current: set[str] = set()
        self._holders: dict[str, Mapping[str, Sequence[str]]] = {}
        self._elsewhere: dict[tuple[str, str], Unit | None] = {}

    def load(self, name: str) -> Catalog | Problem | None:
        """Return the catalog `name`, or the problem of reading it; None if there is no file."""
        if name not in self._loaded:
            self._stamps[name] = _stamp(
                self._root / name
            )  # before reading: a later save then differs
            self._loaded[name] = self.read(name)
        return self._loaded[name]

    def read(self, name: str) -> Catalog | Problem | None:
        """Read the catalog `name` from disk; return a problem if it is not to be read."""
        return walk.fault(self._root, name) or read_catalog(self._root / name, name)

    def _text(self, name: str) -> str:
        """Return the text of the catalog `name`; "" if it cannot be read, or is not there."""
        is_there = (self._root / name).is_file() and not walk.fault(self._root, name)
        text = read(self._root / name, name) if is_there else ""
        return text if isinstance(text, str) else ""

    def is_stale(self, name: str) -> bool:
        """Tell whether the file of catalog `name` was saved since it was loaded."""
        return name in self._loaded and self._stamps[name] != _stamp(self._root / name)

    def refresh(self, name: str) -> None:
        """Make `load` read the catalog `name` again if its file was saved since."""
        if self.is_stale(name):
            del self._loaded[name]

    def replace(self, name: str, catalog: Catalog | None) -> None:
        """Use `catalog` as the content of the file `name` from now on."""
        self._loaded[name] = catalog
        self._stamps.setdefault(name, _stamp(self._root / name))
        self._current.discard(name)

    def empty(self, source_language: str, language: str) -> Catalog:
        """Return a catalog of this project without units."""
        record = self._records[language]
        return units.empty(record.gettext_code, source_language, self._project, record.plural_forms)

    def is_current(self, name: str, page: Page, path: str) -> bool:
        """Tell whether a catalog surely has exactly the units for the page at `path`.

        Its text is compared, which is many times faster than to parse and merge the catalog. False
        means "not known", and is also the result for catalogs that are already parsed.
        """
        is_new = name not in self._current and name not in self._loaded
        if is_new and canonical.has(self._text(name), entries(page, path)):
            self._current.add(name)
        return name in self._current

    def elsewhere(self, message: str, language: str, pages: Iterable[str]) -> Unit | None:
        """Return a translated unit of `message` in the catalogs of `pages`, current if possible."""
        if (message, language) not in self._elsewhere:
            found: Unit | None = None
            for name in self._holding(language, pages).get(message, ()):
                for unit in _translated(self.load(name), message):
                    if found is None or found.fuzzy or not unit.fuzzy:
                        found = unit
            self._elsewhere[message, language] = found
        return self._elsewhere[message, language]

    def _holding(self, language: str, pages: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Return the names of the catalogs that contain each message, without parsing them."""
        if language not in self._holders:
            holders: dict[str, list[str]] = {}
            for page in pages:
                name = path_of(page, language)
                for message in canonical.messages(self._text(name)):
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
    """Yield the units of a message that have a translation, obsolete units first."""
    if isinstance(catalog, Catalog):
        for unit in (*catalog.obsolete, *catalog.units):
            if unit.message == message and unit.translation and unit.context is None:
                yield unit
