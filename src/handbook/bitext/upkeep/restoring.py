"""Put back what programs have dropped from catalogs, and git still has."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import dropwhile, islice
from pathlib import PurePosixPath

from handbook.bitext.catalog import canonical, restore, tidy
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page.segments import Page, split_key
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.past import History
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.upkeep.update import Update


def restored(
    handbook: Handbook, language: str, history: History, *, is_of_omegat: bool = False
) -> Iterator[Update | Problem]:
    """Yield updates that restore previous msgids, flags and texts dropped by tools.

    These are the earlier messages of *changed* units, the marks and texts that OmegaT leaves out,
    all texts where none is left, messages that were damaged, and whole units. No file is written;
    `handbook` goes on with what was put back.
    """
    is_any = False
    for source in handbook.sources():
        name = catalog_path(source.path, language)
        if source.language == language or not (handbook.root / name).is_file():
            continue
        if not is_of_omegat and handbook.is_current(source.path, language):
            continue  # it lacks nothing that its text could show
        data = (handbook.root / name).read_bytes()
        text = data.decode("utf-8", "replace")
        leaves_out = is_of_omegat or restore.leaves_out_marks(text)
        loaded = handbook.catalogs.load(name)
        if not isinstance(loaded, Catalog):
            continue
        may_lack = not restore.has_text(loaded) or _may_lack(handbook.read(source), text)
        if not leaves_out and not may_lack:
            continue
        made, problem = _restored(handbook, source, name, data, loaded, history, leaves_out)
        if problem:
            yield problem
            continue
        handbook.catalogs.replace(name, made)
        made = with_lost_units(handbook, source, language, made, history)
        if made != loaded:
            is_any = True
            handbook.catalogs.replace(name, made)
            yield Update(name, loaded, made, True, source)
    if is_any:
        handbook.catalogs.forget_texts(language)


def _may_lack(page: Page, text: str) -> bool:
    """Tell whether a catalog's text may lack earlier messages, or units: a quick look."""
    signs = (restore.may_lack_previous, restore.may_have_doubled, restore.may_be_emptied)
    return any(each(text) for each in signs) or lacks_units(page, text)


def lacks_units(page: Page, text: str) -> bool:
    """Tell whether a catalog's text has no unit of some message of its page.

    The page has got that since, or somebody has damaged the message in the catalog, or dropped it.
    """
    return not {segment.key for segment in page.segments} <= set(canonical.keys(text))


def with_lost_units(
    handbook: Handbook, source: Source, language: str, catalog: Catalog, history: History
) -> Catalog:
    """Return the catalog of a page with the translated units that it lacks and git still has.

    Where somebody has gone back to an earlier version of the whole file, they are only suggested.
    """
    name = catalog_path(source.path, language)
    lost = _lost(handbook, source, language, catalog)
    if not lost:
        return catalog
    data = (handbook.root / name).read_bytes()
    past = list(dropwhile(lambda each: each.data == data, islice(history(name), _VERSIONS)))
    is_return = any(each.data == data for each in past)
    read = (parse_catalog(each.data, name) for each in past if each.data != data)
    versions = (each for each in read if isinstance(each, Catalog))
    own = (each for each in versions if not _is_of_another(handbook, source, name, each))
    return restore.lost_units(catalog, own, lost, as_drafts=is_return)


def _lost(handbook: Handbook, source: Source, language: str, catalog: Catalog) -> set[str]:
    """Return the keys of the messages that a catalog has no unit for, and nothing else gives one.

    What comes from an edited text or from another page is newer than what git has; what comes from
    the same text in another context is not meant for this one.
    """
    have = {unit.key for unit in (*catalog.units, *catalog.obsolete)}
    return {
        unit.key
        for unit in handbook.catalog(source, language).units
        if unit.key not in have
        and (
            unit.state in ("missing", "suggested")
            or unit.message in (unit.translation, unit.previous)
        )
    }


def damaged(
    handbook: Handbook,
    source: Source,
    name: str,
    catalog: Catalog,
    versions: Iterable[Catalog],
    history: History,
) -> dict[str, Unit]:
    """Return by the key of each unit whose message was damaged the unit that it was before.

    Of `versions` of the catalog `name`, the newest is first: the damage may be in some of them. A
    message that the page had in one of its own versions was never damaged: an edit was undone. Nor
    was one that catalogs of other languages have too: that was undone before it was committed; or
    one that the catalog had before a version without it: somebody has sent an old file.
    """
    wanted = {segment.key for segment in handbook.read(source).segments}
    found: dict[str, Unit] = {}
    for before in versions:
        left = tuple(unit for unit in catalog.units if unit.key not in found)
        open_ = wanted.difference(unit.key for unit in found.values())
        found |= restore.damaged(replace(catalog, units=left), before, open_)
    found = {key: old for key, old in found.items() if not _is_shared(handbook, source, key)}
    for key in _old(name, found, history) if found else ():
        del found[key]
    for version in islice(history(source.name), _VERSIONS) if found else ():
        page = handbook.scanned(version.data.decode("utf-8", "replace"))
        for segment in page.segments if isinstance(page, Page) else ():
            found.pop(segment.key, None)
    return found


def _old(name: str, keys: Iterable[str], history: History) -> set[str]:
    """Return those of some keys that a version of a catalog has, and a newer one has not."""
    asked, gone, old = set(keys), set[str](), set[str]()
    for version in islice(history(name), _VERSIONS):
        known = set(canonical.keys(version.data.decode("utf-8", "replace")))
        old |= gone & known
        gone |= asked - known
    return old


def with_messages(
    name: str, data: bytes, wanted: Container[str], history: History
) -> Iterator[Catalog]:
    """Yield the earlier versions of a catalog that have any message of those that are wanted."""
    for version in islice(history(name), _VERSIONS):
        if version.data != data and any(
            key in wanted for key in canonical.keys(version.data.decode("utf-8", "replace"))
        ):
            loaded = parse_catalog(version.data, name)
            if isinstance(loaded, Catalog):
                yield loaded


def _is_shared(handbook: Handbook, source: Source, key: str) -> bool:
    """Tell whether the catalogs of several languages have a message of a page."""
    names = (catalog_path(source.path, each) for each in handbook.languages)
    has = (split_key(key)[1] in handbook.catalogs.messages(name) for name in names)
    return sum(has) > 1


_VERSIONS = 20
"""How far back a version of a catalog is looked for that still has what a program dropped."""


def _restored(
    handbook: Handbook,
    source: Source,
    name: str,
    data: bytes,
    loaded: Catalog,
    history: History,
    leaves_out: bool,
) -> tuple[Catalog, Problem | None]:
    """Return a catalog with what its earlier versions have and a program has dropped."""
    known = list(islice(history(name), _VERSIONS))
    past = [each for each in known if each.data != data]
    versions: list[Catalog] = []
    for version in past:
        read = parse_catalog(version.data, name)
        if isinstance(read, Catalog):
            versions.append(read)
        elif leaves_out:
            fault = f"in commit {version.commit[:10]}, line {read.line}, {read.text}"
            return loaded, Problem(name, 0, f"{fault}; put the marks back by hand")
    if not versions:
        return loaded, None
    found = damaged(handbook, source, name, loaded, versions, history)
    made = restore.messages(loaded, found)
    # Who has deleted it, or gone back to how it was, has meant to.
    is_meant = past[0].is_deleted or any(each.data == data for each in known[1:])
    is_own = not _is_of_another(handbook, source, name, versions[0])
    if leaves_out or (is_own and not is_meant and restore.is_emptied(loaded, versions[0])):
        made = restore.marks(made, versions[0])
    for each in (restore.emptied, restore.backslashes, restore.notes):
        made = each(made, versions[0])
    for before in versions if is_own else ():
        made = restore.fields(made, before)
    return restore.previous_messages(made, versions), None


def _is_of_another(handbook: Handbook, source: Source, name: str, version: Catalog) -> bool:
    """Tell whether git takes the catalog of another language for an earlier one of this."""
    like = handbook.catalogs.empty(source.language, PurePosixPath(name).parts[1]).header
    return bool(tidy.other_language(version.header, like))
