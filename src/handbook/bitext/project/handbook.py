"""Read a handbook on disk: its pages, its catalogs, and the pages in each language.

Nothing is written or printed here. What is wrong with the files is found by `faults`; what commands
do has modules in the rooms above: `upkeep` (`update`, `check`, `status`), `moving`, `receiving`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from handbook.bitext import limits
from handbook.bitext.catalog import headers, tidy
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project import includes, redirects, settings
from handbook.bitext.project.catalogs import Catalogs, catalog_path
from handbook.bitext.project.owners import Owners
from handbook.bitext.project.pages import SITE, Pages, Source, site_catalog
from handbook.bitext.project.settings import Settings
from handbook.bitext.project.words import words
from handbook.bitext.translate import retarget
from handbook.bitext.translate.assemble import (
    Assembled,
    Label,
    Tally,
    assemble,
    tally,
    without_label,
)
from handbook.bitext.translate.guards import interface_refusal
from handbook.bitext.translate.merge import improved, merge, with_late
from handbook.bitext.translate.proof import Original
from handbook.bitext.translate.revisions import Former
from handbook.bitext.translate.skeleton import Renderer


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
    """The line of its catalog for each segment of the source; 0 where there is none."""
    title: str = ""
    """The message that the page is called by, as translated; "" where that is not current."""
    waiting: tuple[str, ...] = ()
    """The messages whose translation is not current."""


def no_labels(source: Language) -> Label:
    """Return the function that shows text that is not current without a label."""
    return without_label


class Handbook(Pages):
    """The pages and catalogs of a handbook on disk. Each file is read once, when first needed."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = no_labels,
    ) -> None:
        """Take the folder of a handbook and its settings; nothing is read yet.

        `render` converts a page's text to HTML; with it, translations that change more than text
        are refused. `marks` returns, for the language of a source page, the function that labels
        text that is not current.
        """
        super().__init__(root, settings)
        self.render, self.marks = render, marks
        self.records = Languages(root)
        """The data of each language."""
        self.catalogs = Catalogs(root, settings.name, self.records)
        self.owners = Owners(self, self.catalogs)
        """The pages that the catalogs belong to."""
        self.asked: set[tuple[str, str]] = set()
        """The keys, each with a language, that catalogs of other pages were asked for."""
        self.is_in_parts = False
        """Whether several processes read a part of the pages each, and none for another's sake."""
        self._over: dict[str, bool] = {}
        self._gone_texts: dict[str, Former] = {}

    @classmethod
    def open(
        cls,
        root: Path,
        render: Renderer | None = None,
        marks: Callable[[Language], Label] = no_labels,
    ) -> Handbook:
        """Open the handbook in `root`. Raises SettingsError."""
        return cls(root, settings.read(root), render, marks)

    def catalog_in_use(self, path: str, language: str) -> str:
        """Return the path of the catalog that has the translations of the page at `path`."""
        return self.owners.catalog_in_use(path, language)

    @cached_property
    def _redirects(self) -> tuple[dict[str, str], list[Problem]]:
        return redirects.load(self.root, self.paths(), self.languages)

    @property
    def redirects(self) -> Mapping[str, str]:
        """The path of a page, or of one of its headings, by each path that it had before."""
        return self._redirects[0]

    def former_paths(self, path: str) -> list[str]:
        """Return the paths that a page had before, the oldest first, as far as readers are led."""
        return [old for old, new in self.redirects.items() if new == path]

    @property
    def redirect_problems(self) -> Sequence[Problem]:
        """What is wrong with the list of redirects."""
        return self._redirects[1]

    def reread(self, path: str, language: str) -> list[Problem]:
        """Read a page and its catalog again; of what cannot be read, keep both. Return problems."""
        name = catalog_path(path, language)
        catalog = self.catalogs.read(name)
        page = self.reread_page(self.by_path[path][0], keep=isinstance(catalog, Problem))
        problems = [each for each in (page, catalog) if isinstance(each, Problem)]
        self._over.clear()
        if not problems and not isinstance(catalog, Problem):
            self.catalogs.replace(name, catalog)
        return problems

    def forget_parsed(self) -> None:
        """Free the memory of parsed pages and catalogs, of which most are needed only once."""
        super().forget_parsed()
        self.catalogs.forget_parsed()

    def is_current(self, path: str, language: str) -> bool:
        """Tell whether an update of the catalog of page `path` would surely change nothing."""
        page = self.try_read(self.by_path[path][0]) if path in self.by_path else None
        return (
            isinstance(page, Page)
            and self.has_units_of(path, language)
            and not self._has_retired(page, language)
        )

    def has_units_of(self, path: str, language: str) -> bool:
        """Tell whether page `path` and its catalog have surely the same units, in order.

        See `Catalogs.is_current`.
        """
        if path not in self.by_path:
            return False
        source = self.by_path[path][0]
        page, name = self.try_read(source), catalog_path(path, language)
        return isinstance(page, Page) and self.catalogs.is_current(
            name, page, path, source.language
        )

    def _has_retired(self, page: Page, language: str) -> bool:
        """Tell whether a text of a page has a translation where it stands no more."""
        retired = self.catalogs.retired(language, self._paths(language))
        return bool(retired) and any(
            normalize("NFC", each.key) in retired for each in page.segments
        )

    def _paths(self, language: str) -> Iterator[str]:
        """Yield the paths of all pages that there is or was a catalog of in a language."""
        yield from (each.path for each in self.sources())
        yield from self.owners.strays(language)

    def _is_retired(self, key: str, language: str) -> bool:
        """Tell whether a text has a translation where it stands no more."""
        return normalize("NFC", key) in self.catalogs.retired(language, self._paths(language))

    def elsewhere(self, key: str, language: str) -> tuple[Unit | None, bool]:
        """Return the translation that a text has on other pages, and if it stands there no more.

        Of a text that was moved and edited it is that of the earlier text, with its message.
        """
        self.asked.add((key, language))
        found = self.catalogs.find_in_other_pages(
            key, language, self._paths(language), lambda: self._gone(language)
        )
        return found, found is not None and self._is_retired(key, language)

    def _gone(self, language: str) -> Former:
        """Return the texts that catalogs of a language have, and no page has any more.

        They are told without targets of links. In parts, they are those of the last update.
        """
        if self.is_in_parts:
            return self.catalogs.gone(language, self._paths(language))
        if language not in self._gone_texts:
            pages = (page for each in self.sources() if (page := self.try_read(each)))
            there = {
                retarget.without_targets(normalize("NFC", segment.key))
                for page in pages
                if isinstance(page, Page)
                for segment in page.segments
            }
            known = self.catalogs.texts(language, self._paths(language))
            self._gone_texts[language] = Former(text for text in known if text not in there)
        return self._gone_texts[language]

    # -- translating --------------------------------------------------------------

    def catalog(self, source: Source, language: str) -> Catalog:
        """Return the catalog of a page as it would be after an update; nothing is written.

        A catalog that cannot be read counts as empty; `faults` names it.
        """
        name = self.catalog_in_use(source.path, language)
        loaded = self.catalogs.load(name)
        if not isinstance(loaded, Catalog):
            loaded = self.catalogs.empty(source.language, language)

        def elsewhere(key: str) -> Unit | None:
            found = self.elsewhere(key, language)[0]  # what was edited here, the merge itself finds
            return None if found is not None and found.places == (name,) else found

        def retired(key: str) -> Unit | None:
            found, is_retired = self.elsewhere(key, language)
            # What was translated of an earlier text is none of this one.
            return found if is_retired and found and retarget.is_same(found.key, key) else None

        merged = merge(self.read(source), loaded, elsewhere, source.path)
        if any(unit.state in ("missing", "changed") for unit in merged.units):
            merged = with_late(merged, retired)
        return self._improved(merged, language)

    def _improved(self, catalog: Catalog, language: str) -> Catalog:
        """Return a catalog with the translations of moved text that were improved meanwhile."""
        moved = {unit.key for unit in catalog.units if self._is_retired(unit.key, language)}
        if not moved:
            return catalog
        units = tuple(
            improved(unit, self.replaced(unit.key, language)) if unit.key in moved else unit
            for unit in catalog.units
        )
        return catalog if units == catalog.units else replace(catalog, units=units)

    def replaced(self, key: str, language: str) -> dict[str, str]:
        """Return what has replaced translations of a text on a page it has left."""
        self.asked.add((key, language))
        return self.catalogs.replaced(key, language, self._paths(language))

    def original(self, source: Source) -> Original | None:
        """Return the original that translations are compared with; make one for all languages.

        None if the handbook was opened without a renderer.
        """
        return Original(self.read(source), self.render) if self.render else None

    def is_over(self, language: str) -> bool:
        """Tell whether all translations in a language are over their limit together."""
        if language not in self._over:
            others = [each for each in self.sources() if each.language != language]
            pages = sum(len(text) for each in others if isinstance(text := self.text(each), str))
            names = {self.catalog_in_use(each.path, language) for each in others}
            self._over[language] = all(  # no file has more characters than bytes: most are not read
                limits.is_language_over(pages, sum(map(count, names)))
                for count in (self.catalogs.size, self.catalogs.volume)
            )
        return self._over[language]

    def translated(
        self, source: Source, language: str, original: Original | None = None
    ) -> Translation:
        """Return the page of `source` in another language, with the refused translations.

        With `original`, the source page is not rendered again for each language.
        """
        page, catalog = self.read(source), self.catalog(source, language)
        languages = source.language, language
        try:
            result = self._assembled(page, catalog, original or self.original(source), languages)
        except RecursionError:
            raise
        except Exception as error:  # raised by a Markdown extension that the site uses
            counted = self._assembled(page, catalog, None, languages)
            problem = Problem(source.name, 1, _not_rendered(error))
            made = Translation(page.text, counted.tally, counted.word_tally, (), (problem,))
            return self._described(made, source, catalog)
        name = self.catalog_in_use(source.path, language)
        refused = (
            Problem(name, r.line or 1, f"words: {r.reason}", "words") for r in result.refusals
        )
        text = self.with_parts(
            source, result.text, lambda part, words: self._translated_part(part, words, language)
        )
        lines = self.catalogs.lines(name, catalog.units)
        made = Translation(
            text,
            result.tally,
            result.word_tally,
            result.older,
            tuple(refused),
            tuple(lines.get(each.key, 0) for each in page.segments),
        )
        return self._described(made, source, catalog)

    def _described(self, made: Translation, source: Source, catalog: Catalog) -> Translation:
        """Return a translation with what lists of pages say of it."""
        named = self.title(source)
        unit = catalog.unit(named.key) if named else None
        waiting = (each.message for each in catalog.units if each.state != "current")
        title = unit.translation if unit and unit.state == "current" else ""
        return replace(made, title=title, waiting=tuple(waiting))

    def title(self, source: Source) -> Segment | None:
        """Return what a page is called by: the title of its front matter, or its first heading."""
        segments, named = self.read(source).segments, self.front(source).get("title")
        own = (s for s in segments if s.kind == "front matter" and s.message == named)
        headings = (s for s in segments if s.kind == "heading")
        return next(own, None) or next(headings, None)

    def _assembled(
        self, page: Page, catalog: Catalog, original: Original | None, of: tuple[str, str]
    ) -> Assembled:
        """Assemble a page in the second of two languages, with what this handbook has for all."""
        source_language, language = of
        return assemble(
            page,
            catalog,
            original,
            self.marks(self.records[source_language]),
            self.settings.hosts,
            is_language_over=self.is_over(language),
        )

    def with_parts(
        self,
        source: Source,
        text: str,
        made: Callable[[Source, str], str | None],
        within: tuple[str, ...] = (),
    ) -> str:
        """Return text of a page with the pages in it that it includes, also through others.

        `made` returns what is put in the place of the words that a line takes from a page; None
        where the line stays as it is. `within` has the paths of the pages around this one: none
        includes itself.
        """
        within = (*within, source.path)

        def put(path: str, selection: str) -> str | None:
            part = self.part(source, path)
            if part is None or part.path in within:
                return None
            found = made(part, includes.taken(self.read(part).text, selection))
            return None if found is None else self.with_parts(part, found, made, within)

        return includes.replaced(text, put)

    def _translated_part(self, part: Source, text: str, language: str) -> str | None:
        """Return words of a page that others include, translated; None if it is in `language`."""
        if part.language == language:
            return None
        page = self.scanned(text)
        assert isinstance(page, Page)
        original = Original(page, self.render) if self.render else None
        catalog, languages = self.catalog(part, language), (part.language, language)
        return self._assembled(page, catalog, original, languages).text

    def reviewed(self, source: Source, language: str) -> str:
        """Return the X-Reviewed header of a page's catalog; "" if it has none."""
        loaded = self.catalogs.load(self.catalog_in_use(source.path, language))
        return loaded.header.get(headers.REVIEWED, "") if isinstance(loaded, Catalog) else ""

    def credited(self, path: str, language: str) -> tuple[str, ...]:
        """Return the names of those whom the catalog of a page, or `site.po`, thanks."""
        name = site_catalog(language)
        loaded = self.catalogs.load(self.catalog_in_use(path, language) if path != SITE else name)
        return tidy.credited(loaded.header) if isinstance(loaded, Catalog) else ()

    def tally(self, source: Source, language: str) -> Tally:
        """Count the units of a page in each state, in `language`."""
        return tally(self.catalog(source, language).units)

    def site_units(self, language: str) -> Sequence[Unit]:
        """Return the units of the catalog of interface text; none if it cannot be read."""
        loaded = self.catalogs.load(site_catalog(language))
        return loaded.units if isinstance(loaded, Catalog) else ()

    def site_tally(self, language: str) -> Tally:
        """Count the units of the interface text in each state, in `language`."""
        return tally(self.site_units(language))

    def interface_text(self, language: str) -> dict[str, str]:
        """Return the translated interface messages, with their translations.

        The program's own words are in many languages; those of the handbook's catalog go first.
        """
        units = self.site_units(language)
        current = {u.key: u.translation for u in units if u.state == "current"}
        own = {m: t for m, t in current.items() if interface_refusal(m, t) is None}
        return {**words(language), **own}

    def say(self, language: str) -> Callable[[str], str]:
        """Return the function that translates interface text into a language."""
        known = self.interface_text(language)
        return lambda message: known.get(message, message)

    def terms(self, language: str) -> dict[str, str]:
        """Return the terms of the glossary, with their translations in `language`."""
        source = self.source_at(self.settings.glossary)
        if source is None:
            return {}
        terms = {s.message: s.message for s in self.read(source).segments if s.kind == "term"}
        if language == source.language:
            return terms
        units = self.catalog(source, language).units
        known = (u for u in units if u.state in ("current", "changed"))
        return {u.message: u.translation for u in known if u.message in terms}


def _not_rendered(error: Exception) -> str:
    """Return the fault of a page whose rendering raised `error`."""
    words = " ".join(str(error).split())
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    fault = f"cannot be rendered ({type(error).__name__}: {words}, at {place})"
    return f"{fault}; correct the page, or take that Markdown extension out of mkdocs.yml"
