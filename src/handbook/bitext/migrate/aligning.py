"""Make catalogs of translated pages, and take the pages out of the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from handbook.bitext import files
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.moving import links
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import site_catalog
from handbook.bitext.upkeep.align import Aligned, align


class Left(str):
    """What is said of a translated page that has no source."""


def _same_address(handbook: Handbook, path: str) -> str:
    """Return the path of another page at the address of `path`; "" if there is none."""
    others = (each for each in handbook.paths() if each != path)
    return next((each for each in others if links.address(each) == links.address(path)), "")


def take(handbook: Handbook, pages: Iterable[str]) -> Iterator[Aligned | Left | Problem]:
    """Align each of the translated `pages` that has a source; remove those that were taken.

    A page without a source stays: it is one that was first written in its language.
    """
    for name in pages:
        path = PurePosixPath(*PurePosixPath(name).parts[2:]).as_posix()
        if len(handbook.files_of_page(path)) < 2:
            if other := _same_address(handbook, path):
                files.remove(handbook.root / name)
                yield Left(f"{name}: has the address of {other}; was taken out, git keeps it")
            else:
                yield Left(f"{name}: has no source, and stays as a page of its own")
            continue
        if _is_copy(handbook, name, path):
            files.remove(handbook.root / name)
            yield Left(f"{name}: is a copy of its source, not translated; was taken out")
            continue
        made = align(handbook, Path(name))
        yield made
        if isinstance(made, Aligned):
            files.remove(handbook.root / name)


def _is_copy(handbook: Handbook, name: str, path: str) -> bool:
    text = files.read(handbook.root / name, name)
    others = (each.file for each in handbook.files_of_page(path) if each.name != name)
    return any(files.read(each, each.name) == text for each in others)


def fill_interface(root: Path, language: str, known: Mapping[str, str]) -> int:
    """Put translated titles into a language's site.po where it has none; return how many."""
    name = root / site_catalog(language)
    text = files.read(name, str(name)) if known and name.exists() else None
    if not isinstance(text, str):
        return 0
    catalog = po.parse(text)
    filled = replace(catalog, units=tuple(_filled(unit, known) for unit in catalog.units))
    files.write(name, po.dump(filled))
    return _count(filled) - _count(catalog)


def _filled(unit: Unit, known: Mapping[str, str]) -> Unit:
    if unit.translation or unit.message not in known:
        return unit
    return unit._replace(translation=known[unit.message])


def _count(catalog: Catalog) -> int:
    return sum(1 for unit in catalog.units if unit.translation)
