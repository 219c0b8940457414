"""The glossary for translators' programs: terms in two languages, as a table or as a catalog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.checks.pair import visible
from handbook.bitext.languages import cldr
from handbook.bitext.languages.terms import spellings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source


class Term(NamedTuple):
    """A term of the glossary in two languages."""

    term: str
    translation: str
    definition: str
    """What the glossary says of it, in the language that it was written in."""
    is_current: bool
    """Whether the translation fits the term as it is now."""


def page(handbook: Handbook) -> Source | None:
    """Return the page that is the glossary; None if there is none."""
    return handbook.source_at(handbook.settings.glossary)


def terms(
    handbook: Handbook, source: Source, source_language: str, language: str
) -> Iterator[Term]:
    """Yield the terms of the glossary `source` that both languages have, in its order.

    Each spelling that the source lists is a term: programs look for them in texts.
    """
    mine, theirs = handbook.terms(source_language), handbook.terms(language)
    known = (
        {}
        if source.language == language
        else {unit.message: unit.state for unit in handbook.catalog(source, language).units}
    )
    segments = handbook.read(source).segments
    for number, segment in enumerate(segments):
        message = segment.message
        if segment.kind != "term" or message not in mine or message not in theirs:
            continue
        after = segments[number + 1] if number + 1 < len(segments) else None
        said = visible(after.message) if after and after.kind not in ("term", "heading") else ""
        is_current = known.get(message, "current") == "current"
        for spelling in spellings(mine[message]):
            yield Term(spelling, visible(theirs[message]), " ".join(said.split()), is_current)


def as_table(found: Iterator[Term]) -> str:
    """Return terms as lines of term, translation and definition, as OmegaT and others read them."""
    rows = (each[:3] for each in found if each.is_current)
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def as_catalog(
    found: Iterator[Term], handbook: Handbook, source_language: str, language: str
) -> str:
    """Return terms as a catalog, as Weblate and others read a glossary; definitions are notes.

    It has no plural forms: terms need none, and Weblate takes no others than its own.
    """
    units = {
        each.term: Unit(
            each.term, each.translation, fuzzy=not each.is_current, note=each.definition
        )
        for each in found
    }
    fields = headers.new(cldr.gettext_code(language), source_language, handbook.settings.name)
    del fields[headers.PLURALS]
    return po.dump(Catalog(fields, tuple(units.values())))
