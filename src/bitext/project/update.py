"""Bring catalogs up to date with their pages: what `handbook update` does."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bitext import files
from bitext.catalog import canonical, po, tidy
from bitext.catalog.units import Catalog, Unit, restore_fuzzy
from bitext.page.segments import Page, Segment
from bitext.problem import Problem
from bitext.project.handbook import SITE, Handbook, Source
from bitext.project.reading import parse_catalog
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
    moved_from: str = ""
    """The path it had while its page had another name; "" if it is not moved."""


Committed = Callable[[str], bytes | None]
"""A function that returns a file as it is in the last commit; None if it is not there."""


def _nowhere(name: str) -> None:
    return None


def updates(
    handbook: Handbook,
    languages: Sequence[str],
    interface: Sequence[tuple[str, str]],
    always: Container[Path] = (),
    committed: Committed = _nowhere,
) -> Iterator[Update]:
    """Yield the update of each catalog of `languages` that is not surely up to date.

    Nothing is written. `interface` has the interface messages with notes for translators. The
    catalogs of pages in `always` are included even if they are up to date. Catalogs that cannot be
    read are left out. Notes that a tool has dropped are taken from what is `committed`.
    """
    for language in languages:
        for source in handbook.sources():
            if source.language != language:
                always_ = source.file in always
                yield from _page_update(handbook, source, language, always_, committed)
        if language != handbook.languages[0]:
            yield from _site_update(handbook, language, interface, committed)


def _page_update(
    handbook: Handbook, source: Source, language: str, always: bool, committed: Committed
) -> Iterator[Update]:
    name, kept = (
        handbook.catalog_path(source.path, language),
        handbook.kept_in(source.path, language),
    )
    if always or kept != name or not handbook.is_current(source.path, language):
        handbook.catalogs.refresh(kept)
        loaded = handbook.catalogs.load(kept)
        if isinstance(loaded, Problem):
            return
        after = _tidy(
            handbook, kept, handbook.catalog(source, language), source.language, committed
        )
        made = _update(handbook, kept, loaded, after, source)
        if kept != name:
            made = replace(made, path=name, changed=True, moved_from=kept)
        yield made


def _site_update(
    handbook: Handbook,
    language: str,
    interface: Sequence[tuple[str, str]],
    committed: Committed,
) -> Iterator[Update]:
    name = f"translations/{language}/{SITE}"
    handbook.catalogs.refresh(name)
    loaded = handbook.catalogs.load(name)
    if interface and not isinstance(loaded, Problem):
        english = handbook.languages[0]
        known = loaded or handbook.catalogs.empty(english, language)
        after = merge(_page_of(interface), known)
        yield _update(handbook, name, loaded, _tidy(handbook, name, after, english, committed))


def _tidy(
    handbook: Handbook, name: str, catalog: Catalog, source_language: str, committed: Committed
) -> Catalog:
    """Return a catalog without what tools have left in it, and with what they have dropped."""
    if any(not unit.note for unit in catalog.obsolete):
        data = committed(name)
        old = None if data is None else parse_catalog(data, name)
        if isinstance(old, Catalog):
            catalog = tidy.with_notes(catalog, old)
    language = PurePosixPath(name).parts[1]
    return tidy.tidy(catalog, handbook.catalogs.empty(source_language, language))


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
    old = (handbook.root / name).read_bytes() if before is not None else b""
    # An unchanged catalog in canonical form would be written with the same bytes.
    same = after is before and canonical.is_canonical(old.decode("utf-8", "replace"))
    return Update(name, before, after, not same and po.dump(after).encode("utf-8") != old, source)


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
    lines = {segment.message: page.line(segment) for segment in reversed(page.segments)}
    units: list[Unit] = []
    problems: list[Problem] = []
    for unit in update.after.units:
        if unit.state == "changed":
            reason = change_of_meaning(unit.previous or "", unit.message, record, terms)
            if reason is None:
                unit = unit._replace(fuzzy=False, previous=None)
            else:
                place = handbook.name(source.file), lines[unit.message]
                problems.append(Problem(*place, f"not an editorial edit: {reason}; {_FOLLOW}"))
        units.append(unit)
    after = replace(update.after, units=tuple(units))
    return replace(update, after=after, changed=update.changed or after != update.after), problems


_FOLLOW = "it is marked as changed, have its translations follow"


def remark(handbook: Handbook, language: str, committed: Committed) -> Iterator[Update | Problem]:
    """Restore the fuzzy marks that OmegaT omits from the catalogs it writes.

    A unit with the same translation as in the last commit gets the same fuzzy mark as there.
    """
    for source in handbook.sources():
        name = handbook.catalog_path(source.path, language)
        loaded = handbook.catalogs.load(name) if source.language != language else None
        data = committed(name) if isinstance(loaded, Catalog) else None
        if not isinstance(loaded, Catalog) or data is None:
            continue
        old = parse_catalog(data, name)
        if isinstance(old, Problem):
            fault = f"in the last commit, line {old.line}, {old.text}"
            yield Problem(name, 0, f"{fault}; put the marks back by hand")
            continue
        marked = restore_fuzzy(loaded, old)
        if marked != loaded:
            handbook.catalogs.replace(name, marked)
            yield Update(name, loaded, marked, True, source)


def write(handbook: Handbook, update: Update) -> Problem | None:
    """Write a changed catalog atomically; return a problem if its file was saved since.

    What it had under another name is removed after that.

    Raises SettingsError if the file cannot be written.
    """
    if not update.changed:
        return None
    for name in filter(None, (update.path, update.moved_from)):
        if handbook.catalogs.is_stale(name):
            return Problem(name, 1, "was saved during the update; run handbook update again")
    files.write(handbook.root / update.path, po.dump(update.after))
    if update.moved_from:
        files.remove(handbook.root / update.moved_from)
    return None
