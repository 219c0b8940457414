"""Pages as their readers see them: with the parts in them that other files hold (`--8<--`)."""

from __future__ import annotations

from typing import NamedTuple

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page.segments import Page
from handbook.bitext.project import includes
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source


class Joined(NamedTuple):
    """The text of a page with what it includes in the places of the lines that do so."""

    text: str
    files: tuple[str, ...] = ()
    """The names of the files that it includes, also through others."""


def joined(handbook: Handbook, source: Source) -> Joined:
    """Return the text of a page with the pages and other files in it that it includes."""
    own = handbook.text(source)
    if not isinstance(own, str) or "8<-" not in own:
        return Joined(own if isinstance(own, str) else "")
    names: dict[str, None] = {}

    def read(name: str) -> str | None:
        text = handbook.included(name)
        if text is not None:
            names[name] = None
        return text

    text = includes.joined(own, source.name, read, handbook.folders)
    return Joined(text, tuple(names))


def page(handbook: Handbook, source: Source) -> Page:
    """Return a page with what it includes in the places of the lines that do so."""
    own = handbook.read(source)
    found = joined(handbook, source)
    made = handbook.scanned(found.text) if found.files else own
    return made if isinstance(made, Page) else own


def sources(handbook: Handbook, source: Source) -> list[Source]:
    """Return the pages that a page includes, also through others."""
    found = [source]
    for each in found:
        text = handbook.read(each).text
        known = (handbook.part(each, name) for name in includes.parts(text))
        found += (part for part in dict.fromkeys(known) if part and part not in found)
    return found[1:]


def units(handbook: Handbook, source: Source, language: str) -> dict[str, Unit]:
    """Return the units of a page, and of what it includes, in a language, by their keys."""
    found = [*sources(handbook, source), source]
    catalogs = (handbook.catalog(each, language) for each in found if each.language != language)
    return {unit.key: unit for catalog in catalogs for unit in catalog.units}
