"""List what is left to translate in a language, what matters most first: `handbook todo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes.effort import Effort, effort
from handbook.bitext.changes.words import Piece, divide, of_words
from handbook.bitext.languages.record import Language
from handbook.bitext.problem import amount
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.keydocuments import is_key_document
from handbook.bitext.project.pages import SITE, Source, site_catalog

SHOWN = 10
"""How many units of a page are listed if not all are asked for."""


@dataclass(frozen=True)
class Open:
    """A unit that is not current."""

    line: int
    """Its line in the catalog; 0 if an update has yet to write it there."""
    state: str
    message: str
    change: str
    """What was edited since it was translated; "" if nothing was."""
    words: int


@dataclass(frozen=True)
class OpenPage:
    """A page, or the interface text, with the units that are not current in a language."""

    path: str
    catalog: str
    is_key: bool
    units: tuple[Open, ...]
    effort: Effort


def todo(handbook: Handbook, language: str, order: Sequence[str]) -> list[OpenPage]:
    """Return the pages with open units: key documents, then the others as in `order`.

    `order` has the paths of the pages in the navigation. Interface text, which is on every page,
    comes after the key documents.
    """
    place = {path: number for number, path in enumerate(order)}
    ranked: list[tuple[tuple[int, int, str], OpenPage]] = []
    for source in handbook.sources():
        if source.language == language:
            continue
        found = _page(handbook, source, language)
        rank = 0 if found.is_key else 2
        ranked.append(((rank, place.get(source.path, len(place)), source.path), found))
    if language != handbook.languages[0]:
        ranked.append(((1, 0, SITE), _interface(handbook, language)))
    return [page for _, page in sorted(ranked, key=lambda each: each[0]) if page.units]


def total(pages: Sequence[OpenPage]) -> Effort:
    """Return the work on all pages."""
    return Effort(sum(page.effort.words for page in pages))


def is_key(handbook: Handbook, source: Source) -> bool:
    """Tell whether a page is a key document."""
    return is_key_document(handbook.front(source))


def _page(handbook: Handbook, source: Source, language: str) -> OpenPage:
    name = handbook.catalog_in_use(source.path, language)
    record = handbook.records[source.language]
    units = _open(handbook.catalog(source, language), record)
    return OpenPage(source.path, name, is_key(handbook, source), units, _effort(units))


def _interface(handbook: Handbook, language: str) -> OpenPage:
    name = site_catalog(language)
    loaded = handbook.catalogs.load(name)
    record = handbook.records[handbook.languages[0]]
    units = _open(loaded, record) if isinstance(loaded, Catalog) else ()
    return OpenPage(SITE, name, False, units, _effort(units))


def _open(catalog: Catalog, language: Language) -> tuple[Open, ...]:
    """Return the units of a catalog that are some work; not what is its own translation."""
    return tuple(
        Open(
            unit.line,
            "twice" if unit.is_twice else unit.state,
            unit.message,
            _change(unit, language),
            effort([unit.message]).words,
        )
        for unit in catalog.units
        if unit.state != "current" and not unit.is_given
    )


def _effort(units: Sequence[Open]) -> Effort:
    return Effort(sum(unit.words for unit in units))


def _change(unit: Unit, language: Language) -> str:
    """Return what was edited in a message, edit by edit."""
    if unit.state != "changed" or unit.previous is None:
        return ""
    old, new = (divide(text, language) for text in (unit.previous, unit.message))
    return ", ".join(_edits(of_words(old, new)))


def _edits(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield each edit of a comparison: runs of words that go and come."""
    gone, come = "", ""
    for piece in (*pieces, Piece("same", "")):
        if piece.fate == "same":
            if gone or come:
                yield _told(gone, come)
            gone = come = ""
        elif piece.fate == "out":
            gone += f" {piece.text}" if gone and piece.is_apart else piece.text
        else:
            come += f" {piece.text}" if come and piece.is_apart else piece.text


def _told(gone: str, come: str) -> str:
    """Return what an edit did to the words of a message."""
    if gone and come:
        return f"“{gone}” → “{come}”"
    return f"added “{come}”" if come else f"taken out “{gone}”"


def as_text(language: str, pages: Sequence[OpenPage], shown: int | None = SHOWN) -> Iterator[str]:
    """Yield a line in all, and for each page one with its units below; `shown` of each at most."""
    if not pages:
        return
    units = amount(sum(len(page.units) for page in pages), "unit")
    count = f"{units} on {amount(len(pages), 'page')}"
    yield f"{language}: {count}, {total(pages)}"
    for number, page in enumerate(pages, 1):
        kind = ", a key document" if page.is_key else ""
        yield f"{number}. {page.path}{kind}: {page.effort}"
        for unit in page.units[:shown]:
            yield f"   {_line(page.catalog, unit)}"
        if shown is not None and len(page.units) > shown:
            yield f"   and {len(page.units) - shown} more in {page.catalog}"


def _line(catalog: str, unit: Open) -> str:
    place = f"{catalog}:{unit.line}" if unit.line else catalog
    words = shorten(" ".join(unit.message.split()), 70, placeholder="…")
    return f"{place}: {unit.state}: {unit.change or f'“{words}”'}"


def as_json(pages: Sequence[OpenPage]) -> list[dict[str, object]]:
    """Return the pages and their open units as JSON data."""
    return [
        {
            "page": page.path,
            "catalog": page.catalog,
            "key": page.is_key,
            "words": page.effort.words,
            "hours": page.effort.hours,
            "units": [vars(unit) for unit in page.units],
        }
        for page in pages
    ]
