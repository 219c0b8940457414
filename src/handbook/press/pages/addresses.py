"""Addresses that MkDocs does not resolve: those that cannot be parsed, and `../ja/index.md`."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname, join, normpath, relpath
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from handbook.bitext.files import meant
from handbook.bitext.problem import Problem
from handbook.press.core import i18n, places
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.log import log
from handbook.press.core.tree import Element
from handbook.press.markdown.addresses import ATTRIBUTE, EDITION, Find


def report(content: Element, leaf: Leaf) -> None:
    """Warn about each URL that `press.markdown.addresses` marked unreadable; remove the marks."""
    for element in content.xpath(f".//*[@{ATTRIBUTE}]"):
        address = element.attrib.pop(ATTRIBUTE)
        fault = f"{address} is not an address; correct it, or write it as code"
        log.warning(Problem(leaf.file, leaf.line_with(address), fault))


def finder(src_uri: str, editions: Editions, config: MkDocsConfig, files: Files) -> Find:
    """Return a function that marks a link to a page in another language; None for others.

    A link to a file whose name is spelled otherwise on disk gets that spelling.
    """
    languages = set(i18n.names(config))
    others = languages - {places.split(src_uri)[0]}

    def find(address: str) -> str | None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        target = normpath(join(dirname(src_uri), unquote(parts.path)))
        language, path = places.split(target)
        spelled = _spelled(path, languages, files)
        if language in others and path.endswith(".md") and editions.has(spelled):
            return f"{EDITION}:{language}/{spelled}{behind_path(parts)}"
        if spelled == path:
            return None
        return quote(relpath(f"{language}/{spelled}", dirname(src_uri))) + behind_path(parts)

    return find


def _spelled(path: str, languages: Iterable[str], files: Files) -> str:
    """Return a path in the folder of a language as the file that it means is spelled on disk."""
    known = files.src_uris
    if path.isascii() or any(f"{each}/{path}" in known for each in languages):
        return path
    return meant(path, {places.split(each)[1] for each in known})


def resolve(content: Element, url: str, editions: Editions, config: MkDocsConfig) -> None:
    """Replace links to a page in one given language by their URLs, relative to `url`."""
    for link in content.xpath(f".//a[starts-with(@href, '{EDITION}:')]"):
        parts = urlsplit(link.get("href"))
        language, path = places.split(parts.path)
        target = places.address(path, language, config)
        link.set("href", get_relative_url(target, url) + behind_path(parts))
        link.set("hreflang", editions.handbook.records[language].tag)


def behind_path(parts: SplitResult) -> str:
    """Return what of an address is behind its path: `?a=b#c`."""
    return urlunsplit(("", "", "", parts.query, parts.fragment))
