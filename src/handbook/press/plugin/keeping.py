"""Keep what pages were made into, in `build/` of the handbook, for its next build.

What takes most of the time: to assemble a page and prove its translations, to render it, to change
its HTML, and to put its catalogs in order. Each result is kept, with all that it was made from.
`finished` does the same for what templates make of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handbook.bitext.catalog.units import Unit
from handbook.bitext.project.handbook import Handbook
from handbook.press.core import assembled, caches, i18n
from handbook.press.core.editions import Leaf
from handbook.press.core.kept import Kept, in_text
from handbook.press.markdown.described import described
from handbook.press.plugin.rendered import Rendered
from handbook.press.plugin.state import State
from handbook.press.redlines.captions import LABELS
from handbook.press.search.index import Numbered
from handbook.press.search.sections import Section


class Content(NamedTuple):
    """The HTML of a page as we have changed it, and what else was found out meanwhile."""

    html: str
    titles: dict[str, str]
    """Of headings whose translation is not current, by their ids."""
    terms: list[str]
    """The glossary entries that its terms link to."""
    sections: list[Section]
    numbered: Numbered
    anchors: list[str]
    """The ids that its passages got."""


def pages(handbook: Handbook, config: MkDocsConfig, settings: Sequence[str]) -> Kept | None:
    """Return the cache of assembled pages; None if the site has unknown extensions.

    `settings` are those of the handbook, as `settings_of` returns them.
    """
    markdown = described(config)
    if markdown is None:
        return None
    folder = caches.folder(handbook.root, "pages")
    return Kept(folder, (markdown, *settings), *assembled.RECORDS)


def renderings(state: State, config: MkDocsConfig, files: Files) -> Kept:
    """Return the cache of HTML rendered from Markdown, which depends on `files`."""
    folder = caches.folder(state.editions.handbook.root, "rendered")
    return Kept(folder, _around(config, files), Rendered)


def contents(state: State, config: MkDocsConfig, files: Files) -> Kept:
    """Return where the HTML of pages is kept after our changes."""
    editions = state.editions
    seal = (
        *state.settings,
        *_around(config, files),
        repr(config.site_url),
        repr(
            [
                (path, editions.source(path, state.language).language)
                for path in sorted(editions.paths)
            ]
        ),
        in_text(editions.edition(state.language).words),
        repr(state.glossary.entries) if state.glossary_file(files) else "",
    )
    records = (Content, Section, Numbered)
    return Kept(caches.folder(editions.handbook.root, "contents"), seal, *records)


def catalogs(state: State) -> Kept:
    """Return where catalogs are kept as they are published."""
    folder = caches.folder(state.editions.handbook.root, "catalogs")
    return Kept(folder, state.settings, assembled.KeptCatalog, Unit)


def near(state: State) -> Kept:
    """Return where it is kept which near words the entries of the search index have."""
    return Kept(caches.folder(state.editions.handbook.root, "near"), ())


def days(state: State, *, is_curly: bool) -> Kept:
    """Return where it is kept what days have changed in pages; `is_curly` as in a Chronicler."""
    handbook = state.editions.handbook
    settings = (handbook.reading, repr(handbook.folders), state.language, str(is_curly))
    words = (state.say(each) for each in LABELS)
    folder = caches.folder(handbook.root, "history")
    return Kept(folder, (*state.settings, *settings, *words))


def made_from(html: str, page: Page, leaf: Leaf, state: State) -> Sequence[str]:
    """Return what our changes to the HTML of a page depend on, besides what all pages have."""
    editions, source = state.editions, leaf.source
    text, layout = editions.handbook.text(source), editions.layout(leaf.path)
    made = (leaf.translation, leaf.reviewed, leaf.credit, layout)
    return (
        html,
        page.url,
        in_text(page.meta),
        repr((source.path, source.language, *made)),
        str(text),
    )


def settings_of(handbook: Handbook) -> Iterator[str]:
    """Yield the settings of a handbook, and the files of its own languages.

    To be called when these have just been read: somebody may save one while a site is built.
    """
    yield repr(handbook.settings)
    for file in sorted(handbook.root.glob("languages/*.toml")):
        yield file.name
        yield file.read_text("utf-8", "surrogateescape")


def _around(config: MkDocsConfig, files: Files) -> Iterator[str]:
    """Yield the files and languages that a page may link to, and what MkDocs says of links."""
    yield repr(list(i18n.names(config)))
    yield repr((config.use_directory_urls, sorted(config.validation.links.items())))
    yield from sorted(f"{each.src_uri} {each.url} {each.inclusion.name}" for each in files)
