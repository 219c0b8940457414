"""Addresses of pictures, films and sounds in raw HTML, which MkDocs leaves as they are.

They lead from a page to a file. The page of another language is in another folder, from which they
would lead nowhere; there they are made to lead to the same file.
"""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from handbook.press.core.tree import Element
from handbook.press.markdown.addresses import is_readable
from handbook.press.pages.addresses import behind_path

_ATTRIBUTES = ("src", "poster", "data")


def readdress(content: Element, page: File, source_url: str, files: Files) -> None:
    """Correct the addresses of files on a page; `source_url` is the page in its first language."""
    known: Mapping[str, File] | None = None
    for element in content.iter("img", "source", "video", "audio", "track", "embed", "object"):
        for name in _ATTRIBUTES:
            address = element.get(name)
            if not address or not _is_relative(address):
                continue
            if known is None:
                known = {unquote(each.url): each for each in files.media_files()}
            if target := _target(address, page, source_url, files, known):
                own = get_relative_url(target.url, page.url)
                element.set(name, own + behind_path(urlsplit(address)))


def _target(
    address: str, page: File, source_url: str, files: Files, known: Mapping[str, File]
) -> File | None:
    """Return the file an address means; None if it leads to one already, or to none at all."""
    path = unquote(urlsplit(address).path)
    if _from(page.url, path) in known:
        return None
    as_link, as_file = _from(source_url, path), normpath(join(dirname(page.src_uri), path))
    return known.get(as_link) or files.get_file_from_path(as_file)


def _from(url: str, path: str) -> str:
    return normpath(join(dirname(url), path))


def _is_relative(address: str) -> bool:
    """Tell whether an address is a path from the page."""
    if not is_readable(address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path) and parts.path[0] != "/"
