"""Find and read the pages and catalogs of a handbook on disk, and keep them in memory.

Nothing is written or printed here; a fault in a file is returned as a Problem. Each command on a
handbook has its own module in this package: `update`, `check`, `align`, `stage`, `status`.
"""

from __future__ import annotations

import posixpath
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from bitext.catalog.units import Catalog, Unit
from bitext.languages import cldr
from bitext.languages.record import Language
from bitext.languages.registry import Languages
from bitext.page import numbers, scan
from bitext.page.segments import Page
from bitext.problem import Problem
from bitext.project import catalogs, includes, redirects, renamed, settings, walk
from bitext.project.catalogs import Catalogs
from bitext.project.reading import front_matter, read_page
from bitext.project.renamed import Renames
from bitext.project.settings import Settings
from bitext.translate.assemble import Label, Tally, assemble, tally, without_label
from bitext.translate.guards import interface_refusal
from bitext.translate.merge import merge, misplaced
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
    lines: tuple[int, ...] = ()
    """The line of its catalog for each numbered passage; 0 where there is none."""


_README = "README.md"


def _index(path: str) -> str:
    """Return the path of the index of a page's folder."""
    return str(PurePosixPath(path).with_name("index.md"))


def _no_labels(source: Language) -> Label:
    """Return the function that shows text that is not current without a label."""
    return without_label


class Handbook:
    """The pages and catalogs of a handbook on disk. Each file is read once, when first needed."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = _no_labels,
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
        self._stray_paths: dict[str, list[str]] = {}
        self._doubles: list[Source] = []
        """Pages that are not published because another is at their address."""

    @classmethod
    def open(
        cls,
        root: Path,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = _no_labels,
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
        unpublished = settings.unpublished(self.root)
        for language in self.languages:
            start = f"docs/{language}/"
            for each in self._walked:
                name = each.path if isinstance(each, Problem) else self.name(each)
                path = name.removeprefix(start)
                is_page = path != name and path.endswith(".md") and path != _README
                if is_page and not unpublished.match_file(f"{language}/{path}"):
                    found.setdefault(path, []).append(Source(path, language, self.root / name))
                    if isinstance(each, Problem):
                        self._texts[name] = each
        # As MkDocs does: README.md is the index of its folder if there is no other.
        doubles = [each for each in found if each.endswith(f"/{_README}") and _index(each) in found]
        self._doubles = [source for path in doubles for source in found.pop(path)]
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

    def files_of_page(self, path: str) -> Sequence[Source]:
        """Return the files of the page at `path`, even unreadable ones; only one is allowed."""
        return self._found.get(path, ())

    def paths(self) -> Collection[str]:
        """Return the paths of all pages, even of unreadable ones."""
        return self._found.keys()

    def unusable(self) -> set[str]:
        """Return the paths of pages that cannot be used because of a problem."""
        return self._found.keys() - {source.path for source in self.sources()}

    def name(self, file: Path) -> str:
        """Return a file's name in problems: its path from the root, with slashes."""
        return file.relative_to(self.root).as_posix()

    def catalog_path(self, path: str, language: str) -> str:
        """Return the path of the catalog of page `path`, from the root, with slashes."""
        return catalogs.path_of(path, language)

    @cached_property
    def _redirects(self) -> tuple[dict[str, str], list[Problem]]:
        return redirects.load(self.root, self.paths(), self.languages)

    @property
    def redirects(self) -> Mapping[str, str]:
        """The path of a page, or of one of its headings, by each path that it had before."""
        return self._redirects[0]

    # -- problems -----------------------------------------------------------------

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of all files, pages first."""
        yield from self.page_problems()
        for language in self.languages:
            yield from self.catalog_problems(language)

    def page_problems(self) -> Iterator[Problem]:
        """Yield the problems of the files of languages and pages."""
        yield from self.records.problems
        yield from self._redirects[1]
        yield from (each for each in self._walked if isinstance(each, Problem))
        if not self._found and not self._walked:
            home = f"docs/{self.languages[0]}/index.md"
            yield Problem("docs", 0, f"there are no pages; write the first one, {home}")
        yield from self._name_problems()
        yield from self._strange_languages()
        for sources in self._found.values():
            if len(sources) > 1:
                yield from self._doubles_of(sources)
            elif isinstance(text := self._text(sources[0]), Problem):
                yield text
            elif isinstance(page := self.try_read(sources[0]), Page):
                name = self.name(sources[0].file)
                yield from (Problem(name, page.line_at(at), fault) for at, fault in page.faults)

    def _name_problems(self) -> Iterator[Problem]:
        """Yield a problem for each page that is not published, or not everywhere, for its name."""
        found = self._found  # first: finds doubles too
        for source in self._doubles:
            other = self.name(found[_index(source.path)][0].file)
            fault = f"is not published, because {other} is the index of its folder"
            yield Problem(self.name(source.file), 1, f"{fault}; rename it or take it into that")
        if found and "index.md" not in found:
            for language in self.languages:
                if (self.root / "docs" / language / _README).exists():
                    fault = "is not published, and there is no home page"
                    name = f"docs/{language}/{_README}"
                    yield Problem(name, 1, f"{fault}; rename it as index.md to make it one")
        for file in sorted((self.root / "docs").glob("*.md")):
            if file.name != _README and not settings.unpublished(self.root).match_file(file.name):
                problem = self.unfiled_page_problem(file.name)
                yield from [problem] if problem else []
        known: dict[str, str] = {}
        for path, sources in found.items():
            for name in (path, *map(str, PurePosixPath(path).parents)):
                same = known.setdefault(normalize("NFC", name).casefold(), name)
                if same != name:
                    fault = f"{name} differs from {same} in case or accents alone"
                    cure = "on many computers they are one; rename one of them"
                    yield Problem(self.name(sources[0].file), 1, f"{fault}; {cure}")
                    break

    def _strange_languages(self) -> Iterator[Problem]:
        """Yield a problem for each folder of a language that is none of the handbook's."""
        known = ", ".join(self.languages)
        for folder, pattern in (("docs", "*.md"), ("translations", "*.po")):
            for each in sorted((self.root / folder).glob("*/")):
                if each.name in self.languages or cldr.locale(each.name) is None:
                    continue
                files = sum(1 for _ in each.rglob(pattern))
                if files and each.is_dir():
                    fault = f"has {files} files in {each.name}, and the handbook has {known}"
                    yield Problem(f"{folder}/{each.name}", 0, f"{fault}; {_STRANGE[folder]}")

    def _doubles_of(self, sources: Sequence[Source]) -> Iterator[Problem]:
        """Yield a problem for each page but the first of those with one path."""
        first, stray = self.name(sources[0].file), self.unfiled_page_problem(sources[0].path)
        for source in sources[1:]:
            second = self.name(source.file)
            keep = "keep one as the source and make the other a catalog"
            cure = f"{keep}: handbook align {second}"
            if sources[0].language != self.languages[0]:  # either may be the older one
                cure += f" if {first} was written first, else handbook align {first}"
            if stray:
                cure = f"if {stray.path} is their source, {stray.text.partition('; ')[2]} first"
            yield Problem(second, 1, f"{first} is a page of the same path; {cure}")

    def unfiled_page_problem(self, path: str) -> Problem | None:
        """Return the problem that a page is in `docs`, in no language's folder; else None."""
        if not (self.root / "docs" / path).is_file():
            return None
        home = f"docs/{self.languages[0]}/{path}"
        fault = "is in no language's folder, and so is not published"
        return Problem(f"docs/{path}", 1, f"{fault}; move it to {home}, or another language's")

    def catalog_problems(self, language: str) -> Iterator[Problem]:
        """Yield the problems of all catalogs of a language."""
        for source in self.sources():
            if source.language != language:
                yield from self.problems_of_catalog(source.path, language)
        yield from self.stray_problems(language)
        yield from self.interface_problems(language)

    def problems_of_catalog(self, path: str, language: str) -> Iterator[Problem]:
        """Yield the problems of the catalog of one page."""
        if self.is_current(path, language):
            return
        name = self.catalog_path(path, language)
        catalog = self.catalogs.load(name)
        if isinstance(catalog, Problem):
            yield catalog
        page = self.try_read(self._found[path][0]) if path in self._found else None
        if isinstance(catalog, Catalog) and isinstance(page, Page):
            for unit in misplaced(page, catalog):
                yield Problem(name, unit.line or 1, unknown_context_fault(unit))

    def stray_problems(self, language: str) -> Iterator[Problem]:
        """Yield the problems of a language's catalogs that do not belong to a page of `sources()`.

        None in a handbook without pages: there the missing pages are the problem.
        """
        if not self._found:
            return
        usable = {source.path for source in self.sources() if source.language != language}
        for file in walk.files(self.root, f"translations/{language}"):
            if isinstance(file, Problem):
                yield file
        for path in self._catalogued(language):
            owner = self.files_of_page(path)
            own = [source.language for source in owner] == [language]
            if self._is_hidden(path):
                continue
            if own or (not owner and not self._is_moved(path, language)):
                name, doubts = self.catalog_path(path, language), self.renames.doubts.get(path, ())
                yield Problem(name, 1, _no_page(path, language, owner, doubts))
            elif owner and path not in usable:
                yield from self.problems_of_catalog(path, language)

    # -- pages that were renamed ----------------------------------------------------

    def _catalogued(self, language: str) -> list[str]:
        """Return the paths of the pages that a language has catalogs of, even of no page."""
        folder = f"translations/{language}"
        found = (each for each in walk.files(self.root, folder) if isinstance(each, Path))
        files = (each.relative_to(self.root / folder) for each in found if each.suffix == ".po")
        return [file.with_suffix(".md").as_posix() for file in files if file != Path(SITE)]

    def _strays(self, language: str) -> list[str]:
        """Return the paths of a language's catalogs that no page belongs to."""
        if language not in self._stray_paths:
            paths = self._catalogued(language) if self._found else []
            self._stray_paths[language] = [path for path in paths if not self.files_of_page(path)]
        return self._stray_paths[language]

    @cached_property
    def renames(self) -> Renames:
        """What has become of pages that are gone and have catalogs left."""
        gone: dict[str, set[str]] = {}
        for language in self.languages:
            for path in self._strays(language):
                loaded = self.catalogs.load(self.catalog_path(path, language))
                units = loaded.units if isinstance(loaded, Catalog) else ()
                gone.setdefault(path, set()).update(unit.message for unit in units)
        if not gone:
            return Renames()
        new = {source.path: source for source in self.sources() if self._lacks_catalogs(source)}
        return renamed.find(gone, {path: self._messages(source) for path, source in new.items()})

    def _lacks_catalogs(self, source: Source) -> bool:
        """Tell whether a page has no translation of its own in at least one language."""
        names = (self.catalog_path(source.path, each) for each in self._others(source))
        return any(not catalogs.is_worked_on(self.catalogs.load(name)) for name in names)

    def _others(self, source: Source) -> list[str]:
        return [language for language in self.languages if language != source.language]

    def _messages(self, source: Source) -> set[str]:
        page = self.try_read(source)
        return {each.message for each in page.segments} if isinstance(page, Page) else set()

    def _is_moved(self, path: str, language: str) -> bool:
        """Tell whether the catalog of a page that is gone is used for the page it has become."""
        new = self.renames.pages.get(path)
        return new is not None and self.catalog_in_use(new, language) == self.catalog_path(
            path, language
        )

    def catalog_in_use(self, path: str, language: str) -> str:
        """Return the path of the catalog that has the translations of the page at `path`.

        Until an update moves it, that of a renamed page has the old name.
        """
        own = self.catalog_path(path, language)
        for old, new in self.renames.pages.items() if self._strays(language) else ():
            if new == path and old in self._strays(language):
                known = catalogs.is_worked_on(self.catalogs.load(own))
                return own if known else self.catalog_path(old, language)
        return own

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
        if path not in self._found:
            return False
        source = self._found[path][0]
        page, name = self.try_read(source), self.catalog_path(path, language)
        return isinstance(page, Page) and self.catalogs.is_current(
            name, page, path, source.language
        )

    # -- translating --------------------------------------------------------------

    def catalog(self, source: Source, language: str) -> Catalog:
        """Return the catalog of a page as it would be after an update; nothing is written.

        A catalog that cannot be read counts as empty; `problems` names it.
        """
        loaded = self.catalogs.load(self.catalog_in_use(source.path, language))
        if not isinstance(loaded, Catalog):
            loaded = self.catalogs.empty(source.language, language)

        def elsewhere(key: str) -> Unit | None:
            pages = (each.path for each in self.sources())
            return self.catalogs.find_in_other_pages(
                key, language, chain(pages, self._strays(language))
            )

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
        name = self.catalog_in_use(source.path, language)
        refused = (
            Problem(name, r.line or 1, f"words: {r.reason}", "words") for r in result.refusals
        )
        text = self._with_parts(source, language, result.text, (source.path,))
        lines = {unit.key: unit.line for unit in catalog.units}
        firsts = (page.segments[each.segments[0]].key for each in numbers.passages(page))
        return Translation(
            text,
            result.tally,
            result.word_tally,
            result.older,
            tuple(refused),
            tuple(lines.get(key, 0) for key in firsts),
        )

    def _with_parts(self, source: Source, language: str, text: str, within: tuple[str, ...]) -> str:
        """Return the text of a translated page with the parts that it includes, translated too.

        `within` has the paths of the pages that include each other: none includes itself.
        """

        def translate(path: str, selection: str) -> str | None:
            part = self._part(source, path)
            if part is None or part.language == language or part.path in within:
                return None
            page = self.scanned(includes.taken(self.read(part).text, selection))
            assert isinstance(page, Page)
            original = Original(page, self.render) if self.render else None
            label = self.marks(self.records[part.language])
            found = assemble(
                page, self.catalog(part, language), original, label, self.settings.hosts
            )
            return self._with_parts(part, language, found.text, (*within, part.path))

        return includes.replaced(text, translate)

    def _part(self, source: Source, path: str) -> Source | None:
        """Return the page that a page includes by `path`: from the root, from docs/, from the
        folder of its language or from its own."""
        own = PurePosixPath("docs", source.language)
        folders = ("", "docs", own, own / PurePosixPath(source.path).parent)
        names = [posixpath.normpath(posixpath.join(folder, path)) for folder in folders]
        known = {self.name(each.file): each for each in self.sources()}
        return next((known[name] for name in names if name in known), None)

    def reviewed(self, source: Source, language: str) -> str:
        """Return the X-Reviewed header of a page's catalog; "" if it has none."""
        loaded = self.catalogs.load(self.catalog_in_use(source.path, language))
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
        current = {u.key: u.translation for u in units if u.state == "current"}
        return {m: t for m, t in current.items() if interface_refusal(m, t) is None}

    def interface_problems(self, language: str) -> Iterator[Problem]:
        """Yield a problem for each translation of interface text that is refused."""
        for unit in self._site_units(language):
            name = f"translations/{language}/{SITE}"
            if unit.context is not None and unit.translation:
                fault = f"interface text has no context “{unit.context}”; delete its line msgctxt"
                yield Problem(name, unit.line or 1, fault)
            elif unit.state == "current" and (
                reason := interface_refusal(unit.message, unit.translation)
            ):
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
        known = (u for u in units if u.state in ("current", "changed"))
        return {u.message: u.translation for u in known if u.message in terms}


_CURE = "name the language in mkdocs.yml and pyproject.toml"
_STRANGE = {
    "docs": f"{_CURE}, and turn the pages before you take it out: handbook turn",
    "translations": f"{_CURE}, or delete the folder: git keeps it",
}
"""What to do about files of a language that the handbook does not have, by their folder."""


def unknown_context_fault(unit: Unit) -> str:
    """Return what is wrong with a unit whose context no page has for its message, and the cure."""
    cure = f"delete it, or write <!-- i18n: context {unit.context} --> above the text it belongs to"
    return f"its message is nowhere in the context “{unit.context}”; {cure}"


def _not_rendered(error: Exception) -> str:
    """Return the fault of a page whose rendering raised `error`."""
    words = " ".join(str(error).split())
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    fault = f"cannot be rendered ({type(error).__name__}: {words}, at {place})"
    return f"{fault}; correct the page, or take that Markdown extension out of mkdocs.yml"


def _no_page(path: str, language: str, owner: Sequence[Source], doubts: Sequence[str]) -> str:
    if owner:
        cure = f"put back the page it was made for and run handbook turn {path} {language}"
        return f"docs/{language}/{path} is itself the source; delete this catalog, or {cure}"
    if doubts:
        alike = " and ".join(doubts)
        return f"there is no page {path}, and {alike} have its text; rename the catalog as one"
    return f"there is no page {path}; rename the catalog with its page, or delete it"
