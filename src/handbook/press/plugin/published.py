"""Write what a site publishes beside its pages: versions, the state of translations, a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from handbook.press.core import caches, i18n, places
from handbook.press.core.config import root
from handbook.press.core.editions import Leaf
from handbook.press.core.tree import plain
from handbook.press.frame import feed, versions
from handbook.press.pages import lately, status
from handbook.press.plugin.state import State, is_key_document
from handbook.press.redlines.chronicle import Latest


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
    latest: Mapping[str, Latest],
    config: MkDocsConfig,
) -> str:
    """Write the feed of the language; return its path, or "" where nothing is known.

    `history` returns the address of a page's history from the root of the site; "" if it has none.
    `latest` is the last change of each page, by path.
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
    written = feed.written(about, _entries(state, found, history, latest, config))
    if written:
        write_file(written, str(Path(config.site_dir, path)))
    return path if written else ""


def _entries(
    state: State,
    found: Sequence[Page],
    history: Callable[[Leaf], str],
    latest: Mapping[str, Latest],
    config: MkDocsConfig,
) -> Iterator[feed.Entry]:
    """Yield the pages whose last change is known."""
    site = config.site_url or ""
    for page in found:
        leaf = state.leaf(page)
        told = latest.get(leaf.path)
        if leaf.is_available and (when := lately.changed(leaf, state.changes, told and told.when)):
            first = next(iter(state.editions.handbook.former_paths(leaf.path)), "")
            yield feed.Entry(
                plain(page.title),
                page.canonical_url or "",
                when,
                plain(str(page.meta.get("description") or "")),
                told.told if told else "",
                urljoin(site, there) if (there := history(leaf)) else "",
                urljoin(site, places.address(first, leaf.language, config)) if first else "",
            )
