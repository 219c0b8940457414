"""Collect the content of a book from the pages that MkDocs has rendered in one language."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markdown.extensions.toc import slugify, slugify_unicode
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from handbook.press.books.book import Book, Chapter, Part
from handbook.press.core import places
from handbook.press.core.tree import plain
from handbook.press.plugin import sitetexts
from handbook.press.plugin.state import State


def collect(state: State, config: MkDocsConfig) -> Book:
    """Return the book of the language being built, whose pages must have their content."""
    home = places.address(places.HOME, state.language, config)
    return Book(
        state.language,
        title=plain(config.site_name),
        description=plain(config.site_description),
        standing=plain(state.standing),
        license=plain(config.copyright),
        address=urljoin(config.site_url or "", home),
        items=tuple(_items(state.nav.items, _slugs(state, config), state)),
        languages=state.editions.handbook.records,
        files={each.url: Path(each.abs_src_path or "") for each in state.files},
        has_labels=state.options.has_labels,
    )


def _items(
    items: list[Any], slugs: Mapping[Section, str], state: State
) -> Iterator[Part | Chapter]:
    """Yield chapters and parts of a book, by items of the navigation; no part is empty."""
    for item in items:
        if isinstance(item, Page):
            if not state.options.not_in_books.match_file(state.leaf(item).path):
                yield _chapter(item, state)
        elif item.children and (inside := tuple(_items(item.children, slugs, state))):
            yield Part(plain(item.title), slugs[item], inside)


def _slugs(state: State, config: MkDocsConfig) -> dict[Section, str]:
    """Return a name for the files of each section: the same in every language, no two alike."""
    # MkDocs makes titles that are not in mkdocs.yml of the names of folders, in every language.
    written = {state.say(title): title for title in sitetexts.nav_titles(config.nav)}
    pages = {state.leaf(page).path for page in state.nav.pages}
    taken = {path.removesuffix(".md") for path in pages}
    slugs: dict[Section, str] = {}
    for section in _sections(state.nav.items):
        title = plain(section.title)
        inside = {state.leaf(page).path for page in _pages(section)}
        named = names(written.get(title, title), inside, pages - inside)
        slugs[section] = next(name for name in named if name not in taken)
        taken.add(slugs[section])
    return slugs


def _sections(items: list[Any]) -> Iterator[Section]:
    """Yield each section of the navigation, before those that are in it."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def _pages(section: Section) -> Iterator[Page]:
    """Yield the pages of a section and of those that are in it."""
    for item in section.children:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item)


def names(title: str, inside: Collection[str], outside: Collection[str]) -> Iterator[str]:
    """Yield file names for a section, endlessly: its folder, its title, the title numbered.

    That is the folder that the pages `inside` it, and none `outside`, are in, so that a new title
    moves no file. Else it is its title: in the letters of ASCII, or in those it is written in.
    """
    folder = posixpath.commonpath([posixpath.dirname(path) for path in inside] or [""])
    if folder and not any(path.startswith(f"{folder}/") for path in outside):
        yield folder
    name = slugify(title, "-") or slugify_unicode(title, "-") or "section"
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _chapter(page: Page, state: State) -> Chapter:
    """Return the record of a rendered page."""
    leaf, frame = state.leaf(page), state.frame(page)
    top = next(iter(page.toc), None)
    heading = plain(top.title) if top and top.level == 1 else ""
    return Chapter(
        leaf.path,
        file=leaf.file,
        title=heading or plain(page.title) or leaf.path,
        html=page.content or "",
        url=page.url.removeprefix("./"),
        address=page.canonical_url or page.url,
        language=leaf.language if leaf.is_available else leaf.source.language,
        source_language=leaf.source.language,
        tally=leaf.tally,
        notice=frame.notice,
        facts=(*frame.foot.document, *frame.foot.upkeep),
        needs_review=leaf.needs_review,
        credit=leaf.credit,
        meta=page.meta,
    )
