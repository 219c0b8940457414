"""Find the URL and the file of each page on the site, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from handbook.press.core import i18n
from handbook.press.core.editions import Editions

HOME = "index.md"
"""The path of the home page, in each language."""


def split(src_uri: str) -> tuple[str, str]:
    """Split a file's path, as `es/toolkit/roles.md`, into language and path of the page."""
    language, _, path = src_uri.partition("/")
    return language, path


@dataclass(frozen=True)
class Alternate:
    """The address of a page in one language, for links between languages."""

    language: str
    tag: str
    """The language as HTML writes it: `pt-BR` where the site writes `pt_BR`."""
    name: str
    """The language's name, as its speakers call it."""
    url: str
    """Relative to the root of the site."""
    address: str
    """The full URL; the same as `url` if mkdocs.yml has no site_url."""
    translated: bool
    """Whether any of the page is translated into this language."""


def alternates(path: str, editions: Editions, config: MkDocsConfig) -> list[Alternate]:
    """Return the page's address in every language, the site's default language first."""
    return list(_alternates(path, editions, config))


def _alternates(path: str, editions: Editions, config: MkDocsConfig) -> Iterator[Alternate]:
    url = _url(path, config)
    for language, name in i18n.names(config).items():
        own = within(language, url, config) or "./"
        full = urljoin(config.site_url or "", own)
        tag = editions.handbook.records[language].tag
        yield Alternate(language, tag, name, own, full, editions.is_available(path, language))


def address(path: str, language: str, config: MkDocsConfig) -> str:
    """Return a page's URL in one language, relative to the root of the site."""
    return within(language, _url(path, config), config) or "./"


def _url(path: str, config: MkDocsConfig) -> str:
    return _file(path, config).url.removeprefix("./")


def file(path: str, language: str, config: MkDocsConfig) -> str:
    """Return the file a page is written to in one language, relative to the root of the site."""
    return within(language, _file(path, config).dest_uri, config)


def source(uri: str, config: MkDocsConfig) -> File:
    """Return a file in the folder of all pages, for MkDocs; it need not be there."""
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, None, config.site_dir, config.use_directory_urls)


def within(language: str, url: str, config: MkDocsConfig) -> str:
    """Return `url`, relative to a language's folder, relative to the root of the site.

    The default language is at the root of the site, every other in a folder of its own.
    """
    return url if language == i18n.default(config) else f"{language}/{url}"
