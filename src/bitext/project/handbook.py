"""The files of a handbook: where pages and catalogs are, reading and writing them.

Everything that reads or writes the disk is here. Problems are values; nothing is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from bitext.catalog import po
from bitext.catalog.po import Catalog, CatalogError, Unit
from bitext.files import read, write
from bitext.page import frontmatter, scan
from bitext.page.frontmatter import FrontMatterError
from bitext.page.segments import Page, Segment
from bitext.problem import Problem, SettingsError
from bitext.translate.align import align
from bitext.translate.assemble import Assembled, Mark, Tally, assemble, tally, unmarked
from bitext.translate.editorial import objection
from bitext.translate.merge import entries, merge
from bitext.translate.skeleton import Renderer

SITE = "site.po"
"""The catalog of the words that stand on no page: navigation, notices, labels."""


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
    words: Tally
    """The same in words of the source text."""
    older: tuple[str, ...]
    """The messages that stand in a translation made for an earlier wording, each once."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Update:
    """A catalog before and after."""

    path: str
    before: Catalog | None
    after: Catalog | None
    changed: bool
    source: Source | None = None


@dataclass(frozen=True)
class Settings:
    """`[tool.handbook]` of pyproject.toml."""

    name: str
    languages: tuple[str, ...]
    """The first is the site's default, and the language of the words that stand on no page."""
    keys: tuple[str, ...]
    """Front-matter keys whose values are read by people."""
    glossary: str
    """The page whose definition lists are the glossary."""


def settings(root: Path) -> Settings:
    """The settings of the handbook in `root`. Raises SettingsError."""
    file = root / "pyproject.toml"
    try:
        table = tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("handbook")
    except FileNotFoundError:
        cure = "run this in the handbook's folder"
        raise SettingsError(Problem(str(file), 1, f"not found; {cure}")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(Problem(str(file), 1, f"is not TOML: {error}; correct it")) from None
    languages = table.get("languages") if table else None
    if not isinstance(languages, list) or not all(map(_is_code, languages)) or not languages:
        cure = 'add [tool.handbook] with languages = ["en", …]'
        raise SettingsError(Problem(str(file), 1, f"names no languages by their codes; {cure}"))
    keys = tuple(table.get("keys", scan.DEFAULT_KEYS))
    glossary = table.get("glossary", "reference/glossary.md")
    return Settings(table.get("name", "handbook"), tuple(languages), keys, glossary)


@dataclass
class Handbook:
    """A handbook on disk. What is asked for is read once: texts of pages, then their segments."""

    root: Path
    settings: Settings
    render: Renderer | None = None
    """Makes HTML of a page's text; with it translations are held to words alone."""
    marks: Callable[[str], Mark] = lambda source_language: unmarked
    """Shows what is not current on a page, given the page's source language."""
    _texts: dict[str, str | Problem] = field(default_factory=dict)
    _pages: dict[str, Page | Problem] = field(default_factory=dict)
    _catalogs: dict[str, Catalog | Problem | None] = field(default_factory=dict)
    _current: set[str] = field(default_factory=set)
    """Catalogs that are known to be up to date without having been parsed."""
    _held: dict[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    _everywhere: dict[tuple[str, str], Unit | None] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        root: Path,
        render: Renderer | None = None,
        marks: Callable[[str], Mark] = lambda source_language: unmarked,
    ) -> Handbook:
        """The handbook in `root`. Raises SettingsError."""
        return cls(root, settings(root), render, marks)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of all languages, the default first."""
        return self.settings.languages

    # -- what there is ------------------------------------------------------------

    @cached_property
    def _found(self) -> dict[str, list[Source]]:
        found: dict[str, list[Source]] = {}
        for language in self.languages:
            folder = self.root / "docs" / language
            for file in sorted(folder.rglob("*.md")):
                path = file.relative_to(folder).as_posix()
                if path != "README.md":
                    found.setdefault(path, []).append(Source(path, language, file))
        return dict(sorted(found.items()))

    def sources(self) -> list[Source]:
        """Every page that can be read, by path; of two sources the first language's."""
        first = [sources[0] for sources in self._found.values()]
        return [source for source in first if isinstance(self._text(source), str)]

    def unusable(self) -> set[str]:
        """The paths of pages that a problem keeps from being used."""
        return self._found.keys() - {source.path for source in self.sources()}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files themselves, pages first."""
        catalogs = (each for language in self.languages for each in self.catalog_problems(language))
        return [*self.page_problems(), *catalogs]

    def page_problems(self) -> Iterator[Problem]:
        """What is wrong with the files of pages."""
        for sources in self._found.values():
            if len(sources) > 1:
                first, second = (self._name(source.file) for source in sources[:2])
                yield Problem(
                    second,
                    1,
                    f"{first} is a page of the same path; keep one as the source and make the"
                    f" other a catalog: handbook align {second}",
                )
                continue
            text = self._text(sources[0])
            if isinstance(text, Problem):
                yield text

    def catalog_problems(self, language: str) -> Iterator[Problem]:
        """What is wrong with the catalogs of a language."""
        for source in self.sources():
            if source.language != language:
                yield from self.catalog_problem(source.path, language)
        yield from self.stray_problems(language)

    def catalog_problem(self, path: str, language: str) -> Iterator[Problem]:
        """What is wrong with the catalog of one page, if there is one."""
        name = self.catalog_path(path, language)
        if not self._is_current(name, path):
            catalog = self._load(name)
            if isinstance(catalog, Problem):
                yield catalog

    def stray_problems(self, language: str) -> Iterator[Problem]:
        """What is wrong with the catalogs of a language that belong to no page of `sources()`."""
        usable = {source.path for source in self.sources() if source.language != language}
        folder = self.root / "translations" / language
        for file in sorted(folder.rglob("*.po")):
            path = file.relative_to(folder).with_suffix(".md").as_posix()
            owner = self._found.get(path, [])
            own = [source.language for source in owner] == [language]
            if file != folder / SITE and (not owner or own):
                yield Problem(self._name(file), 1, _no_page(path, language, owner))
            elif path not in usable:
                yield from self.catalog_problem(path, language)

    # -- reading ------------------------------------------------------------------

    def read(self, source: Source) -> Page:
        """The page of `source`, which is one of `sources()`."""
        page = self._read(source)
        assert isinstance(page, Page)
        return page

    def _read(self, source: Source) -> Page | Problem:
        name = self._name(source.file)
        if name not in self._pages:
            self._pages[name] = self._scanned(self._text(source))
        return self._pages[name]

    def _text(self, source: Source) -> str | Problem:
        name = self._name(source.file)
        if name not in self._texts:
            self._texts[name] = _read_page(source.file, name)
        return self._texts[name]

    def _scanned(self, text: str | Problem) -> Page | Problem:
        return text if isinstance(text, Problem) else scan.read(text, self.settings.keys)

    def front(self, source: Source) -> Mapping[str, object]:
        """The front matter of a page that can be read."""
        text = self._text(source)
        assert isinstance(text, str)
        values = frontmatter.load(text)
        return values if isinstance(values, dict) else {}

    def overdue(self, today: date) -> list[Source]:
        """The pages whose `review_by` lies before `today`."""
        due = [(self.front(source).get("review_by"), source) for source in self.sources()]
        return [source for day, source in due if isinstance(day, date) and day < today]

    def catalog_path(self, path: str, language: str) -> str:
        """The path of the catalog of page `path`, from the root, with slashes."""
        return f"translations/{language}/{PurePosixPath(path).with_suffix('.po')}"

    def _load(self, name: str) -> Catalog | Problem | None:
        if name not in self._catalogs:
            self._catalogs[name] = _read_catalog(self.root / name, name)
        return self._catalogs[name]

    def reread(self, path: str, language: str) -> list[Problem]:
        """Read a page and its catalog again; where one cannot be read, both stay as they were."""
        source = self._found[path][0]
        name, catalog_name = self._name(source.file), self.catalog_path(path, language)
        text = _read_page(source.file, name)
        catalog = _read_catalog(self.root / catalog_name, catalog_name)
        if isinstance(text, Problem) or isinstance(catalog, Problem):
            return [each for each in (text, catalog) if isinstance(each, Problem)]
        self._texts[name], self._pages[name] = text, self._scanned(text)
        self._catalogs[catalog_name] = catalog
        self._current.discard(catalog_name)
        return []

    def _is_current(self, name: str, path: str) -> bool:
        """Whether the catalog `name` of the page at `path` is up to date, told by its text."""
        if name in self._current or name in self._catalogs or path not in self._found:
            return name in self._current
        page, text = self._read(self._found[path][0]), read(self.root / name, name)
        if isinstance(page, Problem) or isinstance(text, Problem):
            return False
        if po.has(text, entries(page, path)):
            self._current.add(name)
        return name in self._current

    def catalog(self, source: Source, language: str) -> Catalog:
        """The catalog of a page as it would be after an update; nothing is written.

        A catalog that cannot be read counts as empty; `problems` names it.
        """
        loaded = self._load(self.catalog_path(source.path, language))
        known = loaded if isinstance(loaded, Catalog) else self._empty(source.language, language)

        def elsewhere(message: str) -> Unit | None:
            return self._elsewhere(message, language)

        return merge(self.read(source), known, elsewhere, source.path)

    def _empty(self, source_language: str, language: str) -> Catalog:
        return po.empty(language, source_language, self.settings.name)

    def _elsewhere(self, message: str, language: str) -> Unit | None:
        """A translated unit of `message`, wherever it stands; one that is current if there is."""
        if (message, language) not in self._everywhere:
            found: Unit | None = None
            for name in self._holders(language).get(message, ()):
                for unit in _translated(self._load(name), message):
                    if found is None or found.fuzzy or not unit.fuzzy:
                        found = unit
            self._everywhere[message, language] = found
        return self._everywhere[message, language]

    def _holders(self, language: str) -> Mapping[str, Sequence[str]]:
        """The catalogs of a language that have a message, by message; none is parsed for it."""
        if language not in self._held:
            holders: dict[str, list[str]] = {}
            for source in self.sources():
                name = self.catalog_path(source.path, language)
                text = read(self.root / name, name) if (self.root / name).exists() else ""
                for message in po.messages(text) if isinstance(text, str) else ():
                    holders.setdefault(message, []).append(name)
            self._held[language] = holders
        return self._held[language]

    # -- translating --------------------------------------------------------------

    def assembled(self, source: Source, language: str) -> Assembled:
        """The page of `source` in `language`, from its catalog merged in memory."""
        page, catalog = self.read(source), self.catalog(source, language)
        return assemble(page, catalog, self.render, self.marks(source.language))

    def translated(self, source: Source, language: str) -> Translation:
        """The page of `source` in another language; what is not used is named."""
        result = self.assembled(source, language)
        name = self.catalog_path(source.path, language)
        return Translation(
            result.text,
            result.tally,
            result.words,
            result.older,
            tuple(Problem(name, r.line or 1, f"words: {r.reason}") for r in result.refusals),
        )

    def reviewed(self, source: Source, language: str) -> str:
        """What the header of a page's catalog says of its review; "" if it says nothing."""
        loaded = self._load(self.catalog_path(source.path, language))
        return loaded.header.get("X-Reviewed", "") if isinstance(loaded, Catalog) else ""

    def tally(self, source: Source, language: str) -> Tally:
        """How much of a page is current in `language`."""
        return tally(self.catalog(source, language).units)

    def site_tally(self, language: str) -> Tally:
        """How much of the words that stand on no page is current in `language`."""
        loaded = self._load(f"translations/{language}/{SITE}")
        return tally(loaded.units if isinstance(loaded, Catalog) else ())

    def words(self, language: str) -> dict[str, str]:
        """The words of the site that are translated, with their translations."""
        loaded = self._load(f"translations/{language}/{SITE}")
        units = loaded.units if isinstance(loaded, Catalog) else ()
        return {u.message: u.translation for u in units if u.state == "current"}

    # -- writing ------------------------------------------------------------------

    def updates(
        self,
        languages: Sequence[str],
        words: Sequence[tuple[str, str]],
        always: Container[Path] = (),
    ) -> Iterator[Update]:
        """What an update makes of each catalog of `languages` that is not up to date.

        Nothing is written. `words` are those of the site with notes for translators; the
        catalogs of the files in `always` are given whether they are up to date or not.
        Catalogs that cannot be
        read are left as they are.
        """
        for language in languages:
            for source in self.sources():
                if source.language != language:
                    name = self.catalog_path(source.path, language)
                    if source.file not in always and self._is_current(name, source.path):
                        continue
                    loaded = self._load(name)
                    if not isinstance(loaded, Problem):
                        catalog = self.catalog(source, language)
                        yield _update(self.root, name, loaded, catalog, source)
            if language != self.languages[0]:
                yield from self._site_update(language, words)

    def _site_update(self, language: str, words: Sequence[tuple[str, str]]) -> Iterator[Update]:
        name = f"translations/{language}/{SITE}"
        loaded = self._load(name)
        if words and not isinstance(loaded, Problem):
            known = loaded or self._empty(self.languages[0], language)
            yield _update(self.root, name, loaded, merge(_page_of(words), known))

    def editorial(self, update: Update, source: Source) -> tuple[Update, list[Problem]]:
        """`update` with the edits of a page taken as editorial; those that are not, and why.

        Units whose edit is refused stay changed.
        """
        if update.before is None or update.after is None:
            return update, []
        page = self.read(source)
        places = {segment.message: page.line(segment) for segment in reversed(page.segments)}
        units, problems = [], []
        for unit in update.after.units:
            if unit.state == "changed":
                reason = objection(unit.previous or "", unit.message, self.terms(source.language))
                if reason is None:
                    unit = unit._replace(fuzzy=False, previous=None)
                else:
                    cure = "have the translations follow it; it is marked as changed"
                    place = self._name(source.file), places[unit.message]
                    problems.append(Problem(*place, f"is no editorial edit: {reason}; {cure}"))
            units.append(unit)
        after = replace(update.after, units=tuple(units))
        changed = update.changed or after != update.after
        return replace(update, after=after, changed=changed), problems

    def terms(self, language: str) -> dict[str, str]:
        """The terms of the glossary, as it has them, with what they are called in `language`."""
        source = next((s for s in self.sources() if s.path == self.settings.glossary), None)
        if source is None:
            return {}
        terms = {s.message: s.message for s in self.read(source).segments if s.kind == "term"}
        if language == source.language:
            return terms
        units = self.catalog(source, language).units
        return {u.message: u.translation for u in units if u.message in terms and u.translation}

    def remark(self, language: str, base: Callable[[str], str | None]) -> Iterator[Update]:
        """Put back the marks that OmegaT leaves out of the catalogs it writes.

        A unit whose translation is still that of the last commit, `base` of the catalog's
        path, is as unchecked as it was there.
        """
        for source in self.sources():
            name = self.catalog_path(source.path, language)
            loaded, old = self._load(name), base(name)
            if source.language != language and isinstance(loaded, Catalog) and old is not None:
                marked = po.remarked(loaded, po.parse(old))
                if marked != loaded:
                    self._catalogs[name] = marked
                    yield Update(name, loaded, marked, True)

    def write(self, update: Update) -> None:
        """Write a changed catalog, atomically."""
        if update.changed and update.after is not None:
            write(self.root / update.path, po.dump(update.after))

    def align(self, file: Path) -> str | Problem:
        """Make the catalog of a page from `file`, an older translation of it; what came of it."""
        name = file.as_posix()
        parts = PurePosixPath(name).parts
        if len(parts) < 3 or parts[0] != "docs" or parts[1] not in self.languages:
            return Problem(name, 1, "is no page; give docs/<language>/<page>.md")
        language, path = parts[1], PurePosixPath(*parts[2:]).as_posix()
        sources = [s for s in self._found.get(path, ()) if s.language != language]
        translated = self._scanned(_read_page(self.root / name, name))
        if isinstance(translated, Problem):
            return translated
        page = self._read(sources[0]) if sources else None
        if not isinstance(page, Page):
            return Problem(name, 1, "has no source page in another language to be aligned with")
        target = self.catalog_path(path, language)
        known = self._load(target)
        if isinstance(known, Problem):
            return known
        start = known or self._empty(sources[0].language, language)
        made = align(page, translated, start, path)
        write(self.root / target, po.dump(made))
        before, after = tally(start.units), tally(made.units)
        taken = after.current - before.current
        return (
            f"{target}: {taken} translations taken, {after.missing} of {after.total} still missing"
        )

    def hosts(self, languages: Sequence[str]) -> list[str]:
        """The hosts that links of a language's own lead to."""
        found = set()
        for source in self.sources():
            for language in languages:
                if language != source.language:
                    for unit in self.catalog(source, language).units:
                        own = unit.translation and unit.translation != unit.message
                        if own and unit.note.startswith("address"):
                            found.add(_host(unit.translation))
        return sorted(found)

    def stage(self, folder: Path, languages: Iterable[str]) -> Iterator[Problem]:
        """Write every page of `languages` below `folder/<language>/`; what was not used."""
        for source in self.sources():
            for language in languages:
                if language == source.language:
                    text = self.read(source).text
                else:
                    translation = self.translated(source, language)
                    text = translation.text
                    yield from translation.problems
                write(folder / language / source.path, text)

    def _name(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()


def _is_code(language: object) -> bool:
    """Whether a setting is the code of a language, such as `es` or `pt-BR`."""
    return isinstance(language, str) and bool(re.fullmatch(r"[a-z]{2,3}(?:-\w+)*", language))


def _read_page(file: Path, name: str) -> str | Problem:
    text = read(file, name)
    return text if isinstance(text, Problem) else _front_problem(text, name) or text


def _front_problem(text: str, name: str) -> Problem | None:
    """What is wrong with a page's front matter: it must be YAML, and a mapping."""
    try:
        values = frontmatter.load(text)
    except FrontMatterError as error:
        return Problem(name, error.line, f"front matter is not YAML ({error}); {_QUOTE}")
    if values is not None and not isinstance(values, dict):
        return Problem(name, 1, 'front matter has no keys; write each value as "key: value"')
    return None


_QUOTE = "put values with a colon, a quotation mark or a # between quotation marks"


def _no_page(path: str, language: str, owner: list[Source]) -> str:
    if owner:
        return f"docs/{language}/{path} is itself the source; delete this catalog"
    return f"there is no page {path}; rename the catalog with its page, or delete it"


def _host(address: str) -> str:
    """The host an address leads to, or the address where no host can be read from it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _translated(catalog: Catalog | Problem | None, message: str) -> Iterator[Unit]:
    """The units of a message that have a translation, those out of use first."""
    if isinstance(catalog, Catalog):
        for unit in (*catalog.obsolete, *catalog.units):
            if unit.message == message and unit.translation and unit.context is None:
                yield unit


def _page_of(words: Sequence[tuple[str, str]]) -> Page:
    """The words of the site as a page of their own."""
    return Page("", tuple(Segment("word", message, (), "", note) for message, note in words))


def _update(
    root: Path, name: str, before: Catalog | None, after: Catalog, source: Source | None = None
) -> Update:
    """What becomes of a catalog; one that nothing happens to is not even written in memory."""
    file = root / name
    old = file.read_bytes().decode("utf-8") if before is not None else ""
    same = after is before and po.is_canonical(old)
    return Update(name, before, after, not same and po.dump(after) != old, source)


def _read_catalog(file: Path, name: str) -> Catalog | Problem | None:
    if not file.exists():
        return None
    text = read(file, name)
    if isinstance(text, Problem):
        return text
    try:
        return po.parse(text)
    except CatalogError as error:
        return Problem(name, error.line, f"{error.text}; correct the line or undo the last edit")
