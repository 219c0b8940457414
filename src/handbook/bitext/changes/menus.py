"""The names around the pages, and what has changed of them: the menus, and what a site is called.

They are in `mkdocs.yml` and not on a page; their translations are in the catalogs `site.po`, along
with all else that a handbook says in its own words there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from handbook.bitext.catalog.units import Unit
from handbook.bitext.changes import compare
from handbook.bitext.changes.passages import Passage
from handbook.bitext.changes.reading import Link, Reading
from handbook.bitext.changes.redline import Beside, Redline, rows
from handbook.bitext.languages.registry import Languages
from handbook.bitext.project import settings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import SITE
from handbook.bitext.project.settings import MKDOCS
from handbook.bitext.project.words import words

_SETTINGS = ("site_name", "site_description", "copyright")
"""The settings whose text readers see."""


def is_meant(name: str) -> bool:
    """Tell whether a file that somebody names holds names around the pages."""
    parts = PurePosixPath(name).parts
    return parts == (MKDOCS,) or (parts[:1] == ("translations",) and parts[2:] == (SITE,))


def redline(old: Handbook, new: Handbook, asked: Iterable[str], records: Languages) -> Redline:
    """Return what has changed of the names around the pages between two versions of a handbook.

    `asked` are the languages to show beside the one that the names are written in.
    """
    source = new.languages[0]
    others = tuple(each for each in asked if each != source)
    before, after = (list(_named(each)) for each in (old, new))
    known = {each.key for each in (*before, *after)}
    changes = compare.of_passages(
        [*before, *_said(old, known)], [*after, *_said(new, known)], records[source]
    )
    beside = [
        Beside(_units(old, before, each), _units(new, after, each), records[each], {})
        for each in others
    ]
    return Redline(MKDOCS, MKDOCS, source, others, rows(changes, beside))


def _units(handbook: Handbook, named: Iterable[Passage], language: str) -> dict[str, Unit]:
    """Return the translations of names; of one that no catalog has yet, what the program has."""
    known = words(language)
    own = {each.key: Unit(each.key, known.get(each.key, "")) for each in named if not each.is_given}
    return own | {unit.key: unit for unit in handbook.site_units(language)}


def _named(handbook: Handbook) -> Iterator[Passage]:
    """Yield the names in `mkdocs.yml`."""
    config = settings.mkdocs_settings(handbook.root / MKDOCS)
    for key in _SETTINGS:
        if config.get(key):
            yield _passage("paragraph", str(config[key]))
    yield from _items(config.get("nav"), "")


def _said(handbook: Handbook, known: Container[str]) -> Iterator[Passage]:
    """Yield what else the catalogs of a handbook translate."""
    units = chain.from_iterable(handbook.site_units(code) for code in handbook.languages)
    for key in dict.fromkeys(unit.key for unit in units if unit.key not in known):
        yield _passage("paragraph", key)


def _items(nav: Any, under: str, depth: int = 1) -> Iterator[Passage]:
    """Yield the items of a navigation: sections, and pages by their name there or else their path.

    A page without a name in the navigation is called as its heading is.
    """
    for item in nav if isinstance(nav, list) else []:
        if not isinstance(item, dict):
            yield replace(_passage("item", str(item), under, depth), is_given=True)
            continue
        for title, content in item.items():
            target = content if isinstance(content, str) else ""
            yield _passage("item", str(title), under, depth, target)
            yield from _items(content, str(title), depth + 1)


def _passage(kind: str, text: str, under: str = "", depth: int = 0, target: str = "") -> Passage:
    links = (Link(text, target),) if target else ()
    form = {"depth": str(depth)} if depth else {}
    return Passage(kind, text, 0, Reading(text, links), under, is_given=False, form=form)
