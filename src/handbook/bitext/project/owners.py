"""Tell which catalogs belong to which page, also after the page was renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from handbook.bitext.catalog.units import Catalog
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project import catalogs, renamed, walk
from handbook.bitext.project.catalogs import Catalogs, catalog_path
from handbook.bitext.project.pages import SITE, Pages, Source
from handbook.bitext.project.renamed import Renames


class Owners:
    """The pages that the catalogs of a handbook belong to."""

    def __init__(self, pages: Pages, catalogs: Catalogs) -> None:
        """Take the pages and the catalogs of one handbook; nothing is read yet."""
        self._pages, self._catalogs = pages, catalogs
        self._walked: dict[str, Sequence[Path | Problem]] = {}
        self._stray_paths: dict[str, list[str]] = {}
        self._exchanged: dict[str, Mapping[str, str]] = {}

    def catalogued(self, language: str) -> list[str]:
        """Return the paths of the pages that a language has catalogs of, even of no page."""
        start = f"{(self._pages.root / 'translations' / language).as_posix()}/"
        found = (each.as_posix() for each in self.walked(language) if isinstance(each, Path))
        names = (name.removeprefix(start) for name in found if name.endswith(".po"))
        return [f"{name.removesuffix('.po')}.md" for name in names if name != SITE]

    def walked(self, language: str) -> Sequence[Path | Problem]:
        """Return all files of a language's catalogs, and a problem for each not to be read."""
        if language not in self._walked:
            found = walk.files(self._pages.root, f"translations/{language}")
            self._walked[language] = tuple(found)
        return self._walked[language]

    def strays(self, language: str) -> list[str]:
        """Return the paths of a language's catalogs that no page belongs to."""
        if language not in self._stray_paths:
            paths = self.catalogued(language) if self._pages.by_path else []
            known = self._pages.by_path
            self._stray_paths[language] = [path for path in paths if path not in known]
        return self._stray_paths[language]

    @cached_property
    def renames(self) -> Renames:
        """What has become of pages that are gone and have catalogs left."""
        gone: dict[str, set[str]] = {}
        for language in self._pages.languages:
            for path in self.strays(language):
                loaded = self._catalogs.load(catalog_path(path, language))
                units = loaded.units if isinstance(loaded, Catalog) else ()
                gone.setdefault(path, set()).update(unit.message for unit in units)
        if not gone:
            return Renames()
        new = filter(self._lacks_catalogs, self._pages.sources())
        return renamed.find(gone, {source.path: self._messages(source) for source in new})

    def _lacks_catalogs(self, source: Source) -> bool:
        """Tell whether a page has no translation of its own in at least one language."""
        names = (catalog_path(source.path, each) for each in self._others(source))
        return any(not catalogs.is_worked_on(self._catalogs.load(name)) for name in names)

    def _others(self, source: Source) -> list[str]:
        return [language for language in self._pages.languages if language != source.language]

    def _messages(self, source: Source) -> set[str]:
        page = self._pages.try_read(source)
        return {each.message for each in page.segments} if isinstance(page, Page) else set()

    def exchanged(self, language: str) -> Mapping[str, str]:
        """Return, for each page that took the name of another page, the path that it had before.

        A name that is taken leaves a catalog behind that is another page's, as one does that is
        gone. It is passed on only together with all others: no catalog is written over that has
        not found its page.
        """
        if language not in self._exchanged:
            self._exchanged[language] = self._exchanges(language)
        return self._exchanged[language]

    def _exchanges(self, language: str) -> Mapping[str, str]:
        """Return what `exchanged` does, worked out from the texts of pages and catalogs."""
        own = [each for each in self._pages.sources() if each.language != language]
        names = {path: catalog_path(path, language) for path in self.catalogued(language)}
        taken = {s.path for s in own if s.path in names and self._is_anothers(s, names[s.path])}
        if not taken:
            return {}
        left = (*self.strays(language), *taken)
        gone = {path: self._catalogs.messages(names[path]) for path in left}
        new = {s.path: self._messages(s) for s in own if s.path in taken or s.path not in names}
        pages = {a: b for a, b in renamed.find(gone, new).pages.items() if a != b}
        # One whose new name is taken by a page that finds no catalog of its own stays where it is,
        # and then so does the one that would have had its name.
        while lost := {a for a, b in pages.items() if b in taken and b not in pages}:
            pages = {a: b for a, b in pages.items() if a not in lost}
        return {b: a for a, b in pages.items() if a in taken or b in taken}

    def _is_anothers(self, source: Source, name: str) -> bool:
        """Tell whether the catalog of a page has too little of its text to be its own."""
        if self._catalogs.has_much_of(name, self._pages.text(source), renamed.SAME):
            return False  # nearly always, and many times as fast as to scan the page
        page = self._pages.try_read(source)
        if not isinstance(page, Page) or self._catalogs.is_current(
            name, page, source.path, source.language
        ):
            return False
        messages = self._messages(source)
        known = self._catalogs.messages(name) & messages
        little = sum(map(len, known)) < renamed.SAME * sum(map(len, messages))
        return little and catalogs.is_worked_on(self._catalogs.load(name))

    def is_moved(self, path: str, language: str) -> bool:
        """Tell whether the catalog of a page that is gone is used for the page it has become."""
        if path in self.exchanged(language).values():
            return True
        new = self.renames.pages.get(path)
        own = catalog_path(path, language)
        return new is not None and self.catalog_in_use(new, language) == own

    def catalog_in_use(self, path: str, language: str) -> str:
        """Return the path of the catalog that has the translations of the page at `path`.

        Until an update moves it, that of a renamed page has the old name.
        """
        own, exchanged = catalog_path(path, language), self.exchanged(language)
        if path in exchanged:
            return catalog_path(exchanged[path], language)
        for old, new in self.renames.pages.items() if self.strays(language) else ():
            if new == path and old in self.strays(language):
                known = catalogs.is_worked_on(self._catalogs.load(own))
                return own if known else catalog_path(old, language)
        return own
