"""Bring catalogs up to date with their pages: what `handbook update` does."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext import files
from bitext.catalog import canonical, po
from bitext.catalog.units import Catalog, CatalogError, Unit, restore_fuzzy
from bitext.page.segments import Page, Segment
from bitext.problem import Problem
from bitext.project.handbook import SITE, Handbook, Source
from bitext.translate.editorial import change_of_meaning
from bitext.translate.merge import merge


@dataclass(frozen=True)
class Update:
    """A catalog before and after its update."""

    path: str
    before: Catalog | None
    """None if there was no such file."""
    after: Catalog
    changed: bool
    """Whether the bytes of the file would differ, so that it must be written."""
    source: Source | None = None
    """The page it belongs to; None for interface text."""


def updates(
    handbook: Handbook,
    languages: Sequence[str],
    interface: Sequence[tuple[str, str]],
    always: Container[Path] = (),
) -> Iterator[Update]:
    """Yield the update of each catalog of `languages` that is not surely up to date.

    Nothing is written. `interface` has the interface messages with notes for translators. The
    catalogs of pages in `always` are included even if they are up to date. Catalogs that cannot be
    read are left out.
    """
    for language in languages:
        for source in handbook.sources():
            if source.language != language:
                yield from _page_update(handbook, source, language, source.file in always)
        if language != handbook.languages[0]:
            yield from _site_update(handbook, language, interface)


def _page_update(
    handbook: Handbook, source: Source, language: str, always: bool
) -> Iterator[Update]:
    if always or not handbook.is_current(source.path, language):
        name = handbook.catalog_path(source.path, language)
        handbook.catalogs.refresh(name)
        loaded = handbook.catalogs.load(name)
        if not isinstance(loaded, Problem):
            yield _update(handbook, name, loaded, handbook.catalog(source, language), source)


def _site_update(
    handbook: Handbook, language: str, interface: Sequence[tuple[str, str]]
) -> Iterator[Update]:
    name = f"translations/{language}/{SITE}"
    handbook.catalogs.refresh(name)
    loaded = handbook.catalogs.load(name)
    if interface and not isinstance(loaded, Problem):
        known = loaded or handbook.catalogs.empty(handbook.languages[0], language)
        yield _update(handbook, name, loaded, merge(_page_of(interface), known))


def _page_of(interface: Sequence[tuple[str, str]]) -> Page:
    """Return the interface text as a page, to merge it with its catalog."""
    return Page("", tuple(Segment("word", message, (), "", note) for message, note in interface))


def _update(
    handbook: Handbook,
    name: str,
    before: Catalog | None,
    after: Catalog,
    source: Source | None = None,
) -> Update:
    file = handbook.root / name
    old = file.read_bytes().decode("utf-8") if before is not None else ""
    # An unchanged catalog in canonical form would be written with the same bytes.
    same = after is before and canonical.is_canonical(old)
    return Update(name, before, after, not same and po.dump(after) != old, source)


def editorial(handbook: Handbook, update: Update) -> tuple[Update, list[Problem]]:
    """Keep translations current if the edits of their source page do not change the meaning.

    Returns the corrected update, and a problem for each edit that is more than editorial; the unit
    of such an edit stays changed.
    """
    source = update.source
    if update.before is None or source is None:
        return update, []
    page, terms = handbook.read(source), handbook.terms(source.language)
    record = handbook.records[source.language]
    lines = {segment.key: page.line(segment) for segment in reversed(page.segments)}
    units: list[Unit] = []
    problems: list[Problem] = []
    for unit in update.after.units:
        if unit.state == "changed":
            reason = change_of_meaning(unit.previous or "", unit.message, record, terms)
            if reason is None:
                unit = unit._replace(fuzzy=False, previous=None)
            else:
                place = handbook.name(source.file), lines[unit.key]
                problems.append(Problem(*place, f"not an editorial edit: {reason}; {_FOLLOW}"))
        units.append(unit)
    after = replace(update.after, units=tuple(units))
    return replace(update, after=after, changed=update.changed or after != update.after), problems


_FOLLOW = "it is marked as changed, have its translations follow"


def remark(
    handbook: Handbook, language: str, committed: Callable[[str], str | None]
) -> Iterator[Update | Problem]:
    """Restore the fuzzy marks that OmegaT omits from the catalogs it writes.

    `committed` returns the text of a file in the last commit, None if it is not there. A unit with
    the same translation as in that commit gets the same fuzzy mark as there.
    """
    for source in handbook.sources():
        name = handbook.catalog_path(source.path, language)
        loaded = handbook.catalogs.load(name) if source.language != language else None
        old = committed(name) if isinstance(loaded, Catalog) else None
        if not isinstance(loaded, Catalog) or old is None:
            continue
        try:
            marked = restore_fuzzy(loaded, po.parse(old))
        except CatalogError as error:
            cure = "put the marks back by hand"
            yield Problem(name, 0, f"in the last commit, line {error.line}, {error.text}; {cure}")
            continue
        if marked != loaded:
            handbook.catalogs.replace(name, marked)
            yield Update(name, loaded, marked, True, source)


def write(handbook: Handbook, update: Update) -> Problem | None:
    """Write a changed catalog atomically; return a problem if its file was saved since.

    Raises SettingsError if the file cannot be written.
    """
    if not update.changed:
        return None
    if handbook.catalogs.is_stale(update.path):
        return Problem(update.path, 1, "was saved during the update; run handbook update again")
    files.write(handbook.root / update.path, po.dump(update.after))
    return None
