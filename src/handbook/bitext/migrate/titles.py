"""Find translated titles of the navigation in mkdocs.yml, as the plugin i18n may have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handbook.bitext.migrate.site import Site
from handbook.bitext.project import settings


def translated(site: Site) -> dict[str, dict[str, str]]:
    """Return the translation of each title, by language: of `nav_translations`, and `nav`."""
    listed = site.listed
    first = next((each.get("nav") for each in listed if each.get("default")), None)
    nav = first or site.config.get("nav")
    found: dict[str, dict[str, str]] = {}
    for each in listed:
        if each.get("default"):
            continue
        titles = dict(_paired(nav, each.get("nav")))
        given = each.get("nav_translations")
        if isinstance(given, dict):
            titles |= {str(title): str(words) for title, words in given.items() if words}
        texts = {"site_name": each.get("site_name"), "copyright": each.get("copyright")}
        texts["site_description"] = each.get("site_description")
        for key, words in texts.items():
            if words and site.config.get(key):
                titles[str(site.config[key])] = str(words)
        found[str(each["locale"])] = titles
    return found


_FOLDER = re.compile(r"^[a-z]{2}(-\w+)?/")
"""The folder of a language at the beginning of a page's path."""
Place = tuple[int, str]
"""How deep a title is in a navigation, and its page or the pages below it."""


def _paired(nav: Any, other: Any) -> Iterator[tuple[str, str]]:
    """Yield the titles of two navigations that stand at the same page, or above the same pages."""
    theirs = {place: title for title, place in _titles(other, 0)}
    for title, place in _titles(nav, 0):
        if words := theirs.get(place):
            yield title, words


def _titles(nav: Any, depth: int) -> Iterator[tuple[str, Place]]:
    """Yield each title of a navigation with its place."""
    for item in nav if isinstance(nav, list) else ():
        for title, value in item.items() if isinstance(item, Mapping) else ():
            pages = (_FOLDER.sub("", path) for path in settings.targets(value))
            yield str(title), (depth, "\n".join(sorted(pages)))
            yield from _titles(value, depth + 1)
