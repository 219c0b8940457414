"""A handbook on disk: its pages and catalogs, found, read and kept in memory.

Nothing is written or printed here; what is wrong with a file is a problem. What is done to a
handbook is a module each beside this one: `update`, `check`, `align`, `stage`, `status`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bitext.catalog.units import Catalog, Unit
from bitext.languages.record import Language
from bitext.languages.registry import Languages
from bitext.page import scan
from bitext.page.segments import Page
from bitext.problem import Problem
from bitext.project import catalogs, settings
from bitext.project.catalogs import Catalogs
from bitext.project.reading import front_matter, read_catalog, read_page
from bitext.project.settings import Settings
from bitext.translate.assemble import Label, Tally, assemble, tally, unlabelled
from bitext.translate.guards import interface_refusal
from bitext.translate.merge import merge
from bitext.translate.proof import Original
from bitext.translate.skeleton import Renderer

SITE = "site.po"
_SITE_PAGE = "site.md"
"""The catalog of interface text: navigation, notices, labels."""


@dataclass(frozen=True, order=True)
class Source:
    """A page in the language it was first written in."""

    path: str
    """Relative to the folder of its language, with slashes; the same in every language."""
    language: str
    file: Path = field(compare=False)


@dataclass(frozen=True)
class Translation:
    """A page in another language than its own."""

    text: str
    tally: Tally
    word_tally: Tally
    """The same in words of the source text."""
    older: tuple[str, ...]
    """The messages shown in a translation of an earlier wording, each once."""
    problems: tuple[Problem, ...]


def _unlabelled(source: Language) -> Label:
    """Show what is not current like everything else."""
    return unlabelled


class Handbook:
    """A handbook on disk. Each file is read once, when it is first asked for."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = _unlabelled,
    ) -> None:
        """Take the folder of a handbook and its settings; nothing is read yet.

        `render` makes HTML of a page's text: with it, translations that change more than words
        are refused. `marks` gives, for the language of a source, how to show what is not current.
        """
        self.root, self.settings = root, settings
        self.render, self.marks = render, marks
        self.records = Languages(root)
        """What is known of each language."""
        self.catalogs = Catalogs(root, settings.name, self.records)
        self._texts: dict[str, str | Problem] = {}
        self._pages: dict[str, Page | Problem] = {}

    @classmethod
    def open(
        cls,
        root: Path,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = _unlabelled,
    ) -> Handbook:
        """Open the handbook in `root`. Raises SettingsError."""
        return cls(root, settings.read(root), render, marks)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of all languages, the default first."""
        return self.settings.languages

    # -- what there is ------------------------------------------------------------

    @cached_property
    def _found(self) -> dict[str, list[Source]]:
        """All files of pages, by path; more than one where languages have the same path."""
        found: dict[str, list[Source]] = {}
        for language in self.languages:
            folder = self.root / "docs" / language
            for file in sorted(folder.rglob("*.md")):
                path = file.relative_to(folder).as_posix()
                if path != "README.md":
                    found.setdefault(path, []).append(Source(path, language, file))
        return dict(sorted(found.items()))

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        first = (sources[0] for sources in self._found.values())
        return tuple(source for source in first if isinstance(self._text(source), str))

    def sources(self) -> tuple[Source, ...]:
        """Every page that can be read, by path; of two with one path the first language's."""
        return self._sources

    def found(self, path: str) -> Sequence[Source]:
        """The files of the page at `path`, whether they can be read or not: one, if all is well."""
        return self._found.get(path, ())

    def unusable(self) -> set[str]:
        """The paths of pages that a problem keeps from being used."""
        return self._found.keys() - {source.path for source in self.sources()}

    def name(self, file: Path) -> str:
        """What problems call a file: its path from the root, with slashes."""
        return file.relative_to(self.root).as_posix()

    def catalog_path(self, path: str, language: str) -> str:
        """The path of the catalog of page `path`, from the root, with slashes."""
        return catalogs.path_of(path, language)

    # -- what is wrong ------------------------------------------------------------

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong with the files themselves, pages first."""
        yield from self.page_problems()
        for language in self.languages:
            yield from self.catalog_problems(language)

    def page_problems(self) -> Iterator[Problem]:
        """What is wrong with the files of languages and pages."""
        yield from self.records.problems
        if not self._found:
            home = f"docs/{self.languages[0]}/index.md"
            yield Problem("docs", 0, f"there are no pages; write the first one, {home}")
        for sources in self._found.values():
            if len(sources) > 1:
                yield self._double(sources)
            elif isinstance(text := self._text(sources[0]), Problem):
                yield text

    def _double(self, sources: Sequence[Source]) -> Problem:
        first, second = (self.name(source.file) for source in sources[:2])
        fault = f"{first} is a page of the same path"
        cure = f"keep one as the source and make the other a catalog: handbook align {second}"
        return Problem(second, 1, f"{fault}; {cure}")

    def catalog_problems(self, language: str) -> Iterator[Problem]:
        """What is wrong with the catalogs of a language."""
        for source in self.sources():
            if source.language != language:
                yield from self.catalog_problem(source.path, language)
        yield from self.stray_problems(language)
        yield from self.interface_problems(language)

    def catalog_problem(self, path: str, language: str) -> Iterator[Problem]:
        """What is wrong with the catalog of one page, if there is one."""
        if not self.is_current(path, language):
            catalog = self.catalogs.load(self.catalog_path(path, language))
            if isinstance(catalog, Problem):
                yield catalog

    def stray_problems(self, language: str) -> Iterator[Problem]:
        """What is wrong with the catalogs of a language that belong to no page of `sources()`.

        Nothing in a handbook without pages: its catalogs are not what is wrong.
        """
        if not self._found:
            return
        usable = {source.path for source in self.sources() if source.language != language}
        folder = self.root / "translations" / language
        for file in catalogs.files_below(folder):
            path = file.relative_to(folder).with_suffix(".md").as_posix()
            owner = self.found(path)
            own = [source.language for source in owner] == [language]
            if file != folder / SITE and (not owner or own):
                yield Problem(self.name(file), 1, _no_page(path, language, owner))
            elif path not in usable:
                yield from self.catalog_problem(path, language)

    # -- reading ------------------------------------------------------------------

    def read(self, source: Source) -> Page:
        """The page of `source`, which is one of `sources()`."""
        page = self.try_read(source)
        assert isinstance(page, Page)
        return page

    def try_read(self, source: Source) -> Page | Problem:
        """The page of `source`, or why it cannot be read."""
        name = self.name(source.file)
        if name not in self._pages:
            self._pages[name] = self.scanned(self._text(source))
        return self._pages[name]

    def _text(self, source: Source) -> str | Problem:
        name = self.name(source.file)
        if name not in self._texts:
            self._texts[name] = read_page(source.file, name)
            if source.path == _SITE_PAGE:
                fault = f"its catalogs would be {SITE}, where interface text is; rename the page"
                self._texts[name] = Problem(name, 1, fault)
        return self._texts[name]

    def scanned(self, text: str | Problem) -> Page | Problem:
        """The page that a text is by the handbook's settings; a problem stays one."""
        return text if isinstance(text, Problem) else scan.read(text, self.settings.keys)

    def front(self, source: Source) -> Mapping[str, object]:
        """The front matter of a page that can be read."""
        text = self._text(source)
        assert isinstance(text, str)
        return front_matter(text)

    def reread(self, path: str, language: str) -> list[Problem]:
        """Read a page and its catalog again; where one cannot be read, both stay as they were."""
        source = self._found[path][0]
        name, catalog_name = self.name(source.file), self.catalog_path(path, language)
        text = read_page(source.file, name)
        catalog = read_catalog(self.root / catalog_name, catalog_name)
        if isinstance(text, Problem) or isinstance(catalog, Problem):
            return [each for each in (text, catalog) if isinstance(each, Problem)]
        self._texts[name], self._pages[name] = text, self.scanned(text)
        self.catalogs.replace(catalog_name, catalog)
        return []

    def is_current(self, path: str, language: str) -> bool:
        """Whether the catalog of page `path` is surely up to date; see `Catalogs.is_current`."""
        page = self.try_read(self._found[path][0]) if path in self._found else None
        name = self.catalog_path(path, language)
        return isinstance(page, Page) and self.catalogs.is_current(name, page, path)

    # -- translating --------------------------------------------------------------

    def catalog(self, source: Source, language: str) -> Catalog:
        """The catalog of a page as it would be after an update; nothing is written.

        A catalog that cannot be read counts as empty; `problems` names it.
        """
        loaded = self.catalogs.load(self.catalog_path(source.path, language))
        if not isinstance(loaded, Catalog):
            loaded = self.catalogs.empty(source.language, language)

        def elsewhere(message: str) -> Unit | None:
            pages = (each.path for each in self.sources())
            return self.catalogs.elsewhere(message, language, pages)

        return merge(self.read(source), loaded, elsewhere, source.path)

    def original(self, source: Source) -> Original | None:
        """Return the measure of a page's translations, to be made once for all languages.

        None if the handbook was opened without a renderer.
        """
        return Original(self.read(source), self.render) if self.render else None

    def translated(
        self, source: Source, language: str, original: Original | None = None
    ) -> Translation:
        """The page of `source` in another language, and which translations were refused.

        `original` saves rendering the source page again for each language.
        """
        page, catalog = self.read(source), self.catalog(source, language)
        original = original or self.original(source)
        result = assemble(
            page, catalog, original, self.marks(self.records[source.language]), self.settings.hosts
        )
        name = self.catalog_path(source.path, language)
        refused = (
            Problem(name, r.line or 1, f"words: {r.reason}", "words") for r in result.refusals
        )
        return Translation(
            result.text, result.tally, result.word_tally, result.older, tuple(refused)
        )

    def reviewed(self, source: Source, language: str) -> str:
        """What the header of a page's catalog says of its review; "" if it says nothing."""
        loaded = self.catalogs.load(self.catalog_path(source.path, language))
        return loaded.header.get("X-Reviewed", "") if isinstance(loaded, Catalog) else ""

    def tally(self, source: Source, language: str) -> Tally:
        """How much of a page is current in `language`."""
        return tally(self.catalog(source, language).units)

    def _site_units(self, language: str) -> Sequence[Unit]:
        loaded = self.catalogs.load(f"translations/{language}/{SITE}")
        return loaded.units if isinstance(loaded, Catalog) else ()

    def site_tally(self, language: str) -> Tally:
        """How much of the interface text is current in `language`."""
        return tally(self._site_units(language))

    def words(self, language: str) -> dict[str, str]:
        """The messages of the interface that are translated, with their translations."""
        units = self._site_units(language)
        current = {u.message: u.translation for u in units if u.state == "current"}
        return {m: t for m, t in current.items() if interface_refusal(m, t) is None}

    def interface_problems(self, language: str) -> Iterator[Problem]:
        """The translations of interface text that are not used, with the reasons."""
        for unit in self._site_units(language):
            if unit.state == "current" and (
                reason := interface_refusal(unit.message, unit.translation)
            ):
                name = f"translations/{language}/{SITE}"
                yield Problem(name, unit.line or 1, f"words: {reason}", "words")

    def terms(self, language: str) -> dict[str, str]:
        """The terms of the glossary, as it has them, with their translations in `language`."""
        source = next((s for s in self.sources() if s.path == self.settings.glossary), None)
        if source is None:
            return {}
        terms = {s.message: s.message for s in self.read(source).segments if s.kind == "term"}
        if language == source.language:
            return terms
        units = self.catalog(source, language).units
        return {u.message: u.translation for u in units if u.message in terms and u.translation}


def _no_page(path: str, language: str, owner: Sequence[Source]) -> str:
    if owner:
        return f"docs/{language}/{path} is itself the source; delete this catalog"
    return f"there is no page {path}; rename the catalog with its page, or delete it"
