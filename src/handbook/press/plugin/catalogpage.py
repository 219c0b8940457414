"""Write the page of a language that opens catalogs in the browser, and these catalogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

from handbook.bitext.translate.assemble import LABELLED
from handbook.press.core import assembled, places, theme
from handbook.press.core.assembled import KeptCatalog
from handbook.press.core.editions import Leaf
from handbook.press.core.tree import plain
from handbook.press.frame import catalogs
from handbook.press.frame.catalogs import Entry
from handbook.press.plugin.context import edit_url
from handbook.press.plugin.state import State, is_key_document


def write(
    state: State, env: Environment, config: MkDocsConfig, *, help_url: str, without_account: str
) -> None:
    """Write the page and the catalogs of a language; nothing where no page is translated."""
    own = places.within(state.language, catalogs.PAGE, config)
    entries = list(_entries(state, config, own))
    if not entries:
        return
    report, record = state.options.report, state.record
    given = {
        "config": config,
        "favicon": get_relative_url(str(config.theme["favicon"]), own),
        "language": state.language,
        "tag": record.tag,
        "direction": record.direction,
        "style": catalogs.style(),
        "colors": theme.colors(config, own),
        "script": catalogs.script(),
        "pages": catalogs.listed(entries),
        "counts": catalogs.counts(record.plural_forms),
        "fields": catalogs.fields(),
        "kinds": catalogs.names_of_kinds(state.say),
        "labelled": " ".join(sorted(LABELLED)),
        "mail": report if report.startswith("mailto:") else "",
        "form": report.partition("?")[0] if report.startswith("https:") else "",
        "help": get_relative_url(help_url, own) if help_url else "",
        "without_account": get_relative_url(without_account, own) if without_account else "",
        "home": get_relative_url(places.address(places.HOME, state.language, config), own),
    }
    made = env.get_template(catalogs.PAGE).render(given)
    write_file(made.encode(), str(Path(config.site_dir, own)))


def _entries(state: State, config: MkDocsConfig, own: str) -> Iterator[Entry]:
    """Yield the pages that are translated into the language; write the catalog of each.

    They are in the order of the menus; those that are in no menu come last.
    """
    handbook = state.editions.handbook
    moved = handbook.redirects.items()
    order = {page.file.src_uri: number for number, page in enumerate(state.nav.pages)}
    for page in sorted(state.pages(), key=lambda each: order.get(each.file.src_uri, len(order))):
        leaf = state.leaf(page)
        if leaf.translation is None or leaf.is_generated:
            continue
        file = catalogs.file(leaf.path, leaf.language)
        write_file(_published(state, leaf), str(Path(config.site_dir, file)))
        yield Entry(
            leaf.path,
            plain(page.title) or leaf.path,
            get_relative_url(page.url, own),
            get_relative_url(quote(file), own),
            edit_url(page, handbook.catalog_in_use(leaf.path, leaf.language)),
            leaf.source_record.tag,
            is_key_document(page),
            tuple(old for old, new in moved if new.partition("#")[0] == leaf.path),
        )


def _published(state: State, leaf: Leaf) -> bytes:
    """Return the catalog of a page as it is published, or was when it was made from the same."""
    handbook = state.editions.handbook
    made_from = assembled.ingredients(handbook, leaf.source, [leaf.language])
    if made_from is None:
        return catalogs.published(handbook, leaf.source, leaf.language)
    name = handbook.catalog_in_use(leaf.path, leaf.language)
    found: KeptCatalog | None = state.catalogs.find(name, made_from)
    if found and found.answers == assembled.answers(handbook, found.answers):
        return found.data
    handbook.asked.clear()
    made = catalogs.published(handbook, leaf.source, leaf.language)
    answers = assembled.answers(handbook, handbook.asked)
    state.catalogs.keep(name, made_from, KeptCatalog(made, answers))
    return made


def of_page(leaf: Leaf, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables for a page's template: where its catalog can be opened, and fetched."""
    if leaf.translation is None or leaf.is_generated:
        return {}
    return {
        "translating": opened(leaf.path, leaf.language, config),
        "catalog": quote(catalogs.file(leaf.path, leaf.language)),
    }


def opened(path: str, language: str, config: MkDocsConfig) -> str:
    """Return the URL that opens the catalog of a page, relative to the root of the site."""
    return f"{places.within(language, catalogs.PAGE, config)}?page={quote(path)}"
