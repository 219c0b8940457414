"""Bring the catalogs on disk up to date with their pages: what `handbook update` does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath

from handbook.bitext import files
from handbook.bitext.catalog import canonical, headers, po, restore, tidy
from handbook.bitext.catalog.units import BEFORE, Catalog, without_lines
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.project.words import SOURCE, is_unsaid, words
from handbook.bitext.translate.merge import merge


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
        pages = [source for source in handbook.sources() if source.language != language]
        # All are made before the first is written: its text may have moved to a page behind it, and
        # a catalog may be written over by that of a page which took its name.
        yield from list(
            chain.from_iterable(
                _page_update(handbook, each, language, each.file in always, committed)
                for each in pages
            )
        )
        own = interface
        if language == handbook.languages[0]:  # which the site's own words are in
            own = [each for each in interface if is_unsaid(each[0], language)]
        yield from _site_update(handbook, language, own, committed)


def _page_update(
    handbook: Handbook, source: Source, language: str, always: bool, committed: Committed
) -> Iterator[Update]:
    """Yield the update of a page's catalog, unless it is surely up to date or cannot be read."""
    name = catalog_path(source.path, language)
    kept = handbook.catalog_in_use(source.path, language)
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
    """Yield the update of the catalog of interface text, if there is any and it can be read."""
    name = site_catalog(language)
    handbook.catalogs.refresh(name)
    loaded = handbook.catalogs.load(name)
    if interface and not isinstance(loaded, Problem):
        first = handbook.languages[0]
        english = SOURCE if language == first else first
        empty = handbook.catalogs.empty(english, language)
        wanted = {message for message, _ in interface if message not in words(language)}
        known = _whole(loaded, name, wanted, committed, empty.header) if loaded else empty
        after = interface_catalog(interface, known, language)
        yield _update(handbook, name, loaded, _tidy(handbook, name, after, english, committed))


def _whole(
    catalog: Catalog,
    name: str,
    wanted: Collection[str],
    committed: Committed,
    like: Mapping[str, str],
) -> Catalog:
    """Return a catalog of interface text with what it has lost and git still has.

    These are units, all texts where none is left, and messages over which somebody wrote a
    translation. Its header should be `like` this: git may know the catalog of another language by
    its name.
    """
    lost = set(wanted).difference(unit.key for unit in (*catalog.units, *catalog.obsolete))
    data = committed(name) if lost or not restore.has_text(catalog) else None
    old = None if data is None else parse_catalog(data, name)
    if not isinstance(old, Catalog) or tidy.other_language(old.header, like):
        return catalog
    if restore.is_emptied(catalog, old):
        catalog = restore.marks(catalog, old)
    found = restore.damaged(catalog, old, wanted)
    lost -= {unit.key for unit in found.values()}
    return restore.lost_units(restore.messages(catalog, found), [old], lost, as_drafts=False)


def _tidy(
    handbook: Handbook, name: str, catalog: Catalog, source_language: str, committed: Committed
) -> Catalog:
    """Return a catalog without what tools have left in it, and with what they have dropped."""
    if headers.REVIEWED not in catalog.header or any(not unit.note for unit in catalog.obsolete):
        data = committed(name)
        old = None if data is None else parse_catalog(data, name)
        if isinstance(old, Catalog):
            catalog = restore.fields(restore.notes(catalog, old), old)
    language = PurePosixPath(name).parts[1]
    return tidy.tidy(_followed(catalog), handbook.catalogs.empty(source_language, language))


def _followed(catalog: Catalog) -> Catalog:
    """Return a catalog without the translations of before, which this update has followed.

    An update that found them again would write over what somebody has chosen since.
    """
    units, obsolete = (
        tuple(without_lines(unit, BEFORE) for unit in each)
        for each in (catalog.units, catalog.obsolete)
    )
    is_same = (units, obsolete) == (catalog.units, catalog.obsolete)
    return catalog if is_same else replace(catalog, units=units, obsolete=obsolete)


def interface_catalog(
    interface: Sequence[tuple[str, str]], catalog: Catalog, language: str
) -> Catalog:
    """Return the catalog of interface text, brought up to date with `interface`.

    What the program itself has words for in the language is no work for anybody. It is in the
    catalog only where somebody has said it otherwise.
    """
    after, known = merge(_interface_page(interface), catalog), words(language)
    old = {unit.key for unit in catalog.units}
    kept = tuple(
        unit
        for unit in after.units
        if unit.message not in known
        or (unit.state != "missing" and (unit.key in old or unit.state != "suggested"))
    )
    made = replace(after, units=kept)
    return catalog if made == catalog else made


def _interface_page(interface: Sequence[tuple[str, str]]) -> Page:
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


def _is_used(handbook: Handbook, name: str) -> bool:
    """Tell whether a catalog that was moved has the name of another page's, which was moved too."""
    language = PurePosixPath(name).parts[1]
    paths = handbook.owners.exchanged(language)
    return name in (catalog_path(path, language) for path in paths)


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
    handbook.catalogs.written(update.path, update.after)
    if update.moved_from and not _is_used(handbook, update.moved_from):
        files.remove(handbook.root / update.moved_from)
    return None
