"""Put back what programs have dropped from catalogs, and git still has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from handbook.bitext.catalog import canonical, restore
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.page.segments import Page
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
    and messages that were damaged. No file is written; `handbook` goes on with what was put back.
    """
    for source in handbook.sources():
        name = catalog_path(source.path, language)
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
    made = restore.notes(made, versions[0])
    return restore.previous_messages(made, versions), None
