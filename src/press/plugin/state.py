"""What the plugin keeps between the events of MkDocs while it builds one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from bitext.languages.record import Language
from press.core import places
from press.core.editions import Editions, Leaf, Say
from press.frame.foot import Foot, foot
from press.frame.notices import notice
from press.frame.sharing import Download
from press.pages import glossary
from press.plugin.options import Checked
from press.search.sections import Section


class Frame(NamedTuple):
    """What surrounds the text of a page."""

    notice: tuple[str, ...]
    foot: Foot


@dataclass
class State:
    """The language that is being built, and what has been found and made for it so far."""

    editions: Editions
    language: str
    options: Checked
    standing: str = ""
    """For whom the handbook speaks, in this language."""
    nav: Navigation = field(init=False)
    """Set by on_nav."""
    files: Files = field(init=False)
    """Set by on_nav."""
    icons: dict[str, str] = field(default_factory=dict)
    """Icons of pages that their sections gave them, by their files."""
    downloads: dict[str, tuple[Download, ...]] = field(default_factory=dict)
    """What each page offers, by its path."""
    terms: dict[str, list[str]] = field(default_factory=dict)
    """The entries of the glossary to which the terms on each page lead, by the pages' files."""
    sections: dict[str, list[Section]] = field(default_factory=dict)
    """The sections of each page for its search index, by the pages' files; not kept longer."""
    _frames: dict[str, Frame] = field(default_factory=dict)

    @property
    def record(self) -> Language:
        """What is known of the language."""
        return self.editions.handbook.records[self.language]

    @property
    def say(self) -> Say:
        """Gives interface text in the language."""
        return self.editions.say(self.language)

    def leaf(self, page: Page) -> Leaf:
        """The leaf that a page of MkDocs was made from."""
        return self.editions.leaf(places.split(page.file.src_uri)[1], self.language)

    def frame(self, page: Page) -> Frame:
        """What surrounds the text of a page: made once, for its template and for its books."""
        if page.file.src_uri not in self._frames:
            leaf = self.leaf(page)
            found = Frame(
                notice(leaf, is_key_document=is_key_document(page)), foot(leaf, page.meta)
            )
            self._frames[page.file.src_uri] = found
        return self._frames[page.file.src_uri]

    def forget(self, page: Page) -> None:
        """Have the frame of a page that has changed made again."""
        self._frames.pop(page.file.src_uri, None)

    def pages(self) -> Iterator[Page]:
        """The pages that have been made."""
        return (file.page for file in self.files.documentation_pages() if file.page)

    @cached_property
    def glossary(self) -> glossary.Glossary:
        """The terms of the glossary in the language."""
        return glossary.of(self.editions, self.language)

    def glossary_file(self, files: Files) -> File | None:
        """The file of the page that holds the glossary, if there is one."""
        path = self.editions.handbook.settings.glossary
        return files.get_file_from_path(f"{self.language}/{path}")


def is_key_document(page: Page) -> bool:
    """Whether the wording of a page counts: then its front matter names the page's status."""
    return bool(page.meta.get("status"))
