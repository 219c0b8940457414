"""The editions of a handbook, one for each language, which every step of a build reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256

from handbook.bitext.catalog.units import State
from handbook.bitext.changes import reading
from handbook.bitext.languages.record import Language
from handbook.bitext.page.characters import without_literal
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook, Translation
from handbook.bitext.project.pages import SITE, Source
from handbook.bitext.translate.assemble import Label, Tally
from handbook.bitext.translate.proof import Original
from handbook.press.core.assembled import (
    InLanguage,
    KeptPage,
    OfPage,
    answers,
    ingredients,
)
from handbook.press.core.kept import Kept
from handbook.press.core.numbering import Layout, layout

Say = Callable[[str], str]
"""A function that returns the translation of an English interface message, or the message."""


@dataclass(frozen=True)
class Edition:
    """The assembled handbook in one language, or a part of it; processes exchange these."""

    language: str
    translations: Mapping[str, Translation]
    """The pages that were first written in another language, by path."""
    reviewed: frozenset[str]
    """The paths of translations that a native speaker has reviewed."""
    credits: Mapping[str, tuple[str, ...]]
    """The names of the translators who want to be thanked, by the path of the page or `site.po`."""
    words: Mapping[str, str]
    """The translated interface text, by its English message."""
    terms: Mapping[str, str]
    """The translation of each glossary term, by the term."""
    problems: tuple[Problem, ...]
    """The problems of its catalogs, sorted."""
    layouts: Mapping[str, Layout] = field(default_factory=dict, compare=False)
    """Where the numbered passages of pages are, by path; as it is the same in every language, the
    first edition of a part has it for all."""
    text_problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict, compare=False)
    """What is wrong with the sources of pages, by path; the first edition of a part has it too."""

    def outline(self) -> Edition:
        """Return the edition without the text of its pages: all that other languages need of it."""
        kept = {
            path: replace(each, text="", older=(), problems=(), lines=())
            for path, each in self.translations.items()
        }
        return replace(self, translations=kept)

    def plus(self, other: Edition) -> Edition:
        """Return two parts of an edition, merged."""
        return Edition(
            self.language,
            {**self.translations, **other.translations},
            self.reviewed | other.reviewed,
            {**self.credits, **other.credits},
            {**self.words, **other.words},
            {**self.terms, **other.terms},
            tuple(sorted((*self.problems, *other.problems))),
            {**self.layouts, **other.layouts},
            {**self.text_problems, **other.text_problems},
        )


@dataclass(frozen=True)
class Leaf:
    """A page of the handbook in one language; created once and used by every step of a build."""

    path: str
    """Relative to the folder of its language, so the same in each: `toolkit/roles.md`."""
    language: str
    source: Source
    translation: Translation | None
    """None where the page was written in this language."""
    reviewed: bool
    """Whether a native speaker has reviewed the page, or wrote it."""
    credit: tuple[str, ...]
    """The names of its translators who want to be thanked."""
    front: Mapping[str, object]
    """The front matter of the source page."""
    record: Language = field(repr=False, compare=False)
    """The data of this language."""
    source_record: Language = field(repr=False, compare=False)
    """The data of the source page's language."""
    say: Say = field(repr=False, compare=False)
    """Translates interface text into this language."""

    @property
    def file(self) -> str:
        """The file of the source page, relative to the root of the repository."""
        return self.source.name

    def line_with(self, text: str) -> int:
        """Return the line of the source page where a text first stands; 1 if it does nowhere."""
        before, found, _ = self.source.read_text().partition(text)
        return before.count("\n") + 1 if found else 1

    @property
    def tally(self) -> Tally | None:
        """The number of units in each state; None if the page was written in this language."""
        return self.translation.tally if self.translation else None

    @property
    def is_available(self) -> bool:
        """Whether any text of the page is in this language; if not, it only repeats its source."""
        tally = self.tally
        return tally is None or not tally.total or tally.current + tally.changed > 0

    @property
    def is_generated(self) -> bool:
        """Whether a plugin makes the page while the site is built: nobody can translate it."""
        return self.source.generated_text is not None

    @property
    def needs_review(self) -> bool:
        """Whether the page is a translation that no native speaker has reviewed."""
        return self.is_available and not self.reviewed


class Editions:
    """A handbook with its editions; each is assembled when first needed, or given to `take`."""

    def __init__(self, handbook: Handbook, kept: Kept | None = None) -> None:
        """Take an opened handbook, and what the last build kept of its pages.

        No more files are read yet.
        """
        self.handbook, self._kept = handbook, kept
        handbook.is_in_parts = True
        self.say: Callable[[str], Say] = cache(self._say)
        self._editions: dict[str, Edition] = {}
        self._leaves: dict[tuple[str, str], Leaf] = {}
        self._layouts: dict[str, Layout] = {}
        self._text_problems: dict[str, tuple[Problem, ...]] = {}
        self._titles: dict[tuple[str, str], tuple[str, Language]] = {}
        self._of_others: Mapping[str, Mapping[str, str]] = {}
        self._found: dict[str, OfPage] | None = None

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The source page of each path that somebody has written."""
        return {source.path: source for source in self.handbook.sources()}

    @property
    def paths(self) -> Collection[str]:
        """The paths of all pages, also of those that plugins make."""
        return {**self.sources, **self._of_others}

    def has(self, path: str) -> bool:
        """Tell whether there is a page at `path`."""
        return path in self.sources or path in self._of_others

    def take_generated(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Take the texts of the pages that plugins make, by path and language; no others are."""
        self._of_others = texts
        self._leaves.clear()
        self._titles.clear()

    def source(self, path: str, language: str) -> Source:
        """Return the source of a page; a generated page may have one for each language."""
        if path in self.sources:
            return self.sources[path]
        texts = self._of_others[path]
        written_in = (
            language if language in texts else min(texts, key=self.handbook.languages.index)
        )
        file = self.handbook.root / "docs" / written_in / path
        return Source(path, written_in, file, texts[written_in])

    def leave_out(self, path: str) -> None:
        """Exclude the page at `path`, be it assembled or not."""
        del self.sources[path]

    def edition(self, language: str) -> Edition:
        """Return the edition in `language`; assemble it if there is none yet."""
        if language not in self._editions:
            self.take_rest(*self.part(0, 1, [language]))
        return self._editions[language]

    def take(self, *editions: Edition) -> None:
        """Store editions that were assembled elsewhere, to be used from now on."""
        self._editions |= {edition.language: edition for edition in editions}
        for edition in editions:
            self._layouts |= edition.layouts
            self._text_problems |= edition.text_problems
        self._leaves.clear()
        self._titles.clear()

    def take_rest(self, *editions: Edition) -> None:
        """Store editions of which `find_kept` has found a part already."""
        found = self._parts(self._found or {}, [each.language for each in editions], first=False)
        self.take(*map(Edition.plus, found, editions))

    def find_kept(self, languages: Sequence[str]) -> None:
        """Take of all pages what the last build has kept of them, before they are put in parts."""
        found = {path: self._find(page, languages) for path, page in self.sources.items()}
        self._found = {path: each for path, each in found.items() if each}

    def part(self, number: int, parts: int, languages: Sequence[str]) -> list[Edition]:
        """Assemble part `number` of `parts` equal parts of the handbook, in each of `languages`.

        What `find_kept` has found is in none; of the other pages, page n is in part n modulo
        `parts`. Each is assembled in all languages in turn, so that the original that its
        translations are checked against is rendered only once. Text that is on no page is in part
        0.
        """
        found = self._found or {}
        left = [page for path, page in self.sources.items() if path not in found]
        made = {page.path: self._of_page(page, languages) for page in left[number::parts]}
        return self._parts(made, languages, first=number == 0)

    def _parts(
        self, made: Mapping[str, OfPage], languages: Sequence[str], *, first: bool
    ) -> list[Edition]:
        """Return the part of the handbook that is `made`, in each of `languages`."""
        layouts = {path: each.layout for path, each in made.items() if each.layout is not None}
        problems = {path: each.problems for path, each in made.items()}
        editions = [self._part(language, made, first=first) for language in languages]
        for_all = [replace(each, layouts=layouts, text_problems=problems) for each in editions[:1]]
        return [*for_all, *editions[1:]]

    def _find(self, page: Source, languages: Sequence[str]) -> OfPage | None:
        """Return what was kept of a page, if it was made from the same."""
        made_from = ingredients(self.handbook, page, languages) if self._kept else None
        if self._kept is None or made_from is None:
            return None
        found: KeptPage | None = self._kept.find(_name(page, languages), made_from)
        if found and found.answers == answers(self.handbook, found.answers):
            return found.page
        return None

    def _of_page(self, page: Source, languages: Sequence[str]) -> OfPage:
        """Return what editions have of a page: what was kept, if it was made from the same."""
        found = self._find(page, languages) if self._found is None else None
        return found or self._keep(page, languages)

    def _keep(self, page: Source, languages: Sequence[str]) -> OfPage:
        """Make what editions have of a page, and keep it for the next build."""
        self.handbook.asked.clear()
        made = self._made(page, languages)
        made_from = ingredients(self.handbook, page, languages) if self._kept else None
        if self._kept and made_from is not None:
            answered = answers(self.handbook, self.handbook.asked)
            self._kept.keep(_name(page, languages), made_from, KeptPage(made, answered))
        return made

    def _made(self, page: Source, languages: Sequence[str]) -> OfPage:
        original = self.handbook.original(page)
        is_laid_out = original is not None and page.path not in self._layouts
        return OfPage(
            layout(original) if original is not None and is_laid_out else None,
            tuple(faults.text_problems(self.handbook, page)),
            {
                language: self._in_language(page, language, original)
                for language in languages
                if language != page.language
            },
        )

    def _in_language(self, page: Source, language: str, original: Original | None) -> InLanguage:
        return InLanguage(
            self.handbook.translated(page, language, original),
            tuple(faults.problems_of_catalog(self.handbook, page.path, language)),
            bool(self.handbook.reviewed(page, language)),
            self.handbook.credited(page.path, language),
        )

    def reread(self, path: str, language: str) -> list[Problem]:
        """Read and assemble a page again; if it cannot be read, keep it and return the problems."""
        problems = self.handbook.reread(path, language)
        source, edition = self.sources[path], self.edition(language)
        self._layouts.pop(path, None)
        self._titles.clear()
        if not problems and source.language != language:
            translation = self.handbook.translated(source, language)
            reviewed = {path} if self.handbook.reviewed(source, language) else set()
            names = self.handbook.credited(path, language)
            self.take(
                replace(
                    edition,
                    translations={**edition.translations, path: translation},
                    reviewed=edition.reviewed - {path} | reviewed,
                    credits={**edition.credits, path: names},
                )
            )
        return problems

    def _part(self, language: str, pages: Mapping[str, OfPage], *, first: bool) -> Edition:
        """Return the part of an edition with these pages; the first has what all share."""
        own = {
            path: page.languages[language]
            for path, page in pages.items()
            if language in page.languages
        }
        problems = [each for page in own.values() for each in page.problems]
        thanked = {path: page.credit for path, page in own.items()}
        if first:
            problems += faults.stray_problems(self.handbook, language)
            problems += faults.interface_problems(self.handbook, language)
            thanked[SITE] = self.handbook.credited(SITE, language)
        return Edition(
            language,
            {path: page.translation for path, page in own.items()},
            frozenset(path for path, page in own.items() if page.is_reviewed),
            {path: names for path, names in thanked.items() if names},
            self.handbook.interface_text(language) if first else {},
            self.handbook.terms(language) if first else {},
            tuple(sorted(problems)),
        )

    def leaf(self, path: str, language: str) -> Leaf:
        """Return the page at `path`, one of `paths`, in `language`."""
        if (path, language) not in self._leaves:
            source, edition = self.source(path, language), self.edition(language)
            self._leaves[path, language] = Leaf(
                path,
                language,
                source,
                edition.translations.get(path) or _untranslated(source, language),
                source.language == language or path in edition.reviewed,
                edition.credits.get(path, ()),
                self.handbook.front(source),
                self.handbook.records[language],
                self.handbook.records[source.language],
                self.say(language),
            )
        return self._leaves[path, language]

    def title(self, path: str, language: str) -> tuple[str, Language]:
        """Return what the page at `path` is called in a language, and the language that is in.

        Where the translation of its title is not current, that of its source.
        """
        if (path, language) not in self._titles:
            self._titles[path, language] = self._title(path, language)
        return self._titles[path, language]

    def _title(self, path: str, language: str) -> tuple[str, Language]:
        """Return what `title` does: the title in the front matter, or else the first heading."""
        source, records = self.source(path, language), self.handbook.records
        translation = self.edition(language).translations.get(path)
        if translation and translation.title:
            return _in_words(translation.title), records[language]
        found = self.handbook.title(source)
        return _in_words(found.message) if found else path, records[source.language]

    def text_problems(self, source: Source) -> Iterable[Problem]:
        """Return what is wrong with the text of a page."""
        if source.path not in self._text_problems:
            self._text_problems[source.path] = tuple(faults.text_problems(self.handbook, source))
        return self._text_problems[source.path]

    def layout(self, path: str) -> Layout:
        """Return where the numbered passages of the page at `path` are in its HTML."""
        if path not in self.sources:
            return Layout()
        if path not in self._layouts:
            original = self.handbook.original(self.sources[path])
            self._layouts[path] = layout(original) if original else Layout()
        return self._layouts[path]

    def is_available(self, path: str, language: str) -> bool:
        """Tell whether there is a page at `path` with any text in `language`."""
        return self.has(path) and self.leaf(path, language).is_available

    def _say(self, language: str) -> Say:
        """Return the function that translates interface text into `language`."""
        known = self.edition(language).words
        if self.handbook.records[language].direction == "ltr":
            return lambda message: known.get(message, message)
        return lambda message: _with_direction(known.get(message, message))


_DOTTED = re.compile(r"(?<![\w.])\.(?=[A-Za-z])")
_FROM_LEFT = "\N{LEFT-TO-RIGHT MARK}"


def _with_direction(text: str) -> str:
    """Return a text written from the right in which `.po` is not shown as `po.`: its dot is marked.

    An attribute has no room for a `<bdi>`, and translators may write no mark that nobody sees.
    """
    return _DOTTED.sub(rf"{_FROM_LEFT}.", text)


def _in_words(message: str) -> str:
    """Return a message as readers see it, without the characters that no tree of HTML can hold."""
    return without_literal(reading.read(message).text)


def _name(page: Source, languages: Sequence[str]) -> str:
    """Return the name by which a page is kept."""
    return " ".join((page.path, *languages))


def _untranslated(source: Source, language: str) -> Translation | None:
    """Return a page that a plugin makes as it is shown in another language; None in its own."""
    if source.generated_text is None or source.language == language:
        return None
    nothing = Tally(missing=1)
    return Translation(source.generated_text, nothing, nothing, (), ())


def marks(written_in: Language) -> Label:
    """Return a function that marks text that is not current, for source pages in a language.

    The mark of an older translation has the `key` of its source message, so that the site and the
    books can show both.
    """
    tongue = f'lang="{written_in.tag}" dir="{written_in.direction}"'

    def mark(state: State, text: str, source: str) -> str:
        if state == "changed":
            return f'<span class="changed" data-source="{key(source)}">{text}</span>'
        return f'<span class="missing" {tongue}>{text}</span>'

    return mark


def key(message: str) -> str:
    """Return a short identifier of a message: the first 12 hex digits of its SHA-256."""
    return sha256(message.encode()).hexdigest()[:12]
