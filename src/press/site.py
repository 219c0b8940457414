"""What one build knows of the handbook: opened once, asked by every hook in every language."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from bitext.project import Handbook, Source, Tally, Translation
from mkdocs.config.defaults import MkDocsConfig

_KEY = "handbook"

Words = Callable[[str], str]
"""From one of our own messages to its translation, or to the message itself."""


class Site:
    """A handbook together with its translations, each made when first asked for and then kept."""

    def __init__(self, handbook: Handbook) -> None:
        """Take an opened handbook; nothing is read yet but what opening it read."""
        self.handbook = handbook
        self.sources = {source.path: source for source in handbook.sources() if _readable(source)}
        self.translation = cache(self._translation)
        self.words: Callable[[str], Words] = cache(handbook.words)

    def _translation(self, path: str, language: str) -> Translation | None:
        """The page at `path` in `language`; None where it was written in that language."""
        source = self.sources[path]
        if source.language == language:
            return None
        return self.handbook.translated(source, language)

    def tally(self, path: str, language: str) -> Tally | None:
        """How much of a page is current in a language; None where it was written in it."""
        translation = self.translation(path, language)
        return translation.tally if translation else None

    def speaks(self, path: str, language: str) -> bool:
        """Whether a page says anything in a language, or only repeats its source."""
        tally = self.tally(path, language)
        return tally is None or not tally.total or tally.current + tally.changed > 0


def of(config: MkDocsConfig) -> Site:
    """The handbook of this build. All languages share one configuration, so it is kept there."""
    if _KEY not in config.extra:
        config.extra[_KEY] = Site(Handbook.open(root(config)))
    site = config.extra[_KEY]
    assert isinstance(site, Site)
    return site


def root(config: MkDocsConfig) -> Path:
    """The folder that holds mkdocs.yml."""
    return Path(config.config_file_path).parent


def place(src_uri: str) -> tuple[str, str]:
    """A page's language and its path within it: `es/toolkit/roles.md` is `es`, `toolkit/roles.md`."""
    language, _, path = src_uri.partition("/")
    return language, path


def _readable(source: Source) -> bool:
    """Whether a page is UTF-8. One that is not would end MkDocs; the handbook names it as a problem."""
    try:
        source.file.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True
