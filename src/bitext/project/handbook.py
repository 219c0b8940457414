"""Find and read the pages and catalogs of a handbook on disk, and keep them in memory.

Nothing is written or printed here; a fault in a file is returned as a Problem. Each command on a
handbook has its own module in this package: `update`, `check`, `align`, `stage`, `status`.
"""

from __future__ import annotations

import traceback
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
from bitext.project import catalogs, settings, walk
from bitext.project.catalogs import Catalogs
from bitext.project.reading import front_matter, read_page
from bitext.project.settings import Settings
from bitext.translate.assemble import Label, Tally, assemble, tally, unlabelled
from bitext.translate.guards import interface_refusal
from bitext.translate.merge import merge
from bitext.translate.proof import Original
from bitext.translate.skeleton import Renderer

SITE = "site.po"
_SITE_PAGE = "site.md"
"""The page whose catalog would be `SITE`, that of interface text: navigation, notices, labels."""


@dataclass(frozen=True, order=True)
class Source:
    """A source page: a page in the language it was first written in."""

    path: str
    """Relative to the folder of its language, with slashes; the same in every language."""
    language: str
    file: Path = field(compare=False)


@dataclass(frozen=True)
class Translation:
    """A page translated into another language than that of its source."""

    text: str
    tally: Tally
    word_tally: Tally
    """The same tally, counted in words of the source text."""
    older: tuple[str, ...]
    """The messages shown in a translation of their earlier text, each once."""
    problems: tuple[Problem, ...]


def _unlabelled(source: Language) -> Label:
    """Return the function that shows text that is not current without a label."""
    return unlabelled


class Handbook:
    """The pages and catalogs of a handbook on disk. Each file is read once, when first needed."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = _unlabelled,
    ) -> None:
        """Take the folder of a handbook and its settings; nothing is read yet.

        `render` converts a page's text to HTML; with it, translations that change more than text
        are refused. `marks` returns, for the language of a source page, the function that labels
        text that is not current.
        """
        self.root, self.settings = root, settings
        self.render, self.marks = render, marks
        self.records = Languages(root)
        """The data of each language."""
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
        """The codes of all languages, the default language first."""
        return self.settings.languages

    # -- pages and paths ----------------------------------------------------------

    @cached_property
    def _found(self) -> dict[str, list[Source]]:
        """All files of pages, by path; more than one if languages have pages with the same path."""
        found: dict[str, list[Source]] = {}
        for language in self.languages:
            start = f"docs/{language}/"
            for each in self._walked:
                name = each.path if isinstance(each, Problem) else self.name(each)
                path = name.removeprefix(start)
                if path != name and path.endswith(".md") and path != "README.md":
                    found.setdefault(path, []).append(Source(path, language, self.root / name))
                    if isinstance(each, Problem):
                        self._texts[name] = each
        return dict(sorted(found.items()))

    @cached_property
    def _walked(self) -> Sequence[Path | Problem]:
        """All files in `docs`, and a problem for each that cannot or must not be read."""
        return tuple(walk.files(self.root, "docs"))

    def _is_hidden(self, path: str) -> bool:
        """Tell whether the page at `path` may be in a folder that cannot be read."""
        places = [each.path for each in self._walked if isinstance(each, Problem)]
        names = [f"docs/{language}/{path}" for language in self.languages]
        return any(name.startswith(f"{place}/") for place in places for name in names)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        first = (sources[0] for sources in self._found.values())
        return tuple(source for source in first if isinstance(self._text(source), str))

    def sources(self) -> tuple[Source, ...]:
        """Return all readable pages, by path; of two with one path, the first language's."""
        return self._sources

    def found(self, path: str) -> Sequence[Source]:
        """Return the files of the page at `path`, even unreadable ones; only one is allowed."""
        return self._found.get(path, ())

    def unusable(self) -> set[str]:
        """Return the paths of pages that cannot be used because of a problem."""
        return self._found.keys() - {source.path for source in self.sources()}

    def name(self, file: Path) -> str:
        """Return a file's name in problems: its path from the root, with slashes."""
        return file.relative_to(self.root).as_posix()

    def catalog_path(self, path: str, language: str) -> str:
        """Return the path of the catalog of page `path`, from the root, with slashes."""
        return catalogs.path_of(path, language)

    # -- problems -----------------------------------------------------------------

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of all files, pages first."""
        yield from self.page_problems()
        for language in self.languages:
            yield from self.catalog_problems(language)

    def page_problems(self) -> Iterator[Problem]:
        """Yield the problems of the files of languages and pages."""
        yield from self.records.problems
        yield from (each for each in self._walked if isinstance(each, Problem))
        if not self._found and not self._walked:
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
        """Yield the problems of all catalogs of a language."""
        for source in self.sources():
            if source.language != language:
                yield from self.catalog_problem(source.path, language)
        yield from self.stray_problems(language)
        yield from self.interface_problems(language)

    def catalog_problem(self, path: str, language: str) -> Iterator[Problem]:
        """Yield the problem of the catalog of one page, if there is one."""
        if not self.is_current(path, language):
            catalog = self.catalogs.load(self.catalog_path(path, language))
            if isinstance(catalog, Problem):
                yield catalog

    def stray_problems(self, language: str) -> Iterator[Problem]:
        """Yield the problems of a language's catalogs that do not belong to a page of `sources()`.

        None in a handbook without pages: there the missing pages are the problem.
        """
        if not self._found:
            return
        usable = {source.path for source in self.sources() if source.language != language}
        folder = self.root / "translations" / language
        for file in walk.files(self.root, f"translations/{language}"):
            if isinstance(file, Problem):
                yield file
                continue
            if file.suffix != ".po":
                continue
            path = file.relative_to(folder).with_suffix(".md").as_posix()
            owner = self.found(path)
            own = [source.language for source in owner] == [language]
            if self._is_hidden(path):
                continue
            if file != folder / SITE and (not owner or own):
                yield Problem(self.name(file), 1, _no_page(path, language, owner))
            elif path not in usable:
                yield from self.catalog_problem(path, language)

    # -- reading ------------------------------------------------------------------

    def read(self, source: Source) -> Page:
        """Return the parsed page of `source`, which must be one of `sources()`."""
        page = self.try_read(source)
        assert isinstance(page, Page)
        return page

    def try_read(self, source: Source) -> Page | Problem:
        """Return the parsed page of `source`, or the problem of reading it."""
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
        """Parse a page's text with the handbook's settings; a problem is returned unchanged."""
        return text if isinstance(text, Problem) else scan.read(text, self.settings.keys)

    def front(self, source: Source) -> Mapping[str, object]:
        """Return the front matter of a page that can be read."""
        text = self._text(source)
        assert isinstance(text, str)
        return front_matter(text)

    def reread(self, path: str, language: str) -> list[Problem]:
        """Read a page and its catalog again; if one cannot be read, keep both. Return problems."""
        source = self._found[path][0]
        name, catalog_name = self.name(source.file), self.catalog_path(path, language)
        text = walk.fault(self.root, name) or read_page(source.file, name)
        catalog = self.catalogs.read(catalog_name)
        if isinstance(text, Problem) or isinstance(catalog, Problem):
            return [each for each in (text, catalog) if isinstance(each, Problem)]
        self._texts[name], self._pages[name] = text, self.scanned(text)
        self.catalogs.replace(catalog_name, catalog)
        return []

    def is_current(self, path: str, language: str) -> bool:
        """Tell whether the catalog of page `path` is surely current; see `Catalogs.is_current`."""
        page = self.try_read(self._found[path][0]) if path in self._found else None
        name = self.catalog_path(path, language)
        return isinstance(page, Page) and self.catalogs.is_current(name, page, path)

    # -- translating --------------------------------------------------------------

    def catalog(self, source: Source, language: str) -> Catalog:
        """Return the catalog of a page as it would be after an update; nothing is written.

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
        """Return the original that translations are compared with; make one for all languages.

        None if the handbook was opened without a renderer.
        """
        return Original(self.read(source), self.render) if self.render else None

    def translated(
        self, source: Source, language: str, original: Original | None = None
    ) -> Translation:
        """Return the page of `source` in another language, with the refused translations.

        With `original`, the source page is not rendered again for each language.
        """
        page, catalog = self.read(source), self.catalog(source, language)
        original = original or self.original(source)
        label, hosts = self.marks(self.records[source.language]), self.settings.hosts
        try:
            result = assemble(page, catalog, original, label, hosts)
        except RecursionError:
            raise
        except Exception as error:  # raised by a Markdown extension that the site uses
            counted = assemble(page, catalog, None, label, hosts)
            problem = Problem(self.name(source.file), 1, _not_rendered(error))
            return Translation(page.text, counted.tally, counted.word_tally, (), (problem,))
        name = self.catalog_path(source.path, language)
        refused = (
            Problem(name, r.line or 1, f"words: {r.reason}", "words") for r in result.refusals
        )
        return Translation(
            result.text, result.tally, result.word_tally, result.older, tuple(refused)
        )

    def reviewed(self, source: Source, language: str) -> str:
        """Return the X-Reviewed header of a page's catalog; "" if it has none."""
        loaded = self.catalogs.load(self.catalog_path(source.path, language))
        return loaded.header.get("X-Reviewed", "") if isinstance(loaded, Catalog) else ""

    def tally(self, source: Source, language: str) -> Tally:
        """Count the units of a page in each state, in `language`."""
        return tally(self.catalog(source, language).units)

    def _site_units(self, language: str) -> Sequence[Unit]:
        loaded = self.catalogs.load(f"translations/{language}/{SITE}")
        return loaded.units if isinstance(loaded, Catalog) else ()

    def site_tally(self, language: str) -> Tally:
        """Count the units of the interface text in each state, in `language`."""
        return tally(self._site_units(language))

    def words(self, language: str) -> dict[str, str]:
        """Return the translated interface messages, with their translations."""
        units = self._site_units(language)
        current = {u.message: u.translation for u in units if u.state == "current"}
        return {m: t for m, t in current.items() if interface_refusal(m, t) is None}

    def interface_problems(self, language: str) -> Iterator[Problem]:
        """Yield a problem for each translation of interface text that is refused."""
        for unit in self._site_units(language):
            if unit.state == "current" and (
                reason := interface_refusal(unit.message, unit.translation)
            ):
                name = f"translations/{language}/{SITE}"
                yield Problem(name, unit.line or 1, f"words: {reason}", "words")

    def terms(self, language: str) -> dict[str, str]:
        """Return the terms of the glossary, with their translations in `language`."""
        source = next((s for s in self.sources() if s.path == self.settings.glossary), None)
        if source is None:
            return {}
        terms = {s.message: s.message for s in self.read(source).segments if s.kind == "term"}
        if language == source.language:
            return terms
        units = self.catalog(source, language).units
        return {u.message: u.translation for u in units if u.message in terms and u.translation}


def _not_rendered(error: Exception) -> str:
    """Return the fault of a page whose rendering raised `error`."""
    words = " ".join(str(error).split())
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    fault = f"cannot be rendered ({type(error).__name__}: {words}, at {place})"
    return f"{fault}; correct the page, or take that Markdown extension out of mkdocs.yml"


def _no_page(path: str, language: str, owner: Sequence[Source]) -> str:
    if owner:
        return f"docs/{language}/{path} is itself the source; delete this catalog"
    return f"there is no page {path}; rename the catalog with its page, or delete it"
