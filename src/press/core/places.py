"""Where each page is on the site, in each language."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from press.core import i18n
from press.core.editions import Editions

HOME = "index.md"
"""The path of the page at the root of each language."""


def split(src_uri: str) -> tuple[str, str]:
    """A page's language and path: `es`, `toolkit/roles.md` of `es/toolkit/roles.md`."""
    language, _, path = src_uri.partition("/")
    return language, path


@dataclass(frozen=True)
class Alternate:
    """A page in one language."""

    language: str
    name: str
    """The language's name, as its speakers call it."""
    url: str
    """Relative to the root of the site."""
    address: str
    """In full, or as `url` where the configuration has no site_url."""
    translated: bool
    """Whether the page says anything in this language yet."""


def alternates(path: str, editions: Editions, config: MkDocsConfig) -> list[Alternate]:
    """The page at `path` in every language, the site's default first."""
    return list(_alternates(path, editions, config))


def _alternates(path: str, editions: Editions, config: MkDocsConfig) -> Iterator[Alternate]:
    url = _url(path, config)
    for language, name in i18n.names(config).items():
        own = within(language, url, config) or "./"
        full = urljoin(config.site_url or "", own)
        yield Alternate(language, name, own, full, editions.speaks(path, language))


def address(path: str, language: str, config: MkDocsConfig) -> str:
    """A page's address in one language, relative to the root of the site."""
    return within(language, _url(path, config), config) or "./"


def _url(path: str, config: MkDocsConfig) -> str:
    return _file(path, config).url.removeprefix("./")


def file(path: str, language: str, config: MkDocsConfig) -> str:
    """The file a page is written to in one language, relative to the root of the site."""
    return within(language, _file(path, config).dest_uri, config)


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, None, config.site_dir, config.use_directory_urls)


def within(language: str, url: str, config: MkDocsConfig) -> str:
    """The address of `url` of one language, relative to the root of the site.

    The default language is at the root of the site, every other in a folder of its own.
    """
    return url if language == i18n.default(config) else f"{language}/{url}"
