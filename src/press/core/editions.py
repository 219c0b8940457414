"""What one build knows of the handbook: opened once, asked by every hook in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from bitext.catalog.po import State
from bitext.languages.record import Language
from bitext.problem import Problem
from bitext.project.handbook import Handbook, Source, Translation
from bitext.translate.assemble import Mark, Tally
from press.markdown import renderers

_KEY = "handbook"

Words = Callable[[str], str]
"""From one of our own messages to its translation, or to the message itself."""


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

    def plus(self, other: Edition) -> Edition:
        """This part and another one."""
        return Edition(
            self.language,
            {**self.translations, **other.translations},
            self.reviewed | other.reviewed,
            {**self.words, **other.words},
            {**self.terms, **other.terms},
            tuple(sorted((*self.problems, *other.problems))),
        )


class Site:
    """A handbook with its editions, each assembled when first asked for, or handed in."""

    def __init__(self, handbook: Handbook) -> None:
        """Take an opened handbook; nothing is read yet but what opening it read."""
        self.handbook = handbook
        self.words: Callable[[str], Words] = cache(self._words)
        self._editions: dict[str, Edition] = {}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every page by its path."""
        return {source.path: source for source in self.handbook.sources()}

    def edition(self, language: str) -> Edition:
        """The handbook in `language`."""
        if language not in self._editions:
            self.take(*self.part(0, 1, [language]))
        return self._editions[language]

    def take(self, *editions: Edition) -> None:
        """Use editions that were assembled elsewhere."""
        self._editions |= {edition.language: edition for edition in editions}

    def part(self, number: int, parts: int, languages: Sequence[str]) -> list[Edition]:
        """Part `number` of so many `parts` of the handbook, in some languages.

        The pages are dealt out in turn. Each is assembled in one language after the other, for what
        its translations are proved against is then made once. What stands on no page is in part 0.
        """
        pages = list(self.sources.values())[number::parts]
        translations: dict[str, dict[str, Translation]] = {language: {} for language in languages}
        for page in pages:
            for language in languages:
                if language != page.language:
                    translated = self.handbook.translated(page, language)
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
        return Edition(
            language,
            translations,
            frozenset(p for p in translations if book.reviewed(self.sources[p], language)),
            book.words(language) if first else {},
            book.terms(language) if first else {},
            tuple(sorted([*problems, *(book.stray_problems(language) if first else ())])),
        )

    def translation(self, path: str, language: str) -> Translation | None:
        """The page at `path` in `language`; None where it was written in that language."""
        return self.edition(language).translations.get(path)

    def _words(self, language: str) -> Words:
        """The words of the site in `language`; one that loses or adds a `{field}` is not used."""
        known = self.edition(language).words

        def say(message: str) -> str:
            words = known.get(message, message)
            return words if _fields(words) == _fields(message) else message

        return say

    def tally(self, path: str, language: str) -> Tally | None:
        """How many units of a page are current in a language; None where it was written in it."""
        translation = self.translation(path, language)
        return translation.tally if translation else None

    def speaks(self, path: str, language: str) -> bool:
        """Whether a page says anything in a language, or only repeats its source."""
        if path not in self.sources:
            return False
        tally = self.tally(path, language)
        return tally is None or not tally.total or tally.current + tally.changed > 0

    def reviewed(self, path: str, language: str) -> bool:
        """Whether a native speaker has reviewed a page, or wrote it."""
        return self.sources[path].language == language or path in self.edition(language).reviewed


def of(config: MkDocsConfig) -> Site:
    """The handbook of this build. All languages share one configuration, so it is kept there."""
    if _KEY not in config.extra:
        config.extra[_KEY] = Site(Handbook.open(root(config), renderers.of(config), marks))
    site = config.extra[_KEY]
    assert isinstance(site, Site)
    return site


def marks(source: Language) -> Mark:
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


def root(config: MkDocsConfig) -> Path:
    """The folder that holds mkdocs.yml."""
    return Path(config.config_file_path).parent


def place(src_uri: str) -> tuple[str, str]:
    """A page's language and path within it: `es`, `toolkit/roles.md` of `es/toolkit/roles.md`."""
    language, _, path = src_uri.partition("/")
    return language, path


def _fields(message: str) -> list[str]:
    return sorted(re.findall(r"{[^}]*}?", message))
