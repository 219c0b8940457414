"""Pages as their readers see them: with the parts in them that other files hold (`--8<--`)."""

from __future__ import annotations

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page.segments import Page
from handbook.bitext.project import includes
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source


def page(handbook: Handbook, source: Source) -> Page:
    """Return a page with the pages that it includes in the places of the lines that do so."""
    own = handbook.read(source)
    if "8<-" not in own.text:
        return own
    made = handbook.scanned(handbook.with_parts(source, own.text, lambda _, words: words))
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
