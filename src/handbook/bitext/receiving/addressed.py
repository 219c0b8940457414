"""Find the page that a reader's correction is about: by its path, its address, or its title.

Readers keep pages open, and mail lies about: the page may have had another name when it was read.
The list of redirects says so of what was moved with the command, and git of what was moved without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from handbook.bitext import git
from handbook.bitext.checks.pair import visible
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.receiving.labels import fold

SHOWN = ("current", "changed")
"""The states of units whose translation readers see."""
_MARKS = " \t.,;:*_`'\"<>()[]«»“”「」。、"


def addressed(
    handbook: Handbook, given: str, language: str, address: str = "", revision: str = ""
) -> Source | str:
    """Return the page that somebody names, or what is wrong with the name.

    `language` is that of the correction, `address` where on the site the page was read, and
    `revision` the version of its text, by the name that git has for it; "" for what was not said.
    """
    moves = _moves(handbook.root, revision)
    found = {source for each in _named(given) if (source := _source(handbook, each, moves))}
    found = found or _titled(handbook, given, language)
    if not found:
        return "is no page of this handbook; correct the path"
    if address and (read_on := _source(handbook, address, moves)):
        found.add(read_on)
    if len(found) > 1:
        return "is not the page of its address; say which is meant"
    return found.pop()


_URL = re.compile(r"https?://[^\s<>()\[\]「」（）]+")


def _named(given: str) -> list[str]:
    """Return what may name a page in a value such as `Roles https://site.example/roles/`."""
    if urls := _URL.findall(given):
        return [unquote(each.rstrip(_MARKS)) for each in urls]
    flat = unquote(given.replace("\\", "/")).strip()
    words = (word.strip(_MARKS) for word in flat.split())
    return [flat, *(word for word in words if "/" in word.strip("/") or word.endswith(".md"))]


def _titled(handbook: Handbook, given: str, language: str) -> set[Source]:
    """Return the pages with a title, in a language or in their own."""
    wanted = fold(given.strip(_MARKS))
    every = handbook.sources()
    return {each for each in every if wanted in _titles(handbook, each, language)}


def _titles(handbook: Handbook, source: Source, language: str) -> Iterator[str]:
    """Yield the title of a page in its own language, and in another."""
    segments = handbook.read(source).segments
    first = next((each for each in segments if each.kind == "heading"), None)
    if first is None:
        return
    yield fold(visible(first.message))
    if language != source.language:
        units = handbook.catalog(source, language).units
        shown = (unit for unit in units if unit.key == first.key and unit.state in SHOWN)
        yield from (fold(visible(unit.translation)) for unit in shown)


_GUARD = re.compile(r"https?://[^/]+/\S*(?=https?://)")
"""What a mail server puts before an address to check it when it is opened."""


class _Moves(NamedTuple):
    """The paths that pages have now, by those that they had before."""

    of_version: dict[str, str]
    """Of the page that had a certain text."""
    of_name: dict[str, str]
    """Of the last page that had a path."""


def _source(handbook: Handbook, given: str, moves: _Moves) -> Source | None:
    """Return the page that a path or an address names, or has named before."""
    known = {source.path: source for source in handbook.sources()}
    for name in _paths(handbook, given):
        said = handbook.redirects.get(name, name)
        for path in (moves.of_version.get(name), said, moves.of_name.get(name)):
            if path in known:
                return known[path]
    return None


def _paths(handbook: Handbook, given: str) -> Iterator[str]:
    """Yield the paths of pages that a path or an address may mean, the longest first."""
    try:
        address = urlsplit(_GUARD.sub("", unquote(given), count=1))
    except ValueError:
        return
    parts = [each for each in PurePosixPath(address.path.strip("/")).parts if each != "docs"]
    folders = {code for each in handbook.languages for code in (each, each.replace("_", "-"))}
    while True:
        joined = "/".join(parts).removesuffix(".html").removesuffix("/index")
        yield from (joined, f"{joined}.md", f"{joined}/index.md".lstrip("/"))
        # An address has the folder of the site before the path, and both may have the language.
        if not parts or not (parts[0] in folders or (address.scheme and len(parts) > 1)):
            return
        parts = parts[1:]


def _moves(root: Path, revision: str) -> _Moves:
    """Return what git knows of pages' former paths.

    Two pages may have had the same, one after the other: `revision` says which of them was read.
    """
    now: dict[str, str] = {}
    moves = _Moves({}, {})
    for change in git.file_changes(root, "docs", sides=True):  # the newest first
        before, after = _path(change.former), _path(change.name)
        here = now.get(after, after)
        if revision and change.new.startswith(revision):
            moves.of_version[after] = here
        if before != after:
            now[before] = here
            moves.of_name.setdefault(before, here)
    return moves


def _path(name: str) -> str:
    """Return the path of a page's file from the folder of its language."""
    return "/".join(name.split("/")[2:])
