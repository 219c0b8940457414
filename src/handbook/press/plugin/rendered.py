"""Keep the HTML that Markdown makes of a page, with all else that MkDocs finds out while rendering.

What it sets on a page is private to MkDocs (read in 1.6.1, `Page.render`): `Rendered` lists it, and
`_title_from_render` is named in no other module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from handbook.press.core.kept import Kept
from handbook.press.markdown import addresses
from handbook.press.markdown.described import described

Render = Callable[[MkDocsConfig, Files], None]
"""MkDocs' own way to make HTML of a page."""


class Rendered(NamedTuple):
    """A page after rendering."""

    content: str
    toc: Sequence[Mapping[str, object]]
    """Its table of contents, in the form of Python-Markdown."""
    title: str | None
    """Its first heading."""
    anchors: frozenset[str]
    links: Mapping[str, Mapping[str, str]]
    """The anchors that it links to, with the links as written, by the files of their pages."""


def take_or_render(
    kept: Kept, page: Page, config: MkDocsConfig, files: Files, render: Render
) -> None:
    """Make HTML of a page by `render`, or take what was made of the same beside the same files.

    What an extension makes that is not known is not kept, nor what includes other files.
    """
    text, markdown = page.markdown or "", described(config, [addresses.__name__])
    if markdown is None or "8<-" in text:
        render(config, files)
        return

    def make() -> Rendered:
        render(config, files)
        return _taken(page)

    _set(page, kept.find_or_make(page.file.src_uri, (text, markdown), make), files)


def _taken(page: Page) -> Rendered:
    """Return what rendering has made of a page."""
    return Rendered(
        page.content or "",
        list(map(_token, page.toc)),
        page._title_from_render,
        frozenset(page.present_anchor_ids or ()),
        {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    )


def _token(entry: AnchorLink) -> dict[str, object]:
    children = list(map(_token, entry.children))
    return {"name": entry.title, "id": entry.id, "level": entry.level, "children": children}


def _set(page: Page, found: Rendered, files: Files) -> None:
    """Set on a page what rendering has made."""
    tokens: Any = found.toc
    page.content, page.toc = found.content, get_toc(tokens)
    page._title_from_render = found.title
    page.present_anchor_ids = set(found.anchors)
    targets = ((files.get_file_from_path(uri), dict(links)) for uri, links in found.links.items())
    page.links_to_anchors = {file: links for file, links in targets if file is not None}


def retitle(page: Page, titles: Mapping[str, str]) -> None:
    """Give a rendered page, and its table of contents, other titles for headings, by id."""
    for number, link in enumerate(_links(page.toc)):
        if link.id in titles:
            link.title = str(escape(titles[link.id]))
            if number == 0 and link.level == 1:
                # MkDocs takes the title of a page without another one from its first heading.
                page._title_from_render = link.title


def _links(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _links(link.children)
