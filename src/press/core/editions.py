"""A handbook in each of its languages: what every pass of a build asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256

from bitext.catalog.units import State
from bitext.languages.record import Language
from bitext.problem import Problem
from bitext.project.handbook import Handbook, Source, Translation
from bitext.translate.assemble import Label, Tally

Say = Callable[[str], str]
"""From an English message of the interface to its translation, or to the message itself."""


@dataclass(frozen=True)
class Edition:
    """A handbook in one language, assembled, or a part of it: what processes hand each other."""

    language: str
    translations: Mapping[str, Translation]
    """The pages that were first written in another language, by path."""
    reviewed: frozenset[str]
    """The paths of translations that a native speaker has reviewed."""
    words: Mapping[str, str]
    """The words that stand on no page, as far as they are translated."""
    terms: Mapping[str, str]
    """What each term of the glossary is called."""
    problems: tuple[Problem, ...]
    """What is wrong with the files of its catalogs, in order."""

    def outline(self) -> Edition:
        """The edition without the texts of its pages: all that other languages ask of it."""
        kept = {
            path: replace(each, text="", older=(), problems=())
            for path, each in self.translations.items()
        }
        return replace(self, translations=kept)

    def plus(self, other: Edition) -> Edition:
        """Merge two parts of an edition."""
        return Edition(
            self.language,
            {**self.translations, **other.translations},
            self.reviewed | other.reviewed,
            {**self.words, **other.words},
            {**self.terms, **other.terms},
            tuple(sorted((*self.problems, *other.problems))),
        )


@dataclass(frozen=True)
class Leaf:
    """A page in one language: made once, handed to every pass."""

    path: str
    """Relative to the folder of its language, the same in every language: `toolkit/roles.md`."""
    language: str
    source: Source
    translation: Translation | None
    """None where the page was written in this language."""
    reviewed: bool
    """Whether a native speaker has reviewed the page, or wrote it."""
    front: Mapping[str, object]
    """The front matter of its source."""
    record: Language = field(repr=False, compare=False)
    """What is known of the language."""
    source_record: Language = field(repr=False, compare=False)
    """What is known of the language of its source."""
    say: Say = field(repr=False, compare=False)
    """Gives interface text in this language."""

    @property
    def file(self) -> str:
        """The file of its source, relative to the root of the repository."""
        return f"docs/{self.source.language}/{self.path}"

    @property
    def tally(self) -> Tally | None:
        """How many units are in which state; None where the page was written in this language."""
        return self.translation.tally if self.translation else None

    @property
    def speaks(self) -> bool:
        """Whether the page says anything in this language, or only repeats its source."""
        tally = self.tally
        return tally is None or not tally.total or tally.current + tally.changed > 0

    @property
    def vouched(self) -> bool:
        """False for a translation that no native speaker has reviewed."""
        return self.reviewed or not self.speaks


class Editions:
    """A handbook with its editions, each assembled when first asked for, or handed in."""

    def __init__(self, handbook: Handbook) -> None:
        """Take an opened handbook; nothing is read yet but what opening it read."""
        self.handbook = handbook
        self.say: Callable[[str], Say] = cache(self._say)
        self._editions: dict[str, Edition] = {}
        self._leaves: dict[tuple[str, str], Leaf] = {}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every page by its path."""
        return {source.path: source for source in self.handbook.sources()}

    def leave_out(self, path: str) -> None:
        """Have no page at `path`; to be called before any edition is asked for."""
        del self.sources[path]

    def edition(self, language: str) -> Edition:
        """The handbook in `language`."""
        if language not in self._editions:
            self.take(*self.part(0, 1, [language]))
        return self._editions[language]

    def take(self, *editions: Edition) -> None:
        """Use editions that were assembled elsewhere."""
        self._editions |= {edition.language: edition for edition in editions}
        self._leaves.clear()

    def part(self, number: int, parts: int, languages: Sequence[str]) -> list[Edition]:
        """Part `number` of so many `parts` of the handbook, in some languages.

        The pages are dealt out in turn. Each is assembled in one language after the other, for what
        its translations are proved against is then made once. What stands on no page is in part 0.
        """
        pages = list(self.sources.values())[number::parts]
        translations: dict[str, dict[str, Translation]] = {language: {} for language in languages}
        for page in pages:
            original = self.handbook.original(page)
            for language in languages:
                if language != page.language:
                    translated = self.handbook.translated(page, language, original)
                    translations[language][page.path] = translated
        return [self._part(*each, first=number == 0) for each in translations.items()]

    def reread(self, path: str, language: str) -> list[Problem]:
        """Assemble one page of an edition anew; where it cannot be read it stays as it was."""
        problems = self.handbook.reread(path, language)
        source, edition = self.sources[path], self.edition(language)
        if not problems and source.language != language:
            translation = self.handbook.translated(source, language)
            reviewed = {path} if self.handbook.reviewed(source, language) else set()
            self.take(
                replace(
                    edition,
                    translations={**edition.translations, path: translation},
                    reviewed=edition.reviewed - {path} | reviewed,
                )
            )
        return problems

    def _part(
        self, language: str, translations: Mapping[str, Translation], *, first: bool
    ) -> Edition:
        book = self.handbook
        problems = [each for path in translations for each in book.catalog_problem(path, language)]
        if first:
            problems += book.stray_problems(language)
            problems += book.interface_problems(language)
        return Edition(
            language,
            translations,
            frozenset(p for p in translations if book.reviewed(self.sources[p], language)),
            book.words(language) if first else {},
            book.terms(language) if first else {},
            tuple(sorted(problems)),
        )

    def leaf(self, path: str, language: str) -> Leaf:
        """The page at `path`, one of `sources`, in `language`."""
        if (path, language) not in self._leaves:
            source, edition = self.sources[path], self.edition(language)
            self._leaves[path, language] = Leaf(
                path,
                language,
                source,
                edition.translations.get(path),
                source.language == language or path in edition.reviewed,
                self.handbook.front(source),
                self.handbook.records[language],
                self.handbook.records[source.language],
                self.say(language),
            )
        return self._leaves[path, language]

    def speaks(self, path: str, language: str) -> bool:
        """Whether there is a page at `path` that says anything in `language`."""
        return path in self.sources and self.leaf(path, language).speaks

    def _say(self, language: str) -> Say:
        """Interface text in `language`."""
        known = self.edition(language).words
        return lambda message: known.get(message, message)


def marks(source: Language) -> Label:
    """How a translated page shows what is not current, given the language of its source.

    An older translation names its source, by `key`, for what is made of the page to show both.
    """

    tongue = f'lang="{source.tag}" dir="{source.direction}"'

    def mark(state: State, text: str, source: str) -> str:
        if state == "changed":
            return f'<span class="changed" data-source="{key(source)}">{text}</span>'
        return f'<span class="missing" {tongue}>{text}</span>'

    return mark


def key(message: str) -> str:
    """A name for a message."""
    return sha256(message.encode()).hexdigest()[:12]
