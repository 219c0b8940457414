"""Find the links of pages that lead nowhere: to no page, no file, or no heading of a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from handbook.bitext.files import is_file, meant
from handbook.bitext.moving import links
from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.settings import MKDOCS

_ID = re.compile(r"""\{[^{}\n]*#([^\s{}]+)|\b(?:id|name)\s*=\s*["']?([^\s"'>]+)""")
_MADE = re.compile(r"p\d+(?:\.\d+)*|fn(?:ref)?\d*:.*|__.*")
"""Ids that a build gives: of numbered passages, notes and tabs."""
_CURE = "or take the link out"


class Dead(NamedTuple):
    """A link that leads nowhere."""

    target: str
    """As it is written."""
    problem: Problem


def dead_links(handbook: Handbook) -> Iterator[Dead]:
    """Yield each link of a page that leads nowhere, once for a line.

    As `validation` of mkdocs.yml wants: a site may not mind, and by default ids are not looked at.
    """
    wanted = _levels(handbook)
    if wanted["not_found"] != "warn":
        return
    anchors = wanted["anchors"] == "warn"
    finder = _Finder(handbook)
    for source in handbook.sources():
        page = handbook.try_read(source)
        if not isinstance(page, Page):
            continue
        seen = set()
        for (start, _), target in links.targets(links.without_comments(page.text), html=False):
            place = page.line_at(start), target
            if place in seen:
                continue
            seen.add(place)
            fault = finder.fault(source, target, anchors=anchors)
            if fault:
                words = f"a link leads to {target}, {fault}"
                yield Dead(target, Problem(source.name, place[0], words))


def line_of(handbook: Handbook, source: Source, target: str) -> int:
    """Return the line of the first link of a page to `target`; 1 if it is not found."""
    page = handbook.try_read(source)
    if not isinstance(page, Page):
        return 1
    starts = (start for (start, _), each in links.targets(page.text) if each == target)
    return page.line_at(next(starts, 0))


def _levels(handbook: Handbook) -> Mapping[str, object]:
    """Return the levels at which MkDocs is to report links to no file and to no id."""
    given = settings.mkdocs_settings(handbook.root / MKDOCS).get("validation")
    found: dict[str, object] = {"not_found": "warn", "anchors": "info"}
    for each in (given, given.get("links") if isinstance(given, Mapping) else None):
        if isinstance(each, Mapping):
            found |= {key: value for key, value in each.items() if key in found}
    return found


_OUTSIDE = f"which is outside of docs/ and not on the site; write its address on the web, {_CURE}"


class _Finder:
    """Tells where a link leads."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._ids: dict[str, frozenset[str]] = {}
        self._rendered: dict[str, frozenset[str]] = {}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.path: source for source in self._handbook.sources()}

    def fault(self, source: Source, target: str, *, anchors: bool) -> str:
        """Return why a link leads nowhere, and the cure; "" if it leads somewhere."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return ""  # named as no address at all
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return ""
        page = source
        if parts.path:
            folder = posixpath.dirname(source.name)
            name = self._spelled(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))
            if not posixpath.splitext(name)[1]:
                return ""  # an address, which MkDocs leaves as it is
            found = self._page(name)
            if found is None:
                if not self._is_file(name):
                    return self._no_file(name, source)
                return "" if name.startswith("docs/") else _OUTSIDE
            page = found
        return self._no_id(page, unquote(parts.fragment)) if anchors else ""

    def _spelled(self, name: str) -> str:
        """Return the path of a file as it is spelled on disk, beside pages of any language."""
        first, _, rest = name.partition("/")
        language, _, path = rest.partition("/")
        if name.isascii() or first != "docs" or language not in self._handbook.languages:
            return meant(name, self._names)
        return f"docs/{language}/{meant(path, self._paths)}"

    @cached_property
    def _names(self) -> frozenset[str]:
        walked = self._handbook.walked
        return frozenset(self._handbook.name(each) for each in walked if isinstance(each, Path))

    @cached_property
    def _paths(self) -> frozenset[str]:
        """The paths of files in the folders of languages."""
        parts = (name.split("/", 2) for name in self._names)
        return frozenset(each[2] for each in parts if each[1] in self._handbook.languages)

    def _page(self, name: str) -> Source | None:
        """Return the page at a path from the root, which may be written in another language."""
        first, _, rest = name.partition("/")
        language, _, path = rest.partition("/")
        known = first == "docs" and language in self._handbook.languages
        return self._sources.get(path) if known else None

    def _is_file(self, name: str) -> bool:
        """Tell whether there is a file, or will be; it may be beside pages of another language."""
        root, (_, _, rest) = self._handbook.root, name.partition("/")
        language, _, path = rest.partition("/")
        names = [name]
        if language in self._handbook.languages:
            if path in self._handbook.generated_paths:
                return True
            names += [f"docs/{each}/{path}" for each in self._handbook.languages]
        return any(is_file(root / each) for each in names)

    def _no_file(self, name: str, source: Source) -> str:
        """Return what is said of a link to `name`, which is not there: where it may be instead."""
        path = name.removeprefix(f"docs/{source.language}/")
        here = posixpath.dirname(source.path)
        if now := self._handbook.redirects.get(path, "").partition("#")[0]:
            return f"which has moved; write {posixpath.relpath(now, here or '.')}"
        if new := self._handbook.owners.renames.pages.get(path):
            page, there = self._sources[new], posixpath.relpath(new, here or ".")
            old = f"docs/{page.language}/{path}"
            cure = f"give it back its name, and all links follow: handbook move {old} {page.name}"
            return f"which is {there} now; write that, or {cure}"
        if not name.endswith(".md"):
            return f"which is not there; add the file, write its name as it is, {_CURE}"
        close = get_close_matches(path, list(self._sources), n=1, cutoff=0.8)
        close = close or [
            each
            for each in self._sources
            if posixpath.basename(each) == posixpath.basename(path) != "index.md"
        ]
        meant = f" (did you mean {posixpath.relpath(close[0], here or '.')}?)" if close else ""
        return f"and there is no such page{meant}; write the path of a page, {_CURE}"

    def _no_id(self, page: Source, wanted: str) -> str:
        """Return what is said of a link to an id of a page; "" if the page has it, or may."""
        if not wanted or _MADE.fullmatch(wanted) or wanted in self._written(page):
            return ""
        known = self._given(page)
        if known is None or wanted in known:
            return ""
        close = get_close_matches(wanted, sorted(known), n=1)
        meant = f" (did you mean #{close[0]}?)" if close else ""
        name = page.name
        return f"and {name} has no #{wanted}{meant}; write the id of a heading of it, {_CURE}"

    def _written(self, page: Source) -> frozenset[str]:
        """Return the ids that a page is given in its text: most, and found without rendering it."""
        if page.path not in self._ids:
            read = self._handbook.try_read(page)
            found = _ID.finditer(read.text if isinstance(read, Page) else "")
            self._ids[page.path] = frozenset(each[1] or each[2] for each in found)
        return self._ids[page.path]

    def _given(self, page: Source) -> frozenset[str] | None:
        """Return all ids of a page; None if they cannot be known."""
        read, render = self._handbook.try_read(page), self._handbook.render
        if render is None or not isinstance(read, Page):
            return None
        if page.path not in self._rendered:
            html = render(read.text[frontmatter.end(read.text) :])
            self._rendered[page.path] = frozenset(found[2] for found in _ID.finditer(html))
        return self._rendered[page.path]
