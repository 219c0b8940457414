"""Find translated titles of the navigation in mkdocs.yml.

The plugin i18n has a navigation for each language, or a list of words. Without it, one navigation
has the pages of all languages, or each has settings of its own, such as mkdocs.fr.yml.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.bitext import datafile, files
from handbook.bitext.datafile import DataError
from handbook.bitext.migrate.pages import Found
from handbook.bitext.migrate.site import Site
from handbook.bitext.project import settings
from handbook.bitext.project.settings import MKDOCS

_WORDS = ("site_name", "copyright", "site_description")
Paths = Callable[[str], str | None]
"""What gives a page its path in the folder of its language; "" to one in another language, None to
an address of which nobody knows the language."""
Place = tuple[int, frozenset[str | None]]
"""How many levels are below a title of a navigation, and the pages there."""


@dataclass(frozen=True)
class Titles:
    """What a site says of its navigation in other languages than its first."""

    translated: Mapping[str, Mapping[str, str]]
    """The translation of each title, by language."""
    files: Mapping[str, str]
    """The file that makes a site of one language, where there is one."""
    changed: Sequence[tuple[str, list[str]]]
    """Each language whose navigation was another, with the pages that are in none now."""


def read(site: Site, found: Found) -> Titles:
    """Return what a site says of titles; `found` are its pages in other languages."""
    words = dict(_translated(site, found))
    own = {language: own_file(site, language) for language in words}
    own = {language: name for language, name in own.items() if name}
    return Titles(words, own, list(_changed(site, found)))


def _translated(site: Site, found: Found) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each language with the translation of each title."""
    first, *others = site.listed or [{"locale": site.language}]
    listed = {str(each["locale"]): each for each in others}
    nav = first.get("nav") or site.config.get("nav")
    source = str(first["locale"])
    ours = list(_titles(nav, _paths(site, found, source, is_own=True)))
    for language in dict.fromkeys([*listed, *found.languages]):
        entry = listed.get(language) or _own_settings(site, language)
        paths = _paths(site, found, language, is_own="nav" in entry)
        theirs = list(_titles(entry.get("nav", nav), paths))
        yield language, dict(_paired(ours, theirs)) | dict(_given(site, entry))


def own_file(site: Site, language: str) -> str:
    """Return the file that makes a site of one language, beside mkdocs.yml or below; "" if none."""
    names = (f"mkdocs{mark}{language}.yml" for mark in ".-_")
    folders = [language, f"config/{language}", f"{site.docs}/{language}"]
    folders += [f"../{language}"] * site.is_beside_others
    found = (*names, *(f"{each}/{MKDOCS}" for each in folders))
    return next((each for each in found if (site.root / each).is_file()), "")


def _own_settings(site: Site, language: str) -> Mapping[str, Any]:
    """Return what such a file says of words."""
    name = own_file(site, language)
    config = settings.mkdocs_settings(site.root / name) if name else {}
    return {key: config[key] for key in (*_WORDS, "nav") if key in config}


def _changed(site: Site, found: Found) -> Iterator[tuple[str, list[str]]]:
    """Yield each language whose navigation was another, with the pages that are in none now."""
    first, *others = site.listed or [{"locale": site.language}]
    nav, source = first.get("nav") or site.config.get("nav"), str(first["locale"])
    ours = _shape(nav, _paths(site, found, source, is_own=True))
    listed = {str(each["locale"]): each for each in others}
    for language in dict.fromkeys([*listed, *found.languages]):
        own = (listed.get(language) or _own_settings(site, language)).get("nav")
        theirs = _shape(own, _paths(site, found, language, is_own=True))
        if own and theirs != ours:
            known = set(settings.targets(ours))
            left = [each for each in settings.targets(theirs) if each not in known]
            yield language, list(dict.fromkeys(left))


def _shape(nav: Any, path: Paths) -> Any:
    """Return a navigation without titles: its pages, in lists for its sections."""
    if isinstance(nav, str):
        return path(nav) or ""
    values = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    made = [_shape(each, path) for each in values]
    return made[0] if isinstance(nav, Mapping) and len(made) == 1 else made


def taken(root: Path, site: Site, source: str, language: str) -> dict[str, str]:
    """Return the translations of titles in files of awesome-pages and alike, and remove these.

    The navigation of a handbook holds for all languages. The pages have moved already.
    """
    found: dict[str, str] = {}
    plugins = ("awesome-nav", "awesome-pages")
    names = {settings.navigation_file(site.config, each) for each in plugins}
    here = root / "docs" / language
    for file in sorted(each for name in names - {""} for each in here.rglob(name)):
        ours, theirs = _read(root / "docs" / source / file.relative_to(here)), _read(file)
        if ours and theirs:
            if ours.get("title") and theirs.get("title"):
                found[str(ours["title"])] = str(theirs["title"])
            found |= dict(
                _paired(*(list(_titles(each.get("nav"), str)) for each in (ours, theirs)))
            )
            files.remove(file)
    return found


def _read(file: Path) -> Mapping[str, Any]:
    text = files.read(file, str(file)) if file.is_file() else ""
    with suppress(DataError):  # is named when the handbook is built
        found = datafile.load(text) if isinstance(text, str) else None
        return found if isinstance(found, Mapping) else {}
    return {}


def _given(site: Site, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the plugin i18n is told of a language's words."""
    given = entry.get("nav_translations")
    for title, words in given.items() if isinstance(given, dict) else ():
        if words:
            yield str(title), str(words)
    for key in _WORDS:
        if entry.get(key) and site.config.get(key):
            yield str(site.config[key]), str(entry[key])


def _paths(site: Site, found: Found, language: str, *, is_own: bool) -> Paths:
    """Return what gives the pages of a language their paths.

    With `is_own` a page whose name does not tell its language is in this one.
    """

    def path(name: str) -> str | None:
        if "://" in name:
            return name if is_own else None
        code, plain = found.files.get(posixpath.join(site.docs, name), ("", name))
        if is_own and not code:
            return plain.removeprefix(f"{language}/")
        return plain if code == language else ""

    return path


def _paired(
    ours: list[tuple[str, Place]], theirs: list[tuple[str, Place]]
) -> Iterator[tuple[str, str]]:
    """Yield the titles of two navigations that stand above the same pages, or most of them."""
    for title, (height, pages) in ours:
        rated = [
            (len(pages & other) / len(pages | other), words)
            for words, (levels, other) in theirs
            if levels == height
        ]
        share, words = max(rated, key=lambda each: each[0], default=(0, ""))
        if share > 1 / 2:
            yield title, words


def _titles(nav: Any, path: Paths) -> Iterator[tuple[str, Place]]:
    """Yield each title of a navigation that has pages of one language, with its place."""
    for item in nav if isinstance(nav, list) else ():
        for title, value in item.items() if isinstance(item, Mapping) else ():
            pages = frozenset(map(path, settings.targets(value))) - {None}
            if pages and "" not in pages:
                yield str(title), (_height(value), pages)
            yield from _titles(value, path)


def _height(value: Any) -> int:
    """Return how many levels a part of a navigation has."""
    if isinstance(value, list):
        return 1 + max(map(_height, value), default=0)
    return max(map(_height, value.values()), default=0) if isinstance(value, Mapping) else 0
