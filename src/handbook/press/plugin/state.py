"""The data that the plugin keeps between the events of MkDocs while one language is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handbook.bitext.changes import adoptions, ledger
from handbook.bitext.languages.record import Language
from handbook.bitext.project import keydocuments
from handbook.bitext.project.pages import site_catalog
from handbook.press.core import history, places
from handbook.press.core.editions import Editions, Leaf, Say
from handbook.press.core.kept import Kept
from handbook.press.core.written import read_written
from handbook.press.frame.foot import Foot, foot
from handbook.press.frame.notices import notice
from handbook.press.frame.sharing import Download
from handbook.press.pages import glossary, status
from handbook.press.plugin.deadlinks import DeadLinks
from handbook.press.plugin.generated import Generated
from handbook.press.plugin.options import Checked
from handbook.press.search.index import Numbered
from handbook.press.search.sections import Section


class Frame(NamedTuple):
    """The notice above the text of a page and the foot below it."""

    notice: tuple[str, ...]
    foot: Foot


@dataclass
class State:
    """The state of the build of one language: its editions, options, pages and search sections."""

    editions: Editions
    language: str
    options: Checked
    standing: str = ""
    """On whose behalf the handbook speaks, in this language."""
    settings: tuple[str, ...] = ()
    """The settings that pages depend on, in text."""
    nav: Navigation = field(init=False)
    """The navigation; set by on_nav."""
    files: Files = field(init=False)
    """All files of the language; set by on_nav."""
    renderings: Kept = field(init=False)
    """The HTML that Markdown made of pages, kept from build to build; set by on_nav."""
    contents: Kept = field(init=False)
    """That HTML after our changes, kept from build to build; set by on_nav."""
    catalogs: Kept = field(init=False)
    """Catalogs as they are published, kept from build to build; set by on_nav."""
    generated: Generated = field(default_factory=dict)
    """The pages that other plugins and hooks make; set by on_files."""
    edit_links: Mapping[str, str] = field(default_factory=dict)
    """Where pages that somebody has written are edited, if a plugin says so, by path."""
    unsorted: tuple[File, ...] = ()
    """Files that static-i18n must not see, while it sorts the others."""
    dead_links: DeadLinks = field(init=False)
    """The links that lead nowhere; set by on_config."""
    icons: dict[str, str] = field(default_factory=dict)
    """The icons that pages get from their sections, by the path of their files."""
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the navigation calls each page and its sections, in English, by the pages' files."""
    sections: tuple[status.Section, ...] = ()
    """The first level of the navigation, with titles in English."""
    downloads: dict[str, tuple[Download, ...]] = field(default_factory=dict)
    """The files that each page offers for download, by its path."""
    terms: dict[str, list[str]] = field(default_factory=dict)
    """The glossary entries that the terms on each page link to, by the pages' files."""
    sought: dict[str, tuple[list[Section], Numbered]] = field(default_factory=dict)
    """What the search index has of each page, by the pages' files; removed after use."""
    is_finishing: bool = False
    """Whether templates repair the pages that they make; set by on_env."""
    _frames: dict[str, Frame] = field(default_factory=dict)

    @cached_property
    def label_places(self) -> Mapping[str, tuple[str, int]]:
        """The file and the line where each name in the navigation is written in the language."""
        handbook = self.editions.handbook
        written = read_written(handbook.root)
        found: dict[str, tuple[str, int]] = {}
        for label in {each for names in self.labels.values() for each in names}:
            named = written.item("nav", label, 1, "")
            found[label] = (named.path, named.line)
        catalog = site_catalog(self.language)
        lines = handbook.catalogs.lines(catalog, handbook.site_units(self.language))
        return found | {label: (catalog, lines[label]) for label in found if label in lines}

    @property
    def record(self) -> Language:
        """The data of the language."""
        return self.editions.handbook.records[self.language]

    @property
    def say(self) -> Say:
        """The function that translates interface text into the language."""
        return self.editions.say(self.language)

    def leaf(self, page: Page) -> Leaf:
        """Return the leaf that a page of MkDocs was made from."""
        return self.editions.leaf(places.split(page.file.src_uri)[1], self.language)

    def frame(self, page: Page) -> Frame:
        """Return the notice and foot of a page, created once for its template and its books."""
        if page.file.src_uri not in self._frames:
            leaf = self.leaf(page)
            found = Frame(
                notice(leaf, is_key_document=is_key_document(page)),
                self._foot(leaf, page),
            )
            self._frames[page.file.src_uri] = found
        return self._frames[page.file.src_uri]

    def _foot(self, leaf: Leaf, page: Page) -> Foot:
        adopted, handbook = self.adoptions.last(leaf.path), self.editions.handbook
        is_same = adopted is None or ledger.is_as_adopted(
            handbook, leaf.source, leaf.language, adopted
        )
        version = self.version(leaf) if is_key_document(page) else None
        return foot(leaf, page.meta, self.adoptions, is_as_adopted=is_same, version=version)

    @property
    def changes(self) -> history.History:
        """What git knows of the handbook."""
        return history.of(self.editions.handbook.root)

    def version(self, leaf: Leaf) -> history.Version:
        """Return the version of the source of a page."""
        text = self.editions.handbook.text(leaf.source)
        assert isinstance(text, str)  # as that of every page with a leaf
        return self.changes.version(text, leaf.file)

    @cached_property
    def overview(self) -> status.Overview:
        """How much of the handbook is translated into each language."""
        return status.overview(self.editions, self.changes, history.today(), self.sections)

    def forget(self, page: Page) -> None:
        """Delete what depends on a page that has changed, so that it is created again."""
        self._frames.pop(page.file.src_uri, None)
        self.__dict__.pop("overview", None)

    def in_order(self) -> Iterator[Page]:
        """Yield the pages of the navigation, in its order."""
        firsts = (each for each in self.pages() if each.next_page and not each.previous_page)
        page = next(firsts, None)
        while page:
            yield page
            page = page.next_page

    def pages(self) -> Iterator[Page]:
        """Yield the pages that MkDocs has created."""
        return (file.page for file in self.files.documentation_pages() if file.page)

    @cached_property
    def adoptions(self) -> adoptions.Ledger:
        """What has been adopted."""
        return adoptions.load(self.editions.handbook.root)

    @cached_property
    def glossary(self) -> glossary.Glossary:
        """The terms of the glossary in the language."""
        return glossary.of(self.editions, self.language)

    def glossary_file(self, files: Files) -> File | None:
        """Return the file of the glossary's page, if there is one."""
        path = self.editions.handbook.settings.glossary
        return files.get_file_from_path(f"{self.language}/{path}")


def is_key_document(page: Page) -> bool:
    """Tell whether the exact wording of a page matters."""
    return keydocuments.is_key_document(page.meta)
