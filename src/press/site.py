"""What one build knows of the handbook: opened once, asked by every hook in every language."""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from bitext.assemble import Mark, Tally
from bitext.catalog import State
from bitext.project import Handbook, Translation
from press import markdown

_KEY = "handbook"

Words = Callable[[str], str]
"""From one of our own messages to its translation, or to the message itself."""


class Site:
    """A handbook together with its translations, each made when first asked for and then kept."""

    def __init__(self, handbook: Handbook) -> None:
        """Take an opened handbook; nothing is read yet but what opening it read."""
        self.handbook = handbook
        self.sources = {source.path: source for source in handbook.sources()}
        self.translation = cache(self._translation)
        self.words: Callable[[str], Words] = cache(self._words)

    def _translation(self, path: str, language: str) -> Translation | None:
        """The page at `path` in `language`; None where it was written in that language."""
        source = self.sources[path]
        if source.language == language:
            return None
        return self.handbook.translated(source, language)

    def _words(self, language: str) -> Words:
        """The words of the site in `language`; one that loses or adds a `{field}` is not used."""
        known = self.handbook.words(language)

        def say(message: str) -> str:
            words = known(message)
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
        source = self.sources[path]
        return source.language == language or bool(self.handbook.reviewed(source, language))


def of(config: MkDocsConfig) -> Site:
    """The handbook of this build. All languages share one configuration, so it is kept there."""
    if _KEY not in config.extra:
        config.extra[_KEY] = Site(Handbook.open(root(config), markdown.of(config), marks))
    site = config.extra[_KEY]
    assert isinstance(site, Site)
    return site


def marks(source_language: str) -> Mark:
    """How a translated page shows what is not current, given its source language.

    An older translation names its source, by `key`, for what is made of the page to show both.
    """

    def mark(state: State, text: str, source: str) -> str:
        if state == "changed":
            return f'<span class="changed" data-source="{key(source)}">{text}</span>'
        return f'<span class="missing" {tongue(source_language)}>{text}</span>'

    return mark


def key(message: str) -> str:
    """A name for a message."""
    return sha256(message.encode()).hexdigest()[:12]


def tongue(language: str) -> str:
    """The attributes of an element in another language than what is around it."""
    direction = "rtl" if language in _RIGHT_TO_LEFT else "ltr"
    return f'lang="{language}" dir="{direction}"'


_RIGHT_TO_LEFT = frozenset("ar dv fa he ks ku ps sd ug ur yi".split())


def root(config: MkDocsConfig) -> Path:
    """The folder that holds mkdocs.yml."""
    return Path(config.config_file_path).parent


def place(src_uri: str) -> tuple[str, str]:
    """A page's language and path within it: `es`, `toolkit/roles.md` of `es/toolkit/roles.md`."""
    language, _, path = src_uri.partition("/")
    return language, path


def _fields(message: str) -> list[str]:
    return sorted(re.findall(r"{[^}]*}?", message))
