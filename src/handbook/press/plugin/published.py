"""Write what a site publishes beside its pages: versions, the state of translations, a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from handbook.press.core import caches, i18n, places
from handbook.press.core.config import root
from handbook.press.core.editions import Leaf
from handbook.press.core.tree import plain
from handbook.press.frame import feed, versions
from handbook.press.pages import status
from handbook.press.plugin.histories import Lately
from handbook.press.plugin.state import State, is_key_document
from handbook.press.redlines import chronicle


def write_versions(state: State, found: Sequence[Page], config: MkDocsConfig) -> None:
    """Write what became of the paragraphs of key documents; all languages share the file."""
    leaves = [state.leaf(page) for page in found if is_key_document(page)]
    paths = sorted(leaf.path for leaf in leaves if not leaf.is_generated)
    kept = caches.folder(root(config), "versions")
    followed = versions.collect(paths, state.editions, state.changes, kept)
    write_file(versions.written(followed), str(Path(config.site_dir, versions.FILE)))


def write_status(state: State, config: MkDocsConfig) -> None:
    """Write how much of each language is translated, for programs and as badges."""
    found, site = state.overview, Path(config.site_dir)
    write_file(status.as_json(found).encode(), str(site / status.FILE))
    for each in found.languages:
        name = i18n.names(config)[each.language]
        svg = status.badge(each, name).encode()
        write_file(svg, str(site / "assets" / "status" / f"{each.language}.svg"))


def write_feed(
    state: State,
    found: Sequence[Page],
    history: Callable[[Leaf], str],
    lately: Iterable[Lately],
    config: MkDocsConfig,
) -> str:
    """Write the feed of the language; return its path, or "" where nothing is known.

    `history` returns the address of a page's history from the root of the site.
    `lately`: what has changed, the newest first.
    """
    if not config.site_url:
        return ""
    path = places.within(state.language, feed.FILE, config)
    home = places.address(places.HOME, state.language, config)
    about = feed.Feed(
        plain(config.site_name),
        plain(config.site_description),
        plain(config.copyright),
        state.record.tag,
        urljoin(config.site_url, home),
        urljoin(config.site_url, path),
        state.say("What has changed on this page"),
    )
    pages = {state.leaf(page).path: page for page in found}
    told = ((each, pages[each.path]) for each in lately if each.path in pages)
    entries = (_entry(each, page, history(state.leaf(page)), config) for each, page in told)
    if written := feed.written(about, entries):
        write_file(written, str(Path(config.site_dir, path)))
    return path if written else ""


def _entry(lately: Lately, page: Page, history: str, config: MkDocsConfig) -> feed.Entry:
    """Return what a day has changed on a page as an entry of the feed."""
    day = lately.day
    return feed.Entry(
        f"{day.commits[0]}/{quote(day.name)}",
        plain(page.title),
        page.canonical_url or "",
        day.when,
        plain(str(page.meta.get("description") or "")),
        lately.body,
        urljoin(config.site_url or "", f"{history}#{chronicle.anchor(day)}"),
    )
