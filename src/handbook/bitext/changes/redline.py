"""The redline of a page: what has changed between two versions, in every language side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from handbook.bitext.catalog.units import Unit
from handbook.bitext.changes import compare, included, reading, words
from handbook.bitext.changes.compare import Change
from handbook.bitext.changes.passages import Content, Passage, passages
from handbook.bitext.changes.words import Piece
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page.segments import Page
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.settings import MKDOCS

CellState = Literal["current", "older", "missing", "shared", "moved away"]


@dataclass(frozen=True)
class Cell:
    """A passage in one of the languages that the page is translated into."""

    state: CellState
    """`older`: the translation is of the earlier text. `shared`: all languages have the same."""
    pieces: tuple[Piece, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether its words have changed."""
        return not words.is_same(self.pieces)


@dataclass(frozen=True)
class Row:
    """A passage in the source language, and beside it in the others."""

    change: Change
    cells: tuple[Cell, ...]

    @property
    def is_visible(self) -> bool:
        """Whether a reader of any of the languages could see that something has changed."""
        return self.change.is_visible or any(cell.is_changed for cell in self.cells)


@dataclass(frozen=True)
class Redline:
    """The change of a page between two versions."""

    path: str
    title: str
    source: str
    """The language in which the page is written."""
    languages: tuple[str, ...]
    """Those it is translated into, in the order of the cells."""
    rows: tuple[Row, ...]
    former: str = ""
    """The path it had before, if it had another."""
    is_new: bool = False
    is_gone: bool = False

    @property
    def file(self) -> str:
        """The name of the file that has been compared."""
        return MKDOCS if self.path == MKDOCS else f"docs/{self.source}/{self.path}"

    @property
    def is_visible(self) -> bool:
        """Whether a reader could see that anything has changed."""
        return any(row.is_visible for row in self.rows)


@dataclass(frozen=True)
class Version:
    """A page as it was at some time, in a handbook opened as it was then."""

    handbook: Handbook
    source: Source
    content: Content = lambda target: ""
    """What git knows the pictures of the page by."""

    def page(self, language: str) -> Page:
        """Return the page in a language: its source, or what its translation made of that."""
        source = included.page(self.handbook, self.source)
        if language == self.source.language:
            return source
        page = self.handbook.scanned(self.handbook.translated(self.source, language).text)
        return page if isinstance(page, Page) else source

    def units(self, language: str) -> dict[str, Unit]:
        """Return the units of the page, and of what it includes, in a language, by their keys."""
        return included.units(self.handbook, self.source, language)


def redline(
    old: Version | None, new: Version | None, languages: Sequence[str], records: Languages
) -> Redline:
    """Return what has changed between two versions of a page; at most one of them is missing.

    `languages` are those to show beside the language that the page is written in.
    """
    last = new or old
    assert last is not None
    source = last.source.language
    before, after = (
        passages(each.page(source), each.content) if each else [] for each in (old, new)
    )
    changes = compare.of_passages(before, after, records[source])
    others = tuple(each for each in languages if each != source)
    references = reading.references(last.handbook.read(last.source).text)
    had = old if old and old.source.language == source else None
    beside = [Beside.of(had, new, records[each], references) for each in others]
    was = old.source.path if old else ""
    return Redline(
        last.source.path,
        _title(changes) or last.source.path,
        source,
        others,
        rows(changes, beside),
        was if new and was != new.source.path else "",
        is_new=old is None,
        is_gone=new is None,
    )


def rows(changes: Sequence[Change], beside: Sequence[Beside]) -> tuple[Row, ...]:
    """Return the rows of a redline: each change, and what stands beside it in each language."""
    shown = (each for each in changes if each.is_visible or not _is_aside(each.passage))
    return tuple(Row(each, tuple(one.cell(each) for one in beside)) for each in shown)


def _is_aside(passage: Passage) -> bool:
    """Tell whether a passage is left out where it has not changed: its words are in others."""
    is_bare = not any(map(str.isalnum, passage.text))  # a sign in a cell, a place to write in
    return passage.kind in _ASIDE or bool(passage.skeleton) or is_bare


_ASIDE = frozenset(("fact", "file name", "media"))


def _title(changes: Sequence[Change]) -> str:
    headings = (each for each in changes if each.passage.level and each.kind != "gone")
    return next((each.passage.text for each in headings), "")


@dataclass(frozen=True)
class Beside:
    """The translations of a page, or of menus, in one language, in both versions."""

    old: Mapping[str, Unit]
    new: Mapping[str, Unit]
    language: Language
    references: Mapping[str, str]

    @classmethod
    def of(
        cls,
        old: Version | None,
        new: Version | None,
        language: Language,
        references: Mapping[str, str],
    ) -> Self:
        """Return the translations in a language; of no version there are none."""
        before, after = (each.units(language.code) if each else {} for each in (old, new))
        return cls(before, after, language, references)

    def cell(self, change: Change) -> Cell:
        """Return what stands beside a passage of the source."""
        if change.kind == "moved away":
            return Cell("moved away")
        before = [text for each in change.old if (text := self._shown(self.old.get(each.key)))]
        if not change.new:
            return Cell("current", words.whole(" ".join(before), ""))
        units = [self.new.get(each.key) for each in change.new]
        if not any(units):
            return Cell("shared")
        after = [text for each in units if (text := self._shown(each))]
        return Cell(_state(units), self._pieces(_once(before), _once(after)))

    def _pieces(self, old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
        if not old or not new:
            return words.whole(" ".join(old), " ".join(new))
        return compare.pieces_of(old, new, self.language)

    def _shown(self, unit: Unit | None) -> str:
        """Return the translation of a unit as a reader sees it; "" if none is shown."""
        if unit is None or unit.state not in ("current", "changed"):
            return ""
        return reading.read(unit.translation, self.references).text


def _once(texts: Sequence[str]) -> list[str]:
    """Return texts without those that repeat: parts of a text each have its whole translation."""
    return list(dict.fromkeys(texts))


def _state(units: Sequence[Unit | None]) -> CellState:
    """Return how current the translation of passages is; the worst of them counts."""
    states = {each.state if each else "missing" for each in units}
    if states & {"missing", "suggested"}:
        return "missing"
    return "older" if "changed" in states else "current"


def of_unit(unit: Unit, language: Language) -> tuple[Piece, ...]:
    """Return what has changed in the message of a unit since it was translated.

    `language` is that of the page. For whoever shows a catalog: its `#|` against its `msgid`.
    """
    if unit.previous is None:
        return (Piece("same", reading.read(unit.message).text),)
    old, new = reading.read(unit.previous).text, reading.read(unit.message).text
    return compare.pieces_of([old], [new], language)
