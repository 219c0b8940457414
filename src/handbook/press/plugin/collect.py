"""Collect the content of a book from the pages that MkDocs has rendered in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markdown.extensions.toc import slugify
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from handbook.press.books.book import Book, Chapter, Part
from handbook.press.core import places
from handbook.press.core.config import root
from handbook.press.plugin import wording
from handbook.press.plugin.state import State


def collect(state: State, config: MkDocsConfig) -> Book:
    """Return the book of the language being built, whose pages must have their content."""
    home = places.address(places.HOME, state.language, config)
    return Book(
        state.language,
        title=_text(config.site_name),
        description=_text(config.site_description or ""),
        standing=_text(state.standing),
        license=_text(config.copyright or ""),
        address=urljoin(config.site_url or "", home),
        items=tuple(_items(state.nav.items, _slugs(state, config), state, config)),
        languages=state.editions.handbook.records,
        files={each.url: Path(each.abs_src_path or "") for each in state.files.media_files()},
    )


def _items(
    items: list[Any], slugs: Mapping[str, str], state: State, config: MkDocsConfig
) -> Iterator[Part | Chapter]:
    for item in items:
        if isinstance(item, Page):
            yield _chapter(item, state, config)
        elif item.children:
            title = _text(item.title)
            slug = slugs.get(title) or slugify(
                title, "-"
            )  # MkDocs made the title from a folder's name
            yield Part(title, slug, tuple(_items(item.children, slugs, state, config)))


def _slugs(state: State, config: MkDocsConfig) -> dict[str, str]:
    """Return the URL slug of each section, by its title in the language being built."""
    return {state.say(title): slugify(title, "-") for title in wording.nav_titles(config.nav)}


def _chapter(page: Page, state: State, config: MkDocsConfig) -> Chapter:
    leaf, frame = state.leaf(page), state.frame(page)
    top = next(iter(page.toc), None)
    return Chapter(
        leaf.path,
        file=leaf.source.file.relative_to(root(config)).as_posix(),
        title=_text(top.title if top and top.level == 1 else page.title or ""),
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


def _text(html: str) -> str:
    return Markup(html).striptags()
