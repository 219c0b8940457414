"""Edits that their authors declare editorial: translations of the text stay current.

A declaration is held to what it says: an edit that changes the meaning is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages.record import Language
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate import editorial
from handbook.bitext.upkeep.update import Update

Swap = tuple[str, str]
"""Words and what an edit puts in their place, in lower case; "" for nothing."""


class Declaration(NamedTuple):
    """Edits of a page that their author calls editorial."""

    page: str
    """The page's file, from the root."""
    before: str | None
    """Its text before the edits; None where nobody knows: then what its catalogs were made for."""
    after: str
    swaps: frozenset[Swap] = frozenset()
    """The words that may be exchanged, each confirmed by the author."""
    by: str = "--editorial"
    """Where it is declared."""


class EditorialEdit(NamedTuple):
    """An edit that leaves translations current, because its author declares it editorial."""

    page: str
    line: int
    before: str
    after: str
    by: str

    def __str__(self) -> str:
        edit = f"“{self.before}” is now “{self.after}”"
        return f"editorial, by {self.by}: {self.page}:{self.line}: {edit}"


def apply(
    handbook: Handbook, update: Update, declared: Sequence[Declaration]
) -> tuple[Update, list[EditorialEdit], list[Problem]]:
    """Keep translations current where an edit is declared editorial and changes no meaning.

    A declaration speaks for the paragraphs that it edits, not for marks that are older. Returns the
    corrected update, the accepted edits, and a problem for each that is more than editorial; the
    unit of such an edit stays changed.
    """
    source = update.source
    own = [d for d in declared if source and d.page == source.name]
    if update.before is None or source is None or not own:
        return update, [], []
    spoken = [(each, _edits(handbook, each, update.before)) for each in own]
    page, terms = handbook.read(source), handbook.terms(source.language)
    record, known = handbook.records[source.language], _vocabulary(handbook, source.language)
    lines = {segment.key: page.line(segment) for segment in reversed(page.segments)}
    units: list[Unit] = []
    accepted: list[EditorialEdit] = []
    problems: list[Problem] = []
    for unit in update.after.units:
        edit = unit.previous or "", unit.message
        by = next((d for d, (gone, come) in spoken if edit[0] in gone and edit[1] in come), None)
        if unit.state == "changed" and by is not None:
            place = by.page, lines[unit.key]
            if reason := _more_than_editorial(*edit, by.swaps, record, terms, known):
                problems.append(Problem(*place, f"not an editorial edit: {reason}; {_FOLLOW}"))
            else:
                unit = unit._replace(fuzzy=False, previous=None)
                accepted.append(EditorialEdit(*place, *edit, by.by))
        units.append(unit)
    after = replace(update.after, units=tuple(units))
    changed = update.changed or after != update.after
    return replace(update, after=after, changed=changed), accepted, problems


def _edits(handbook: Handbook, declared: Declaration, known: Catalog) -> tuple[set[str], set[str]]:
    """Return the messages that a declaration takes from the page, and those that it adds."""
    after = _messages(handbook, declared.after)
    if declared.before is None:
        before = {unit.message for unit in known.units if not unit.fuzzy}
    else:
        before = _messages(handbook, declared.before)
    return before - after, after - before


def _messages(handbook: Handbook, text: str) -> set[str]:
    page = handbook.scanned(text)
    return {each.message for each in page.segments} if isinstance(page, Page) else set()


def _more_than_editorial(
    old: str,
    new: str,
    confirmed: Collection[Swap],
    language: Language,
    terms: Collection[str],
    known: Collection[str],
) -> str | None:
    """Return why an edit is more than editorial; None if it is not."""
    found = editorial.changed_words(old, new, language, known)
    if reason := editorial.change_of_meaning(old, new, language, terms, found, known):
        return reason
    for gone, _, come in (swap.partition("/") for swap in found):
        if (gone.casefold(), come.casefold()) in confirmed:
            continue
        cure = f"if that is all the same to readers, confirm it: --confirm '{gone}={come}'"
        if not gone or not come:
            what = f"“{come}” has been added" if come else f"“{gone}” has been taken out"
            return f"{what}; {cure}"
        return f"“{gone}” has become “{come}”; {cure}"
    return None


def _vocabulary(handbook: Handbook, language: str) -> set[str]:
    """Return the words of all pages that were written in a language."""
    pages = (handbook.read(each) for each in handbook.sources() if each.language == language)
    return set().union(*(editorial.vocabulary(page.text) for page in pages))


_FOLLOW = "it is marked as changed, have its translations follow"
