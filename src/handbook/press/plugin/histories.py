"""Write the history of each page into the site, in the language the page is written in.

Each page links to it in every language. A preview has none; nor has a site that is made where git
knows nothing of older versions, and then its pages say so in a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

from handbook.bitext.changes import ledger
from handbook.bitext.changes.history import Day, Steps
from handbook.bitext.changes.included import Joined, joined
from handbook.bitext.changes.repository import Repository
from handbook.bitext.git import Store
from handbook.bitext.page.segments import Page
from handbook.bitext.project import includes
from handbook.bitext.project.pages import Source
from handbook.press.core import places, theme
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.places import Alternate
from handbook.press.core.tree import plain
from handbook.press.plugin import keeping
from handbook.press.plugin.state import State
from handbook.press.redlines.chronicle import Adopted, Bodies, Chronicler

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
        pages = map(self._joined, self._editions.sources.values())
        return Steps.of(self._repository, {name for page in pages for name in page.files})

    def days(self, source: Source) -> tuple[Day, ...]:
        """Return the days on which a page was changed, the newest first."""
        return self._steps.days(source.name, self._joined(source))

    def _joined(self, source: Source) -> Joined:
        return joined(self._editions.handbook, source)

    def file(self, source: Source, config: MkDocsConfig) -> str:
        """Return the file of a page's history from the root of the site; "" if it has none."""
        if source.name not in self._steps.files:
            return ""
        path = f"{_FOLDER}/{source.path.removesuffix('.md')}.html"
        return places.within(source.language, path, config)

    def page(self, text: str) -> Page | None:
        """Return the page that a text is, or was; None if it cannot be read."""
        page = self._editions.handbook.scanned(text)
        return page if isinstance(page, Page) else None


def write(histories: Histories, state: State, config: MkDocsConfig) -> None:
    """Write the histories of the pages that are written in the language of a build."""
    if not histories.is_known:
        return
    handbook = state.editions.handbook
    is_curly = "smarty" in config.markdown_extensions
    kept = keeping.days(state, is_curly=is_curly)
    bodies = Bodies(kept.find(state.language, ()) or {})
    with Store(handbook.root) as store:

        def read(blob: str) -> str | None:
            content = store.content(blob)
            return None if content is None else content.decode("utf-8", "replace")

        def join(text: str, name: str, commit: str) -> str:
            at = f"{commit}:./"
            return includes.joined(text, name, lambda path: read(at + path), handbook.folders)

        how = handbook.records, read, join, histories.page, bodies, is_curly
        chronicler = Chronicler(state.language, state.say, *how)
        _write(chronicler, histories, state, config)
    if bodies.used != bodies.known:
        kept.keep(state.language, (), bodies.used)


def _write(
    chronicler: Chronicler, histories: Histories, state: State, config: MkDocsConfig
) -> None:
    handbook = state.editions.handbook
    for source in state.editions.sources.values():
        file = histories.file(source, config)
        if source.language != state.language or not file:
            continue
        back = get_relative_url(places.address(source.path, state.language, config), file)
        adopted = tuple(adopted_versions(source, state))
        now = ledger.text_of(handbook, source, source.language) if adopted else ""
        days = histories.days(source)
        script = theme.colors(config, file)
        title, others = _title(source, state), list(_others(source, file, state, config))
        made = chronicler.page(title, back, days, adopted, now, script, others)
        write_file(made.encode(), str(Path(config.site_dir, file)))


def _others(source: Source, file: str, state: State, config: MkDocsConfig) -> Iterator[Alternate]:
    """Yield the page in the other languages that it is translated into, as seen from a file."""
    for each in places.alternates(source.path, state.editions, config):
        if each.translated and each.language != source.language:
            yield replace(each, url=get_relative_url(each.url, file))


def adopted_versions(source: Source, state: State) -> Iterator[Adopted]:
    """Yield the versions of a page that were adopted, the oldest first; not one that is lost."""
    for version in state.adoptions.versions.get(source.path, ()):
        text = version.texts.get(source.language)
        kept = ledger.kept_text(state.editions.handbook.root, text) if text else None
        if isinstance(kept, str) and version.day and not version.is_draft:
            yield Adopted(version.number, version.day, version.body, kept)


def address(histories: Histories | None, leaf: Leaf, config: MkDocsConfig) -> str:
    """Return the address of a page's history from the root of the site; "" if it has none."""
    return quote(histories.file(leaf.source, config)) if histories else ""


def of_page(histories: Histories | None, leaf: Leaf, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables for a page's template: where its history is, and if none is known.

    What has changed is told in the language that the page is written in: it is named to others.
    """
    is_other = leaf.source.language != leaf.language
    is_unknown = histories is not None and not histories.is_known
    return {
        "history": address(histories, leaf, config),
        "history_language": leaf.source_record.tag if is_other else "",
        "history_language_name": leaf.record.name_of(leaf.source.language),
        "history_unknown": is_unknown,
    }


def _title(source: Source, state: State) -> str:
    file = state.files.get_file_from_path(f"{state.language}/{source.path}")
    title = file.page.title if file and file.page else ""
    return plain(title or source.path)
