"""Bring the catalogs on disk up to date with their pages: what `handbook update` does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from handbook.bitext import files
from handbook.bitext.catalog import canonical, po, restore, tidy
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages.record import Language
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.project.past import History
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.project.words import SOURCE, is_unsaid, words
from handbook.bitext.translate import editorial
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
    name = handbook.catalog_path(source.path, language)
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
        known = loaded or handbook.catalogs.empty(english, language)
        after = interface_catalog(interface, known, language)
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


def apply_declarations(
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


def restored(
    handbook: Handbook, language: str, history: History, *, is_of_omegat: bool = False
) -> Iterator[Update | Problem]:
    """Put back what programs have dropped from catalogs of a language: git still has it.

    These are the earlier messages of *changed* units, the marks and texts that OmegaT leaves out,
    and messages that were damaged. Nothing is written.
    """
    for source in handbook.sources():
        name = handbook.catalog_path(source.path, language)
        if source.language == language or not (handbook.root / name).is_file():
            continue
        if not is_of_omegat and handbook.is_current(source.path, language):
            continue  # it lacks nothing that its text could show
        data = (handbook.root / name).read_bytes()
        text = data.decode("utf-8", "replace")
        from_omegat = is_of_omegat or restore.is_of_omegat(text)
        if not from_omegat and not _may_lack(handbook.read(source), text):
            continue
        loaded = handbook.catalogs.load(name)
        if not isinstance(loaded, Catalog):
            continue
        made, problem = _restored(handbook, source, name, data, loaded, history, from_omegat)
        if problem:
            yield problem
        elif made != loaded:
            handbook.catalogs.replace(name, made)
            yield Update(name, loaded, made, True, source)


def _may_lack(page: Page, text: str) -> bool:
    """Tell whether a catalog's text may lack earlier messages, or have damaged ones: a quick look.

    A damaged message is one that the page does not have, while one of the page is missing.
    """
    wanted, keys = {segment.key for segment in page.segments}, set(canonical.keys(text))
    may_be_damaged = bool(wanted - keys and keys - wanted)
    return may_be_damaged or restore.may_lack_previous(text)


def damaged(
    handbook: Handbook, source: Source, catalog: Catalog, before: Catalog, history: History
) -> dict[str, str]:
    """Return by the key of each unit whose message was damaged the key that it had `before`.

    A message that the page had in one of its own versions was never damaged: an edit was undone.
    """
    wanted = {segment.key for segment in handbook.read(source).segments}
    found = restore.damaged(catalog, before, wanted)
    versions = islice(history(source.name), _VERSIONS) if found else ()
    for version in versions:
        page = handbook.scanned(version.data.decode("utf-8", "replace"))
        for segment in page.segments if isinstance(page, Page) else ():
            found.pop(segment.key, None)
    return found


_VERSIONS = 20
"""How far back a version of a catalog is looked for that still has what a program dropped."""


def _restored(
    handbook: Handbook,
    source: Source,
    name: str,
    data: bytes,
    loaded: Catalog,
    history: History,
    from_omegat: bool,
) -> tuple[Catalog, Problem | None]:
    """Return a catalog with what its earlier versions have and a program has dropped."""
    past = (each for each in islice(history(name), _VERSIONS) if each.data != data)
    versions: list[Catalog] = []
    for version in past:
        read = parse_catalog(version.data, name)
        if isinstance(read, Catalog):
            versions.append(read)
        elif from_omegat:
            fault = f"in commit {version.commit[:10]}, line {read.line}, {read.text}"
            return loaded, Problem(name, 0, f"{fault}; put the marks back by hand")
    if not versions:
        return loaded, None
    found = damaged(handbook, source, loaded, versions[0], history)
    made = restore.messages(loaded, versions[0], found)
    if from_omegat:
        made = restore.marks(made, versions[0])
    made = tidy.with_notes(made, versions[0])
    return restore.previous_messages(made, versions), None


def _is_used(handbook: Handbook, name: str) -> bool:
    """Tell whether a catalog that was moved has the name of another page's, which was moved too."""
    language = PurePosixPath(name).parts[1]
    paths = handbook.owners.exchanged(language)
    return name in (handbook.catalog_path(path, language) for path in paths)


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
