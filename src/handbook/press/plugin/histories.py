"""Write the history of each page into the site, in each language that it can be read in.

A translation has its own: the days on which its words have changed. A preview has none; nor has a
site that is made where git knows nothing of older versions, and then its pages say so in a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

from handbook.bitext.changes import ledger
from handbook.bitext.changes.earlier import Earlier
from handbook.bitext.changes.history import Day, Steps
from handbook.bitext.changes.included import Joined, joined
from handbook.bitext.changes.included import sources as included_pages
from handbook.bitext.changes.repository import Repository
from handbook.bitext.git import Store
from handbook.bitext.project.pages import Source
from handbook.press.core import places, theme
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.places import Alternate
from handbook.press.core.tree import plain
from handbook.press.frame import feed
from handbook.press.plugin import keeping
from handbook.press.plugin.state import State
from handbook.press.redlines.chronicle import SHOWN, Adopted, Bodies, Chronicler

_FOLDER = "history"


class Histories:
    """What git knows of the pages of a handbook; asked for once for all languages."""

    def __init__(self, editions: Editions) -> None:
        """Take a handbook; git is asked when the first page wants to know."""
        self._editions = editions
        self._repository = Repository(editions.handbook.root)

    @cached_property
    def is_known(self) -> bool:
        """Whether there is a history, and all of it."""
        repository = self._repository
        return repository.no_history() is None and not repository.is_shallow

    @cached_property
    def _steps(self) -> Steps:
        """What was done to pages and what they include; nothing if git does not know all of it."""
        if not self.is_known:
            return Steps({}, {})
        handbook = self._editions.handbook
        pages = (joined(handbook, source) for source in self._editions.sources.values())
        return Steps.of(self._repository, {name for page in pages for name in page.files})

    def days(self, leaf: Leaf) -> tuple[Day, ...]:
        """Return the days on which what a page is made from was changed, the newest first."""
        return self._steps.days(leaf.file, self._joined(leaf))

    def _joined(self, leaf: Leaf) -> Joined:
        """Return the text of a page with what it includes, and the files of all that it shows."""
        handbook, source = self._editions.handbook, leaf.source
        page = joined(handbook, source)
        if leaf.translation is None:
            return page
        translated = (source, *included_pages(handbook, source))
        paths = (handbook.catalog_in_use(each.path, leaf.language) for each in translated)
        return page._replace(files=(*page.files, *paths))

    def source(self, leaf: Leaf) -> Leaf:
        """Return the page in the language that it was written in."""
        return self._editions.leaf(leaf.path, leaf.source.language)

    def file(self, leaf: Leaf, config: MkDocsConfig) -> str:
        """Return the file of a page's history from the root of the site; "" if it has none."""
        is_there = leaf.file in self._steps.files and leaf.is_available
        return place(leaf.path, leaf.language, config) if is_there else ""


def place(path: str, language: str, config: MkDocsConfig) -> str:
    """Return where the history of the page at a path is, from the root of the site."""
    return places.within(language, f"{_FOLDER}/{path.removesuffix('.md')}.html", config)


class Lately(NamedTuple):
    """What a day has changed on a page for the readers of a language, as HTML."""

    path: str
    day: Day
    body: str


def write(histories: Histories, state: State, config: MkDocsConfig) -> list[Lately]:
    """Write the histories of the pages of a language; return its last changes in brief."""
    if not histories.is_known:
        return []
    handbook = state.editions.handbook
    is_curly = "smarty" in config.markdown_extensions
    kept = keeping.days(state, is_curly=is_curly)
    bodies = Bodies(kept.find(state.language, ()) or {})
    with Store(handbook.root) as store:
        earlier = Earlier(handbook, state.language, store.content)
        how = handbook.records, earlier.read, earlier.shown, earlier.page, bodies, is_curly
        chronicler = Chronicler(state.language, state.say, *how)
        found = _write(chronicler, histories, state, config)
        lately = nlargest(feed.MOST, found, key=lambda each: (each.day.when, each.path))
    if bodies.used != bodies.known:
        kept.keep(state.language, (), bodies.used)
    return [each._replace(body=chronicler.brief(each.day, each.body)) for each in lately]


def _write(
    chronicler: Chronicler, histories: Histories, state: State, config: MkDocsConfig
) -> Iterator[Lately]:
    """Write the history of each page; yield the days that it tells of."""
    for path, source in state.editions.sources.items():
        leaf = state.editions.leaf(path, state.language)
        if not (file := histories.file(leaf, config)):
            continue
        back = get_relative_url(places.address(path, state.language, config), file)
        adopted = tuple(adopted_versions(source, state))
        now = ledger.text_of(state.editions.handbook, source, state.language) if adopted else ""
        days = histories.days(leaf)
        script = theme.colors(config, file)
        title, others = _title(source, state), list(_others(leaf, file, histories, state, config))
        made = chronicler.page(title, back, days, adopted, now, script, others)
        write_file(made.encode(), str(Path(config.site_dir, file)))
        for day, body in islice(chronicler.changed(days), SHOWN):
            yield Lately(path, day, body)


def _others(
    leaf: Leaf, file: str, histories: Histories, state: State, config: MkDocsConfig
) -> Iterator[Alternate]:
    """Yield the histories of the page in the other languages, as seen from a file."""
    for each in places.alternates(leaf.path, state.editions, config):
        other = histories.file(state.editions.leaf(leaf.path, each.language), config)
        if other and each.language != leaf.language:
            yield replace(each, url=get_relative_url(quote(other), file))


def adopted_versions(source: Source, state: State) -> Iterator[Adopted]:
    """Yield the adopted versions that a page has in the language, the oldest first.

    Not one of which the text is lost.
    """
    versions = state.adoptions.versions.get(source.path, ())
    for version in versions:
        text = version.texts.get(state.language)
        kept = ledger.kept_text(state.editions.handbook.root, text) if text else None
        if isinstance(kept, str) and version.day and not version.is_draft:
            is_first = version == versions[0]
            yield Adopted(version.number, version.day, version.body, kept, is_first=is_first)


def address(histories: Histories | None, leaf: Leaf, config: MkDocsConfig) -> str:
    """Return the address of a page's history from the root of the site; "" if it has none."""
    return quote(histories.file(leaf, config)) if histories else ""


def of_page(histories: Histories | None, leaf: Leaf, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables for a page's template: where its history is, and if none is known.

    Where nothing of the page is translated, that is the history of its source.
    """
    is_other = histories is not None and not leaf.is_available
    told = histories.source(leaf) if histories and is_other else leaf
    is_unknown = histories is not None and not histories.is_known
    return {
        "history": address(histories, told, config),
        "history_language": told.record.tag if is_other else "",
        "history_language_name": leaf.record.name_of(told.language),
        "history_unknown": is_unknown,
    }


def _title(source: Source, state: State) -> str:
    file = state.files.get_file_from_path(f"{state.language}/{source.path}")
    title = file.page.title if file and file.page else ""
    return plain(title or source.path)
