"""What the templates of pages and of the site are given, and what is mended in finished pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import is_error_template, write_file

from press.core import i18n, places
from press.core.editions import Editions, Leaf
from press.frame import foot, sharing
from press.plugin.state import State

_FURNITURE = (
    '<header class="md-header',
    '<div class="md-sidebar ',
    '<aside class="notice"',
    '<aside class="tools"',
    '<aside class="foot"',
    '<footer class="md-footer',
)
"""What surrounds a page's own text."""


def of_page(page: Page, state: State, config: MkDocsConfig, *, help_page: str) -> dict[str, Any]:
    """What the template of a page is given.

    A page that says nothing in its language names its source page as the one to find.
    """
    leaf, frame = state.leaf(page), state.frame(page)
    alternates = places.alternates(leaf.path, state.editions, config)
    address = {each.language: each.address for each in alternates}
    if not leaf.speaks:
        page.canonical_url = address[leaf.source.language]
    terms = state.terms.get(page.file.src_uri, ())
    return {
        "alternates": alternates,
        "spoken": leaf.speaks,
        "home": leaf.path == places.HOME,
        "notice": frame.notice,
        "foot": frame.foot,
        "written": leaf.translation is None,
        "vouched": leaf.vouched,
        "repository": foot.repository(config.edit_uri or ""),
        "tools": sharing.tools(
            leaf,
            page.title or "",
            address[leaf.language],
            config,
            state.options.report,
            state.downloads.get(leaf.path, ()),
        ),
        "help": _help(help_page, page, state, config),
        "definitions": [state.glossary.entries[key] for key in terms],
    }


def _help(path: str, page: Page, state: State, config: MkDocsConfig) -> str | None:
    """Where readers learn how to help with translations; else where this one is edited."""
    if path in state.editions.sources:
        return places.address(path, state.language, config)
    return page.edit_url


def of_template(template: str, editions: Editions, config: MkDocsConfig) -> dict[str, Any]:
    """What a template of the site is given: error pages all homes, sitemap.xml all pages."""
    if is_error_template(template):
        return {"alternates": places.alternates(places.HOME, editions, config)}
    if template == "sitemap.xml":
        pages = (places.alternates(path, editions, config) for path in sorted(editions.sources))
        return {"pages": [[each for each in page if each.translated] for page in pages]}
    return {}


def put_error_page(output: str, template: str, config: MkDocsConfig) -> str:
    """Write each language's error pages into its own folder; MkDocs has one place."""
    language = i18n.current(config)
    if not is_error_template(template) or language == i18n.default(config):
        return output
    file = Path(config.site_dir, places.within(language, template, config))
    write_file(output.encode(), str(file))
    return ""  # MkDocs writes nothing where there is nothing


def declare_language(output: str, leaf: Leaf) -> str:
    """Say in `<html lang>` which language a page that is not translated is really in."""
    if leaf.speaks:
        return output
    output = output.replace(
        f'<html lang="{leaf.language}"', f'<html lang="{leaf.source.language}"', 1
    )
    for tag in _FURNITURE:
        element, attributes = tag.split(" ", 1)
        output = output.replace(tag, f'{element} lang="{leaf.language}" {attributes}')
    return output
