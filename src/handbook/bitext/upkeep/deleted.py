"""Name catalogs that were deleted, and whose translations the last commit still has."""

from __future__ import annotations

import os
import shlex
from collections.abc import Container, Iterator
from pathlib import Path

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import site_catalog
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.upkeep.update import Committed


def deleted(
    handbook: Handbook, language: str, names: Container[str], committed: Committed
) -> Iterator[Problem]:
    """Yield a problem for each catalog of a language that is gone with somebody's translations.

    `names` has the files of the last commit that are not there any more, and `committed` returns
    what was in them. A catalog is not gone where its page is, or where another has its texts: the
    page was moved.
    """
    gone = [name for name in _names(handbook, language) if name in names]
    gone = [name for name in gone if not os.path.lexists(handbook.root / name)]
    known = _messages(handbook, language) if gone else ()
    for name in gone:
        data = committed(name)
        read = parse_catalog(data, name) if data is not None else None
        units = read.units if isinstance(read, Catalog) else ()
        if lost := sum(_is_work(unit) and unit.message not in known for unit in units):
            fault = f"was deleted, with {amount(lost, 'translation')} that the last commit has"
            back = f"get it back: git checkout HEAD -- {shlex.quote(name)}"
            if other := _renamed(handbook, language, name):
                back = f"if {other} is that, give it its name again, else {back}"
            yield Problem(name, 0, f"{fault}; {back}, or commit that it is gone", "deleted")


def _renamed(handbook: Handbook, language: str, name: str) -> str:
    """Return the file that a catalog may be now, by a name such as `mission.po.txt`; "" if none."""
    files = (each for each in handbook.owners.walked(language) if isinstance(each, Path))
    names, like = map(handbook.name, files), name.casefold()
    return next((each for each in names if each.casefold().startswith(like)), "")


def _names(handbook: Handbook, language: str) -> Iterator[str]:
    """Yield the names of the catalogs that the pages of a handbook may have in a language."""
    yield site_catalog(language)
    for source in handbook.sources():
        name = catalog_path(source.path, language)
        if language != source.language and handbook.catalog_in_use(source.path, language) == name:
            yield name


def _messages(handbook: Handbook, language: str) -> set[str]:
    """Return the messages that are in any catalog of a language, of a page or not."""
    paths = handbook.owners.catalogued(language)
    found = (handbook.catalogs.messages(catalog_path(path, language)) for path in paths)
    return set[str]().union(*found)


def _is_work(unit: Unit) -> bool:
    """Tell whether somebody has translated a unit; an address is its own translation."""
    return bool(unit.translation) and unit.translation != unit.message
