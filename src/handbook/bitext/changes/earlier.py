"""A page as its readers had it at a commit, in the language that it was written in or another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from handbook.bitext.catalog.units import Catalog, State, Unit
from handbook.bitext.changes.history import place
from handbook.bitext.page.segments import Page
from handbook.bitext.project import includes
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.merge import merge

Content = Callable[[str], bytes | None]
"""A function that returns what git keeps under an id or `commit:./path`; None if there is none."""

_UNTRANSLATED = "\ufdd0"
"""Marks text that is not translated: a character that no text may have (Unicode 23.7)."""


@dataclass(frozen=True)
class Earlier:
    """The pages of a handbook as they were at earlier commits, in one language."""

    handbook: Handbook
    language: str
    content: Content

    def read(self, name: str) -> str | None:
        """Return the text that git keeps under an id or `commit:./path`; None if there is none."""
        found = self.content(name)
        return None if found is None else found.decode("utf-8", "replace")

    def page(self, text: str) -> Page | None:
        """Return the page that a text of `shown` is, without what is not translated.

        None if it cannot be read.
        """
        page = self.handbook.scanned(text)
        if not isinstance(page, Page):
            return None
        if _UNTRANSLATED not in text:
            return page
        known = (each for each in page.segments if _UNTRANSLATED not in each.message)
        return page._replace(segments=tuple(known))

    def shown(self, text: str, names: Sequence[str], commit: str) -> str:
        """Return the text of a page as readers of the language had it at a commit.

        `names` are those that the page had until then, the newest first. What it included is in it.
        "" if nothing of it was translated.
        """
        name = self._name(names, commit)
        parts: list[str] = []

        def read(path: str) -> str | None:
            parts.append(path)
            return self.read(f"{commit}:./{path}")

        if "8<-" in text:
            text = includes.joined(text, name, read, self.handbook.folders)
        if place(name)[0] == self.language:
            return text
        return self._translated(text, (names, *((part,) for part in parts)), commit)

    def _name(self, names: Sequence[str], commit: str) -> str:
        """Return that of the names of a page which it had at a commit."""
        had = (each for each in names if self.content(f"{commit}:./{each}") is not None)
        return names[0] if len(names) == 1 else next(had, names[0])

    def _translated(self, text: str, files: Iterable[Sequence[str]], commit: str) -> str:
        """Return a text with the translations of files, of each the names; "" if there are none."""
        return self._assembled(text, tuple(self._catalog(names, commit) for names in files))

    def _catalog(self, names: Iterable[str], commit: str) -> bytes:
        """Return the catalog of a file at a commit, under the newest name that it has; b"" if none.

        Where a page was renamed on a website, its catalogs follow in a later commit.
        """
        paths = (catalog_path(place(name)[1], self.language) for name in names)
        found = (self.content(f"{commit}:./{path}") for path in paths)
        return next((data for data in found if data is not None), b"")

    @cached_property
    def _assembled(self) -> Callable[[str, tuple[bytes, ...]], str]:
        """The function that translates a text with catalogs; two days have a version in common."""

        @lru_cache(maxsize=2)
        def assembled(text: str, catalogs: tuple[bytes, ...]) -> str:
            page = self.handbook.scanned(text)
            if not isinstance(page, Page):
                return text  # nor could readers read it
            units = tuple(unit for data in catalogs for unit in _units(data))
            merged = merge(page, Catalog({}, units))
            made = assemble(page, merged, None, _marked, self.handbook.settings.hosts)
            return made.text if made.tally.current + made.tally.changed else ""

        return assembled


def _units(data: bytes) -> tuple[Unit, ...]:
    catalog = parse_catalog(data, "")
    return catalog.units if isinstance(catalog, Catalog) else ()


def _marked(state: State, text: str, source: str) -> str:
    return text if state == "changed" else f"{_UNTRANSLATED}{text}"
